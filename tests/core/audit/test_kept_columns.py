"""Rows that were just written, as columns, and back."""

import json
import zlib

import pytest

from budgets.models import BudgetLine
from core.audit.kept_columns import KeptColumns, rows_of

NAMES = ("account_kind", "account_name", "policy", "unit", "detailed_code", "object_group", "object_name")


def lines(**columns):
    return {name: [""] for name in NAMES} | {"fiscal_year": [2022], "department_id": range(3, 6)} | columns


def lines_of_json(kept):
    return zlib.decompress(kept.content()).decode().splitlines()


def test_rows_can_be_had_back():
    kept = KeptColumns()
    kept.add(BudgetLine, 7, lines(detailed=["가", "나\n\x1f", "가"], order=[5, None, 5]))
    kept.add(BudgetLine, 10, lines(detailed=["다"] * 3, order=[1, 2, 3]))
    first, second = map(json.loads, lines_of_json(kept))
    found = list(rows_of(first))
    assert [(label, key, row["id"], row["detailed"]) for label, key, row in found] == [
        ("budgets.budgetline", 7, 7, "가"),
        ("budgets.budgetline", 8, 8, "나\n\x1f"),
        ("budgets.budgetline", 9, 9, "가"),
    ]
    assert [(row["order"], row["department_id"], row["unit"]) for _, _, row in found] == [
        (5, 3, ""),
        (None, 4, ""),
        (5, 5, ""),
    ]
    assert [(key, row["order"], row["detailed"]) for _, key, row in rows_of(second)] == [
        (10, 1, "다"),
        (11, 2, "다"),
        (12, 3, "다"),
    ]
    assert (kept.rows, kept.keys) == (6, {BudgetLine: (7, 12)})


def test_a_column_of_one_value_and_a_text_are_kept_once():
    kept = KeptColumns()
    kept.add(BudgetLine, 7, lines(detailed=["가", "나", "가"], order=[5, 5, 5]))
    columns = json.loads(*lines_of_json(kept))["columns"]
    assert (columns["order"], columns["department_id"]) == ([5], {"from": 3})
    assert columns["detailed"] == {"texts": ["가", "나"], "places": "iAAAAAAEAAAAAAAAA"}


def test_a_recorded_value_that_is_missing_is_refused():
    with pytest.raises(ValueError, match=r"\{'detailed'\}"):
        KeptColumns().add(BudgetLine, 7, lines(order=[5]))
