"""Rows as lines of the budget: names, codes, amounts."""

from budgets.imports.sandbox.row_parser import year_of
from tests.budgets.imports.corpus import (
    csv,
    rows,
)
from tests.budgets.imports.sandbox.test_sandbox import said, text_file, told


def test_year_is_four_digits_of_our_time():
    assert [year_of(text) for text in ("2022년도", "2022", "22", "1066", "2022년 1월", "9" * 5_000)] == [
        2022,
        2022,
        *[None] * 4,
    ]


def test_a_file_that_breaks_off_after_names_is_refused(tmp_path):
    found = told(
        text_file(tmp_path, "회계연도,부서명,통계목,예산현액", "2022,데이터센터,가,5", "2022,데이터센")
    )
    assert said(found) == [
        "[파일] 3행: 이름만 있고 금액이 없는 채로 끝납니다. 파일이 끝까지 내려받아졌는지 확인하십시오."
    ]


def test_amounts_that_the_database_cannot_add_up_are_refused(tmp_path):
    found = told(
        text_file(
            tmp_path,
            "회계연도,부서명,통계목,예산현액",
            *(f"2022,데이터센터,가{number},{10**15}" for number in range(9_001)),
        )
    )
    assert said(found) == ["[파일] 9,002행: 여기까지 더한 금액이 너무 큽니다. 값과 단위를 확인하십시오."]


def test_names_that_are_not_repeated_are_those_above(tmp_path):
    found = told(
        text_file(
            tmp_path,
            "회계연도,부서명,정책사업,세부사업,통계목,예산현액",
            "2022,데이터센터,운영,망,가,1",
            ",,,,나,2",
            ",,,서버,가,3",
            ",빅데이터담당관,분석,허브,가,4",
            "2022,빅데이터담당관,,,나,5",
        )
    )
    assert [one.parts[2:4] + one.parts[5:6] + one.parts[8:] for one in found["lines"]] == [
        ("데이터센터", "운영", "망", "가"),
        ("데이터센터", "운영", "망", "나"),
        ("데이터센터", "운영", "서버", "가"),
        ("빅데이터담당관", "분석", "허브", "가"),
        ("빅데이터담당관", "분석", "허브", "나"),
    ]
    assert found["end"]["filled"] == 10


def test_a_programme_with_its_code_in_brackets(tmp_path):
    found = told(
        text_file(
            tmp_path,
            "회계연도,부서명,세부사업(코드),예산현액",
            "2022,데이터센터,통신망(5G) 운영(AB-1020),1",
            "2022,데이터센터,망(구),2",
        )
    )
    assert [one.parts[5:7] for one in found["lines"]] == [("통신망(5G) 운영", "AB-1020"), ("망(구)", "")]


def test_parts_that_do_not_add_up_are_told_and_kept(tmp_path):
    changed = rows()
    changed[0][9] += 500
    found = told(csv(lambda: changed)(tmp_path))
    assert (found["end"]["problem_count"], found["end"]["warning_count"]) == (0, 1)
    assert found["end"]["warnings"][0]["row"] == 2
