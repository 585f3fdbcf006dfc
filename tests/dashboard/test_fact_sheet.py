"""What the sheet of a number says: printed and computed, the formula drawn out, earlier reports, pages."""

import pytest

from core.snapshot import snapshots_at
from core.stated_facts import stated_fact
from dashboard.fact_sheet import Addend, EarlierValue, fact_sheet
from departments.models import StaffingCount
from seoul_digital.lib.query_params import asked_date

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def sheet_of(identity, on=""):
    snapshot = snapshots_at(asked_date(on))[0]
    return fact_sheet(snapshot, stated_fact(snapshot, identity))


def test_sum_is_drawn_out_and_comes_to_its_value():
    sheet = sheet_of("staffing:/headcount")
    assert (sheet.value, sheet.difference) == ("258명", "")
    assert sheet.formula.words == "현원 계 = 부서 8곳의 합"
    assert len(sheet.formula.terms) == 8
    assert sheet.formula.terms[6] == Addend(
        "+", "데이터센터 현원", "63명", "/facts/staffing:data-center/headcount/"
    )
    assert sheet.formula.total == "258명"


def test_difference_has_a_minus_before_what_is_taken_off():
    sheet = sheet_of("staffing:data-center/variance")
    assert [(term.sign, term.value) for term in sheet.formula.terms] == [("+", "63명"), ("−", "69명")]
    assert sheet.formula.total == "△6명"


def test_rate_has_words_and_parts_and_no_sum():
    sheet = sheet_of("expenditure:/rate")
    assert (sheet.value, sheet.formula.words) == ("66.9%", "집행률 = 집행액 ÷ 예산현액 × 100")
    parts = [(part.sign, part.label, part.value) for part in sheet.formula.terms]
    assert parts == [
        ("", "세출 계 집행액", "95,839,632천원"),
        ("", "세출 계 2022 예산현액", "143,204,842천원"),
    ]
    assert sheet.formula.total == ""


def test_share_of_a_whole():
    sheet = sheet_of("achieved:public-wifi-city-bus-5g")
    assert [part.value for part in sheet.formula.terms] == ["270대", "7,393대"]


def test_printed_figure_that_its_parts_contradict():
    sheet = sheet_of("revenue:temporary-non-tax-revenue/current")
    assert (sheet.value, sheet.printed, sheet.computed) == ("954,794천원", "954,794천원", "5,878,506천원")
    assert (sheet.difference, sheet.disagrees) == ("△4,923,712천원", True)
    assert sheet.formula.total == "5,878,506천원"


def test_rounding_is_called_so():
    sheet = sheet_of("expenditure:/committed")
    assert (sheet.difference, sheet.agreement, sheet.disagrees) == ("+1천원", "단수 차이입니다.", False)


def test_formula_that_its_terms_do_not_make_has_no_sum():
    StaffingCount.objects.filter(staffing__department__slug="data-center").delete()
    sheet = sheet_of("staffing:data-center/variance")
    assert [term.value for term in sheet.formula.terms] == ["63명", "69명"]  # as printed
    assert sheet.formula.total == "△69명"


def test_value_in_the_report_before():
    on = snapshots_at(asked_date("2020-01-31"))[0].as_of
    url = "/facts/staffing:/headcount/?as_of=2020-01-31"
    assert sheet_of("staffing:/headcount").earlier == [EarlierValue(on, url, "199명", "+59명")]
    assert sheet_of("staffing:/headcount", "2020-01-31").earlier == []


def test_report_before_that_lacks_the_value_says_so():
    on = snapshots_at(asked_date("2020-01-31"))[0].as_of
    assert sheet_of("staffing:seoul-archives/headcount").earlier == [EarlierValue(on, "")]


def test_pages_that_show_it():
    pages = [(place.name, place.url) for place in sheet_of("staffing:data-center/authorized").pages]
    assert pages == [
        ("부서", "/departments/data-center/?as_of=2022-08-29"),
        ("조직·인력", "/departments/?as_of=2022-08-29"),
        ("현황판", "/?as_of=2022-08-29"),
    ]
