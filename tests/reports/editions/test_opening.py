"""Opening an edition: the last report's facts become its drafts, and readers see nothing of it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from budgets.models import BudgetFigure, RevenueFigure
from core.copying import copy_source
from core.models import ControlTotal, Source
from departments.models import Department, Staffing
from reports.editions.opening import carried_sources, open_edition
from reports.editions.snapshot import reports_of, snapshot_of
from reports.editions.sources import EditionRefused
from reports.models import Edition, EditionEvent
from tests.factories import make_bureau, make_expenditure, make_source, spend, succeed
from tests.reports.editions.conftest import open_new
from tests.reports.editions.drafts import drafts_of

pytestmark = pytest.mark.django_db

GIVEN = {"title": "업무보고", "deadline": date(2022, 11, 8)}


@pytest.fixture
def edition(bureau, planner):
    """Opened by each test anew: others here open theirs without it."""
    return Edition.objects.get(pk=open_new())


@pytest.mark.engine
def test_the_last_reports_facts_are_carried_forward(edition):
    drafts = drafts_of(edition)
    assert sorted(source.scope for source in drafts) == [
        "duties", "expenditure", "glossary", "indicators", "organisation", "projects", "revenue", "staffing", "vision",
    ]  # fmt: skip
    assert {source.as_of for source in drafts} == {date(2022, 11, 1)}
    assert {(one.fiscal_year, one.budget_kind) for one in drafts if one.scope == "expenditure"} == {
        (2022, "execution")
    }
    staffing = next(source for source in drafts if source.scope == "staffing")
    assert Staffing.objects.filter(source=staffing, department__slug="data-center").get().authorized == 69


def test_of_a_merged_bureau_one_predecessors_facts_are_carried_forward(seeded):
    """As readers see them: the facts of two bureaus are never mixed."""
    merged, roads = make_bureau("merged-bureau", "통합정책관"), make_bureau("roads-bureau", "도로정책관")
    rivers = make_bureau("rivers-bureau", "하천정책관")
    for before, scope, on in ((roads, "staffing", "2022-01-31"), (rivers, "duties", "2022-02-28")):
        make_source(before, scope, on)
        succeed(before, merged)
    edition, drafts = open_edition(bureau=merged, as_of=date(2022, 11, 1), **GIVEN)
    carried, *begun = drafts
    assert (carried.scope, len(begun)) == (
        "duties",
        7,
    )  # the rest is begun anew, the other predecessor's staffing too
    assert {source.bureau for source in snapshot_of(edition).sources} == {merged, rivers}


def test_printed_sums_are_not_carried_forward(edition):
    """A figure that is put right would else be printed beside the last report's sum. The number of teams, of which not all are named, stays."""
    totals = ControlTotal.objects.filter(source__as_of="2022-11-01")
    assert sorted(totals.values_list("measure", "printed")) == [
        ("bureaus", "1정책관"), ("divisions", "6담당관"), ("offices", "2사업소"), ("teams", "27팀"),
    ]  # fmt: skip
    report, before = reports_of(edition, snapshot_of(edition))
    sums = [
        [unit.headcount.shown for unit in (one.chapters["staffing"].total, *one.chapters["staffing"].units)]
        for one in (before, report)
    ]
    assert sums[0] == sums[1]
    revenue = [
        {row.slug: row.current.shown for row in one.chapters["revenue"].rows}["temporary-non-tax-revenue"]
        for one in (before, report)
    ]
    assert revenue == [954_794_000, 5_878_506_000]  # the misprint stays where it was printed


def test_opening_is_kept(edition, planner):
    event = edition.events.get()
    assert (event.kind, event.by, event.after) == (EditionEvent.Kind.OPENED, planner, "open")
    assert event.note.startswith("지난 자료를 이어받은 초안 9건: 조직")


def test_the_year_before_stays_in_force_by_itself(edition):
    snapshot = snapshot_of(edition)
    years = {
        source.fiscal_year: (str(source.as_of), source.state)
        for source in reversed(snapshot.sources_of("expenditure"))
    }
    assert years == {2021: ("2022-08-29", "in_force"), 2022: ("2022-11-01", "draft")}


def test_readers_see_nothing_of_it(edition, staff_client):
    page = staff_client.get("/")
    assert page.context["snapshot"].as_of == date(2022, 8, 29)
    assert "2022. 11. 1." not in page.content.decode()


def test_what_is_in_force_of_the_date_is_not_copied(bureau, planner):
    revenue = copy_source(Source.objects.get(scope="revenue"), date(2022, 11, 1), planner)
    Source.objects.filter(pk=revenue.pk).update(state="in_force")
    carried = {source.scope for source in carried_sources(bureau, date(2022, 11, 1))}
    assert "revenue" not in carried
    assert "vision" in carried


@pytest.mark.engine
def test_limited_deliveries_are_carried_each(bureau):
    """The lines that they speak for; what was executed is theirs."""
    unit = Department.objects.get(slug="data-center")
    make_expenditure(bureau, "2022-09-30", department=unit)
    make_expenditure(bureau, "2022-10-15", department=unit)
    carried = carried_sources(bureau, date(2022, 11, 1))
    assert [(str(one.as_of), one.department) for one in carried if one.scope == "expenditure"] == [
        ("2022-10-15", unit), ("2022-08-29", None),
    ]  # fmt: skip


@pytest.mark.parametrize("is_first", [True, False])
def test_a_file_of_the_whole_fills_the_edition_under_its_own_date(bureau, planner, is_first):
    """Whether it was confirmed before the edition was opened or after."""

    def deliver():
        source = make_expenditure(bureau, "2022-10-31", document="집행현황.xlsx")
        spend(source, Department.objects.get(slug="data-center"), 1_000, 700)
        return source

    delivered = deliver() if is_first else None
    edition, _ = open_edition(bureau=bureau, as_of=date(2022, 11, 1), user=planner, **GIVEN)
    delivered = delivered or deliver()
    assert "expenditure" not in {source.scope for source in drafts_of(edition)}
    report, _ = reports_of(edition, snapshot_of(edition))
    data = report.chapters["expenditure"]
    assert (str(data.as_of), data.rows[0].current.computed, data.rows[0].executed.computed) == (
        "2022-10-31", 1_000_000, 700_000,
    )  # fmt: skip
    assert report.cover_notes == ()
    Source.objects.filter(pk=delivered.pk).update(state="withdrawn")
    if not is_first:
        assert [source.scope for source in drafts_of(edition)].count("expenditure") == 1


def test_an_edition_of_a_date_that_is_in_force_begins_with_it(bureau, planner):
    edition, drafts = open_edition(bureau=bureau, as_of=date(2022, 8, 29), user=planner, **GIVEN)
    assert drafts == []
    assert drafts_of(edition) == []
    assert snapshot_of(edition).source("staffing").state == "in_force"


@pytest.mark.engine
def test_one_unpublished_edition_a_date(edition, bureau, planner):
    before = Source.objects.count()
    with pytest.raises(ValidationError, match="이미 열려 있습니다"):
        open_edition(bureau=bureau, as_of=edition.as_of, user=planner, **GIVEN)
    assert Source.objects.count() == before
    Edition.objects.filter(pk=edition.pk).update(state="published")
    open_edition(bureau=bureau, as_of=edition.as_of, user=planner, **GIVEN)


def test_without_anything_to_report_none_is_opened(seeded, planner):
    bureau = make_bureau()
    with pytest.raises(EditionRefused, match="회차를 열 수 없습니다"):
        open_edition(bureau=bureau, as_of=date(2022, 11, 1), user=planner, **GIVEN)
    assert not Edition.objects.filter(bureau=bureau).exists()


def test_a_renamed_bureau_begins_with_what_it_was(bureau, planner):
    new = make_bureau("digital-city-bureau", "디지털도시국")
    succeed(bureau, new)
    edition, drafts = open_edition(bureau=new, as_of=date(2023, 2, 1), user=planner, **GIVEN)
    assert {source.bureau for source in drafts} == {new}
    assert len(drafts_of(edition)) == 9


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_who_is_a_moment_late_is_told(monkeypatch):
    """Between the look and the writing somebody else has opened it: the database decides."""
    bureau = Department.objects.get(slug="digital-policy-bureau")
    open_edition(bureau=bureau, as_of=date(2022, 11, 1), **GIVEN)
    monkeypatch.setattr(Edition, "full_clean", lambda self, **options: None)
    with pytest.raises(ValidationError, match="이미 열려 있습니다"):
        open_edition(bureau=bureau, as_of=date(2022, 11, 1), **GIVEN)


def test_what_was_executed_is_not_carried_forward(edition):
    """It happened by the last report's day; lines and budgets stand until they are changed."""
    before, after = (
        BudgetFigure.objects.filter(source__as_of=as_of, source__fiscal_year=2022)
        for as_of in ("2022-08-29", "2022-11-01")
    )
    assert before.filter(committed__isnull=False).count() == before.count() == after.count() > 0
    assert not after.exclude(committed=None, disbursed=None).exists()
    assert sorted(after.values_list("line", "current")) == sorted(before.values_list("line", "current"))
    revenue = RevenueFigure.objects.filter(source__as_of="2022-11-01")
    assert not revenue.exclude(assessed=None, collected=None, written_off=None, uncollected=None).exists()
    assert revenue.count() == RevenueFigure.objects.filter(source__as_of="2022-08-29").count()


def test_the_edition_knows_no_execution_until_it_is_delivered(edition, bureau):
    report, before = reports_of(edition, snapshot_of(edition))
    whole = [one.chapters["expenditure"].rows[0] for one in (before, report)]
    assert [row.executed.computed for row in whole] == [95_839_631_000, None]
    assert whole[1].execution_rate.shown is None
    assert str(before.as_of) == "2022-08-29"


def test_a_file_of_between_the_reports_is_not_the_report_before(edition, bureau):
    make_expenditure(bureau, "2022-10-31")
    assert str(reports_of(edition, snapshot_of(edition))[1].as_of) == "2022-08-29"
