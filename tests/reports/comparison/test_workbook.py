"""The sheet of what changed, by the report of 2022-08-29."""

import pytest

from tests.reports.books import row_of

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_changes_are_differences_of_their_cells(book, values):
    sheet = book["변경사항"]
    row = row_of(sheet, "데이터센터")
    assert row[3].value == f"=C{row[0].row}-B{row[0].row}"
    old, new, change = (values["변경사항"].cell(row[0].row, column).value for column in (2, 3, 4))
    assert (old, new, change) == (64, 69, 5)
