"""The sheet is one page of A3 in each format, read back by other libraries."""

import io
import re
import struct
from dataclasses import replace
from fractions import Fraction

import pytest
from pypdf import PdfReader

from reports.one_page.files import draw
from reports.one_page.sheet import sheet_of
from tests.reports.one_page.test_money import with_rates
from tests.reports.plain import expenditure, park_report, project, staff_count, staffing

pytestmark = pytest.mark.django_db
A3 = (1190.55, 841.89)  # points


def pages(made):
    return PdfReader(io.BytesIO(made)).pages


def test_pdf_is_one_page_that_says_everything(sheet):
    [page] = pages(draw(sheet, "pdf"))
    assert tuple(map(float, page.mediabox[2:])) == pytest.approx(A3, abs=0.1)
    text = re.sub(r"\s", "", page.extract_text())
    for words in (
        "54.9%",
        "진도선까지52.0억원",
        "데이터센터△6명",
        "7,393대(’24년)",
        "공공와이파이확충",
        "2022.8.29.기준",
    ):
        assert words in text, words


def test_svg_is_of_the_size_of_the_sheet(sheet):
    head = draw(sheet, "svg")[:300].decode()
    assert 'viewBox="0 0 1190.551181102 841.88976378"' in head


def test_png_is_as_fine_as_150_points_an_inch(sheet):
    made = draw(sheet, "png")
    assert struct.unpack(">II", made[16:24]) == (2480, 1754)
    assert len(made) > 300_000  # an empty sheet packs into a few thousand bytes


def test_a_large_bureau_stays_on_one_page():
    rates = [60] * 40
    data = expenditure(
        2022, ("", "", 4000, 2400), *((f"푸른도시여가국 공원{place}과", "", 100, 60) for place in range(40))
    )
    units = (staff_count(f"공원{place}과", 80, 70, 5, 3) for place in range(40))
    report = park_report(
        expenditure=with_rates(data, *rates),
        staffing=staffing(*units),
        projects=tuple(project(f"p{place}", place, "공원 조성과 가꾸기 " * 8) for place in range(30)),
    )
    assert len(pages(draw(sheet_of(report), "pdf"))) == 1


@pytest.mark.parametrize(
    ("days", "between"),
    [
        (3, {"100%": 731, "0.8%": 365, "0%": 354}),
        (241, {"100%": 731, "66.0%": 603, "0%": 354}),
        (364, {"100%": 731, "99.7%": 719, "0%": 354}),
    ],
)
def test_the_word_of_the_pace_stands_off_the_words_of_the_scale(days, between):
    """Heights in points, of words of 9 points; early in January the pace lay upon 0%."""
    data = with_rates(expenditure(2022, ("", "", 4000, 2400), ("공원과", "", 4000, 60)), 50)
    found = {}

    def see(text, matrix, *_):
        if re.fullmatch(r"[\d.]+%", text) and matrix[4] < 60:  # left of the drawing
            found[text] = round(matrix[5])

    drawn = draw(sheet_of(park_report(expenditure=replace(data, pace=Fraction(days, 365)))), "pdf")
    pages(drawn)[0].extract_text(visitor_text=see)
    assert found == between


def test_a_bare_report_is_drawn():
    assert len(pages(draw(sheet_of(park_report()), "pdf"))) == 1
