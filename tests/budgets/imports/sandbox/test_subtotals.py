"""Rows that are no lines: subtotals, footers, notes."""

from tests.budgets.imports.sandbox.test_sandbox import text_file, told


def test_subtotals_footers_notes_and_repeated_headers_are_no_lines(tmp_path):
    header = "회계연도,부서명,세부사업,통계목,예산현액,원인행위액"
    found = told(
        text_file(
            tmp_path,
            header,
            "합계,,,,12,6",
            "2022,데이터센터,운영,소계,7,4",
            "2022,데이터센터,운영,가,5,3",
            "2022,데이터센터,운영,나,2,1",
            ",,- 1 -,,,",
            "",
            header,
            "2022,데이터센터,확충,다,5,2",
            "2022,데이터센터,확충 소계,,5,2",
            "※ 집행은 원인행위 기준,,,,,",
            "출력일시: 2022-08-30 09:00,,,,,",
        )
    )
    assert [one.row for one in found["lines"]] == [4, 5, 9]
    assert found["fields"] == ["fiscal_year", "department", "detailed", "object_name"]
    assert [(one.row, one.label, one.contexts[0].names, one.amounts[7:9]) for one in found["subtotals"]] == [
        (2, "합계", [], (12, 6)),
        (3, "소계", ["2022", "데이터센터", "운영"], (7, 4)),
        (10, "확충 소계", ["2022", "데이터센터"], (5, 2)),
    ]
    assert (found["end"]["notes"], found["end"]["problem_count"]) == (3, 0)


def test_a_sum_that_stands_over_its_lines_names_them(tmp_path):
    found = told(
        text_file(
            tmp_path,
            "회계연도,부서명,세부사업,통계목,예산현액",
            "2022,데이터센터,소계,,5",
            ",,운영,가,5",
            "2022,빅데이터담당관,소계,,7",
            ",,분석,가,7",
        )
    )
    assert [one.parts[2] for one in found["lines"]] == ["데이터센터", "빅데이터담당관"]


def test_rows_above_others_are_subtotals_also_without_a_word(tmp_path):
    found = told(
        text_file(
            tmp_path,
            "회계연도,부서명,정책사업,세부사업,예산현액",
            "2022,데이터센터,,,7",
            "2022,데이터센터,운영,,7",
            "2022,데이터센터,운영,망,7",
            "2022,빅데이터담당관,,,5",
        )
    )
    assert sorted(one.row for one in found["subtotals"]) == [2, 3]
    assert [(one.row, one.parts[2]) for one in found["lines"]] == [(4, "데이터센터"), (5, "빅데이터담당관")]
