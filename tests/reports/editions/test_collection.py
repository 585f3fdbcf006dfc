"""The grid of an edition: which parts there are, how far each is, and what history tells of who works on it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from budgets.models import BudgetFigure, BudgetImport
from core.audit.context import acting
from core.copying import copy_source
from core.models import Source
from departments.models import Department, Duty, Staffing
from glossary.models import Definition
from projects.models import Brief, Milestone, Project
from reports.editions.collection import collection_of, days_left
from reports.editions.people import deliverers, staff_by_unit
from reports.editions.snapshot import drafts_of, snapshot_of
from reports.models import Submission
from tests.audit import records_of
from tests.factories import make_expenditure, make_member, make_staffing, make_unit, place, print_total, spend

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def cell_of(edition, unit, part, project=None):
    cells = collection_of(edition).cells
    places = {
        (cell.place.department.slug, cell.place.part, cell.place.project and cell.place.project.slug): cell
        for cell in cells
    }
    return places[unit, part, project]


def parts_of(edition):
    return {
        row.department.slug: [cell.place.label for cell in row.cells] for row in collection_of(edition).rows
    }


# Which parts


def test_the_parts_of_the_seeded_report(edition):
    parts = parts_of(edition)
    assert list(parts) == [
        "digital-policy-bureau", "digital-policy", "big-data", "information-systems", "information-disclosure", "spatial-information",
        "ict-security", "data-center", "seoul-archives",
    ]  # fmt: skip
    assert parts["digital-policy-bureau"] == ["조직", "세입", "비전·전략", "용어"]
    assert parts["data-center"] == ["인력", "주요업무", "예산"]
    assert parts["ict-security"] == [
        "인력", "주요업무", "예산", "공공와이파이 확충 및 시민 이용편의 제고", "지능형 CCTV 기반 시민 안전서비스 확대", "용어",
    ]  # fmt: skip
    assert {cell.state for cell in collection_of(edition).cells} == {"not_begun"}


def test_a_unit_that_the_drafts_name_is_asked(edition):
    """Under a division only what is told of it; right below the bureau everything."""
    tree = Source.objects.get(scope="organisation", as_of="2022-11-01")
    bureau, unit, team = (
        edition.bureau,
        make_unit("ai", "인공지능담당관"),
        Department.objects.get(slug="public-wifi-team"),
    )
    place(tree, unit, bureau)
    Duty.objects.create(
        source=Source.objects.get(scope="duties", as_of="2022-11-01"),
        department=team,
        order=1,
        text="공유기 설치",
    )
    parts = parts_of(edition)
    assert parts["ai"] == ["인력", "주요업무", "예산"]
    assert parts["public-wifi-team"] == ["주요업무"]


def test_a_unit_without_a_place_is_not_forgotten(edition):
    lost = make_unit("lost", "자리 없는 과")
    make_staffing(Source.objects.get(scope="staffing", as_of="2022-11-01"), lost, 1)
    assert parts_of(edition)["lost"] == ["인력"]


def test_of_a_unit_the_terms_are_those_of_its_projects(edition):
    cell = cell_of(edition, "ict-security", "glossary")
    names = set(
        Definition.objects.filter(term__in=cell.place.request.subjects).values_list("term__name", flat=True)
    )
    assert any("AP" in name or "Access" in name for name in names)
    assert len(cell_of(edition, "digital-policy-bureau", "glossary").place.request.subjects) == 21


# How far


@pytest.fixture
def draft(edition):
    """Of a model, the row of the edition's drafts that fits."""

    def found(model, **where):
        return model.objects.filter(source__as_of="2022-11-01", **where).first()

    return found


def test_who_changes_a_figure_is_writing(edition, draft, member):
    staffing = draft(Staffing, department__slug="data-center")
    staffing.authorized += 1
    staffing.save()
    assert cell_of(edition, "data-center", "staffing").state == "not_begun"  # a command's work is nobody's
    with acting(lambda: member):
        staffing.save()
    cell = cell_of(edition, "data-center", "staffing")
    assert (cell.state, cell.word, cell.changed_by) == ("drafting", "작성 중", member)
    assert cell_of(edition, "ict-security", "staffing").state == "not_begun"


def test_what_hangs_on_a_project_is_its_part(edition, draft, member):
    brief = draft(Brief, project__slug="public-wifi")
    with acting(lambda: member):
        brief.milestones.first().delete()
    assert cell_of(edition, "ict-security", "projects", "public-wifi").state == "drafting"
    assert cell_of(edition, "ict-security", "projects", "intelligent-cctv").state == "not_begun"
    with acting(lambda: member):
        Milestone.objects.filter(brief=draft(Brief, project__slug="intelligent-cctv")).update(note="")
    assert cell_of(edition, "ict-security", "projects", "intelligent-cctv").state == "drafting"


@pytest.mark.parametrize(
    ("scope", "part"),
    [
        ("organisation", "organisation"),
        ("revenue", "revenue"),
        ("vision", "vision"),
        ("glossary", "glossary"),
    ],
)
def test_the_bureaus_own_parts(edition, planner, scope, part):
    model = {
        "organisation": "placement",
        "revenue": "revenuefigure",
        "vision": "vision",
        "glossary": "definition",
    }[scope]
    source = Source.objects.get(scope=scope, as_of="2022-11-01")
    with acting(lambda: planner):
        getattr(source, f"{model}_set").first().save()
    assert cell_of(edition, "digital-policy-bureau", part).state == "drafting"


def test_a_change_of_what_is_in_force_elsewhere_does_not_count(edition, member):
    with acting(lambda: member):
        Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29").save()
    assert cell_of(edition, "data-center", "staffing").state == "not_begun"


def test_copying_alone_is_not_writing(edition, planner):
    with acting(lambda: planner):
        copy_source(Source.objects.get(scope="staffing", as_of="2022-08-29"), date(2022, 11, 1), planner)
    assert cell_of(edition, "data-center", "staffing").state == "not_begun"


def test_a_budget_file_is_its_uploaders_work(edition, bureau, planner):
    unit = Department.objects.get(slug="data-center")
    source = make_expenditure(bureau, "2022-11-01", state="draft", received="2022-11-02")
    spend(source, unit, 50_000_000)
    given = {
        "bureau": bureau,
        "file_name": "x.xlsx",
        "token": "x",
        "sha256": "x",
        "size": 1,
        "source": source,
        "uploader": planner,
    }
    BudgetImport.objects.create(state="staged", **given)
    cell = cell_of(edition, "data-center", "expenditure")
    assert (cell.state, cell.changed_by) == ("drafting", planner)
    assert records_of(BudgetFigure).filter(source=source).exclude(user=None).count() == 0


def test_a_file_that_is_still_read_does_not_count(edition, bureau, planner):
    source = make_expenditure(bureau, "2022-11-01", state="draft", received="2022-11-02")
    given = {
        "bureau": bureau,
        "file_name": "x.xlsx",
        "token": "x",
        "sha256": "x",
        "size": 1,
        "source": source,
        "uploader": planner,
    }
    incoming = BudgetImport.objects.create(state="reading", **given)
    for state in ("reading", "discarded"):
        BudgetImport.objects.filter(pk=incoming.pk).update(state=state)
        assert source not in drafts_of(edition)
        assert source not in snapshot_of(edition).sources
    BudgetImport.objects.filter(pk=incoming.pk).update(state="staged")
    assert source in drafts_of(edition)
    assert source in snapshot_of(edition).sources


def test_what_is_changed_after_it_was_handed_in_is_told(collecting, draft, member):
    staffing = draft(Staffing, department__slug="data-center")
    Submission.objects.create(
        edition=collecting,
        department=staffing.department,
        part="staffing",
        state="confirmed",
        at=timezone.now(),
        by=member,
    )
    assert cell_of(collecting, "data-center", "staffing").changed_since == ""
    with acting(lambda: member):
        staffing.save()
    cell = cell_of(collecting, "data-center", "staffing")
    assert (cell.state, cell.changed_since) == ("confirmed", "확인 뒤 고침")


# Findings and people


def test_open_findings_stand_with_their_unit(edition):
    rows = {row.department.slug: row for row in collection_of(edition).rows}
    assert len(rows["digital-policy-bureau"].findings) == 1  # the speed that is given in two ways, of no unit
    print_total(Source.objects.get(scope="staffing", as_of="2022-11-01"), "headcount", 1, "1", "data-center")
    rows = {row.department.slug: row for row in collection_of(edition).rows}
    assert {one.finding.department for one in rows["data-center"].findings} == {"data-center"}
    assert len(rows["digital-policy-bureau"].findings) == 1


def test_who_delivers(collecting, member):
    collection = collection_of(collecting)
    staff = staff_by_unit(collection)
    cell = next(cell for cell in collection.cells if cell.place.department.slug == "data-center")
    assert deliverers(cell, staff) == [member]
    assert staff[Department.objects.get(slug="ict-security").pk] == []
    whole = make_member("부서 담당", unit="digital-policy-bureau", username="whole")
    staff = staff_by_unit(collection)
    assert staff[Department.objects.get(slug="ict-security").pk] == [whole]  # the nearest unit above
    assert staff[cell.place.department.pk] == [member]
    cell.submission = Submission(owner=whole)
    assert deliverers(cell, staff) == [whole]
    whole.is_active = False
    assert deliverers(cell, staff) == [member]


@pytest.mark.parametrize(
    ("today", "left"), [(date(2022, 11, 5), 3), (date(2022, 11, 8), 0), (date(2022, 11, 10), -2)]
)
def test_days_left(edition, today, left):
    assert days_left(edition, today) == left


def test_the_days_end_at_midnight_in_seoul(edition, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2022, 11, 4, 15, 30, tzinfo=UTC))
    assert days_left(edition) == 3


def test_a_fixed_number_of_queries(edition, draft, member, bureau):
    with acting(lambda: member):
        draft(Staffing, department__slug="data-center").save()
    collection_of(edition)  # what is remembered for the process is asked for once
    with CaptureQueriesContext(connection) as few:
        collection_of(edition)
    tree = Source.objects.get(scope="organisation", as_of="2022-11-01")
    projects = Source.objects.get(scope="projects", as_of="2022-11-01")
    with acting(lambda: member):
        for number in range(20, 40):
            unit = make_unit(f"unit-{number}")
            place(tree, unit, bureau)
            project = Project.objects.create(slug=f"project-{number}", name=f"사업 {number}")
            Brief.objects.create(
                source=projects,
                project=project,
                number=number,
                title="사업",
                lead_department=unit,
                purpose="목적",
            )
    with CaptureQueriesContext(connection) as many:
        assert len(collection_of(edition).rows) == 29
    assert len(many) == len(few)
    assert len(few) <= 60


def test_opened_yesterday_or_not_is_all_the_same(edition, member, draft):
    """Nothing but the deadline is told by today's clock."""
    edition.created_at = timezone.now() - timedelta(days=400)
    edition.save()
    with acting(lambda: member):
        draft(Staffing, department__slug="data-center").save()
    assert cell_of(edition, "data-center", "staffing").state == "drafting"
