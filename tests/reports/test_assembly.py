"""The seeded report, assembled; expected values are the report's own."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from core.snapshot import Snapshot
from departments.models import Department
from reports.assembly import assemble
from reports.chapters.organisation.data import FoundationRow, UnitCount, UnitRow
from reports.chapters.projects.data import ContactRow, FundingRow
from reports.chapters.vision.document import strategy_blocks
from reports.report import Name
from reports.serial import from_json, to_json
from seoul_digital.lib.periods import PartialDate, Period
from seoul_digital.lib.reported import ReportedFigure
from tests.factories import NOBODY, make_bureau, make_source, make_unit, snapshot_of, succeed

AS_OF = date(2022, 8, 29)


@pytest.fixture
def snapshot(seeded):
    return Snapshot.from_query(NOBODY, {})


@pytest.fixture
def report(snapshot):
    return assemble(snapshot)


def by_slug(things):
    return {thing.slug: thing for thing in things}


def test_a_fixed_number_of_queries(snapshot, django_assert_num_queries):
    with django_assert_num_queries(25):
        assemble(snapshot)


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


def test_the_organisation(report):
    assert report.source("organisation").heading == "1정책관 6담당관 27팀, 2사업소"
    assert len(report.chapters["organisation"].units) == 28
    assert report.chapters["organisation"].units[:3] == (
        UnitRow(
            "digital-policy-bureau", "디지털정책관", "bureau", "국·정책관", 0, "", "6담당관 27팀, 2사업소"
        ),
        UnitRow("digital-policy", "디지털정책담당관", "division", "담당관", 1, "digital-policy-bureau"),
        UnitRow("internet-of-things-team", "사물인터넷팀", "team", "팀", 2, "digital-policy"),
    )
    assert report.chapters["organisation"].unit_counts == (
        UnitCount("bureau", "국·정책관", 1, "1정책관"),
        UnitCount("division", "담당관", 6, "6담당관"),
        UnitCount("team", "팀", 27, "27팀"),
        UnitCount("office", "사업소", 2, "2사업소"),
    )
    (foundation,) = report.chapters["organisation"].foundations
    assert isinstance(foundation, FoundationRow)
    assert (foundation.name, foundation.founded_year, foundation.structure) == (
        "서울디지털재단",
        2016,
        "1실 1본부 7팀",
    )
    assert (foundation.authorized, foundation.seconded) == (45, 1)


def test_staff(report):
    total = report.chapters["staffing"].total
    assert [total.authorized.shown, total.headcount.shown, total.variance.shown] == [266, 258, -8]
    data_center = by_slug(report.chapters["staffing"].units)["data-center"]
    assert data_center.name == "데이터센터"
    assert [(one.name, one.count.shown) for one in data_center.series] == [
        ("일반직", 51),
        ("임기제", 9),
        ("관리운영직", 3),
    ]
    assert data_center.headcount == ReportedFigure(63, 63)


def test_duties(report):
    assert sum(len(unit.texts) for unit in report.chapters["duties"].units) == 55
    assert report.chapters["duties"].units[0].name == "디지털정책담당관"
    assert report.chapters["duties"].units[0].texts[:2] == (
        "스마트도시 및 정보화기본계획 수립 및 조정",
        "메타버스 서울 플랫폼 구축 추진",
    )


def test_revenue_with_what_is_printed_otherwise(report):
    rows = by_slug(report.chapters["revenue"].rows)
    assert (report.chapters["revenue"].fiscal_year, len(rows)) == (2022, 19)
    assert (rows[""].name, rows[""].current.shown, rows[""].previous.shown) == (
        "계",
        17_370_899_000,
        16_817_627_000,
    )
    temporary = rows["temporary-non-tax-revenue"]
    assert temporary.current == ReportedFigure(5_878_506_000, 954_794_000, 5, 1_000)
    assert (temporary.level, temporary.parent, temporary.is_leaf) == (2, "non-tax-revenue", False)
    assert rows["public-property-rent"].is_leaf
    assert [row.name for row in report.chapters["revenue"].rows if row.rate.shown == "순증"] == [
        "주차요금수입",
        "자체보조금등반환수입",
    ]


def test_expenditure(report):
    total, *rows = report.chapters["expenditure"].rows
    assert (report.chapters["expenditure"].fiscal_year, report.chapters["expenditure"].pace) == (
        2022,
        Fraction(241, 365),
    )
    assert (total.current.shown, total.executed) == (
        143_204_842_000,
        ReportedFigure(95_839_631_000, 95_839_632_000, 9, 1_000),
    )
    assert total.execution_rate.printed == Decimal("66.90")
    security = [(row.name, row.account, row.executed.shown) for row in rows if row.slug == "ict-security"]
    assert security == [
        ("정보통신보안담당관", "", 19_056_893_000),
        ("일반회계", "general", 17_088_618_000),
        ("특별회계", "special", 1_968_275_000),
    ]
    assert report.chapters["expenditure"].notes == (
        "※ ´22년 당초예산 + 이월액 + 이체 = ´22년 예산현액",
        "※ 집행액은 원인행위 기준",
    )


def test_the_vision_and_its_strategies(report):
    assert report.chapters["vision"].statement == ("디지털 전환을 선도하는", "미래 스마트 표준 도시, 서울")
    assert report.chapters["vision"].values == (
        "혁신친화",
        "지속가능",
        "사람중심",
        "비대면전환",
        "시민체감",
        "안심·안전",
    )
    assert [one.number for one in report.chapters["vision"].strategies] == [1, 2, 3, 4]
    projects = [[key for *_, key in one.projects] for one in strategy_blocks(report)]
    assert [len(one) for one in projects] == [3, 3, 2, 3]
    assert projects[0] == ["project-public-wifi", "project-internet-of-things", "project-intelligent-cctv"]


def test_a_project(report):
    assert [project.number for project in report.chapters["projects"].projects] == list(range(1, 12))
    wifi = report.chapters["projects"].projects[0]
    assert wifi.title == "공공와이파이 확충 및 시민 이용편의 제고"
    assert (wifi.lead_department.name, wifi.strategy.slug) == ("정보통신보안담당관", "innovation-base")
    assert wifi.contacts[0] == ContactRow(
        "정보통신보안담당관", "김완집", "2133-2860", Name("ict-security", "정보통신보안담당관")
    )
    assert (wifi.budget, wifi.budget_printed, wifi.schedule_heading) == (
        8_617_000_000,
        "8,617백만원",
        "향후일정",
    )
    assert wifi.achievements.startswith(
        "ㅇ 디지털뉴딜(1차사업) 연계 공공와이파이 4,530대 설치(’21.11.~’22.4.)"
    )
    first = wifi.milestones[0]
    assert (first.key, first.period) == (
        "first-phase-installation",
        Period(PartialDate(2021, 11), PartialDate(2022, 4)),
    )
    assert (first.printed, first.status, first.status_word, first.warn) == (
        "’21.11.~’22.4.",
        "done",
        "완료",
        False,
    )
    assert wifi.schedule.startswith("ㅇ ")
    assert (
        report.chapters["projects"].projects[6].title_in_vision
        == "시민의 알권리 보장을 위한 정보공개제도 운영"
    )
    assert report.chapters["projects"].projects[9].fundings == (
        FundingRow("市", 183_000_000, "183백만원"),
        FundingRow("재단", 890_000_000, "890백만원"),
    )


def test_statuses_are_told_on_the_date_of_the_report(snapshot):
    later = assemble(snapshot.at(date(2022, 12, 31)))
    opening = [one for one in later.chapters["projects"].projects[8].milestones if one.printed == "’22.8.31."]
    assert [one.status for one in opening] == ["done"]
    now = [
        one
        for one in assemble(snapshot).chapters["projects"].projects[8].milestones
        if one.printed == "’22.8.31."
    ]
    assert [(one.status, one.warn) for one in now] == [("planned", True)]


def test_indicators(report):
    aps = by_slug(report.chapters["indicators"].indicators)["public-wifi-ap"]
    (said,) = aps.series
    assert (said.on, said.value, said.printed, aps.parts_add_up) == (
        PartialDate(2022, 7, 1),
        Decimal(28006),
        "28,006대",
        True,
    )
    fixed = by_slug(report.chapters["indicators"].indicators)["public-wifi-ap-fixed"]
    assert (fixed.parent, fixed.level, fixed.project) == ("public-wifi-ap", 1, "public-wifi")
    others = [
        (one.name, [(other.printed, other.value) for said in one.series for other in said.others])
        for one in report.chapters["indicators"].indicators
    ]
    assert {printed for _, told in others for printed, _ in told} == {"20배"}
    assert sum(len(one.targets) for one in report.chapters["indicators"].indicators) == 5


def test_the_glossary(report):
    assert len(report.chapters["glossary"].terms) == 21
    first = report.chapters["glossary"].terms[0]
    assert (first.name, first.english, first.page, first.page_printed) == (
        "가상서울",
        "Virtual Seoul",
        15,
        "업무보고 p.15",
    )
    assert first.text.startswith("▪ 현실세계와 같은 가상도시를")


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


def test_successions_of_its_units_are_part_of_it(report):
    told = [
        (one.predecessor.name, one.successor.name, one.kind, one.note)
        for one in report.chapters["organisation"].successions
    ]
    assert sorted(told) == [
        ("스마트도시담당관", "디지털정책담당관", "renamed", "이름에서 읽음"),
        ("스마트도시정책관", "디지털정책관", "renamed", "이름과 소속 부서에서 읽음"),
    ]


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
