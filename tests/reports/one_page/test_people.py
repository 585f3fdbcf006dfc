"""Squares of the places."""

import pytest

from reports.one_page.files import draw
from reports.one_page.people import VACANT, people
from reports.one_page.sheet import sheet_of
from tests.reports.plain import park_report, staff_count, staffing

pytestmark = pytest.mark.django_db  # the seeded report


def test_places_of_the_seeded_report(sheet):
    assert sheet.people_title == "266자리 가운데 9자리가 비었고, 1명이 더 있습니다"
    squares = [square for unit in sheet.people.units for square in unit.squares]
    assert len(squares) == 267 and squares.count(VACANT) == 9
    assert [(unit.name, unit.above) for unit in sheet.people.units if unit.above] == [("빅데이터담당관", 1)]


def test_of_many_places_a_square_is_ten():
    found = people(staffing(staff_count("a", 1003, 995), staff_count("b", 5, 5)))
    assert found.each == 10 and len(found.units[0].squares) == 101
    assert found.units[0].squares.count(VACANT) == 1


SERIES = ["일반직", "임기제", "관리운영직", "별정직", "연구직", "공무직", "전문경력관"]


def one_person(of, known):
    """A unit of one place, held by a person of the series `of`."""
    return staffing(staff_count("a", 1, *((name, int(name == of)) for name in known)))


def test_six_job_series_look_different():
    sheets = [sheet_of(park_report(staffing=one_person(name, SERIES[:6]))) for name in SERIES[:6]]
    assert len({draw(sheet, "svg") for sheet in sheets}) == 6


def test_of_more_than_six_job_series_the_last_are_one():
    found = people(one_person("전문경력관", SERIES))
    assert found.series == (*SERIES[:5], "그 밖")
    assert found.units[0].squares == (5,)
