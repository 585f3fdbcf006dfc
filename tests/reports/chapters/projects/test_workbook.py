"""The sheets of projects and their schedules, by the report of 2022-08-29 and by a small report."""

import pytest

from reports.chapters.projects.data import MilestoneRow, ProjectRow
from reports.workbook import to_xlsx
from seoul_digital.lib.periods import Period
from tests.reports.books import opened, row_of, words
from tests.reports.plain import PARKS, park_report

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_projects_count_their_milestones_by_formulas(book, values):
    row = row_of(book["주요사업"], "공공와이파이 확충 및 시민 이용편의 제고", 2)
    assert row[6].value == '=COUNTIFS(추진일정!$A$4:$A$71,1,추진일정!$H$4:$H$71,"완료")'
    assert book["추진일정"].max_row == 71
    assert words(row_of(values["주요사업"], "공공와이파이 확충 및 시민 이용편의 제고", 2))[5:] == [
        8_617,
        3,
        1,
        2,
        0,
    ]
    assert words(row_of(values["주요사업"], "계"))[5:] == [36_248, 19, 29, 15, 5]


def test_two_projects_of_one_number_have_sheets_of_their_own():
    told = tuple(
        ProjectRow(
            slug, 1, slug, PARKS, milestones=(MilestoneRow("m", "schedule", "가", Period(), status="done"),)
        )
        for slug in ("a", "b")
    )
    book = opened(to_xlsx(park_report(projects=told)))
    assert book.sheetnames[3:5] == ["사업 1", "사업 1 (2)"]
    assert [row[6].value for row in book["주요사업"].iter_rows(min_row=6, max_row=7)] == [
        1,
        1,
    ]  # not counted by a number that two have
