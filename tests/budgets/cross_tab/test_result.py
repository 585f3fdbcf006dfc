"""The rows, columns and cells of a cross-tab under their names."""

from datetime import date

from tests.budgets.cross_tab.test_table import GROUPS, dated, result


def test_members_are_the_total_then_the_order_of_the_source():
    found = result()
    assert [(row.label, row.key, row.is_total) for row in found.rows] == [
        ("계", None, True),
        ("데이터센터", "center", False),
        ("정보통신보안담당관", "security", False),
    ]
    assert [column.label for column in found.columns] == ["계", "일반회계", "구분 없음"]


def test_smaller_members_are_folded_into_one():
    found = result(most=1)
    assert found.is_folded
    assert [row.label for row in found.rows] == ["계", "그 밖의 부서 2개"]


def test_cell_without_a_line_is_none():
    found = result()
    total, center, security = found.rows
    _, general, other = found.columns
    assert found.cell(0, total, found.columns[0]).current == 7_000_000
    assert found.cell(0, center, general).committed == 1_000_000
    assert found.cell(0, security, other) is None


def test_two_dates_name_the_later():
    earlier, later = dated(GROUPS[:1], as_of=date(2021, 12, 31)), dated()
    found = result(earlier, later)
    assert (found.has_two_dates, found.later) == (True, later)
    assert not result().has_two_dates
