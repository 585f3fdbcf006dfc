"""Whether a section of a comparison says that something changed."""

from datetime import date

import pytest

from reports.comparison.section import DiffGroup, Section
from reports.comparison.text import diff_lines
from seoul_digital.lib.tables import Column, Row, Table

EMPTY = Table("staff", "인력", [Column("부서")], [])
FILLED = Table("staff", "인력", [Column("부서")], [Row(["데이터센터"])])
DIFF = DiffGroup("공원과", [diff_lines("주요업무", ["나무"], ["꽃"])])


@pytest.mark.parametrize(
    ("given", "is_changed"),
    [
        ({}, False),
        ({"tables": [EMPTY]}, False),
        ({"tables": [EMPTY, FILLED]}, True),
        ({"diffs": [DIFF]}, True),
        ({"files": [FILLED]}, False),
    ],
)
def test_is_changed_where_a_table_or_a_text_is_shown(given, is_changed):
    assert Section(**given).is_changed is is_changed


def test_is_of_one_source_where_the_base_dates_are_the_same():
    day, later = date(2022, 8, 29), date(2022, 11, 1)
    assert Section(days=(day, day)).is_of_one_source
    assert not Section(days=(day, later)).is_of_one_source
