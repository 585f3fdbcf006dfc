"""The report's own inconsistencies are found, nothing else is, and whatever is changed in a figure is noticed."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet

from budgets.models import BudgetFigure, RevenueFigure
from core import integrity
from core.integrity import Level
from core.models import ControlTotal, Source
from core.snapshot import snapshots_at, with_source
from departments.models import Department, FoundationProfile, Staffing, StaffingCount
from glossary.models import Definition, Term
from projects.models import Brief, Funding, Measurement, Milestone, Target
from reports.checks import figures_in_texts, pages_of_terms
from reports.findings import NotExplainedError, errors_left, explain, findings_of, summary
from reports.models import Explanation
from seoul_digital.lib.query_params import AskedDate
from tests.factories import (
    earn,
    make_bureau,
    make_expenditure,
    make_source,
    make_staffing,
    make_unit,
    snapshot_of,
    spend,
)
from tests.slips import found_by

pytestmark = pytest.mark.django_db

TRUE_ERRORS = {
    "revenue.sum/temporary-non-tax-revenue/2022": (954_794, 5_878_506),
    "revenue.sum/temporary-non-tax-revenue/2021": (893_020, 2_422_479),
    "revenue.change-sum/temporary-non-tax-revenue": (61_774, 3_456_027),
    "revenue.printed-sum/non-tax-revenue/2022": (14_850_806, 9_927_094),
    "revenue.printed-sum/non-tax-revenue/2021": (11_546_287, 10_016_828),
    "revenue.printed-change-sum/non-tax-revenue": (3_304_519, -89_734),
    "indicator.statements/5g-maximum-speed-ratio/2022-08-29/정보화 용어 설명 5G 표": (200, 20),
}


def snapshot(on=None):
    return snapshots_at(AskedDate(on))[0]


BUDGETS = ("revenue", "expenditure")


def run(*scopes, on=None):
    return integrity.run(snapshot(on), scopes)


def bad(findings):
    return {
        (finding.id, finding.computed)
        for finding in findings
        if finding.level in (Level.ERROR, Level.WARNING)
    }


def test_the_report_has_these_errors_and_no_other(seeded):
    found = run()
    errors = {
        finding.id: (finding.printed, finding.computed) for finding in found if finding.level is Level.ERROR
    }
    assert errors == TRUE_ERRORS
    assert [finding.id for finding in found if finding.level is Level.WARNING] == []


def test_no_two_findings_have_one_id(seeded):
    for on, count in ((None, 1_530), (date(2020, 1, 31), 68)):
        ids = Counter(finding.id for finding in run(on=on))
        assert (ids.total(), len(ids)) == (count, count)


def test_a_total_of_revenue_and_the_same_of_expenditure_are_explained_apart(seeded, admin_user):
    """Both print a budget of 2022 for the whole."""
    totals = ControlTotal.objects.filter(measure="current_budget", subject="", fiscal_year=2022)
    totals.update(printed="1")
    wrong = [f for f in run(*BUDGETS) if f.id.startswith("control.printed/") and f.level is Level.ERROR]
    assert [f.id for f in wrong] == [
        "control.printed/revenue/current_budget//2022",
        "control.printed/expenditure/current_budget//2022",
    ]
    assert [f.names for f in wrong] == [("원문 표기", "저장한 값")] * 2


def test_money_of_a_project_has_no_rounding(seeded):
    part = Funding.objects.order_by("order").first()
    Funding.objects.filter(pk=part.pk).update(amount=part.amount - 1_000_000)
    assert ("project.funding", Level.ERROR) in {
        (f.id.split("/")[0], f.level) for f in run("vision", "projects", "indicators")
    }


def test_a_jump_is_a_warning(seeded):
    figure = BudgetFigure.objects.filter(source__fiscal_year=2022).first()
    BudgetFigure.objects.filter(pk=figure.pk).update(current=figure.current * 1000)
    found = {f.level for f in run(*BUDGETS) if f.id.startswith("unit.jump/") and f.level is not Level.HOLDS}
    assert found == {Level.WARNING}


def test_a_printed_parent_is_added_from_printed_children(seeded):
    found = {f.id: f for f in run(*BUDGETS)}
    wrong = found["revenue.printed-sum/non-tax-revenue/2022"]
    assert (wrong.subject, wrong.formula) == (
        "세외수입 2022",
        "세외수입 2022 = 바로 아래 과목 3개에 적힌 값의 합",
    )
    assert wrong.hint == "원인: ‘임시적세외수입’에 적힌 954,794가 그 아래의 합 5,878,506과 다릅니다."
    assert (
        found["revenue.change/temporary-non-tax-revenue"].level is Level.HOLDS
    )  # its own row's figures agree


def test_the_executed_total_is_rounded(seeded):
    info = [
        (finding.id, finding.difference)
        for finding in run()
        if finding.level is Level.INFO and finding.printed
    ]
    assert info == [("expenditure.sum/committed/total/2022", -1)]


def test_the_predecessor_adds_up(seeded):
    found = run(on=date(2020, 1, 31))
    assert {finding.level for finding in found} == {Level.HOLDS}
    assert {finding.id for finding in found} >= {
        "staffing.total/authorized",
        "staffing.total-series",
        "organisation.count/sections",
    }


def test_a_date_before_all_data_has_nothing_to_check(seeded):
    found = findings_of(snapshot(date(2000, 1, 1)))
    assert found == []
    assert summary(found) == "이 기준일에는 점검할 자료가 없습니다."


def test_the_whole_run_asks_few_questions(seeded, django_assert_max_num_queries):
    with django_assert_max_num_queries(80):
        run()


# Each figure of the report, changed by more than any tolerance, in turn.
CHANGED = [
    (Staffing, ("authorized",), lambda value: value + 7, "departments"),
    (StaffingCount, ("count",), lambda value: value + 7, "departments"),
    (FoundationProfile, ("founded_year", "authorized", "seconded"), lambda value: value + 7, "departments"),
    (ControlTotal, ("value",), lambda value: value * 3 + 100_000, "departments"),
    (ControlTotal, ("value",), lambda value: value * 3 + 100_000, "budgets"),
    (RevenueFigure, ("current_budget",), lambda value: value + 50_000_000, "budgets"),
    (BudgetFigure, ("current", "committed"), lambda value: value + 50_000_000, "budgets"),
    (Brief, ("budget",), lambda value: value + 10_000_000, "projects"),
    (Funding, ("amount",), lambda value: value + 10_000_000, "projects"),
    (Measurement, ("value",), lambda value: value * 2 + 3, "projects"),
    (Target, ("value",), lambda value: value * 2 + 3, "projects"),
    (Definition, ("page",), lambda value: value + 3, "glossary"),
]
MEASURES = {
    "departments": [
        "authorized",
        "headcount",
        "variance",
        "bureaus",
        "divisions",
        "offices",
        "sections",
        "teams",
    ],
    "budgets": ["current_budget", "change", "change_rate", "committed", "execution_rate"],
    "": [
        "strategic_goals",
        "policy_goals",
        "indicators",
    ],  # of a file's overview, which the seeded report has none of
}
# Printed as a list of names (광진, 동작, 강남), which no number can be read from.
NOT_CAUGHT = {("measurement", "work-management-system-opened-districts")}


@pytest.mark.parametrize("nth", [12, pytest.param(1, marks=pytest.mark.thorough)])
@pytest.mark.parametrize(
    ("model", "fields", "change", "app"), CHANGED, ids=lambda value: getattr(value, "__name__", None)
)
def test_every_changed_figure_is_noticed(seeded, monkeypatch, model, fields, change, app, nth):
    """Of each model every twelfth row in every run."""
    # The checks of texts see no changed figure, and take the longest.
    checks = [entry for entry in integrity._checks if entry.app == app]
    monkeypatch.setattr(integrity, "_checks", checks)
    before, missed, changed = bad(run()), set(), 0
    of_bureau = (
        {f"{model.source_path()}__bureau__slug": "digital-policy-bureau"} if model.source_path() else {}
    )
    if model is ControlTotal:
        of_bureau["measure__in"] = MEASURES[app]
    for instance in model.objects.filter(**of_bureau).order_by("pk")[::nth]:
        row = QuerySet(model).filter(pk=instance.pk)  # which leaves no records of change
        for field in fields:
            value = getattr(instance, field)
            if value is None:
                continue
            row.update(**{field: change(value)})
            changed += 1
            if bad(run()) <= before:
                missed.add((model._meta.model_name, instance.natural_key()[1]))
            row.update(**{field: value})
    assert changed
    assert missed <= NOT_CAUGHT


def test_every_measure_of_a_control_total_is_changed():
    assert sorted(measure for measures in MEASURES.values() for measure in measures) == sorted(
        ControlTotal.Measure.values
    )


def test_an_end_before_a_start(seeded):
    Milestone.objects.filter(brief__project__slug="public-wifi", start="2022-08").update(end="2022-07")
    found = [
        finding
        for finding in run("vision", "projects", "indicators")
        if finding.id.startswith("milestone.period/") and finding.level is Level.ERROR
    ]
    assert [finding.formula for finding in found] == ["시작(2022. 8.)이 끝(2022. 7.)보다 늦지 않다"]


def test_a_schedule_outside_the_projects_own_dates(seeded):
    Brief.objects.filter(project__slug="smart-city-leaders-forum").update(start="2022-01", end="2022-08")
    found = [
        finding
        for finding in run("vision", "projects", "indicators")
        if finding.id.startswith("milestone.within/") and finding.level is Level.ERROR
    ]
    assert [finding.formula for finding in found] == [
        "일정(2022. 9. 26. ~ 9. 27.)은 사업기간(2022. 1. ~ 8.) 안에 있다"
    ]


def test_sources_of_money_that_do_not_add_up(seeded):
    Funding.objects.filter(name="재단").update(amount=893_000_000, printed="893백만원")
    errors = {
        finding.id: (finding.printed, finding.computed)
        for finding in run("vision", "projects", "indicators")
        if finding.level is Level.ERROR
    }
    assert errors["project.funding/digital-inclusion"] == (1_073, 1_076)


def test_a_part_greater_than_its_whole(seeded):
    Measurement.objects.filter(indicator__slug="internet-of-things-hackathon-final-teams").update(
        value=42, printed="42개팀"
    )
    errors = [
        finding.id for finding in run("vision", "projects", "indicators") if finding.level is Level.ERROR
    ]
    assert "indicator.part/internet-of-things-hackathon-final-teams" in errors


def test_a_thousandfold_jump(seeded):
    Measurement.objects.filter(
        indicator__slug="internet-of-things-s-pole-installed", measured_on="2022"
    ).update(value=158_000, printed="158,000개소")
    BudgetFigure.objects.filter(line__fiscal_year=2021).update(current=1)
    doubts = {finding.id.split("/")[0] for finding in run() if finding.level is Level.WARNING}
    assert {"indicator.jump", "unit.jump"} <= doubts


def test_a_delivery_in_another_unit_than_the_one_before(db):
    bureau, unit = make_bureau(), make_unit("policy", "주택정책담당관")
    for as_of, thousands in (("2022-06-30", 5_000), ("2022-08-29", 5_000_000)):
        spend(make_expenditure(bureau, as_of), unit, thousands)
        earn(make_source(bureau, "revenue", as_of), "주택임대료", {2022: thousands})
    found = {one.id: one for one in integrity.run(snapshot_of(bureau), BUDGETS) if one.level is Level.WARNING}
    assert set(found) == {"unit.jump-since/주택정책담당관", "unit.jump-since/세입 계"}
    spent = found["unit.jump-since/주택정책담당관"]
    assert (spent.printed, spent.computed, spent.formula) == (
        5_000,
        5_000_000,
        "앞의 자료와 300배 넘게, 또는 한 자리쯤 다르지 않다",
    )
    assert not [
        one
        for one in integrity.run(snapshot_of(bureau, "2022-06-30"), BUDGETS)
        if one.level is not Level.HOLDS
    ]


def test_findings_on_printed_totals_are_named_for_people(seeded):
    found = {finding.id: finding for finding in run(*BUDGETS, "organisation", "staffing", "duties")}
    names = {
        "control.printed/revenue/current_budget/temporary-non-tax-revenue/2021": (
            "원문의 임시적세외수입 2021 예산현액",
            "/budgets/revenue/",
        ),
        "control.printed/expenditure/execution_rate/ict-security/general/2022": (
            "원문의 정보통신보안담당관 일반회계 2022 집행률",
            "/budgets/expenditure/ict-security/",
        ),
        "control.printed/staffing/headcount/data-center/0": (
            "원문의 데이터센터 현원",
            "/departments/data-center/",
        ),
        "control.printed/organisation/teams//0": ("원문의 팀 수", "/departments/"),
    }
    assert {key: (found[key].subject, found[key].url) for key in names} == names


def test_a_sum_says_what_it_adds_up(seeded):
    formulas = {finding.id: finding.formula for finding in run(*BUDGETS)}
    assert formulas["expenditure.sum/committed/total/2022"] == "집행액 계 = 부서 8곳의 합"
    assert formulas["expenditure.sum/current_budget/ict-security/2021"] == "최종예산 = 회계 2개의 합"


def test_execution_beyond_the_budget_and_lines_that_do_not_add_up(seeded):
    figure = BudgetFigure.objects.get(line__department__slug="seoul-archives", line__fiscal_year=2022)
    parts = {
        "original": 1_000,
        "supplementary": 0,
        "pre_establishment": 0,
        "reserve": 0,
        "carried_over": 0,
        "transferred": 0,
        "diverted": 0,
    }
    BudgetFigure.objects.filter(pk=figure.pk).update(
        committed=figure.current + 1_000, disbursed=figure.current + 2_000, **parts
    )
    errors = {finding.id for finding in run(*BUDGETS) if finding.level is Level.ERROR}
    assert {
        "expenditure.within/seoul-archives",
        f"lines.parts/{figure.pk}",
        f"lines.disbursed/{figure.pk}",
    } <= errors


def test_collection_against_assessment(seeded):
    RevenueFigure.objects.filter(item__slug="parking-fees", fiscal_year=2022).update(
        assessed=100_000, collected=60_000, written_off=10_000, uncollected=20_000
    )
    errors = {finding.id: finding.difference for finding in run(*BUDGETS) if finding.level is Level.ERROR}
    assert errors["revenue.collection/parking-fees/2022"] == -10


@pytest.mark.parametrize("words", ["2만8,006대", "약 2만8천 대", "28006대"])
def test_a_number_in_another_notation_stands_in_the_text(seeded, words):
    brief = Brief.objects.get(project__slug="public-wifi")
    brief.achievements = brief.achievements.replace("28,006대", words)
    brief.save()
    assert found_by(figures_in_texts) == {}


def test_a_number_that_no_text_has_in_any_notation_is_found(seeded):
    Measurement.objects.filter(printed="28,006대").update(printed="28,060대", value=28_060)
    assert set(found_by(figures_in_texts).values()) == {Level.WARNING}


@pytest.mark.parametrize("page", [5, 12])
def test_a_page_out_of_the_order_of_the_projects_is_found(seeded, page):
    """디지털 트윈 stands in the sixth project alone, on page 15."""
    Definition.objects.filter(term__slug="digital-twin").update(page=page, page_printed=f"업무보고 p.{page}")
    assert found_by(pages_of_terms) == {"term.order/digital-twin": Level.WARNING}


def test_a_page_of_a_neighbour_is_in_order(seeded):
    Definition.objects.filter(term__slug="digital-twin").update(page=14, page_printed="업무보고 p.14")
    assert found_by(pages_of_terms) == {}


def test_a_term_without_a_page_and_one_that_is_never_used(seeded):
    Definition.objects.filter(term__slug="activex").update(page=None)
    Term.objects.filter(slug="activex").update(name="쓰이지않는말", spellings="")
    warnings = {finding.id for finding in run("glossary") if finding.level is Level.WARNING}
    assert warnings == {"term.heading/activex", "term.page/activex", "term.used/activex"}


def test_more_divisions_than_stated_and_staff_outside_the_organisation(seeded):
    source = Source.objects.get(slug="digital-policy/2022-08-29/organisation")
    new = Department.objects.create(slug="new", name="새담당관", kind="division")
    source.placement_set.create(department=new, parent=source.bureau)
    source.placement_set.filter(department__slug="seoul-archives").delete()
    found = {
        finding.id: finding.level
        for finding in run("organisation", "staffing", "duties")
        if finding.level is not Level.HOLDS
    }
    assert found == {
        "contact.placed/public-archive/1": Level.WARNING,
        "organisation.count/divisions": Level.ERROR,
        "organisation.count/offices": Level.ERROR,
        "staffing.placed/seoul-archives": Level.WARNING,
        "text.former/smart-city-bureau": Level.INFO,  # of the report itself
    }


def test_a_figure_corrected_in_the_text_only(seeded):
    brief = Brief.objects.get(project__slug="information-disclosure-system")
    Brief.objects.filter(pk=brief.pk).update(achievements=brief.achievements.replace("9,047명", "9,048명"))
    warnings = [finding.formula for finding in run("projects", "glossary") if finding.level is Level.WARNING]
    assert warnings == ["원문 표기 ‘9,047명’이 사업이나 용어의 글에 있다"]


def test_a_draft_is_checked_before_it_is_in_force(seeded):
    source = Source.objects.get(slug="digital-policy/2022-08-29/staffing")
    draft = Source.objects.create(
        slug="draft", bureau=source.bureau, scope="staffing", as_of=date(2022, 9, 30)
    )
    row = Staffing.objects.filter(source=source).first()
    make_staffing(draft, row.department, 1, 1)
    ControlTotal.objects.create(source=draft, measure="headcount", value=Decimal(2), printed="2")
    assert "staffing.total/headcount" not in {
        f.id for f in run("organisation", "staffing", "duties") if f.level is Level.ERROR
    }
    found = integrity.run(with_source(draft), ["organisation", "staffing", "duties"])
    assert {f.id for f in found if f.level is Level.ERROR} == {"staffing.total/headcount"}


def test_an_explanation_holds_until_the_numbers_change(seeded, admin_user):
    finding = next(one.finding for one in findings_of(snapshot()) if one.finding.id in TRUE_ERRORS)
    Explanation.objects.create(
        bureau=snapshot().chosen,
        finding=finding.id,
        fingerprint=finding.fingerprint,
        reason="원문의 실수",
        explained_by=admin_user,
    )
    explained = [one for one in findings_of(snapshot()) if one.explanation]
    assert [one.finding.id for one in explained] == [finding.id]
    assert len(errors_left(findings_of(snapshot()))) == 6
    slug = finding.id.split("/")[1]
    ControlTotal.objects.filter(subject=slug, measure="current_budget").update(value=1_000)
    assert not [one for one in findings_of(snapshot()) if one.explanation]


def call(*arguments):
    output = StringIO()
    try:
        call_command("integrity", *arguments, stdout=output)
    except SystemExit as stop:
        return output.getvalue(), stop.code
    return output.getvalue(), 0


def test_the_command_lists_findings_as_json_and_fails_on_errors(seeded):
    output, code = call("--json", "--level", "오류")
    assert code == 1
    assert {one["id"]: (one["printed"], one["computed"]) for one in json.loads(output)} == TRUE_ERRORS


def test_the_command_says_it_in_words(seeded):
    output, code = call()
    assert code == 1
    lines = output.splitlines()
    assert lines[:2] == [
        "[오류] 세외수입 2022: 세외수입 2022 = 바로 아래 과목 3개에 적힌 값의 합 적힌 값 14,850,806, 적힌 값의 합 9,927,094, 차이 △4,923,712 (천원)",
        "  원인: ‘임시적세외수입’에 적힌 954,794가 그 아래의 합 5,878,506과 다릅니다.",
    ]
    assert (
        "[오류] 4G(LTE) 대비 5G 속도: 같은 때의 같은 값은 어디에서나 같게 적는다 정보화 용어 설명 5G 본문 200, 정보화 용어 설명 5G 표 20, 차이 △180 (배)"
        in lines
    )
    assert lines[-1] == "점검한 식 1,530개 가운데 1,521개가 맞고, 오류 7건, 참고 2건이 있습니다."


def test_the_command_succeeds_without_errors(seeded):
    assert call("--as-of", "2020-01-31") == ("점검한 식 68개가 모두 맞습니다.\n", 0)


def test_the_command_refuses_a_malformed_date(seeded):
    with pytest.raises(CommandError, match="기준일 ‘어제’를"):
        call("--as-of", "어제")


def test_a_reason_that_is_too_long_is_refused_whole(seeded, admin_user):
    found = findings_of(snapshot())
    error = errors_left(found)[0].finding
    given = {"finding": error.id, "reason": "가" * 2_003}
    with pytest.raises(
        NotExplainedError, match=r"^2,000자까지 적을 수 있습니다. 3자를 줄여 주십시오. 저장한"
    ):
        explain(snapshot().chosen, found, given, admin_user)
    assert not Explanation.objects.exists()
