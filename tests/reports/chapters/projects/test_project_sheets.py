"""A project's own sheet, by the report of 2022-08-29."""

import pytest

from tests.reports.books import row_of, words

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_a_project_has_its_text_tables_and_money(book, values):
    sheet = values["사업 1"]
    assert row_of(sheet, "ㅇ 디지털뉴딜(1차사업) 연계 공공와이파이 4,530대 설치(’21.11.~’22.4.)")
    numbers = next(row for row in sheet.iter_rows() if row[0].value == 28_006)
    assert [cell.value for cell in numbers if cell.value] == [
        28006,
        3329,
        636,
        2150,
        2542,
        1389,
        4021,
        4960,
        7393,
        1586,
    ]
    funds = [words(row)[:3] for row in values["사업 10"].iter_rows() if row[0].value in ("市", "재단", "계")]
    assert funds == [["市", None, 183], ["재단", None, 890], ["계", None, 1_073]]
    assert next(row[2].value for row in book["사업 10"].iter_rows() if row[0].value == "계").startswith(
        "=SUM(C"
    )
