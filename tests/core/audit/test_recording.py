"""Every way of writing leaves change records."""

import time
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import IntegrityError, NotSupportedError
from django.test import RequestFactory

from budgets.models import BudgetImport, BudgetLine, LineNaming, ProgrammeDecision
from core.audit.immutability import missing_triggers
from core.audit.recording import change_reason, tracked_fields, tracked_models
from core.models import (
    BureauRevision,
    ChainLink,
    ChangeRecord,
    ChangeRecordDepartment,
    ControlTotal,
    PeriodicTask,
    RecordSeal,
    Source,
    SourceRevision,
    StoredFile,
    StoredPiece,
    TaskLease,
    TaskWorker,
)
from core.seeding import seed
from departments.models import (
    Department,
    Duty,
    PastPassword,
    RecoveryCode,
    SecondFactor,
    Staffing,
    Succession,
    User,
    UserSession,
)
from projects.models import Measurement, Milestone, Project
from reports.models import Explanation
from tests.audit import newest, records_of, values
from tests.factories import make_edition
from tests.tampering import found

OURS = ("core", "departments", "budgets", "projects", "glossary", "reports")
# A file's way into the system, and what its draft will do to lines, is a record itself; what it brings is a source, whose changes are recorded.
UNTRACKED = {
    *(
        BudgetImport,
        LineNaming,
        ProgrammeDecision,
        SourceRevision,
        BureauRevision,
        ChangeRecord,
        ChangeRecordDepartment,
        RecordSeal,
        ChainLink,
        TaskLease,
        TaskWorker,
        PeriodicTask,
    ),
    *(StoredFile, StoredPiece),
    *(SecondFactor, RecoveryCode, PastPassword, UserSession),
}

pytestmark = pytest.mark.engine


def of_key(model, key):
    return records_of(model).filter(object_id=key)


def links(subject, name):
    return [record.state[name] for record in records_of(subject)]


def new_unit(tmp_path):
    path = tmp_path / "unit.yaml"
    fields = "{slug: new-team, name: 새 팀, kind: team}"
    path.write_text(f"- {{model: departments.department, fields: {fields}}}", encoding="utf-8")
    return path


def test_tracked_models_are_all_of_ours():
    ours = {model for app in OURS for model in apps.get_app_config(app).get_models()}
    assert ours - UNTRACKED == set(tracked_models())


def test_record_save_and_delete(signed_in, unit):
    with change_reason("조직 개편"):
        created = Department.objects.create(slug="new-team", name="새 팀", kind="team")
    assert newest(created) == ("created", signed_in, "조직 개편")
    created.name = "바뀐 팀"
    created.save()
    assert newest(created) == ("changed", signed_in, "")
    key = created.pk
    created.delete()
    records = of_key(Department, key)
    assert [(one.kind, one.name) for one in records] == [
        ("deleted", "바뀐 팀"),
        ("changed", "바뀐 팀"),
        ("created", "새 팀"),
    ]
    assert [(one.before and one.before["name"], one.after and one.after["name"]) for one in records] == [
        ("바뀐 팀", None),
        ("새 팀", "바뀐 팀"),
        (None, "새 팀"),
    ]
    assert {one.user_name for one in records} == {"김편집"}


def test_record_seed_has_its_reason(seeded):
    for model in tracked_models():
        if model is not User:
            assert records_of(model).count() == model.objects.count()
    assert newest(Staffing) == ("created", None, "씨앗 자료")
    assert set(records_of(Project).values_list("reason", flat=True)) == {"씨앗 자료"}


def test_record_source_and_departments(seeded):
    milestone = Milestone.objects.filter(brief__lead_department__slug="big-data").first()
    milestone.save()
    record = records_of(milestone).first()
    assert record.source == milestone.brief.source
    assert [(link.department.slug, link.is_owner) for link in record.departments.all()] == [
        ("big-data", True)
    ]


def test_record_departments_printed_total(seeded):
    """The subject of a total is the slug of its unit, an account behind a slash."""
    for subject in ("data-center", "ict-security/general", "smart-city/general"):
        for total in ControlTotal.objects.filter(subject=subject)[:1]:
            total.save()
            found = [link.department.slug for link in records_of(total).first().departments.all()]
            assert found == [subject.partition("/")[0]]
    assert ControlTotal.objects.filter(subject="data-center").exists()


def test_record_departments_measurement_is_of_who_leads_its_project(seeded):
    measurement = Measurement.objects.filter(indicator__project__slug="public-wifi").first()
    brief = measurement.indicator.project.briefs.get()
    measurement.save()
    owners = records_of(measurement).first().departments.filter(is_owner=True)
    assert [link.department for link in owners] == [brief.lead_department]


def test_record_departments_of_that_time_stay(seeded, unit):
    duty = Duty.objects.filter(department=unit).first()
    duty.save()
    duty.department, duty.order = Department.objects.get(slug="big-data"), 99
    duty.save()
    found = [[link.department.slug for link in one.departments.all()] for one in records_of(duty)[:2]]
    assert found == [["big-data"], ["data-center"]]


def test_record_queryset_update(signed_in, unit):
    changed = Duty.objects.filter(department=unit).update(text="백업센터 운영")
    assert changed == 5
    records = records_of(Duty).filter(kind="changed")
    assert {(one.after["text"], one.name, one.user) for one in records} == {
        ("백업센터 운영", "백업센터 운영", signed_in)
    }
    assert records.count() == 5


def test_record_update_that_no_longer_matches_its_own_condition(unit):
    staffing = Staffing.objects.get(department=unit, source__as_of="2022-08-29")
    Staffing.objects.filter(department=unit, authorized=69).update(authorized=70)
    assert values(staffing, "authorized") == [70, 69]


def test_record_update_of_nothing_leaves_none(seeded):
    before = records_of(Duty).count()
    assert Duty.objects.filter(text="없는 업무").update(text="x") == 0
    assert records_of(Duty).count() == before


def test_record_bulk_writes(unit):
    source = Source.objects.get(scope="duties")
    made = Duty.objects.bulk_create(
        [Duty(source=source, department=unit, order=90 + place, text=f"업무 {place}") for place in range(3)]
    )
    assert [newest(duty)[0] for duty in made] == ["created"] * 3
    for duty in made:
        duty.text += " 수정"
    with change_reason("문구 정리"):
        Duty.objects.bulk_update(made, ["text"])
    assert [newest(duty)[::2] for duty in made] == [("changed", "문구 정리")] * 3
    assert values(made[0], "text") == ["업무 0 수정", "업무 0"]


def test_record_bulk_upsert_tells_new_from_changed(unit):
    source = Source.objects.get(scope="duties")
    old = Duty.objects.filter(source=source, department=unit).first()
    rows = [Duty(source=source, department=unit, order=order, text="고친 업무") for order in (old.order, 99)]
    Duty.objects.bulk_create(
        rows, update_conflicts=True, update_fields=["text"], unique_fields=["source", "department", "order"]
    )
    kinds = {duty.order: newest(duty)[0] for duty in Duty.objects.filter(text="고친 업무")}
    assert kinds == {old.order: "changed", 99: "created"}


def test_record_ignored_conflicts_are_refused(seeded):
    with pytest.raises(NotSupportedError):
        Duty.objects.bulk_create([], ignore_conflicts=True)


def test_record_many_rows_take_few_queries(seeded, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        Duty.objects.update(text="한꺼번에")
    assert records_of(Duty).filter(after__text="한꺼번에").count() == 55


def test_record_get_or_create_and_update_or_create(unit):
    other = Department.objects.get(slug="big-data")
    made, _ = Succession.objects.get_or_create(predecessor=unit, successor=other, defaults={"kind": "moved"})
    Succession.objects.update_or_create(predecessor=unit, successor=other, defaults={"kind": "split"})
    assert [(one.kind, one.after["kind"]) for one in records_of(made)] == [
        ("changed", "split"),
        ("created", "moved"),
    ]


def test_record_update_keeps_the_links(seeded):
    project, line = Project.objects.first(), BudgetLine.objects.first()
    project.budget_lines.add(line)
    Project.objects.filter(pk=project.pk).update(name="바뀐 이름")
    assert links(project, "budget_lines")[0] == [line.pk]


def test_record_group_membership_of_users(signed_in):
    user, group = User.objects.create(username="lee"), Group.objects.get(name="예산 담당")
    group.user_set.add(user)
    user.groups.remove(group)
    user.groups.add(group)
    group.delete()
    assert [len(keys) for keys in links(user, "groups")] == [0, 1, 0, 1, 0]
    assert newest(user)[1] == signed_in


def test_record_no_password_and_no_sign_in(client, seeded):
    assert {"password", "last_login"}.isdisjoint(field.name for field in tracked_fields(User))
    user = User.objects.create_user(username="lee", password="a-long-password")
    client.login(request=RequestFactory().post("/"), username="lee", password="a-long-password")
    assert User.objects.get(pk=user.pk).last_login is not None
    assert records_of(user).count() == 1
    user.set_password("another-password")
    user.save()
    assert records_of(user).count() == 2  # that it was changed is recorded, without the password
    assert "password" not in records_of(user).first().after


def test_record_user_stays_when_gone(signed_in, unit):
    unit.name = "바뀐 이름"
    unit.save()
    key = signed_in.pk
    signed_in.delete()
    record = records_of(unit).first()
    assert (record.user_id, record.user_name) == (key, "김편집")


def test_record_unit_with_users_or_user_with_sources_stays(unit):
    user = User.objects.create(username="lee", department=unit)
    Source.objects.filter(scope="duties").update(brought_by=user)
    with pytest.raises(IntegrityError):
        unit.delete()
    with pytest.raises(IntegrityError):
        user.delete()


def test_record_fixture_without_a_reason_is_known_as_one(seeded, tmp_path):
    call_command("loaddata", str(new_unit(tmp_path)), verbosity=0)
    assert newest(Department) == ("created", None, "파일에서 불러옴")


def test_record_fixture_that_names_what_comes_later(seeded, tmp_path):
    """Its name cannot be told yet; its record is written all the same."""
    path = tmp_path / "lines.yaml"
    line = "- {model: budgets.budgetline, pk: 990001, fields: {fiscal_year: 2021, department: 990002}}\n"
    unit = (
        "- {model: departments.department, pk: 990002, fields: {slug: later, name: 나중 부서, kind: team}}\n"
    )
    path.write_text(line + unit, encoding="utf-8")
    call_command("loaddata", str(path), verbosity=0)
    record = of_key(BudgetLine, 990001).get()
    assert (record.kind, record.after["department_id"], record.name) == (
        "created",
        990002,
        "세출 예산 줄 #990001",
    )


def test_record_seeded_new_file(seeded, tmp_path):
    seed([new_unit(tmp_path)])
    assert newest(Department) == ("created", None, "씨앗 자료")


def test_record_edition_and_explanation(signed_in):
    edition = make_edition()
    assert newest(edition)[0] == "created"
    assert records_of(edition).first().departments.get().department == edition.bureau
    explanation = Explanation.objects.create(
        bureau=edition.bureau, finding="x", fingerprint="x", reason="x", explained_by=signed_in
    )
    assert newest(explanation)[:2] == ("created", signed_in)


@pytest.mark.django_db(transaction=True)
@pytest.mark.thorough
def test_record_whole_database_moves_with_its_records(tmp_path):
    call_command("flush", interactive=False, verbosity=0)
    call_command("seed", stdout=StringIO())
    User.objects.create(username="lee").groups.add(Group.objects.get(name="예산 담당"))
    Project.objects.first().budget_lines.add(BudgetLine.objects.first())
    dump = tmp_path / "all.yaml"  # JSON would cut moments to milliseconds
    call_command("dumpdata", "auth.group", *OURS, format="yaml", output=str(dump), verbosity=0)
    moved = (ChangeRecord, ChangeRecordDepartment, RecordSeal, ChainLink, *tracked_models())
    before = {model: list(model._base_manager.order_by("pk").values()) for model in moved}
    with pytest.raises(CommandError, match="자료가 이미 있는 데이터베이스에는"):
        call_command("loaddata", str(dump), with_history=True, verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    call_command("loaddata", str(dump), with_history=True, verbosity=0)
    for model, rows in before.items():
        assert list(model._base_manager.order_by("pk").values()) == rows
    assert before[ChangeRecord]
    assert missing_triggers() == found() == []
    duty = Duty.objects.first()
    duty.save()
    assert newest(duty)[0] == "changed"  # from here on there are records again


@pytest.mark.thorough
def test_record_seeding_stays_quick(seeded):
    for source in Source.objects.all():
        source.delete()
    started = time.process_time()
    call_command("seed", stdout=StringIO())
    assert time.process_time() - started < 5
