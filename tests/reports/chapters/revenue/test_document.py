"""The table of revenue, by the report of 2022-08-29."""

import pytest

from reports.render.blocks import TableBlock
from tests.reports.plain import of_kind, words

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_printed_figures_win_and_no_disagreement_is_marked(document):
    revenue = next(table for table in of_kind(document, TableBlock) if table.name == "세입 총괄")
    row = next(row for row in words(revenue.body) if row[0] == "임시적세외수입")
    assert row == ["임시적세외수입", "954,794", "893,020", "61,774", "6.9%"]
    assert not any(
        "◆" in cell.text for table in of_kind(document, TableBlock) for line in table.body for cell in line
    )
