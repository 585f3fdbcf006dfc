"""What the sheet says first, and one of nothing."""

from dataclasses import replace

import pytest

from reports.one_page.files import draw
from reports.one_page.sheet import sheet_of
from seoul_digital.lib.reported import ReportedFigure
from tests.reports.plain import park_report

pytestmark = pytest.mark.django_db  # the seeded report
UNKNOWN = ReportedFigure(None)


def test_the_lead_says_money_and_people(sheet):
    assert sheet.lead == (
        "예산현액 1,432.0억 원 가운데 958.4억 원(66.9%)을 집행(원인행위)했습니다. 정원 266명, 현원 258명입니다."
    )


def test_a_report_without_anything_has_a_sheet():
    bare = sheet_of(park_report())
    assert (bare.lead, bare.money, bare.people, bare.schedule, bare.worries) == ("", None, None, None, [])


def test_a_budget_without_execution_has_no_pace(sheet, seeded_reports):
    report = seeded_reports[0]
    data = report.chapters["expenditure"]
    unknown = tuple(replace(row, executed=UNKNOWN, execution_rate=UNKNOWN) for row in data.rows)
    bare = sheet_of(replace(report, chapters=report.chapters | {"expenditure": replace(data, rows=unknown)}))
    assert (sheet.money.title, sheet.money.pace_printed) == ("1,432.0억 원, 어디에 얼마가 쓰였나", "66.0%")
    assert (bare.money.title, bare.money.pace_printed) == ("1,432.0억 원, 어디에 있나", "")
    assert draw(bare, "svg")
