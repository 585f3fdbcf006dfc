"""Tables of the pages on which budget files come in."""

import pytest

from budgets.imports.comparison import Comparison, LineChange
from budgets.imports.tables import changes_table
from core.models import Source

NAMES = ("사업", "과", "-")


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ({"committed": 1, "current": 5}, {"committed": 3, "current": 5}, 2),
        ({"committed": None, "current": 5}, {"committed": 3, "current": 5}, None),
        (None, {"committed": 3, "current": 5}, 3),
        (None, {"committed": None, "current": 5}, None),
        ({"committed": 1, "current": 5}, None, -1),
    ],
)
def test_an_unknown_amount_is_no_zero(monkeypatch, before, after, difference):
    comparison = Comparison(Source(scope="expenditure"), [])
    comparison.amounts = ["committed", "current"]
    monkeypatch.setattr(comparison, "changes", lambda change, rows: [LineChange(NAMES, before, after)])
    (row,) = changes_table(comparison, "changed", []).rows
    assert row.cells[5] == difference
