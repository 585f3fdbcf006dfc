"""What lines come to, added up while they pass, against literals and against the database."""

import pytest
from django.db import connection

from budgets.imports import tally as tallies
from budgets.imports.comparison import Comparison
from budgets.imports.sandbox import pipeline
from budgets.imports.tally import Tally
from budgets.models import BudgetImport
from departments.models import Department
from tests.budgets.files import execution_rows
from tests.budgets.management.commands.test_import_budget import file_of, run

ACCOUNTS = [("general", ""), ("general", ""), ("special", "상수도"), ("general", "")]


def tally_of(units, accounts=ACCOUNTS, committed=(1, None, 3, 4)):
    count, tally = len(units), Tally()
    kinds, names = zip(*accounts, strict=True)
    parts = [[2022] * count, units, kinds, names, ["정책"] * count, *[[""] * count for _ in range(5)]]
    unknown = [None] * count
    amounts = [*[unknown] * 7, [10, 20, 30, 40], list(committed), unknown, unknown]
    tally.add(range(5, 5 + count), parts, amounts)
    return tally


def test_totals_are_by_department_and_account_in_the_order_of_the_file():
    tally = tally_of([2, 2, 2, 1])
    assert [(place, total.first, total.lines, total.sum_of("current"), total.sum_of("committed")) for place, total in tally.by(["account_kind"]).items()] == [((2, "general"), 5, 2, 30, None), ((2, "special"), 7, 1, 30, 3), ((1, "general"), 8, 1, 40, 4)]  # fmt: skip
    assert [(place, total.lines, total.sum_of("current")) for place, total in tally.by().items()] == [
        ((2,), 3, 60),
        ((1,), 1, 40),
    ]
    assert tally.amounts == ["current", "committed"]
    assert tally.columns == {
        2: {"account_kind", "account_name", "policy"},
        1: {"account_kind", "policy"},
    }
    assert (tally.tells(["account_kind"]), tally.tells(["account_kind", "policy"])) == (True, False)


def test_what_passes_in_several_parts_is_one(monkeypatch):
    tally = tally_of([2, 2, 2, 1])
    tally.add(
        [9],
        [[2022], [2], ["general"], [""], [""], ["단위"], *[[""]] * 4],
        [*[[None]] * 7, [5], [6], [None], [None]],
    )
    total = tally.by(["account_kind", "account_name"])[2, "general", ""]
    assert (total.first, total.lines, total.sum_of("current"), total.sum_of("committed")) == (5, 3, 35, None)
    assert tally.columns[2] == {"account_kind", "account_name", "policy", "unit"}


def test_accounts_that_take_turns_are_left_to_the_database(monkeypatch):
    monkeypatch.setattr(tallies, "MOST_RUNS", 2)
    assert not tally_of([2, 2, 2, 1]).is_whole
    assert tally_of([1, 1, 1, 1], [("fund", "")] * 4).is_whole


@pytest.mark.engine
def test_departments_of_one_name_are_one_group(bureau):
    units = list(Department.objects.filter(slug__in=("data-center", "big-data")).order_by("pk"))
    Department.objects.filter(pk=units[0].pk).update(name=units[1].name)
    found = tally_of([units[0].pk, units[0].pk, units[1].pk, units[1].pk]).groups("current")
    assert found == {units[1].name: {"lines": 4, "total": 100, "executed": None}}


@pytest.mark.engine
def test_a_draft_is_compared_the_same_with_and_without(bureau, tmp_path, monkeypatch):
    tallied = []
    compared = pipeline.compared
    monkeypatch.setattr(pipeline, "compared", lambda source, tally=None: tallied.append(tally) or compared(source, tally))  # fmt: skip
    run(file_of(tmp_path, execution_rows(60)), limited=False)
    incoming = BudgetImport.objects.latest("pk")
    tally = tallied[0]
    # Elsewhere others may write meanwhile: which lines are new is not known, and nothing is added up.
    assert (tally is not None and tally.is_whole) == (connection.vendor == "sqlite")
    with_tally, without = (Comparison.of(incoming.source, known).summary() for known in (tally, None))
    assert with_tally == without
    assert with_tally["level"] == "부서"
    assert sum(group["lines_after"] for group in with_tally["groups"]) == 60
