"""Tables of the pages on which budget files come in."""

import pytest

from budgets.imports.comparison import Comparison, LineChange
from budgets.imports.tables import changes_table
from core.models import Source

pytestmark = pytest.mark.django_db
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
    assert cells_of(monkeypatch, before, after)[5] == difference


def test_amount_that_smells_of_a_slip_is_marked(monkeypatch):
    before = {"committed": 1_234_000, "current": 69_000_000}
    cells = cells_of(monkeypatch, before, {"committed": 1_300_000, "current": 96_000_000})
    assert cells[5] == 66_000
    assert (cells[8].value, cells[8].warn) == (27_000_000, True)
    assert cells[8].lines == ["◆ 이웃한 두 숫자가 바뀐 값인지 확인"]


def cells_of(monkeypatch, before, after):
    comparison = Comparison(Source(scope="expenditure"), [])
    comparison.amounts = ["committed", "current"]
    monkeypatch.setattr(comparison, "changes", lambda change, rows: [LineChange(NAMES, before, after)])
    (row,) = changes_table(comparison, "changed", []).rows
    return row.cells
