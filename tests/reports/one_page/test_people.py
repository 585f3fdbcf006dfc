"""Squares of the places."""

import pytest

from reports.one_page.people import VACANT, people
from tests.reports.plain import staff_count, staffing

pytestmark = pytest.mark.django_db  # the seeded report


def test_places_of_the_seeded_report(sheet):
    assert sheet.people_title == "266자리, 9자리가 비었고, 1명은 정원 위에 있습니다"
    squares = [square for unit in sheet.people.units for square in unit.squares]
    assert len(squares) == 267 and squares.count(VACANT) == 9
    assert [(unit.name, unit.above) for unit in sheet.people.units if unit.above] == [("빅데이터담당관", 1)]


def test_of_many_places_a_square_is_ten():
    found = people(staffing(staff_count("a", 1003, 995), staff_count("b", 5, 5)))
    assert found.each == 10 and len(found.units[0].squares) == 101
    assert found.units[0].squares.count(VACANT) == 1
