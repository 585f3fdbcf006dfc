"""The summary in front of the workbook, by the report of 2022-08-29."""

import pytest

from tests.reports.books import words

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_key_figures_have_names_and_stand_in_the_summary(book, values):
    names = {name: defined.attr_text for name, defined in book.defined_names.items()}
    assert names["정원"] == "'인력'!$B$5"
    assert {
        "현원",
        "과부족",
        "세입_예산현액",
        "세출_예산현액",
        "세출_집행액",
        "세출_집행률",
        "진도율",
        "사업예산_백만원",
    } <= set(names)
    sheet, shown = book["요약"], values["요약"]
    figures = {
        row[2].value: shown.cell(row[2].row, 3).value for row in sheet.iter_rows() if row[2].data_type == "f"
    }
    assert [
        figures[f"={name}"] for name in ("정원", "과부족", "세출_집행액", "사업예산_백만원", "일정_완료")
    ] == [
        266,
        -8,
        95_839_632,
        36_248,
        19,
    ]
    assert figures["=세출_집행률"] == pytest.approx(0.6692485370)


def test_the_summary_leads_to_every_sheet(book):
    links = {cell.hyperlink.location for row in book["요약"].iter_rows() for cell in row if cell.hyperlink}
    assert {f"'{name}'!A1" for name in book.sheetnames} - links == {"'요약'!A1"}


def test_what_disagrees_is_listed_in_the_summary(values):
    rows = [
        words(row) for row in values["요약"].iter_rows() if str(row[1].value).startswith("임시적세외수입")
    ]
    assert [row[1:4] for row in rows] == [
        ["임시적세외수입 2022 예산현액", 954_794, 5_878_506],
        ["임시적세외수입 2021 최종예산", 893_020, 2_422_479],
        ["임시적세외수입 증감액", 61_774, 3_456_027],
        ["임시적세외수입 증감률", 0.069, pytest.approx(1.426648899743)],
    ]
