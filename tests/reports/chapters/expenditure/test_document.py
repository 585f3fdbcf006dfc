"""The table of expenditure, by the report of 2022-08-29."""

import pytest

from reports.render.blocks import TableBlock
from tests.reports.plain import of_kind, words

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_table_of_expenditure_is_printed_as_in_the_report(document):
    (money,) = (table for table in of_kind(document, TableBlock) if table.name == "세출 총괄")
    assert money.unit == "(’22.8.29. 기준, 단위 : 천원, %)"
    assert words(money.header)[0] == ["구분", "2022\n예산현액", "2021\n최종예산", "증감", "집행현황"]
    assert words(money.body)[7] == [
        "일반회계",
        "22,952,023",
        "30,142,602",
        "△7,190,579",
        "△23.9%",
        "17,088,618",
        "74.5%",
    ]
    assert [cell.align for cell in money.body[7]] == ["left", *["right"] * 6]
    assert money.body[7][0].indent == 1
