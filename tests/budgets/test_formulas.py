from decimal import Decimal

from budgets import formulas
from core.integrity import Level
from seoul_digital.lib.reported import ReportedFigure

THOUSAND = 1_000
ABOUT = {"id": "x"}


def added(whole, **parts):
    return list(formulas.printed_sum_holds(whole, parts, "세외수입 2022", "과목", **ABOUT))


def test_printed_sum_names_the_part_in_error():
    (finding,) = added(
        ReportedFigure(14_000, 14_000, 3, THOUSAND),
        경상=ReportedFigure(8_000, 8_000, 2, THOUSAND),
        임시=ReportedFigure(6_000, 1_000, 1, THOUSAND),
    )
    assert (finding.level, finding.printed, finding.computed, finding.unit) == (Level.ERROR, 14, 9, "천원")
    assert finding.hint == "원인: ‘임시’에 적힌 1이 그 아래의 합 6과 다릅니다."


def test_printed_sum_is_no_formula_of_its_own_where_the_amounts_add_up_to_the_same():
    parts = {
        "경상": ReportedFigure(8_000, 8_000, 2, THOUSAND),
        "임시": ReportedFigure(6_000, None, 1, THOUSAND),
    }
    assert added(ReportedFigure(14_000, 13_000, 3, THOUSAND), **parts) == []


def test_printed_sum_needs_a_printed_whole_and_every_part():
    part = ReportedFigure(8_000, 9_000, 2, THOUSAND)
    assert added(ReportedFigure(14_000, None, 3, THOUSAND), 경상=part) == []
    assert (
        added(ReportedFigure(14_000, 14_000, 3, THOUSAND), 경상=part, 임시=ReportedFigure(None, None)) == []
    )
    assert added(ReportedFigure(14_000, "순증", 3, THOUSAND), 경상=part) == []


def test_rate_holds_takes_순증_only_where_there_was_nothing():
    def level(printed, change, previous):
        return [
            f.level
            for f in formulas.rate_holds(
                printed, change, previous, rounded=(THOUSAND, 2), subject="", formula="", **ABOUT
            )
        ]

    assert level("순증", 5_000, 0) == [Level.HOLDS]
    assert level("순증", 5_000, 1_000) == [Level.ERROR]
    assert level(Decimal("50.0"), 5_000, 10_000) == [Level.HOLDS]
    assert level(Decimal("51.0"), 5_000, 10_000) == [Level.ERROR]
    assert level(None, 5_000, 10_000) == []
