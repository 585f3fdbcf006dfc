"""The managers' workbook, by small reports of plain values."""

from decimal import Decimal

import pytest

from reports.chapters.duties.data import DutiesRow
from reports.chapters.glossary.data import TermRow
from reports.chapters.indicators.data import IndicatorRow, MeasuredFigure
from reports.chapters.projects.data import FundingRow, MilestoneRow, ProjectRow
from reports.chapters.staffing.data import StaffingData
from reports.report import Name
from reports.workbook import to_xlsx
from seoul_digital.lib.periods import PartialDate, Period
from tests.reports.books import opened
from tests.reports.plain import park_report, staff_count

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one

FORMULA_LIKE = "=HYPERLINK(0)"


def test_an_empty_report_is_a_summary_and_its_sources():
    assert opened(to_xlsx(park_report())).sheetnames == ["요약", "자료"]


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
    told = park_report(
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
