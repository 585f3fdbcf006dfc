"""What changed in revenue, as a table: the whole first, what is new or gone without a rate."""

from datetime import date

from reports.chapters.revenue import section
from reports.comparison.compare import compare
from reports.comparison.tables import ComparedDates
from seoul_digital.lib.tables import as_cell
from tests.reports.plain import revenue, two

DATES = ComparedDates(date(2022, 3, 31), date(2022, 9, 30))


def rows_of(before, after):
    changes = compare(*two("revenue", revenue(2022, *before), revenue(2022, *after))).changes["revenue"]
    table = section.section(changes, DATES).tables[0]
    return {row.cells[0]: [as_cell(cell).value for cell in row.cells[1:]] for row in table.rows}, table


def test_a_change_has_its_difference_and_rate():
    rows, table = rows_of([("", 0, 100, 0), ("tax", 1, 100, 0)], [("", 0, 150, 0), ("tax", 1, 150, 0)])
    assert rows["계"] == [100_000, 150_000, 50_000, 50]
    assert table.rows[0].total


def test_what_is_new_or_gone_has_no_rate():
    rows, _ = rows_of([("", 0, 100, 0), ("old", 1, 100, 0)], [("", 0, 100, 0), ("new", 1, 100, 0)])
    assert rows["new"] == ["없음", 100_000, "새로 생김", None]
    assert rows["old"] == [100_000, "없음", "없어짐", None]


def test_from_nothing_to_something_is_a_word():
    rows, _ = rows_of([("", 0, 100, 0), ("fee", 1, 0, 0)], [("", 0, 103, 0), ("fee", 1, 3, 0)])
    assert rows["fee"] == [0, 3_000, 3_000, "순증"]


def test_what_stayed_the_same_is_counted():
    _, table = rows_of(
        [("", 0, 100, 0), ("tax", 1, 60, 0), ("fee", 1, 40, 0)],
        [("", 0, 110, 0), ("tax", 1, 60, 0), ("fee", 1, 50, 0)],
    )
    assert "그대로인 과목 1개는 뺐습니다." in table.notes
