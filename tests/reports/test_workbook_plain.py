"""The managers' workbook, by small reports of plain values."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from reports.chapters.duties.data import DutiesRow
from reports.chapters.expenditure.data import ExpenditureData, ExpenditureRow
from reports.chapters.glossary.data import TermRow
from reports.chapters.indicators.data import IndicatorRow, MeasuredFigure, TargetRow
from reports.chapters.projects.data import FundingRow, MilestoneRow, ProjectRow
from reports.chapters.revenue.data import RevenueData, RevenueRow
from reports.chapters.staffing.data import SeriesCount, StaffingData, StaffingRow
from reports.report import Name, Report
from reports.workbook import to_xlsx
from seoul_digital.lib import amounts
from seoul_digital.lib.periods import PartialDate, Period
from seoul_digital.lib.reported import ReportedFigure, reported_rate
from tests.reports.plain import with_parts

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one

PARKS = Name("parks", "공원담당관")
FORMULA_LIKE = "=HYPERLINK(0)"


def opened(content, **options):
    return openpyxl.load_workbook(io.BytesIO(content), **options)


def report(**fields):
    return with_parts(Report("공원국 업무보고", Name("park-bureau", "공원국"), date(2024, 3, 31)), **fields)


def row_of(sheet, name, column=1):
    return next(row for row in sheet.iter_rows() if row[column - 1].value == name)


def staff_count(name, authorized, headcount):
    series = (SeriesCount("일반직", ReportedFigure(headcount)),)
    variance = ReportedFigure(headcount - authorized)
    return StaffingRow(name, name, ReportedFigure(authorized), ReportedFigure(headcount), variance, series)


def test_an_empty_report_is_a_summary_and_its_sources():
    assert opened(to_xlsx(report())).sheetnames == ["요약", "자료"]


def test_one_unit_alone_has_no_total_above_it():
    staffing = StaffingData(staff_count("계", 5, 4), (staff_count("나무과", 5, 4),))
    sheet = opened(to_xlsx(report(staffing=staffing)))["인력"]
    assert [row[0].value for row in sheet.iter_rows(min_row=5)] == ["나무과"]


def test_a_total_that_its_parts_do_not_make_is_no_formula():
    """Such as one whose units are not all told."""
    staffing = StaffingData(staff_count("계", 9, 8), (staff_count("나무과", 5, 4), staff_count("꽃과", 3, 3)))
    sheet = opened(to_xlsx(report(staffing=staffing)))["인력"]
    assert [cell.value for cell in sheet[5][1:3]] == [9, 8]
    assert sheet["D5"].value == "=C5-B5"


def test_what_is_not_known_stays_empty():
    row = ExpenditureRow(
        "a",
        "공원과",
        "",
        "공원과",
        ReportedFigure(1_000),
        ReportedFigure(),
        ReportedFigure(),
        ReportedFigure(),
        ReportedFigure(),
        ReportedFigure(),
    )
    whole = replace(row, slug="", name="계")
    told = ExpenditureData(2024, date(2024, 3, 31), amounts.pace(date(2024, 3, 31), 2024), (whole, row))
    sheet = opened(to_xlsx(report(expenditure=told)), data_only=True)["세출"]
    assert [cell.value for cell in row_of(sheet, "공원과")][1:8] == [1, None, None, None, None, None, None]


def test_money_is_in_thousands_to_the_won():
    whole = RevenueRow(
        "",
        "계",
        0,
        "",
        False,
        ReportedFigure(1_500),
        ReportedFigure(0),
        ReportedFigure(1_500),
        reported_rate("순증"),
    )
    leaf = replace(whole, slug="rent", name="임대료", level=1, is_leaf=True)
    sheet = opened(
        to_xlsx(report(revenue=RevenueData(2024, date(2024, 3, 31), (whole, leaf)))), data_only=True
    )["세입"]
    assert [cell.value for cell in row_of(sheet, "임대료")][1:5] == [1.5, 0, 1.5, "순증"]


def test_text_that_looks_like_a_formula_stays_text():
    hostile = FORMULA_LIKE
    milestone = MilestoneRow(
        "m",
        "schedule",
        hostile,
        Period(),
        printed=hostile,
        note=hostile,
        status="planned",
        status_word=hostile,
    )
    project = ProjectRow(
        "x", 1, hostile, Name("p", hostile), purpose=hostile, overview=f"ㅇ 가\n|{hostile}|\n|---|\n|{hostile}|", achievements=f"ㅇ {hostile}",
        milestones=(milestone,), fundings=(FundingRow(hostile, 1_000_000),), budget=1_000_000,
    )  # fmt: skip
    indicator = IndicatorRow(
        "i",
        hostile,
        "stock",
        hostile,
        project="x",
        series=(MeasuredFigure(PartialDate(2024), hostile, Decimal(1), hostile),),
    )
    told = report(
        projects=(project,), indicators=(indicator,), duties=(DutiesRow("p", hostile, (hostile,)),), glossary=(TermRow("t", hostile, hostile, f"▪ {hostile}"),),
        staffing=StaffingData(staff_count(hostile, 1, 1), (staff_count(hostile, 1, 1),)),
    )  # fmt: skip
    cells = [
        cell
        for sheet in opened(to_xlsx(told))
        for row in sheet.iter_rows()
        for cell in row
        if hostile in str(cell.value)
    ]
    assert len(cells) > 15
    assert {cell.data_type for cell in cells} == {"s"}


def test_two_projects_of_one_number_have_sheets_of_their_own():
    told = tuple(
        ProjectRow(
            slug, 1, slug, PARKS, milestones=(MilestoneRow("m", "schedule", "가", Period(), status="done"),)
        )
        for slug in ("a", "b")
    )
    book = opened(to_xlsx(report(projects=told)))
    assert book.sheetnames[3:5] == ["사업 1", "사업 1 (2)"]
    assert [row[6].value for row in book["주요사업"].iter_rows(min_row=6, max_row=7)] == [
        1,
        1,
    ]  # not counted by a number that two have


def test_a_target_is_reached_by_a_formula():
    target = TargetRow(PartialDate(2025), Decimal(8), "8곳")
    indicator = IndicatorRow(
        "i",
        "공원",
        "stock",
        series=(MeasuredFigure(PartialDate(2024), "2024", Decimal(2), "2곳"),),
        targets=(target,),
    )
    content = to_xlsx(report(indicators=(indicator,)))
    assert (opened(content)["지표"]["J4"].value, opened(content, data_only=True)["지표"]["J4"].value) == (
        "=D4/H4",
        0.25,
    )
