"""Marks on the axis of time."""

from fractions import Fraction

import pytest

from core.snapshot import Snapshot
from projects.data import briefs_of
from projects.milestones.progress import milestones_on, next_of
from reports.one_page import schedule
from tests.factories import NOBODY
from tests.reports.plain import SPRING, milestone, park_report, project

pytestmark = pytest.mark.django_db  # the seeded report


def test_schedule_of_the_seeded_report(sheet):
    plan = sheet.schedule
    assert (len(plan.lines), plan.count, plan.dated) == (11, 68, 53)
    assert sum(len(line.marks) for line in plan.lines) == 53
    assert plan.lines[0].coming == "’22. 12. 끝: 디지털뉴딜(2차사업) 연계 추진 및 통신 인프라 확충"


def test_what_comes_next_is_the_same_as_on_the_projects_pages(sheet):
    snapshot = Snapshot.from_query(NOBODY, {"as_of": "2022-08-29"})
    briefs = briefs_of(snapshot)
    on = snapshot.judged_on("projects")
    coming = [next_of(milestones_on([brief], on), on) for brief in briefs]
    assert [line.coming.partition(": ")[2] for line in sheet.schedule.lines] == [
        found.state.full_title if found else "" for found in coming
    ]


def test_open_ends_are_drawn_as_long_as_they_are_known():
    row = milestone(start="2022-05", end="")
    [line] = schedule.schedule(
        park_report(projects=(project(milestones=(row,)),)).chapters["projects"], SPRING
    ).lines
    [mark] = line.marks
    assert (mark.left, mark.right) == (Fraction(120, 365), Fraction(151, 365))
    assert (mark.goes_before, mark.goes_on) == (False, True)


def test_what_overlaps_stands_in_lanes():
    rows = (
        milestone("a", start="2022-01", end="2022-06"),
        milestone("b", start="2022-03", end="2022-04"),
        milestone("c", start="2022-07", end="2022-07"),
    )
    [line] = schedule.schedule(
        park_report(projects=(project(milestones=rows),)).chapters["projects"], SPRING
    ).lines
    assert [mark.lane for mark in line.marks] == [0, 1, 0] and line.lanes == 2
