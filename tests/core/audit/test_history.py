"""Every write path leaves history, and nothing changes it afterwards."""

import time
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import IntegrityError, NotSupportedError, connection, transaction
from django.test import RequestFactory
from simple_history.models import HistoricalRecords

from budgets.models import BudgetImport, BudgetLine
from core.audit.recording import (
    change_reason,
    history_of,
    is_history,
    populate,
    tracked_fields,
    tracked_models,
)
from core.models import BureauRevision, Source, SourceRevision
from core.seeding import seed
from departments.models import Department, Duty, Staffing, Succession, User
from projects.models import Milestone, Project, Vision
from tests.factories import explain_names

pytestmark = pytest.mark.engine

OURS = ("core", "departments", "budgets", "projects", "glossary")


def newest(model, **condition):
    row = model.history.filter(**condition).first()
    return row.history_type, row.history_user, row.history_change_reason


@pytest.fixture
def unit(seeded):
    return Department.objects.get(slug="data-center")


@pytest.fixture
def signed_in(seeded):
    """A user whose request is the one that is being answered."""
    user = User.objects.create(username="editor")
    request = RequestFactory().get("/")
    request.user = user
    HistoricalRecords.context.request = request
    yield user
    del HistoricalRecords.context.request


def test_every_model_of_ours_is_kept():
    """A file's way into the system is a record itself; what it brings is a source, which is kept."""
    ours = {
        model for app in OURS for model in apps.get_app_config(app).get_models() if not is_history(model)
    } - {BudgetImport, SourceRevision, BureauRevision}
    assert ours == set(tracked_models())
    for model in ours:
        for link in model._meta.many_to_many:
            assert is_history(history_of(link.remote_field.through))


def test_history_has_no_permissions(seeded):
    assert not Permission.objects.filter(content_type__model__startswith="historical").exists()


def test_creating_editing_and_deleting(signed_in, unit):
    with change_reason("조직 개편"):
        created = Department.objects.create(slug="new-team", name="새 팀", kind="team")
    assert newest(Department, id=created.pk) == ("+", signed_in, "조직 개편")
    created.name = "바뀐 팀"
    created.save()
    assert newest(Department, id=created.pk) == ("~", signed_in, "")
    key = created.pk
    created.delete()
    assert newest(Department, id=key) == ("-", signed_in, "")
    assert [row.name for row in Department.history.filter(id=key)] == ["바뀐 팀", "바뀐 팀", "새 팀"]


def test_the_seed_is_kept_with_its_reason(seeded):
    for model in tracked_models():
        if model is not User:
            assert model.history.count() == model.objects.count()
    assert newest(Staffing) == ("+", None, "씨앗 자료")
    assert set(Project.history.values_list("history_change_reason", flat=True)) == {"씨앗 자료"}


def test_a_queryset_update_is_kept(signed_in, unit):
    changed = Duty.objects.filter(department=unit).update(text="백업센터 운영")
    assert changed == 5
    rows = Duty.history.filter(history_type="~")
    assert rows.count() == 5
    assert {(row.text, row.history_user) for row in rows} == {("백업센터 운영", signed_in)}


def test_an_update_that_no_longer_matches_its_own_condition_is_kept(unit):
    Staffing.objects.filter(department=unit, authorized=69).update(authorized=70)
    assert [
        row.authorized for row in Staffing.history.filter(department=unit, source__as_of="2022-08-29")
    ] == [70, 69]


def test_an_update_of_nothing_leaves_nothing(seeded):
    before = Duty.history.count()
    assert Duty.objects.filter(text="없는 업무").update(text="x") == 0
    assert Duty.history.count() == before


def test_bulk_writes_are_kept(unit):
    source = Source.objects.get(scope="duties")
    made = Duty.objects.bulk_create(
        [
            Duty(source=source, department=unit, order=90 + number, text=f"업무 {number}")
            for number in range(3)
        ]
    )
    assert [newest(Duty, id=duty.pk)[0] for duty in made] == ["+", "+", "+"]
    for duty in made:
        duty.text += " 수정"
    with change_reason("문구 정리"):
        Duty.objects.bulk_update(made, ["text"])
    assert [newest(Duty, id=duty.pk)[::2] for duty in made] == [("~", "문구 정리")] * 3
    assert Duty.history.filter(id=made[0].pk).first().text == "업무 0 수정"


def test_a_bulk_upsert_tells_new_from_changed(unit):
    source = Source.objects.get(scope="duties")
    old = Duty.objects.filter(source=source, department=unit).first()
    rows = [Duty(source=source, department=unit, order=order, text="고친 업무") for order in (old.order, 99)]
    Duty.objects.bulk_create(
        rows, update_conflicts=True, update_fields=["text"], unique_fields=["source", "department", "order"]
    )
    kinds = {duty.order: newest(Duty, id=duty.pk)[0] for duty in Duty.objects.filter(text="고친 업무")}
    assert kinds == {old.order: "~", 99: "+"}


def test_what_history_could_not_follow_is_refused(seeded):
    with pytest.raises(NotSupportedError):
        Duty.objects.bulk_create([], ignore_conflicts=True)


def test_many_rows_take_few_queries(seeded, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        Duty.objects.update(text="한꺼번에")
    assert Duty.history.filter(text="한꺼번에").count() == 55


def test_get_or_create_and_update_or_create_are_kept(unit):
    other = Department.objects.get(slug="big-data")
    made, _ = Succession.objects.get_or_create(predecessor=unit, successor=other, defaults={"kind": "moved"})
    Succession.objects.update_or_create(predecessor=unit, successor=other, defaults={"kind": "split"})
    assert [(row.history_type, row.kind) for row in made.history.all()] == [("~", "split"), ("+", "moved")]


def test_what_goes_with_a_source_is_kept(signed_in):
    source = Source.objects.get(scope="vision")
    with change_reason("잘못 들어온 자료"):
        source.delete()
    assert newest(Source, id=Source.history.first().id) == ("-", signed_in, "잘못 들어온 자료")
    assert newest(Vision) == ("-", signed_in, "잘못 들어온 자료")
    for name, count in (("values", 6), ("strategies", 4)):
        related = Vision._meta.get_field(name).related_model
        assert (
            related.history.filter(history_type="-", history_change_reason="잘못 들어온 자료").count()
            == count
        )


def test_a_deleted_queryset_is_kept(seeded):
    Milestone.objects.filter(brief__number=1).delete()
    gone = Milestone.history.filter(history_type="-")
    assert gone.count() > 0
    assert {row.brief_id for row in gone} == {Project.objects.get(slug="public-wifi").briefs.get().pk}


def test_links_are_kept_from_both_sides(signed_in):
    project, line = Project.objects.get(slug="public-wifi"), BudgetLine.objects.first()
    project.budget_lines.add(line)
    line.projects.remove(project)
    line.projects.add(project)
    line.projects.clear()
    project.budget_lines.set([line])
    linked = [[link.budgetline_id for link in row.budget_lines.all()] for row in project.history.all()]
    assert linked == [[line.pk], [], [line.pk], [], [line.pk], []]
    assert newest(Project, id=project.pk)[:2] == ("~", signed_in)
    assert line.history.count() == 1  # the line itself has not changed


def test_adding_what_is_linked_already_leaves_nothing(seeded):
    project, line = Project.objects.first(), BudgetLine.objects.first()
    project.budget_lines.add(line)
    before = project.history.count()
    project.budget_lines.add(line)
    line.projects.add(project)
    assert project.history.count() == before


def test_a_deleted_target_changes_what_was_linked_to_it(seeded):
    project, line = (
        Project.objects.first(),
        BudgetLine.objects.create(fiscal_year=2021, department=Department.objects.first()),
    )
    project.budget_lines.add(line)
    line.delete()
    assert [row.budget_lines.count() for row in project.history.all()] == [0, 1, 0]


def test_an_update_keeps_the_links(seeded):
    project, line = Project.objects.first(), BudgetLine.objects.first()
    project.budget_lines.add(line)
    Project.objects.filter(pk=project.pk).update(name="바뀐 이름")
    assert [link.budgetline_id for link in project.history.first().budget_lines.all()] == [line.pk]


def test_group_membership_of_users_is_kept(signed_in):
    user, group = User.objects.create(username="lee"), Group.objects.get(name="예산 담당")
    group.user_set.add(user)
    user.groups.remove(group)
    user.groups.add(group)
    group.delete()
    assert [row.groups.count() for row in user.history.all()] == [0, 1, 0, 1, 0]
    assert newest(User, id=user.pk)[1] == signed_in


def test_no_password_and_no_sign_in_is_kept(client, seeded):
    assert {"password", "last_login"}.isdisjoint(field.name for field in tracked_fields(User))
    user = User.objects.create_user(username="lee", password="a-long-password")
    client.login(request=RequestFactory().post("/"), username="lee", password="a-long-password")
    assert User.objects.get(pk=user.pk).last_login is not None
    assert user.history.count() == 1
    user.set_password("another-password")
    user.save()
    assert user.history.count() == 2  # that it was changed is kept, without the password


def test_who_it_was_stays_when_the_user_is_gone(signed_in, unit):
    unit.name = "바뀐 이름"
    unit.save()
    key = signed_in.pk
    signed_in.delete()
    assert Department.history.filter(id=unit.pk).first().history_user_id == key


def test_a_unit_with_users_or_a_user_with_sources_stays(unit):
    user = User.objects.create(username="lee", department=unit)
    Source.objects.filter(scope="duties").update(brought_by=user)
    with pytest.raises(IntegrityError):
        unit.delete()
    with pytest.raises(IntegrityError):
        user.delete()


def test_the_page_of_a_request_says_who(client, seeded):
    manager = User.objects.create(username="manager", is_staff=True, is_superuser=True)
    client.force_login(manager)
    client.post(
        "/admin/departments/department/add/",
        {"slug": "new-team", "name": "새 팀", "kind": "team", "change_reason": "조직 개편"},
    )
    assert newest(Department) == ("+", manager, "조직 개편")


def test_a_reason_is_cut_and_put_in_one_line(unit):
    with change_reason("가\n나 " + "다" * 400):
        unit.save()
    reason = newest(Department, id=unit.pk)[2]
    assert (len(reason), reason[:5]) == (300, "가 나 다")


def test_a_fixture_without_a_reason_is_known_as_one(seeded, tmp_path):
    path = tmp_path / "unit.yaml"
    path.write_text(
        "- {model: departments.department, fields: {slug: new-team, name: 새 팀, kind: team}}",
        encoding="utf-8",
    )
    call_command("loaddata", str(path), verbosity=0)
    assert newest(Department) == ("+", None, "파일에서 불러옴")


def test_seeding_a_new_file_is_kept(seeded, tmp_path):
    path = tmp_path / "unit.yaml"
    path.write_text(
        "- {model: departments.department, fields: {slug: new-team, name: 새 팀, kind: team}}",
        encoding="utf-8",
    )
    seed([path])
    assert newest(Department) == ("+", None, "씨앗 자료")


HISTORIES = [
    *(history_of(model) for model in tracked_models()),
    *(
        history_of(link.remote_field.through)
        for model in tracked_models()
        for link in model._meta.many_to_many
    ),
]


@pytest.fixture
def one_of_each(seeded):
    """At least a row in every table of history."""
    User.objects.create(username="lee").groups.add(Group.objects.get(name="예산 담당"))
    User.objects.create(username="kim").user_permissions.add(Permission.objects.first())
    Project.objects.first().budget_lines.add(BudgetLine.objects.first())
    explain_names()


@pytest.mark.parametrize("history", HISTORIES, ids=lambda model: model._meta.label_lower)
def test_the_database_refuses_to_change_history(one_of_each, history):
    rows = history._base_manager.all()
    assert rows.exists()
    for forbidden in (
        lambda: rows.update(id=0),
        lambda: history._base_manager.first().save(),
        lambda: history._base_manager.first().delete(),
        lambda: rows._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="고치거나 지울 수 없습니다"), transaction.atomic():
            forbidden()


def test_postgresql_refuses_to_truncate_history(seeded):
    if connection.vendor == "postgresql":
        with (
            pytest.raises(IntegrityError, match="고치거나 지울 수 없습니다"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute('TRUNCATE "departments_historicalduty" CASCADE')


@pytest.mark.django_db(transaction=True)
def test_flush_empties_history_and_guards_it_again():
    call_command("flush", interactive=False, verbosity=0)
    assert not Department.history.exists()
    Department.objects.create(slug="new-team", name="새 팀", kind="team")
    with pytest.raises(IntegrityError), transaction.atomic():
        Department.history.all().delete()


@pytest.mark.django_db(transaction=True)
def test_a_whole_database_moves_with_its_history(tmp_path):
    call_command("flush", interactive=False, verbosity=0)
    call_command("seed", stdout=StringIO())
    User.objects.create(username="lee").groups.add(Group.objects.get(name="예산 담당"))
    Project.objects.first().budget_lines.add(BudgetLine.objects.first())
    dump = tmp_path / "all.yaml"  # JSON would cut moments to milliseconds
    call_command("dumpdata", "auth.group", *OURS, format="yaml", output=str(dump), verbosity=0)
    before = {
        model: list(model._base_manager.order_by("pk").values()) for model in (*HISTORIES, *tracked_models())
    }
    call_command("flush", interactive=False, verbosity=0)
    call_command("loaddata", str(dump), with_history=True, verbosity=0)
    for model, rows in before.items():
        assert list(model._base_manager.order_by("pk").values()) == rows
    Duty.objects.first().save()
    assert newest(Duty)[0] == "~"  # from here on it is kept again


@pytest.mark.django_db(transaction=True)
def test_migrating_again_keeps_the_guard():
    call_command("migrate", verbosity=0, stdout=StringIO())
    Department.objects.create(slug="newer-team", name="더 새 팀", kind="team")
    with pytest.raises(IntegrityError), transaction.atomic():
        Department.history.all().update(name="x")


@pytest.mark.django_db(transaction=True)
def test_what_was_there_before_history_begins_it():
    """As the migrations do for a database of an earlier release."""
    call_command("flush", interactive=False, verbosity=0)
    Department(slug="old-team", name="옛 팀", kind="team").save_without_historical_record()
    User(username="lee").save_without_historical_record()
    populate("departments")(apps, None)
    assert newest(Department) == ("+", None, "내역을 남기기 전의 자료")
    assert Department.history.get().name == "옛 팀"
    assert newest(User) == ("+", None, "내역을 남기기 전의 자료")


def test_seeding_stays_quick(seeded):
    for source in Source.objects.all():
        source.delete()
    started = time.process_time()
    call_command("seed", stdout=StringIO())
    assert time.process_time() - started < 5
