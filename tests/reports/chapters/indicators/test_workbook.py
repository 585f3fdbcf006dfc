"""The sheet of indicators, by the report of 2022-08-29 and by a small report."""

from decimal import Decimal

import pytest

from reports.chapters.indicators.data import IndicatorRow, MeasuredFigure, TargetRow
from reports.workbook import to_xlsx
from seoul_digital.lib.periods import PartialDate
from tests.reports.books import opened
from tests.reports.plain import park_report

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_indicators_of_parts_are_added_up(book, values):
    row = next(row for row in book["지표"].iter_rows() if row[5].value == "28,006대")
    assert row[3].value.startswith("=SUM(D")
    assert values["지표"].cell(row[0].row, 4).value == 28_006
    other = next(
        row for row in book["지표"].iter_rows() if row[11].value == "정보화 용어 설명 5G 표에는 20배"
    )
    assert (other[3].value, other[3].number_format[:5]) == (200, '"◆ "#')


def test_a_target_is_reached_by_a_formula():
    target = TargetRow(PartialDate(2025), Decimal(8), "8곳")
    indicator = IndicatorRow(
        "i",
        "공원",
        "stock",
        series=(MeasuredFigure(PartialDate(2024), "2024", Decimal(2), "2곳"),),
        targets=(target,),
    )
    content = to_xlsx(park_report(indicators=(indicator,)))
    assert (opened(content)["지표"]["J4"].value, opened(content, data_only=True)["지표"]["J4"].value) == (
        "=D4/H4",
        0.25,
    )
