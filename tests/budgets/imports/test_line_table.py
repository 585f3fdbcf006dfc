"""A file's lines in a table of the connection, and what the database makes of them."""

import pytest
from django.db import connection

from budgets.imports.line_table import LineTable
from budgets.imports.sandbox.line_columns import LineColumns
from budgets.models import BudgetFigure, BudgetLine
from departments.models import Department
from tests.factories import make_source

pytestmark = pytest.mark.engine


@pytest.fixture
def unit(bureau):
    return Department.objects.get(slug="data-center")


@pytest.fixture
def source(bureau):
    return make_source(
        bureau, "expenditure", "2022-09-30", state="draft", fiscal_year=2022, budget_kind="execution"
    )


@pytest.fixture
def table():
    table = LineTable()
    yield table
    table.drop()


def lines_of(unit, names, amount=5):
    """Lines that differ in their objects; of the eleven amounts 예산현액 is known."""
    parts = [2022, unit.pk, "general", "", "운영", "", "망\t1\\N", ""]
    columns = [[part] * len(names) for part in [*parts, "가"]]
    amounts = [[None] * len(names) for _ in range(11)]
    amounts[7] = [amount] * len(names)
    return LineColumns(list(range(5, 5 + len(names))), [*columns, list(names)], amounts)


def figures(source):
    return list(
        BudgetFigure.objects.filter(source=source)
        .order_by("pk")
        .values_list("line__object_name", "line__order", "current", "original")
    )


def test_lines_that_are_known_are_found_and_the_others_made(table, source, unit):
    known = BudgetLine.objects.create(
        fiscal_year=2022,
        department=unit,
        account_kind="general",
        policy="운영",
        detailed="망\t1\\N",
        object_group="가",
        object_name="나",
        order=99,
    )
    table.write(source, table.add(lines_of(unit, "가나")))
    assert figures(source) == [("가", 5, 5, None), ("나", 99, 5, None)]
    assert BudgetFigure.objects.get(source=source, line=known).current == 5
    assert table.duplicate_rows() == []


def test_only_what_was_added_last_is_written(table, source, unit):
    table.write(source, table.add(lines_of(unit, "가")))
    table.write(source, table.add(lines_of(unit, "나", 7)))
    assert [(name, current) for name, _, current, _ in figures(source)] == [("가", 5), ("나", 7)]


def test_the_first_keys_are_told_where_all_are_new(table, source, unit):
    keys = table.write(source, table.add(lines_of(unit, "가나다")))
    new = BudgetFigure.objects.filter(source=source).order_by("pk").values_list("line", "pk")
    known = {
        "sqlite": [keys and (keys[0] + place, keys[1] + place) for place in range(3)],
        "postgresql": None,
    }
    assert known[connection.vendor] == (list(new) if connection.vendor == "sqlite" else keys)
    assert table.write(source, table.add(lines_of(unit, "라다"))) is None


def test_a_line_that_comes_again_is_told_with_the_row_of_the_first(table, source, unit):
    table.write(source, table.add(lines_of(unit, "가나가다나가")))
    assert [name for name, *_ in figures(source)] == ["가", "나", "다"]
    assert table.duplicate_rows() == [(7, 5), (9, 6), (10, 5)]


def test_lines_that_were_not_written_are_looked_at_too(table, source, unit):
    table.add(lines_of(unit, "가가"))
    assert table.duplicate_rows() == [(6, 5)]


def test_the_table_is_gone_afterwards(table, unit):
    table.add(lines_of(unit, "가"))
    table.drop()
    assert table.name not in connection.introspection.table_names()
    again = LineTable()
    assert (again.add(lines_of(unit, "가")), again.duplicate_rows()) == (0, [])
    again.drop()
