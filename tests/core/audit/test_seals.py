"""Sealing: a seal for each record in its transaction, a link for each commit."""

import pytest
from django.db import DatabaseError, transaction

from core.audit import seals
from core.models import ChainLink, ChangeRecord, RecordSeal
from departments.models import Department, Duty
from tests.plans import read_whole

pytestmark = pytest.mark.engine


def test_each_record_is_sealed_by_the_transaction_that_writes_it(seeded):
    unit = Department.objects.create(slug="newer-team", name="더 새 팀", kind="team")
    record = ChangeRecord.objects.of(unit).get()
    assert len(record.seal.mac) == 64
    assert len(record.seal.sums) == 8 * 12
    assert not ChangeRecord.objects.filter(seal=None).exists()


def test_many_rows_are_sealed_at_once(seeded, django_assert_max_num_queries):
    texts = Duty.objects.values_list("pk", "text")
    number = [{"field": "text", "number": "2022", "kind": "no_fact"}]
    for key, text in texts[:20]:
        Duty.objects.filter(pk=key).update(text=f"{text} 2022", mentions=number)
    with django_assert_max_num_queries(16):
        Duty.objects.update(text="한꺼번에")
    assert RecordSeal.objects.filter(record__after__text="한꺼번에").count() == 55


@pytest.mark.django_db(transaction=True)
def test_what_one_commit_sealed_is_one_link():
    before = seals.link()
    with transaction.atomic():
        for number in range(3):
            Department.objects.create(slug=f"newer-{number}", name=f"더 새 팀 {number}", kind="team")
    after = seals.link()
    assert after.position == before.position + 1
    assert ChainLink.objects.get(position=after.position).count == 3
    assert not RecordSeal.objects.filter(position=None).exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_not_linked():
    before = seals.link()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Department.objects.create(slug="newer-team", name="더 새 팀", kind="team")
        raise ZeroDivisionError
    Department.objects.create(slug="newer-team", name="더 새 팀", kind="team")
    assert seals.link().position == before.position + 1


@pytest.mark.django_db(transaction=True)
def test_the_next_commit_links_what_was_left_unlinked(monkeypatch):
    seals.link()
    with monkeypatch.context() as patched:
        patched.setattr(seals, "link", lambda: 1 / 0)  # the process dies: what was saved stays saved
        left = Department.objects.create(slug="left-team", name="남은 팀", kind="team")
    assert RecordSeal.objects.filter(position=None).count() == 1
    Department.objects.create(slug="newer-team", name="더 새 팀", kind="team")
    assert not RecordSeal.objects.filter(position=None).exists()
    assert seals.link().position == ChangeRecord.objects.of(left).get().seal.position


def test_a_linked_seal_cannot_be_changed(seeded):
    seals.link()
    for change in (
        lambda: RecordSeal.objects.update(mac="x"),
        lambda: RecordSeal.objects.all()._raw_delete("default"),
        lambda: ChainLink.objects.update(head="x"),
        lambda: ChainLink.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="바뀐 내역의 봉인은"), transaction.atomic():
            change()


def test_another_key_makes_another_seal(settings):
    settings.AUDIT_KEYS = ["새 열쇠", "옛 열쇠"]
    now, before = seals.macs("기록")
    settings.AUDIT_KEYS = ["옛 열쇠"]
    assert seals.macs("기록") == [before]
    assert now != before


def test_departments_of_records_are_found_by_an_index(db):
    """There are hundreds of thousands, and each save asks."""
    assert read_whole(seals._departments_by_record(record__in=[1, 2])) == set()
