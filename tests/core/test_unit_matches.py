import pytest

from core.unit_matches import match_units
from tests.reports.plain import succession


def matched(before, after, *successions):
    """Names on either side, and whether they were read as successors."""
    matches = match_units({name: name for name in before}, {name: name for name in after}, successions)
    return [("".join(match.before), "".join(match.after), bool(match.successions)) for match in matches]


def test_a_unit_is_itself():
    assert matched("AB", "BA") == [("B", "B", False), ("A", "A", False)]


def test_a_unit_without_a_counterpart_is_matched_with_nothing():
    assert matched("AB", "BC") == [("B", "B", False), ("", "C", False), ("A", "", False)]


def test_a_successor_is_followed():
    assert matched("AX", "BX", succession("A", "B")) == [("A", "B", True), ("X", "X", False)]


def test_successions_lead_through_units_of_neither_date():
    assert matched("A", "C", succession("A", "B"), succession("B", "C")) == [("A", "C", True)]


def test_two_merged_units_are_one_group():
    merged = succession("A", "C", "merged"), succession("B", "C", "merged")
    assert matched("AB", "C", *merged) == [("AB", "C", True)]


def test_a_unit_that_took_another_in_is_grouped_with_it():
    assert matched("AB", "A", succession("B", "A", "merged")) == [("AB", "A", True)]


def test_a_unit_split_from_one_that_remains_is_grouped_with_it():
    assert matched("A", "AB", succession("A", "B", "split")) == [("A", "AB", True)]


@pytest.mark.parametrize("after", ["AB", "BA"])
def test_between_units_of_both_dates_a_succession_is_an_older_story(after):
    assert {one[2] for one in matched("AB", after, succession("A", "B", "moved"))} == {False}


def test_a_succession_that_leads_nowhere_changes_nothing():
    assert matched("A", "A", succession("A", "B")) == [("A", "A", False)]
    assert matched("A", "", succession("A", "B")) == [("A", "", False)]


def test_successions_in_a_ring_end():
    assert matched("A", "C", succession("A", "B"), succession("B", "A")) == [
        ("", "C", False),
        ("A", "", False),
    ]


def test_a_match_is_named_by_both_sides_and_says_how_it_is_known():
    first, second = succession("A", "C", note="이름에서 읽음"), succession("B", "C", note="이름에서 읽음")
    (match,) = match_units({"A": "가과", "B": "나과"}, {"C": "다과"}, [first, second])
    assert (match.name, match.note, match.is_pair) == ("가과 · 나과 → 다과", "이름에서 읽음", True)
    new, gone = match_units({"A": "가과"}, {"C": "다과"}, [])
    assert (new.name, gone.name, new.is_pair) == ("다과", "가과", False)
