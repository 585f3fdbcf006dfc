"""The header of a file: which column means what, and of which kind the file is."""

import pytest

from tests.budgets.imports.corpus import (
    csv,
)
from tests.budgets.imports.sandbox.test_sandbox import line, said, text_file, told


def test_a_header_over_two_rows(tmp_path):
    found = told(
        text_file(
            tmp_path,
            "세출예산 집행현황,,,,,,,",
            "(단위: 원),,,,,,,",
            "회계연도,부서명,예산의 구성,,예산현액,집행,,집행률",
            ",,본예산,추경,계,원인행위액(A),지출액(B),원인행위",
            "2022,데이터센터,5,2,7,3,1,42.9",
        )
    )
    assert found["layout"]["labels"] == (
        "회계연도",
        "부서명",
        "본예산",
        "추경",
        "예산현액",
        "원인행위액(A)",
        "지출액(B)",
        "집행률",
    )
    assert line(found)[2] == (5, 2, None, None, None, None, None, 7, 3, 1, None)


def test_ornaments_and_units_of_labels_make_no_difference(tmp_path):
    found = told(
        text_file(
            tmp_path, "회 계 연 도,①부서명,예산 현액(천원),원인행위액[천원],*지출액", "2022,데이터센터,5,3,1"
        ),
        unit="천원",
    )
    assert line(found)[2][7:10] == (5_000, 3_000, 1_000)


def test_a_printed_page_may_begin_with_titles_and_a_header_of_two_rows(tmp_path):
    """What is repeated is neither a line nor the context of the blanks below."""
    top = [
        "세출예산 집행현황,,,,,",
        "회계연도,부서명,사업,,예산액,집행",
        ",,세부사업,통계목,예산현액,원인행위액",
    ]
    found = told(text_file(tmp_path, *top, "2022,데이터센터,운영,가,5,3", ",,- 1 -,,,", *top, ",,,나,2,1"))
    assert [line(found, place)[1][5] for place in (0, 1)] == ["운영", "운영"]
    assert (found["end"]["problem_count"], found["end"]["notes"]) == (0, 1)


def test_a_book_and_a_revenue_file_are_told_by_their_columns(tmp_path):
    book = told(
        text_file(tmp_path, "부서명,정책사업,예산액(경정),전년도(기정),비교증감", "데이터센터,운영,7,5,2"),
        fiscal_year=2023,
    )
    assert (book["layout"]["kind"], line(book)[1][0], line(book)[2][7]) == ("book", 2023, 7)
    revenue = told(
        text_file(
            tmp_path,
            "회계연도,장,관,항,목,예산현액,징수결정액,실제수납액,불납결손액,미수납액",
            "2022,세외수입,경상,사용료,주차,9,8,5,1,1",
        )
    )
    assert (revenue["layout"]["kind"], line(revenue)[1:]) == (
        "revenue",
        ((2022, "세외수입", "경상", "사용료", "주차"), (9, 8, 5, 1, 1)),
    )
    assert (
        revenue["end"]["warnings"][0]["message"]
        == "‘징수결정액 = 실제수납액 + 불납결손액 + 미수납액’이 맞지 않습니다."
    )


@pytest.mark.parametrize(
    "header", ["회계연도,부서명,예산액,예산현액,원인행위액", "회계연도,부서명,예산현액,예산액,원인행위액"]
)
def test_beside_the_current_budget_the_budget_is_another_figure(header, tmp_path):
    values = {"회계연도": "2022", "부서명": "데이터센터", "예산액": "5", "예산현액": "7", "원인행위액": "3"}
    found = told(text_file(tmp_path, header, ",".join(values[label] for label in header.split(","))))
    assert (line(found)[2][7], found["layout"]["unknown"]) == (7, ("예산액",))


def test_two_columns_of_one_meaning_are_refused(tmp_path):
    assert said(told(text_file(tmp_path, "회계연도,부서명,부서,예산현액", "2022,가,나,1"))) == [
        "[파일] 1행: ‘부서명’ 열과 ‘부서’ 열이 같은 뜻으로 읽힙니다. 한 열만 남기거나 열의 뜻을 정해 주십시오."
    ]


def test_the_kind_that_is_asked_for_is_held_to(tmp_path):
    assert said(told(csv()(tmp_path), kind="book")) == [
        "[파일] 1행: ‘예산서’ 파일이라고 했는데 머리글은 ‘집행현황’의 것입니다. 파일의 종류를 확인하십시오."
    ]


def test_an_unknown_layout_says_which_columns_are_not_known(tmp_path):
    path = text_file(tmp_path, "연도,조직,사업명,금액1,금액2", "2022,데이터센터,망,5,3")
    found = told(path)
    assert said(found)[0].startswith("[파일] 1행: 머리글(열 이름이 적힌 행)을 찾지 못했습니다.")
    assert (found["labels"], found["sample"]) == (
        ["연도", "조직", "사업명", "금액1", "금액2"],
        [["연도", "조직", "사업명", "금액1", "금액2"], ["2022", "데이터센터", "망", "5", "3"]],
    )
    mapping = {"조직": "department", "사업명": "detailed", "금액1": "current", "금액2": "ignored"}
    assert line(told(path, mapping=mapping))[1:] == (
        (2022, "", "데이터센터", "", "", "망", "", "", ""),
        (None, None, None, None, None, None, None, 5, None, None, None),
    )
