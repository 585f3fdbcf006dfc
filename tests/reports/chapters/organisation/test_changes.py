from dataclasses import replace

import pytest

from reports.chapters.organisation.data import FoundationRow, UnitCount
from reports.comparison.changes import Counts, FieldChange
from reports.comparison.compare import compare
from tests.reports.plain import (
    report,
    succession,
    unit,
)

BUREAU_UNIT = unit("housing-bureau", "주택정책관", "bureau", "", "국·정책관")


def organisation(before, after, *successions, counts=((), ())):
    old = report(units=(BUREAU_UNIT, *before), unit_counts=counts[0], successions=successions)
    new = report(units=(BUREAU_UNIT, *after), unit_counts=counts[1])
    return compare(old, new).changes["organisation"]


def changes_of(compared):
    return [(one.kind, one.match.name) for one in compared.units]


@pytest.mark.parametrize("kind", ["renamed", "merged", "split", "moved"])
def test_what_became_of_a_unit_is_what_its_succession_says(kind):
    assert changes_of(organisation([unit("a")], [unit("b")], succession("a", "b", kind))) == [(kind, "a → b")]


def test_new_and_abolished_units():
    compared = organisation([unit("a"), unit("gone")], [unit("a"), unit("new")])
    assert changes_of(compared) == [("new", "new"), ("abolished", "gone")]
    assert compared.counts == Counts(added=1, removed=1, same=2)


def test_a_unit_under_another_one_was_moved():
    teams = (
        [unit("a"), unit("b"), unit("team", kind="team", parent="a")],
        [unit("a"), unit("b"), unit("team", kind="team", parent="b")],
    )
    (moved,) = organisation(*teams).units
    assert (moved.kind, moved.parent_before, moved.parent_after) == ("moved", "a", "b")


def test_under_the_successor_of_its_parent_a_unit_has_not_moved():
    teams = (
        [unit("a"), unit("team", kind="team", parent="a")],
        [unit("b"), unit("team", kind="team", parent="b")],
    )
    assert changes_of(organisation(*teams, succession("a", "b"))) == [("renamed", "a → b")]


def test_a_name_put_right_is_a_rename():
    assert changes_of(organisation([unit("a", "가과")], [unit("a", "나과")])) == [("renamed", "가과 → 나과")]


def test_units_of_a_kind_that_a_report_only_counts_are_not_called_new():
    team = unit("team", "새벽팀", kind="team", parent="a", word="팀")
    stated = UnitCount("team", "팀", 23, "23팀"), UnitCount("team", "팀", 27, "27팀")
    compared = organisation([unit("a")], [unit("a"), team], counts=((stated[0],), (stated[1],)))
    assert compared.units == ()
    (untold,) = compared.untold
    assert (untold.kind_word, untold.names, untold.is_later, untold.printed) == ("팀", ("새벽팀",), True, 23)
    assert [
        (one.word, one.figure.old, one.figure.new, one.figure.difference) for one in compared.numbers
    ] == [("팀", 23, 27, 4)]
    assert compared.counts == Counts(same=2)


def test_units_of_a_kind_that_the_later_report_does_not_name_are_not_called_abolished():
    compared = organisation([unit("f", "재단", "foundation", word="재단")], [])
    assert compared.units == ()
    assert [(one.names, one.is_later, one.printed) for one in compared.untold] == [(("재단",), False, None)]


def test_a_unit_is_new_where_all_of_its_kind_were_named():
    division = UnitCount("division", "담당관", 1, "1담당관")
    assert changes_of(organisation([unit("a")], [unit("a"), unit("b")], counts=((division,), ()))) == [
        ("new", "b")
    ]


def test_the_structure_and_foundations_as_printed():
    before = report(
        organisation_heading="5담당관 23팀", foundations=(FoundationRow("f", "재단", printed="정원 45명"),)
    )
    after = report(
        organisation_heading="6담당관 27팀",
        foundations=(FoundationRow("f", "재단", printed="정원 47명"), FoundationRow("g", "새 재단")),
    )
    changes = compare(before, after).changes["organisation"]
    assert changes.fields == (
        FieldChange("기구", "5담당관 23팀", "6담당관 27팀"),
        FieldChange("재단", "정원 45명", "정원 47명"),
    )
    assert (changes.counts, changes.says_otherwise) == (Counts(), True)


def test_the_note_of_a_unit_is_compared():
    before, after = unit("a"), replace(unit("a"), note="한시기구")
    assert organisation([before], [after]).fields == (FieldChange("a의 비고", "", "한시기구"),)
