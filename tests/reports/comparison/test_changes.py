import pytest

from reports.comparison.changes import (
    Counts,
    FieldChange,
    FigureChange,
    count,
    kind_of,
    pairs_by_key,
)
from seoul_digital.lib.reported import ReportedFigure


@pytest.mark.parametrize(
    ("before", "after", "difference", "is_changed"),
    [
        (ReportedFigure(3), ReportedFigure(5), 2, True),
        (ReportedFigure(5), ReportedFigure(5), 0, False),
        (ReportedFigure(3, printed=4), ReportedFigure(5), 2, True),
        (None, ReportedFigure(5), None, True),
        (ReportedFigure(3), None, None, True),
        (ReportedFigure(None), ReportedFigure(5), None, True),
        (None, None, None, False),
    ],
)
def test_a_figure(before, after, difference, is_changed):
    figure = FigureChange(before, after)
    assert (figure.difference, figure.is_changed) == (difference, is_changed)


def test_kinds_and_counts():
    kinds = [kind_of(None, 1, False), kind_of(1, None, False), kind_of(1, 1, True), kind_of(1, 1, False)]
    assert [kind.word for kind in kinds] == ["새로 생김", "없어짐", "달라짐", "그대로"]
    assert count(kinds) == Counts(1, 1, 1, 1)
    assert count(kinds).differing == 3


def test_pairs_stand_in_the_order_of_the_later():
    old, new = (
        [FieldChange("가", "1"), FieldChange("나", "1")],
        [FieldChange("나", "2"), FieldChange("다", "2")],
    )
    assert pairs_by_key(old, new, "label") == [(old[1], new[0]), (None, new[1]), (old[0], None)]
