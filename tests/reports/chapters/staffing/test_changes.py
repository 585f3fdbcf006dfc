from reports.comparison.changes import Counts, Kind
from reports.comparison.compare import compare
from tests.reports.plain import (
    staff_count,
    staffing,
    succession,
    two,
)


def figures(line):
    return [(figure.old, figure.new, figure.difference) for figure in line.figures.values()]


def test_staff_of_a_unit_and_of_its_successor_stand_in_one_line():
    before, after = staffing(staff_count("a", 33, 27, 3, 1)), staffing(staff_count("b", 35, 31, 3, 1))
    changes = compare(
        *two("staffing", before, after, successions=(succession("a", "b", note="이름에서 읽음"),))
    ).changes["staffing"]
    (line,) = changes.lines
    assert (line.name, line.match.note, line.kind) == ("a → b", "이름에서 읽음", Kind.CHANGED)
    assert figures(line) == [(33, 35, 2), (31, 35, 4), (-2, 0, 2), (27, 31, 4), (3, 3, 0), (1, 1, 0)]
    assert changes.lasting is None


def test_a_unit_that_was_not_there_has_no_difference_and_is_left_out_of_what_lasts():
    before = staffing(staff_count("a", 10, 8), staff_count("gone", 5, 5))
    after = staffing(staff_count("a", 12, 9), staff_count("new", 25, 24))
    changes = compare(*two("staffing", before, after)).changes["staffing"]
    a, new, gone = changes.lines
    assert figures(new)[0] == (None, 25, None)
    assert figures(gone)[0] == (5, None, None)
    assert [line.kind for line in changes.lines] == [Kind.CHANGED, Kind.ADDED, Kind.REMOVED]
    assert figures(changes.total)[:3] == [(15, 37, 22), (13, 33, 20), (-2, -4, -2)]
    assert figures(changes.lasting)[:3] == [(10, 12, 2), (8, 9, 1), (-2, -3, -1)]
    assert changes.counts == Counts(added=1, removed=1, changed=1)


def test_merged_units_are_compared_as_their_sum():
    before, after = (
        staffing(staff_count("a", 10, 8), staff_count("b", 5, 5)),
        staffing(staff_count("c", 14, 13)),
    )
    merged = (succession("a", "c", "merged"), succession("b", "c", "merged"))
    changes = compare(*two("staffing", before, after, successions=merged)).changes["staffing"]
    assert [(line.name, figures(line)[0]) for line in changes.lines] == [("a · b → c", (15, 14, -1))]


def test_units_that_stayed_the_same_are_not_shown():
    before = staffing(staff_count("a", 10, 8), staff_count("b", 5, 5))
    after = staffing(staff_count("a", 10, 8), staff_count("b", 5, 4, 1))
    changes = compare(*two("staffing", before, after)).changes["staffing"]
    assert [line.name for line in changes.shown] == ["b"]


def test_a_job_series_of_one_date_counts_none_at_the_other():
    before = staffing(staff_count("a", 10, 8, ("별정직", 2)), staff_count("gone", 5, 5))
    after = staffing(staff_count("a", 10, 8, 1), staff_count("new", 3, 3))
    changes = compare(*two("staffing", before, after)).changes["staffing"]
    assert changes.series == ["일반직", "임기제", "별정직"]
    a, new, gone = changes.lines
    assert figures(a)[3:] == [(8, 8, 0), (0, 1, 1), (2, 0, -2)]
    assert figures(new)[3:] == [(None, 3, None), (None, 0, None), (None, 0, None)]
    assert figures(gone)[3:] == [(5, None, None), (0, None, None), (0, None, None)]
