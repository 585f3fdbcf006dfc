"""The chain: what was changed, added or taken away past the program is named."""

from datetime import timedelta

import pytest
from django.db import connection

from core.audit import chain, seals
from core.models import ChainLink, ChangeRecord, ChangeRecordDepartment, RecordSeal
from departments.models import Department
from tests.tampering import drop_all_triggers, erase, found, tamper

pytestmark = [pytest.mark.engine, pytest.mark.django_db]
CHAIN = "기록 사슬"  # the verifier that names what is tampered with here; the first test asks all


@pytest.fixture
def record(seeded):
    record = ChangeRecord.objects.of(Department.objects.get(slug="data-center")).first()
    seals.link()
    return record


def link_of(record):
    return RecordSeal.objects.get(pk=record.pk).position


def test_a_whole_chain_holds(record):
    assert found() == []


@pytest.mark.parametrize(
    ("column", "value", "label"),
    [
        ("reason", "딴 까닭", "까닭"),
        ("user_name", "딴 사람", "한 사람의 이름"),
        ("at", "2020-01-01 00:00:00+00:00", "때"),
        ("name", "딴 이름", "이름"),
    ],
)
def test_a_changed_record_is_named_with_its_column(record, column, value, label):
    tamper(ChangeRecord, record.pk, **{column: value})
    (line,) = found(CHAIN)
    assert line.startswith(f"바뀐 내역 ‘#{record.pk} ")
    assert line.endswith(f"의 {label}: 적을 때와 다릅니다.")


def test_a_changed_department_of_a_record_is_named(record):
    link = ChangeRecordDepartment.objects.filter(record=record).first()
    tamper(ChangeRecordDepartment, link.pk, department_id=0)
    (line,) = found(CHAIN)
    assert line.endswith("의 관련 부서: 적을 때와 다릅니다.")


def test_a_record_that_sql_adds_has_no_seal(record):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_changerecord (model, object_id, name, after, at, user_name, reason, act) "
            "SELECT model, object_id, '위조', after, at, user_name, reason, act FROM core_changerecord WHERE id = %s",
            [record.pk],
        )
    (line,) = found(CHAIN)
    assert "위조" in line
    assert "봉인이 없습니다" in line


def test_a_record_that_is_gone_is_named(record):
    erase(ChangeRecord, record.pk)
    assert f"바뀐 내역 ‘#{record.pk}’: 봉인은 있는데 기록이 없습니다. 누가 지웠습니다." in found(CHAIN)


def test_a_record_gone_with_its_seal_breaks_the_link(record):
    place = link_of(record)
    erase(ChangeRecord, record.pk)
    erase(RecordSeal, record.pk)
    assert any(f"기록 사슬 ‘제{place}호’: 봉인" in line for line in found(CHAIN))


def test_a_changed_seal_is_named(record):
    tamper(RecordSeal, record.pk, mac="0" * 64)
    lines = found(CHAIN)
    assert any("봉인 자체가 바뀌었습니다" in line for line in lines)
    assert any(f"기록 사슬 ‘제{link_of(record)}호’: 고리의 값이 다릅니다" in line for line in lines)


def test_changed_sums_are_named(record):
    tamper(RecordSeal, record.pk, sums="0" * 96)
    (line,) = found(CHAIN)
    assert "봉인 자체가 바뀌었습니다" in line


@pytest.mark.parametrize("values", [{"head": "0" * 64}, {"at": "2020-01-01 00:00:00+00:00"}])
def test_a_changed_link_is_named(record, values):
    Department.objects.create(slug="newer-team", name="더 새 팀", kind="team")
    seals.link()
    tamper(ChainLink, link_of(record), **values)
    assert any(f"기록 사슬 ‘제{link_of(record)}호’: 고리의 값이 다릅니다" in line for line in found(CHAIN))


def test_a_link_that_is_gone_is_named(record):
    Department.objects.create(slug="newer-team", name="더 새 팀", kind="team")
    end = seals.link().position
    erase(ChainLink, end)
    assert f"기록 사슬 ‘제{end}호’: 고리가 없습니다. 누가 지웠습니다." in found(CHAIN)


def test_a_chain_that_somebody_has_cut_is_not_mended_unseen(record, monkeypatch):
    """The links from a record's on are deleted and their seals unlinked, so that they would be linked anew."""
    drop_all_triggers()
    place = link_of(record)
    RecordSeal.objects.filter(position__gte=place).update(position=None)
    ChainLink.objects.filter(position__gte=place).delete()
    monkeypatch.setattr(chain, "LINKED_WITHIN", timedelta(0))
    (line,) = found(CHAIN)
    assert "고리에 들지 않은 채 있었습니다" in line
    assert found(CHAIN) == []


def test_another_key_is_told_once(record, settings):
    settings.AUDIT_KEYS = ["딴 열쇠"]
    lines = [line for line in found(CHAIN) if "바뀐 내역 ‘" in line or "기록 사슬 ‘" in line]
    assert len(lines) == 1
    assert "다른 열쇠로 찍었습니다." in lines[0]


def test_what_an_earlier_key_sealed_holds(record, settings):
    settings.AUDIT_KEYS = ["새 열쇠", *settings.AUDIT_KEYS]
    Department.objects.create(slug="newer-team", name="더 새 팀", kind="team")
    assert found(CHAIN) == []


def test_what_an_old_key_seals_after_a_newer_one_is_named(record, settings):
    old = settings.AUDIT_KEYS
    settings.AUDIT_KEYS = ["새 열쇠", *old]
    Department.objects.create(slug="newer-team", name="더 새 팀", kind="team")
    settings.AUDIT_KEYS = old
    Department.objects.create(slug="forged-team", name="위조한 팀", kind="team")
    settings.AUDIT_KEYS = ["새 열쇠", *old]
    (line,) = found(CHAIN)
    assert "위조한 팀" in line
    assert "앞선 기록보다 옛 열쇠로 봉인했습니다" in line


def test_triggers_dropped_alone_change_nothing(record):
    drop_all_triggers()
    assert found(CHAIN) == []
