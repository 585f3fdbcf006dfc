"""The history page: what is listed, how it is filtered, and what is downloaded."""

from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.utils import timezone

from budgets.models import BudgetLine
from core.audit.changes import changes
from core.models import ControlTotal
from dashboard import history_filters
from departments.models import Department, Staffing, User
from projects.models import Brief, Project
from tests.audit import RESTORABLE, records_of
from tests.factories import explain_names, make_member
from tests.plans import read_whole

pytestmark = pytest.mark.engine


def text_of(response):
    return " ".join(response.content.decode().split())


def listed(client, **asked):
    """(model, kind, name) of the changes on the page."""
    response = client.get("/history/", asked)
    assert response.status_code == 200
    return [(one.change.model, one.change.kind, one.change.name) for one in response.context["entries"]]


def test_the_filters(reader, manager, edited):
    mine = (Staffing, "changed", "데이터센터 정원 72명")
    assert listed(reader, user=manager.pk) == [mine]
    assert listed(reader, kind="changed") == [mine]
    assert listed(reader, model="departments.staffing", kind="changed") == [mine]
    assert listed(reader, model="departments.duty", kind="changed") == []
    assert listed(reader, user=manager.pk, kind="deleted") == []
    assert mine not in listed(reader, user="command")
    today = timezone.localdate()
    assert listed(reader, user=manager.pk, **{"from": today, "to": today}) == [mine]
    assert listed(reader, user=manager.pk, **{"from": date(today.year + 1, 1, 1)}) == []
    assert listed(reader, user=manager.pk, to="2022-08-29") == []


def test_a_day_ends_at_midnight_in_seoul(reader, edited, monkeypatch):
    moment = timezone.datetime(
        2023, 1, 1, 14, 59, 59, tzinfo=timezone.get_fixed_timezone(0)
    )  # 23:59:59 in Seoul
    with monkeypatch.context() as patched:
        patched.setattr("core.audit.recording.timezone.now", lambda: moment)
        Department.objects.get(slug="data-center").save()
    assert len(listed(reader, **{"from": "2023-01-01", "to": "2023-01-01"})) == 1
    assert listed(reader, **{"from": "2023-01-02", "to": "2023-01-02"}) == []


def models_of(client, slug):
    found, page = set(), 1
    act = client.get("/history/").context["acts"][-1].act.key
    while True:
        response = client.get("/history/", {"department": slug, "act": act, "page": page})
        found |= {one.change.model._meta.label_lower for one in response.context["entries"]}
        if not response.context["page"].has_next():
            return found
        page += 1


def test_what_belongs_to_a_department(reader):
    """빅데이터담당관 leads two projects; their parts, indicators and measurements are its own too."""
    assert models_of(reader, "big-data") == {
        "departments.department",
        "departments.placement",
        "departments.duty",
        "departments.staffing",
        "departments.staffingcount",
        "core.controltotal",
        "budgets.budgetline",
        "budgets.budgetfigure",
        "projects.project",
        "projects.brief",
        "projects.contact",
        "projects.milestone",
        "projects.indicator",
        "projects.measurement",
    }


def test_what_hung_on_something_deleted_is_found(reader):
    brief = Brief.objects.filter(lead_department__slug="big-data").first()
    count = brief.milestones.count()
    brief.delete()
    gone = listed(reader, department="big-data", kind="deleted", model="projects.milestone")
    assert len(gone) == count > 0


def test_a_printed_total_belongs_to_its_unit(reader):
    total = ControlTotal.objects.filter(subject="data-center").first()
    total.printed = "1"
    total.save()
    assert [one[0] for one in listed(reader, department="data-center", kind="changed")] == [ControlTotal]
    assert listed(reader, department="big-data", kind="changed") == []


@pytest.mark.parametrize(
    "asked",
    [
        {"user": "nobody"},
        {"user": "1' OR 1=1"},
        {"department": "없음"},
        {"model": "auth.group"},
        {"kind": "~"},
        {"page": "x"},
        {"page": "-3"},
        {"page": "9" * 18},
    ],
)
def test_what_nothing_has_is_as_if_not_asked(reader, edited, asked):
    assert (
        reader.get("/history/", asked).context["page"].paginator.count
        == reader.get("/history/").context["page"].paginator.count
    )


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("어제", "2022. 8. 29.처럼 연, 월, 일을 적어 주세요."),
        ("2022-02-30", "달력에 없는 날짜입니다."),
        ("<script>alert(1)</script>", "2022. 8. 29.처럼 연, 월, 일을 적어 주세요."),
    ],
)
def test_a_day_that_cannot_be_read_is_said(reader, edited, day, reason):
    response = reader.get("/history/", {"from": day})
    assert f" 읽을 수 없습니다. {reason}" in text_of(response)
    assert response.context["entries"] == []
    assert "<script>alert" not in response.content.decode()


def test_days_the_wrong_way_round_are_said(reader, edited):
    response = reader.get("/history/", {"from": "2022-08-30", "to": "2022-08-29"})
    assert "‘부터’의 날이 ‘까지’의 날보다 늦습니다. 두 날을 바꾸어 보십시오." in text_of(response)
    assert response.context["entries"] == []


def test_a_fixed_number_of_queries_whatever_the_models(client, seeded, django_assert_num_queries):
    """One change of every model, users with groups and permissions too, read by one who is no superuser."""
    explain_names()
    for model in RESTORABLE:
        if model is not User:
            first = model.objects.first()
            first.save()
    clerk = User.objects.create(username="clerk")
    clerk.groups.add(Group.objects.get(name="관리자"))
    clerk.user_permissions.add(*Permission.objects.filter(codename__startswith="view_")[:3])
    Project.objects.first().budget_lines.add(BudgetLine.objects.first())
    client.force_login(clerk)
    act = client.get("/history/").context["acts"][0].act.key
    with django_assert_num_queries(12):
        response = client.get(f"/history/?act={act}")
    assert {one.change.model for one in response.context["entries"]} == set(RESTORABLE)
    with django_assert_num_queries(11):
        client.get("/history/?model=departments.duty")


def test_the_name_of_every_object_needs_no_query(seeded, django_assert_num_queries):
    explain_names()
    records = [records_of(model).first() for model in RESTORABLE if model is not User]
    with django_assert_num_queries(1):
        assert all(one.name for one in changes(records))


@pytest.mark.engine
def test_records_of_a_bureau_are_found_without_a_look_at_all(seeded):
    """In a city the others have thirty times as many."""
    planner = make_member("기획 담당", unit="digital-policy")
    records = history_filters.visible_records(planner).order_by("-at", "-pk")
    if connection.vendor == "sqlite":  # PostgreSQL chooses by how many there are
        assert "core_changerecord" not in read_whole(records[:10_001])
    assert (
        records.filter(model="departments.duty").count(),
        records.filter(model="projects.project").count(),
    ) == (55, 11)
