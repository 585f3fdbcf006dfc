"""The seeded report, assembled; expected values are the report's own."""

from datetime import date

import pytest

from core.snapshot import Snapshot
from departments.models import Department, Staffing
from reports.assembly import assemble
from reports.report import Name
from reports.serial import from_json, to_json
from tests.factories import NOBODY, make_bureau, make_source, make_unit, snapshot_of, succeed

AS_OF = date(2022, 8, 29)


@pytest.fixture
def snapshot(seeded):
    return Snapshot.from_query(NOBODY, {})


@pytest.fixture
def report(snapshot):
    return assemble(snapshot)


def test_a_fixed_number_of_queries(snapshot, django_assert_num_queries):
    with django_assert_num_queries(2):
        assemble(snapshot)


def test_a_report_is_put_together_once_for_a_version_of_the_data(snapshot, django_assert_num_queries):
    report = assemble(snapshot)
    with django_assert_num_queries(1):
        assert assemble(snapshot) is report
    assert assemble(snapshot, "제314회 임시회 업무보고") != report
    Staffing.objects.filter(department__slug="data-center").update(authorized=75)
    changed = assemble(snapshot)  # of what the snapshot had read before
    assert changed != report
    assert assemble(Snapshot.from_query(NOBODY, {})) is changed


def test_the_cover(report):
    assert (report.title, report.bureau, report.as_of) == (
        "디지털정책관 업무보고",
        Name("digital-policy-bureau", "디지털정책관"),
        AS_OF,
    )


def test_a_title_may_be_given(snapshot):
    assert assemble(snapshot, "제314회 임시회 업무보고").title == "제314회 임시회 업무보고"


def test_every_scope_says_where_it_comes_from(report):
    scopes = [
        "organisation",
        "duties",
        "staffing",
        "revenue",
        "vision",
        "projects",
        "indicators",
        "glossary",
        "expenditure",
        "expenditure",
    ]
    assert [source.scope for source in report.sources] == scopes
    assert {source.as_of for source in report.sources} == {AS_OF}
    revenue = report.source("revenue")
    assert (revenue.document, revenue.heading, revenue.unit) == (
        "디지털정책관 업무보고, Ⅰ. 일반현황, 2022년도 세입․세출 예산현황",
        "세입 총괄",
        "천원, %",
    )
    assert sorted(source.fiscal_year for source in report.sources if source.scope == "expenditure") == [
        2021,
        2022,
    ]
    assert report.source("none") is None


def test_the_past_is_what_its_own_sources_say(snapshot):
    past = assemble(snapshot.at(date(2020, 1, 31)))
    assert (past.bureau.name, past.title) == ("스마트도시정책관", "스마트도시정책관 업무보고")
    assert [unit.name for unit in past.chapters["organisation"].units][:2] == [
        "스마트도시정책관",
        "스마트도시담당관",
    ]
    assert [(count.word, count.number) for count in past.chapters["organisation"].unit_counts][1:] == [
        ("담당관", 5),
        ("팀", 23),
        ("사업소", 1),
        ("과", 4),
    ]
    assert (
        past.chapters["staffing"].total.authorized.shown,
        past.chapters["staffing"].total.variance.shown,
    ) == (208, -9)
    assert past.chapters.keys() == {"organisation", "staffing"}


def test_successions_are_followed_on_and_those_of_others_left_out(seeded, snapshot):
    successor = make_unit("digital-city", "디지털도시담당관")
    succeed(Department.objects.get(slug="digital-policy"), successor)
    succeed(successor, make_unit("ai-city", "인공지능도시담당관"))
    succeed(make_unit("other-before"), make_unit("other-after"))
    told = {
        (one.predecessor.slug, one.successor.slug)
        for one in assemble(snapshot).chapters["organisation"].successions
    }
    assert {("digital-policy", "digital-city"), ("digital-city", "ai-city")} <= told
    assert ("other-before", "other-after") not in told


def test_of_a_bureau_with_one_source_the_rest_is_empty(db):
    bureau = make_bureau()
    make_source(bureau, "glossary", "2022-03-31")
    small = assemble(snapshot_of(bureau))
    assert (small.bureau.name, len(small.sources)) == ("주택정책관", 1)
    assert small.chapters == {}


def test_the_whole_report_goes_to_json_and_back(report):
    text = to_json(report)
    assert from_json(text) == report
    assert to_json(from_json(text)) == text
