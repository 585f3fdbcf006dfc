"""The table of staff, by the report of 2022-08-29."""

import pytest

from reports.render.blocks import TableBlock
from tests.reports.plain import of_kind, words

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_table_of_staff_is_printed_as_in_the_report(document):
    (staff,) = (table for table in of_kind(document, TableBlock) if table.name == "인력")
    assert words(staff.header) == [
        ["구분", "정원", "현원", "과부족", "직종별 현원"],
        ["소계", "일반직", "임기제", "관리운영직"],
    ]
    assert words(staff.body)[:2] == [
        ["계", "266", "258", "△8", "258", "224", "26", "8"],
        ["디지털정책담당관", "35", "35", "-", "35", "31", "3", "1"],
    ]
