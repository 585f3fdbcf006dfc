from fractions import Fraction

from budgets.cross_tab.pivot import Axis, CellSum, Group, cross_tab

GROUPS = [
    Group("a", "x", 100, 50, place=2),
    Group("a", "y", 10, None, place=3),
    Group("b", "x", 5, 5, place=1),
    Group("", "y", 7, 0, place=0),
]


def test_cross_tab_literally():
    found = cross_tab([GROUPS], 10, 10)
    assert found.rows == Axis(("b", "a", ""))
    assert found.columns == Axis(("y", "x"))
    assert found.matrices == (
        (
            (None, CellSum(5, 5), CellSum(5, 5)),
            (CellSum(10, None), CellSum(100, 50), CellSum(110, None)),
            (CellSum(7, 0), None, CellSum(7, 0)),
            (CellSum(17, None), CellSum(105, 55), CellSum(122, None)),
        ),
    )


def test_cross_tab_works_rates_out_after_summing():
    ((*_, total),) = cross_tab([[Group("a", "x", 100, 50), Group("b", "x", 300, 300)]], 10, 10).matrices
    assert total[-1].rate == Fraction(350, 4)
    assert total[-1].unexecuted == 50


def test_cross_tab_keeps_the_unknown_out_of_rates_and_balances():
    cell = CellSum(110, None)
    assert (cell.rate, cell.unexecuted) == (None, None)


def test_cross_tab_has_no_rate_of_nothing():
    assert CellSum(0, 0).rate is None


def test_cross_tab_adds_up_groups_of_one_row_and_column():
    groups = [Group("a", "x", 1, 1), Group("a", "x", 2, 2)]
    assert cross_tab([groups], 10, 10).matrices[0][0][0] == CellSum(3, 3)


def test_cross_tab_folds_the_smallest_budgets():
    groups = [
        Group(name, "x", current, current, place)
        for place, (name, current) in enumerate(zip("abcd", (3, 9, 1, 5), strict=True))
    ]
    found = cross_tab([groups], 3, 10)
    assert found.rows == Axis(("b", "d"), folded=2)
    assert found.matrices[0] == (
        (CellSum(9, 9), CellSum(9, 9)),
        (CellSum(5, 5), CellSum(5, 5)),
        (CellSum(4, 4), CellSum(4, 4)),
        (CellSum(18, 18), CellSum(18, 18)),
    )


def test_cross_tab_of_two_dates_has_the_same_rows_and_columns():
    found = cross_tab([[Group("old", "x", 1, 1)], [Group("new", "y", 2, None)]], 10, 10)
    assert (found.rows.keys, found.columns.keys) == (("new", "old"), ("x", "y"))
    assert found.matrices == (
        ((None, None, None), (CellSum(1, 1), None, CellSum(1, 1)), (CellSum(1, 1), None, CellSum(1, 1))),
        (
            (None, CellSum(2, None), CellSum(2, None)),
            (None, None, None),
            (None, CellSum(2, None), CellSum(2, None)),
        ),
    )


def test_cross_tab_of_a_date_without_lines():
    assert cross_tab([[], [Group("a", "x", 1, 1)]], 10, 10).matrices[0] == ((None, None), (None, None))


def test_cross_tab_is_exact_beyond_floats():
    large = 2**53 + 1
    ((row, total),) = cross_tab([[Group("a", "x", large, large), Group("a", "y", 0, None)]], 10, 10).matrices
    assert row[0] == CellSum(large, large)
    assert total[-1] == CellSum(large, None)


def test_cross_tab_takes_any_name_for_what_it_is():
    groups = [Group("계", "계", 1, 1), Group("a", "계", 2, 2), Group("0", "nan", 4, 4)]
    found = cross_tab([groups], 10, 10)
    assert found.rows.keys == ("0", "a", "계")
    assert found.matrices[0][-1][-1] == CellSum(7, 7)
