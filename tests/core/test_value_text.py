from decimal import Decimal
from fractions import Fraction

import pytest

from core.stated_facts import StatedFact, fact_text, value_text
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.reported import ReportedFigure


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (266, "명", "266명"),
        (-8, "명", "△8명"),
        (0, "명", "0명"),
        (143_204_842_000, "원", "143,204,842천원"),
        (1_234, "원", "1,234원"),
        (Decimal("80.80"), "%", "80.8%"),
        (Fraction(200, 3), "%", "66.7%"),
        (Fraction(9, 10), "%p", "+0.9%p"),
        (Decimal("-9.5"), "%p", "△9.5%p"),
        ("순증", "%", "순증"),
        (None, "명", "값 없음"),
    ],
)
def test_value_text(value, unit, text):
    assert value_text(value, unit) == text


def test_fact_text_of_a_figure_is_the_printed_one():
    assert fact_text(StatedFact("a:b", "", unit="명", figure=ReportedFigure(257, 258))) == "258명"


def test_fact_text_of_a_period_is_as_its_source_writes_it():
    period = PartialDate(2022, 8)
    assert fact_text(StatedFact("a:b", "", period=period)) == "’22. 8."
    assert fact_text(StatedFact("a:b", "", period=period, printed="’22.8월말")) == "’22.8월말"
