"""What the sheet says first, and one of nothing."""

import pytest

from reports.one_page.sheet import sheet_of
from tests.reports.plain import park_report

pytestmark = pytest.mark.django_db  # the seeded report


def test_the_lead_says_money_and_people(sheet):
    assert sheet.lead == (
        "예산현액 1,432.0억 원 가운데 958.4억 원(66.9%)을 집행(원인행위)했습니다. 정원 266명, 현원 258명입니다."
    )


def test_a_report_without_anything_has_a_sheet():
    bare = sheet_of(park_report())
    assert (bare.lead, bare.money, bare.people, bare.schedule, bare.worries) == ("", None, None, None, [])
