"""The report as plain values: its dates, sources and chapters."""

from datetime import date

import pytest

from reports.chapters.duties.data import DutiesData
from reports.chapters.staffing.data import StaffingData
from reports.report import Name, Report, ReportSource

AUGUST = date(2022, 8, 29)


def report(*sources, **more):
    return Report("업무보고", Name("park-bureau", "공원국"), AUGUST, sources, **more)


def source(scope, as_of, **more):
    return ReportSource(f"{scope}/{as_of}", scope, as_of, **more)


@pytest.mark.parametrize(
    ("sources", "base", "printed"),
    [
        ((), None, "2022. 8. 29."),
        ((source("staffing", AUGUST),), None, "2022. 8. 29."),
        ((source("expenditure", date(2022, 9, 30)),), AUGUST, "2022. 8. 29.(예산 2022. 9. 30.)"),
    ],
)
def test_date_printed_names_newer_figures(sources, base, printed):
    assert report(*sources, base_date=base).date_printed == printed


def test_newest_source_of_a_scope_comes_first():
    newer, older = source("staffing", AUGUST, heading="인력"), source("staffing", date(2020, 1, 31))
    found = report(newer, older)
    assert found.source("staffing") is newer
    assert (found.date_of("staffing"), found.heading_of("staffing")) == (AUGUST, "인력")


def test_scope_without_a_source_has_the_reports_date_and_no_heading():
    assert (report().source("duties"), report().date_of("duties"), report().heading_of("duties")) == (
        None,
        AUGUST,
        "",
    )


def test_get_finds_a_chapter_by_its_class():
    duties = DutiesData()
    found = report(chapters={"duties": duties})
    assert found.get(DutiesData) is duties
    assert found.get(StaffingData) is None
