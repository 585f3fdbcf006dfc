import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from reports.report import Name, Rate, Report, Source, Target
from reports.serial import from_json, to_json
from seoul_digital.lib.periods import PartialDate, Period
from tests.reports.plain import BUREAU, SPRING, expenditure, indicator, milestone, project, report

SMALL = Report(
    "업무보고",
    Name("b", "주택정책관"),
    date(2022, 3, 31),
    (Source("s", "glossary", date(2022, 3, 1), notes=("※ 각주",)),),
)


def test_the_text_holds_names_and_values():
    held = json.loads(to_json(SMALL))
    assert held["format"] == 1
    told = held["report"]
    assert (told["title"], told["bureau"], told["as_of"]) == (
        "업무보고",
        {"name": "주택정책관", "slug": "b"},
        "2022-03-31",
    )
    assert told["sources"][0]["notes"] == ["※ 각주"]
    assert (told["staffing"], told["projects"]) == (None, [])


def test_the_same_report_has_the_same_text():
    assert to_json(SMALL) == to_json(replace(SMALL))
    assert to_json(SMALL).startswith(
        '{"format":1,"report":{"as_of":"2022-03-31","bureau":{"name":"주택정책관","slug":"b"},'
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
                        Target(PartialDate(2024), Decimal(7393), "7,393대"),
                        Target(None, Decimal(-1), ""),
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
    rate = Rate(Fraction(24100, 365), printed=Decimal("66.90"))
    told = expenditure(2022, ("", "", 1, 1))
    one = report(expenditure=replace(told, rows=(replace(told.rows[0], execution_rate=rate),)))
    back = from_json(to_json(one)).expenditure.rows[0].execution_rate
    assert (back.exact, str(back.printed)) == (Fraction(4820, 73), "66.90")


def test_what_came_later_than_the_text_gets_its_default():
    held = json.loads(to_json(SMALL))
    del held["report"]["glossary"]
    assert from_json(json.dumps(held)) == SMALL


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format":2,"report":{}}',
        '{"format":1,"report":{"title":"x"}}',
        '{"format":1,"report":{"nothing":1}}',
    ],
)
def test_any_other_text_is_refused(text):
    with pytest.raises(ValueError):
        from_json(text)


def test_a_date_that_no_calendar_has_is_refused():
    with pytest.raises(ValueError):
        from_json(to_json(Report("x", BUREAU, SPRING)).replace("2022-03-31", "2022-02-31"))
