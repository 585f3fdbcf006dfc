"""Live formulas beside the exact values that they give."""

from fractions import Fraction

import pytest

from reports.render.xlsx.formulas import (
    CellPlace,
    Live,
    across,
    change,
    difference,
    numbers,
    same_as,
    share,
    total,
)


def at(*rows):
    """Finds places in rows of values, on a sheet that begins with them."""
    return lambda row, column: CellPlace("세출", row, column, rows[row][column])


def values(*rows):
    return at(*([Fraction(value) if isinstance(value, int) else value for value in row] for row in rows))


def test_place_is_named_here_and_from_other_sheets():
    place = CellPlace("비전·전략", 4, 1, None)
    assert (place.cell, place.full) == ("B5", "'비전·전략'!$B$5")


def test_numbers_of_places_with_a_word_are_none():
    place = values([1, 2, "순증", None])
    assert numbers([place(0, 0), place(0, 1)]) == [1, 2]
    assert numbers([place(0, 0), place(0, 2)]) is None
    assert numbers([place(0, 3)]) is None


def test_total_joins_neighbours_and_lists_the_others():
    place = values([0], [1], [2], [3], [4])
    assert total([1, 2, 4])(place, 0, 0) == Live("SUM(A2:A3,A5)", Fraction(7))


def test_across_joins_the_cells_of_a_row():
    assert across([1, 2, 3])(values([0, 51, 9, 3]), 0, 0) == Live("SUM(B1:D1)", Fraction(63))


def test_total_with_an_unknown_part_is_no_formula():
    assert total([1, 2])(values([0], [1], [None]), 0, 0) is None


def test_same_as_repeats_a_word_too():
    assert same_as(1)(values([None, "순증"]), 0, 0) == Live("B1", "순증")


def test_difference_may_be_in_points():
    place = values([Fraction(3, 4), Fraction(2, 3)])
    assert difference(0, 1)(place, 0, 2) == Live("A1-B1", Fraction(1, 12))
    assert difference(0, 1, 100)(place, 0, 2) == Live("(A1-B1)*100", Fraction(25, 3))
    assert difference(0, 1)(values([1, None]), 0, 2) is None


def test_share_of_nothing_is_no_formula():
    assert share(0, 1)(values([3, 4]), 0, 2) == Live("A1/B1", Fraction(3, 4))
    assert share(0, 1)(values([3, 0]), 0, 2) is None


@pytest.mark.parametrize(
    ("now", "before", "value"),
    [(150, 100, Fraction(1, 2)), (50, -100, Fraction(3, 2)), (5, 0, "순증"), (-5, 0, "순감"), (0, 0, "-")],
)
def test_change_from_nothing_is_a_word(now, before, value):
    found = change(0, 1)(values([now, before]), 0, 2)
    assert found.formula == 'IF(B1=0,IF(A1>0,"순증",IF(A1<0,"순감","-")),(A1-B1)/ABS(B1))'
    assert found.value == value


def test_change_of_the_unknown_is_no_formula():
    assert change(0, 1)(values([None, 1]), 0, 2) is None
