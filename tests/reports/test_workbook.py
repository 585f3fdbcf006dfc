"""The managers' workbook, by the report of 2022-08-29."""

import re

import pytest

from reports.formats import FORMATS
from reports.workbook import to_xlsx

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_a_sheet_for_each_part(book):
    projects = [f"사업 {number}" for number in range(1, 12)]
    before = ["요약", "조직", "인력", "주요업무", "세입", "세출", "비전·전략", "주요사업", "추진일정"]
    assert book.sheetnames == [*before, *projects, "지표", "용어", "변경사항", "자료"]


def test_the_same_bytes_for_the_same_report(workbook, seeded_reports):
    assert to_xlsx(*seeded_reports) == workbook
    assert FORMATS["xlsx"].write(*seeded_reports) == workbook


def test_links_lead_to_sheets(book):
    links = {
        cell.hyperlink.location
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert {re.fullmatch(r"'(.+)'!A1", link)[1] for link in links} <= set(book.sheetnames)


def test_every_sheet_prints_on_a4_under_its_head(book):
    for sheet in book:
        page = sheet.page_setup
        assert (page.paperSize, sheet.sheet_properties.pageSetUpPr.fitToPage, page.fitToHeight) == (
            9,
            True,
            0,
        )
        assert sheet.oddFooter.center.text == "&P / &N"
        if sheet.title not in ("요약", "비전·전략", "변경사항"):  # which fit a page, or have several tables
            assert sheet.print_title_rows and sheet.freeze_panes, sheet.title
