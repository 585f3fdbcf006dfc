import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from reports.chapters.indicators.data import TargetRow
from reports.report import Name, Report, ReportSource
from reports.serial import from_json, to_json
from seoul_digital.lib.periods import PartialDate, Period
from seoul_digital.lib.reported import reported_rate
from tests.reports.plain import (
    BUREAU,
    SPRING,
    expenditure,
    indicator,
    milestone,
    project,
    report,
    staff_count,
    staffing,
    unit,
)

SMALL = Report(
    "업무보고",
    Name("b", "주택정책관"),
    date(2022, 3, 31),
    (ReportSource("s", "glossary", date(2022, 3, 1), notes=("※ 각주",)),),
)


def test_the_text_holds_names_and_values():
    held = json.loads(to_json(SMALL))
    assert held["format"] == 2
    told = held["report"]
    assert (told["title"], told["bureau"], told["as_of"]) == (
        "업무보고",
        {"name": "주택정책관", "slug": "b"},
        "2022-03-31",
    )
    assert told["sources"][0]["notes"] == ["※ 각주"]
    assert told["chapters"] == {}


def test_the_same_report_has_the_same_text():
    assert to_json(SMALL) == to_json(replace(SMALL))
    assert to_json(SMALL).startswith(
        '{"format":2,"report":{"as_of":"2022-03-31","base_date":null,"bureau":{"name":"주택정책관","slug":"b"},'
    )


@pytest.mark.parametrize(
    "part",
    [
        {"expenditure": expenditure(2022, ("", "", 300, None), ("a", "general", 300, 10))},
        {"indicators": (indicator("a", ("2022-07-01", Decimal("80.80"))),)},
        {
            "indicators": (
                indicator(
                    "a",
                    targets=(
                        TargetRow(PartialDate(2024), Decimal(7393), "7,393대"),
                        TargetRow(None, Decimal(-1), ""),
                    ),
                ),
            )
        },
        {
            "projects": (
                project(
                    period=Period(PartialDate(2021, 11)),
                    milestones=(
                        milestone(start="", end=""),
                        milestone("all", start="2022-08-29", end="2023"),
                    ),
                ),
            )
        },
        {"projects": (project(milestones=(replace(milestone(), period=Period(all_year=True)),)),)},
    ],
    ids=["fractions", "decimals", "targets", "open periods", "all year"],
)
def test_every_kind_of_value_comes_back_as_it_was(part):
    one = report(**part)
    assert from_json(to_json(one)) == one


def test_exact_numbers_stay_exact():
    rate = reported_rate(Fraction(24100, 365), Decimal("66.90"))
    told = expenditure(2022, ("", "", 1, 1))
    one = report(expenditure=replace(told, rows=(replace(told.rows[0], execution_rate=rate),)))
    back = from_json(to_json(one)).chapters["expenditure"].rows[0].execution_rate
    assert (back.computed, str(back.printed)) == (Fraction(4820, 73), "66.90")


def test_what_came_later_than_the_text_gets_its_default():
    held = json.loads(to_json(SMALL))
    del held["report"]["council_session"]
    assert from_json(json.dumps(held)) == SMALL


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format":3,"report":{}}',
        '{"format":2,"report":{"title":"x"}}',
        '{"format":2,"report":{"chapters":{},"nothing":1}}',
        '{"format":2,"report":{"chapters":[]}}',
    ],
)
def test_any_other_text_is_refused(text):
    with pytest.raises(ValueError):
        from_json(text)


def test_a_date_that_no_calendar_has_is_refused():
    with pytest.raises(ValueError):
        from_json(to_json(Report("x", BUREAU, SPRING)).replace("2022-03-31", "2022-02-31"))


@pytest.mark.parametrize(
    ("text", "said"),
    [('{"format":1,"report":{}}', r"형식\(2\)이 아닙니다: 1"), ("{}", "형식 없음")],
    ids=["older", "none"],
)
def test_another_format_is_named(text, said):
    with pytest.raises(ValueError, match=said):
        from_json(text)


@pytest.mark.parametrize("damaged", ["8O.80", "1/0"])
def test_a_number_that_is_none_is_refused(damaged):
    whole = report(indicators=(indicator("a", ("2022-07-01", Decimal("80.80"))),))
    with pytest.raises(ValueError, match="보고서를 읽을 수 없습니다"):
        from_json(to_json(whole).replace('"80.80"', f'"{damaged}"'))


def test_a_chapter_that_nobody_knows_is_named():
    held = json.loads(to_json(SMALL))
    held["report"]["chapters"]["parking"] = {}
    with pytest.raises(ValueError, match="모르는 갈래가 보고서에 있습니다: parking"):
        from_json(json.dumps(held))


def test_every_chapter_comes_back_as_its_own_class():
    one = report(
        staffing=staffing(staff_count("parks", 10, 9)), projects=(project(),), units=(unit("parks"),)
    )
    back = from_json(to_json(one))
    assert back == one
    assert {key: type(data).__name__ for key, data in back.chapters.items()} == {
        "organisation": "OrganisationData",
        "staffing": "StaffingData",
        "projects": "ProjectsData",
    }
