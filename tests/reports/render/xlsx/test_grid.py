"""A table of figures with live formulas: the printed one stands, the computed one beside it."""

from fractions import Fraction

import pytest

from reports.render.xlsx.formulas import difference, total
from reports.render.xlsx.grid import FigureGrid, GridColumn, GridLine, amount, derived, rate
from seoul_digital.lib.reported import ReportedFigure

COLUMNS = [GridColumn("정원"), GridColumn("현원")]


def grid(draft, *lines, columns=COLUMNS):
    made = FigureGrid(draft.sheet, columns, [GridLine(name, figures) for name, *figures in lines])
    made.draw()
    return made


def persons(computed, printed=None, rule=None):
    return amount(ReportedFigure(computed, printed), rule)


def test_amount_is_in_the_unit_and_a_word_stays():
    assert amount(ReportedFigure(1_500_000), unit=1_000).computed == 1_500
    assert amount(ReportedFigure("순증")).computed == "순증"
    assert rate(ReportedFigure(Fraction(669, 10))).computed == Fraction(669, 1000)


def test_total_is_a_formula_over_the_lines_below(draft):
    grid(
        draft,
        ("계", persons(9, rule=total([1, 2])), persons(7)),
        ("공원과", persons(4), persons(3)),
        ("나무과", persons(5), persons(4)),
    )
    found = draft.read()
    assert [cell.value for cell in found[3]] == ["구분", "정원", "현원"]
    assert (found["B4"].value, found["C4"].value) == ("=SUM(B5:B6)", 7)


def test_formula_that_gives_another_value_is_not_written(draft):
    grid(draft, ("계", persons(10, rule=total([1])), persons(1)), ("공원과", persons(4), persons(1)))
    assert draft.read()["B4"].value == 10


def test_printed_stands_and_the_computed_is_beside_it(draft):
    made = grid(draft, ("계", persons(258, 260), persons(7)), ("공원과", persons(258), persons(7)))
    assert (made.checked, made.shown(0, 0).cell, made.at(0, 0).cell) == ([0], "B5", "D5")
    (disagreement,) = draft.book.disagreements
    assert (disagreement.what, disagreement.printed.value, disagreement.computed.value) == (
        "계 정원",
        260,
        258,
    )
    found = draft.read()
    assert (found["B5"].value, found["D5"].value, found["D6"].value) == (260, 258, None)
    assert found["D3"].value == "계산값 ◆"


def test_rounding_is_no_disagreement_and_has_no_column(draft):
    line = (
        "계",
        rate(ReportedFigure(Fraction(66901, 1000), Fraction(669, 10), terms=0, unit=Fraction(1, 10))),
    )
    made = grid(draft, line, columns=[GridColumn("집행률", "rate")])
    assert (made.checked, draft.book.disagreements) == ([], [])


def test_derived_is_what_its_formula_gives_of_the_printed(draft):
    figures = [persons(258, 250), persons(7), derived(difference(0, 1))]
    made = grid(draft, ("계", *figures), columns=[*COLUMNS, GridColumn("과부족")])
    assert made.shown(0, 2).value == Fraction(251)  # of the computed where the two disagree
    assert draft.read()["D5"].value == "=E5-C5"


@pytest.mark.parametrize(("first", "top"), [(0, 3), (1, 4)])
def test_names_and_values_for_a_chart(draft, first, top):
    made = grid(draft, ("계", persons(1), persons(1)), ("공원과", persons(1), persons(1)))
    assert made.names(first) == ["인력", top, 0, 4, 0]
    assert made.values(1, first) == ["인력", top, 2, 4, 2]
