"""A table of many bureaus: the city's performance plan of 2020, as a user puts it in by the import page.

Facts: 2020년 성과계획서 (서울특별시, public document), unit 백만원: 14 of its 43 bureaus with 2020, 2019 and the printed 증감.
Three of the printed differences are off by one, and stay so.
"""

import pytest

from budgets.models import BudgetFigure, BudgetImport
from core import integrity
from core.models import ControlTotal, Source
from core.snapshot import Snapshot
from departments.models import Department
from tests.audit import records_of
from tests.budgets.management.commands.test_import_budget import facts, refused, run
from tests.budgets.test_views_import import (
    act,
    address,
    clerk,
    page_of,
    read_at_once,  # noqa: F401
    upload,
)
from tests.factories import make_expenditure, make_member, spend

__all__ = ["clerk"]

PLAN = """구분,전략목표,정책사업목표,지표,2020년,2019년,증감
계(43개 실·본부·국),213,434,505,"37,796,179","36,973,898","822,281"
대변인,,,,"1,736","1,844",△108
서울혁신기획관,,,,"16,408","15,057","1,351"
시민소통기획관,,,,"103,537","59,352","44,185"
청년청,,,,"137,665","45,404","92,261"
여성가족정책실,,,,"2,911,353","2,761,960","149,392"
노동민생정책관,,,,"207,454","196,549","10,905"
비상기획관,,,,"7,303","7,313",△10
스마트도시정책관,6,12,17,"131,720","121,313","10,407"
남북협력추진단,2,2,4,"15,647","25,454","△9,807"
민생사법경찰단,,,,"1,556","1,548",7
기획조정실,,,,"678,306","1,340,952","△662,646"
경제정책실,,,,"639,730","533,929","105,801"
복지정책실,,,,"7,704,189","7,020,115","684,074"
도시교통실,,,,"3,162,290","2,659,948","502,343"
"""
OFF_BY_ONE = {"여성가족정책실": 149_392, "민생사법경찰단": 7, "도시교통실": 502_343}
MILLION = 1_000_000


@pytest.fixture
def planner(client, seeded):
    client.force_login(make_member("기획 담당", username="planner"))
    return client


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "성과계획서.csv"
    path.write_text(PLAN, encoding="utf-8")
    return path


def staged(client, path):
    """The file uploaded, and its thirteen unknown bureaus made."""
    assert upload(client, path, as_of="2020-01-01", unit="백만원").status_code == 422
    incoming = BudgetImport.objects.get()
    answers = {f"department-{number}": "new-bureau" for number in range(13)}
    act(client, incoming, "explain", **answers)
    incoming.refresh_from_db()
    assert incoming.state == "split"
    return incoming


def test_unknown_bureaus_are_asked_about_and_made_by_who_may(planner, clerk, plan):
    assert upload(clerk, plan, as_of="2020-01-01", unit="백만원").status_code == 422
    incoming = BudgetImport.objects.get()
    seen = page_of(clerk, incoming, 422)
    assert seen.shows("모르는 실·국 이름이 13개 있습니다.")
    assert seen.shows("부서를 만들 수 있는 사람")
    bureaus = Department.objects.filter(kind="bureau").count()
    act(clerk, incoming, "explain", **{"department-0": "new-bureau"})
    assert Department.objects.filter(kind="bureau").count() == bureaus


@pytest.mark.engine
def test_a_table_of_bureaus_becomes_a_source_for_each(planner, plan):
    incoming = staged(planner, plan)
    seen = page_of(planner, incoming)
    assert seen.shows("2020년 총괄입니다. 14개 실·국의 자료가 하나씩 됩니다.")
    assert seen.shows(
        "‘계(43개 실·본부·국)’는 43개 가운데 14개만 파일에 있어 합과 견주지 않았습니다. 적힌 대로 둡니다."
    )
    assert seen.shows_in_row(["스마트도시정책관", "검토 대기", "131,720", "121,313", "+10,407", "+10,407"])
    assert seen.shows_in_row(["계(43개 실·본부·국)", "37,796,179", "36,973,898", "+822,281", "+822,281"])
    assert not Source.objects.in_force().filter(budget_kind="overview").exists()
    assert act(planner, incoming, "force").shows("확정했습니다.")
    sources = Source.objects.in_force().filter(budget_kind="overview")
    assert (sources.count(), {source.unit for source in sources}) == (14, {"백만원"})
    figure = BudgetFigure.objects.get(source__bureau__name="스마트도시정책관", source__in=sources)
    assert (figure.current, figure.previous) == (131_720 * MILLION, 121_313 * MILLION)
    counts = ControlTotal.objects.filter(source=figure.source, subject="smart-city-bureau")
    assert {(total.measure, total.printed) for total in counts} == {
        ("change", "10,407"),
        ("strategic_goals", "6"),
        ("policy_goals", "12"),
        ("indicators", "17"),
    }
    made = Department.objects.get(name="경제정책실")
    assert records_of(made).first().user.username == "planner"


def test_printed_differences_that_are_off_by_one_are_rounding(planner, plan):
    incoming = staged(planner, plan)
    remarks = [line for line in incoming.report["remarks"] if "단수 차이입니다" in line]
    assert [line.split(":")[0] for line in remarks] == list(OFF_BY_ONE)
    assert not [line for line in incoming.report["remarks"] if "◆" in line]
    act(planner, incoming, "force")
    reader = make_member("관리자", username="reader")
    for name, printed in OFF_BY_ONE.items():
        bureau = Department.objects.get(name=name)
        total = ControlTotal.objects.get(source__bureau=bureau, measure="change", subject=bureau.slug)
        assert total.value == printed * MILLION
        findings = integrity.run(
            Snapshot.from_query(reader, {"bureau": bureau.slug}), ["revenue", "expenditure"]
        )
        change = next(finding for finding in findings if finding.id == "overview.change/2020")
        assert (change.level, change.hint) == ("info", "단수 차이입니다. 고치지 않아도 됩니다.")
        assert not [finding.id for finding in findings if finding.level == "error"]


def test_a_bureau_without_a_table_of_its_own_shows_its_total_for_what_it_is(planner, plan):
    act(planner, staged(planner, plan), "force")
    bureau = Department.objects.get(name="경제정책실")
    response = planner.get("/budgets/expenditure/", {"bureau": bureau.slug})
    summary = response.context["summary"]
    assert (summary.total.current, summary.total.previous) == (639_730 * MILLION, 533_929 * MILLION)
    first = planner.get("/budgets/expenditure/").context["summary"]
    assert first.fiscal_year == 2022  # who belongs to no unit starts where a bureau has told of itself
    assert "‘성과계획서.csv’의 국별 총괄(2020. 1. 1. 기준)에 적힌 값입니다." in response.content.decode()


def test_the_table_by_division_is_neither_displaced_nor_added_to(planner, plan):
    act(planner, staged(planner, plan), "force")
    bureau = Department.objects.get(slug="smart-city-bureau")
    table = make_expenditure(bureau, "2019-12-31", 2020, "book")
    spend(table, Department.objects.get(slug="big-data"), 31_720_000)
    spend(table, Department.objects.get(slug="data-center"), 100_000_000)
    snapshot = {"bureau": "digital-policy-bureau", "as_of": "2020-01-31"}
    summary = planner.get("/budgets/expenditure/", snapshot).context["summary"]
    assert {row.current for row in summary.departments} == {31_720 * MILLION, 100_000 * MILLION}


def test_a_file_of_bureaus_is_withdrawn_and_thrown_away_whole(planner, plan):
    before = {model: number for model, number in facts().items() if model is not Department}
    incoming = staged(planner, plan)
    act(planner, incoming, "discard")
    assert {model: model.objects.count() for model in before} == before
    again = staged_again(planner, plan)
    act(planner, again, "force")
    assert act(planner, again, "withdraw", reason="다른 해").shows("철회했습니다.")
    assert set(Source.objects.filter(budget_kind="overview").values_list("state", flat=True)) == {"withdrawn"}


def test_the_rest_of_a_file_is_confirmed_after_one_of_its_parts(planner, plan):
    incoming = staged(planner, plan)
    act(planner, incoming.parts.get(bureau__slug="smart-city-bureau"), "force")
    assert act(planner, incoming, "force").shows("확정했습니다.")
    overviews = Source.objects.filter(budget_kind="overview")
    assert set(overviews.values_list("state", flat=True)) == {"in_force"}
    act(planner, incoming.parts.get(bureau__slug="smart-city-bureau"), "withdraw", reason="다른 해")
    assert act(planner, incoming, "withdraw", reason="다른 해").shows("철회했습니다.")
    assert set(overviews.values_list("state", flat=True)) == {"withdrawn"}


def staged_again(client, path):
    assert upload(client, path, as_of="2020-01-01", unit="백만원").status_code == 302
    return BudgetImport.objects.filter(state="split").latest("pk")


def test_a_bureaus_part_has_a_page_of_its_own(planner, plan):
    incoming = staged(planner, plan)
    part = incoming.parts.get(bureau__slug="smart-city-bureau")
    assert page_of(planner, part).shows("스마트도시정책관의 2020년 총괄, 2020. 1. 1. 기준입니다.")
    assert planner.get(address(part, "file")).status_code == 200
    planner.force_login(make_member("예산 담당", unit="smart-city-bureau", username="keeper"))
    assert page_of(planner, part).shows("스마트도시정책관의 2020년 총괄")
    assert planner.get(address(part, "file")).status_code == 404  # the other bureaus' rows are in it
    listed = planner.get("/budgets/import/").context["tables"]["imports"]
    assert len(listed.rows) == 1


def test_a_total_of_all_rows_is_checked(bureau, tmp_path):
    for name in ("경제정책실", "복지정책실"):
        Department.objects.create(slug=name.encode().hex()[:20], name=name, kind="bureau")
    path = tmp_path / "총괄.csv"
    path.write_text(
        "실·국,2020년,2019년\n합계(2개 실·국),30,3\n경제정책실,10,1\n복지정책실,20,2\n", encoding="utf-8"
    )
    said = run(path, as_of="2020-01-01", unit="백만원", kind="총괄", dry_run=True)
    assert "‘합계(2개 실·국)’가 2개 실·국의 합과 맞습니다." in said


def test_a_row_without_last_year_is_no_zero_beside_the_total(bureau, tmp_path):
    for name in ("경제정책실", "복지정책실"):
        Department.objects.create(slug=name.encode().hex()[:20], name=name, kind="bureau")
    path = tmp_path / "총괄.csv"
    path.write_text("실·국,2020년,2019년\n계,30,3\n경제정책실,10,\n복지정책실,20,2\n", encoding="utf-8")
    said = run(path, as_of="2020-01-01", unit="백만원", kind="총괄", dry_run=True)
    assert "‘계’가 2개 실·국의 합과 맞습니다." in said
    assert "◆" not in said


def test_a_bureau_that_stands_twice_is_refused(bureau, tmp_path):
    path = tmp_path / "총괄.csv"
    path.write_text("실·국,2020년,2019년\n디지털정책관,10,9\n디지털정책관,20,9\n", encoding="utf-8")
    said = refused(path, 1, as_of="2020-01-01", unit="백만원")
    assert "3행 ‘실·국’ 열: 2행과 같은 실·국이 또 있습니다." in said
