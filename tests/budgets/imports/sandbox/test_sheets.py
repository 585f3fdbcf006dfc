"""Workbooks and CSV as rows of cells."""

import pytest

from budgets.imports.sandbox import sheets
from tests.budgets.files import execution_rows, write_xlsx
from tests.budgets.imports.corpus import (
    csv,
    hidden_rows,
    rows,
    two_sheets,
    workbook,
)
from tests.budgets.imports.sandbox.test_sandbox import FIRST, line, said, text_file, told


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_csv(encoding, tmp_path):
    found = told(csv(encoding=encoding)(tmp_path))
    assert line(found) == (2, FIRST, (*rows()[0][9:19], None))
    assert found["end"]["read"] == 13


def test_tabs_part_columns_too(tmp_path):
    (tmp_path / "집행현황.csv").write_text(
        "회계연도\t부서명\t예산현액\t원인행위액\n2022\t데이터센터\t5\t3\n", encoding="utf-16"
    )
    assert line(told(tmp_path / "집행현황.csv"))[1:] == (
        (2022, "", "데이터센터", "", "", "", "", "", ""),
        (None, None, None, None, None, None, None, 5, 3, None, None),
    )


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_marks_that_part_columns(mark, tmp_path):
    rows = [
        ["회계연도", "부서명", "통계목", "예산현액"],
        ["2022", "데이터센터", "가", '"5,000"' if mark == "," else "5,000"],
    ]
    assert line(told(text_file(tmp_path, *(mark.join(row) for row in rows))))[2][7] == 5_000


def test_hidden_rows_are_read_where_that_is_wanted(tmp_path):
    found = told(workbook(hidden_rows)(tmp_path), hidden=True)
    assert (len(found["lines"]), found["end"]["hidden"], found["end"]["problem_count"]) == (4, 1, 0)


def test_the_sheet_that_is_asked_for(tmp_path):
    path = workbook(two_sheets)(tmp_path)
    assert told(path, sheet="사업소")["layout"]["sheet"] == "사업소"
    assert said(told(path, sheet="없음")) == [
        "[파일] ‘없음’ 시트: ‘없음’ 시트가 없습니다. 있는 시트: ‘본청’, ‘사업소’"
    ]


def test_a_sheet_in_pieces_gives_the_same_as_whole(tmp_path, monkeypatch):
    path = write_xlsx(tmp_path / "a.xlsx", execution_rows(300))
    whole = told(path)
    monkeypatch.setattr(sheets, "PIECE", 20_000)
    monkeypatch.setattr(sheets, "BLOCK", 3_000)
    assert told(path)["lines"] == whole["lines"]
    assert [one.row for one in whole["lines"]] == list(range(5, 305))
