"""Tables typed with bars: their cells, spans, heads and captions, and back."""

import pytest

from seoul_digital.lib.outline.errors import OutlineError
from seoul_digital.lib.outline.table import Cell, caption_of, is_rule, parse_row, parse_table, table_lines


def table(*rows, caption=()):
    return parse_table(list(caption), [(number, parse_row(row)) for number, row in enumerate(rows, 1)])


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("| 가 | 나 |", ["가", "나"]),
        ("| 가 | 나", ["가", "나"]),
        (r"| 가 \| 나 |", [r"가 \| 나"]),
        ("|", [""]),
    ],
)
def test_parse_row(line, cells):
    assert parse_row(line) == cells


@pytest.mark.parametrize(
    ("line", "found"),
    [("|---|:--:|", False), ("|---|:---:|", True), ("---", True), ("--", False), ("| 가 |", False)],
)
def test_is_rule(line, found):
    assert is_rule(line) is found


def test_rule_ends_the_head():
    found = table("| 구분 | 계 |", "|---|---|", "| 설치 | 3 |")
    assert found.header == [[Cell("구분", 0), Cell("계", 1)]]
    assert found.body == [[Cell("설치", 0), Cell("3", 1)]]


def test_head_without_a_rule_is_the_first_row_and_those_joined_to_it():
    found = table("| 구분 | 2022 | > |", "| ^ | 계획 | 실적 |", "| 설치 | 3 | 2 |")
    assert found.header == [
        [Cell("구분", 0, 1, 2), Cell("2022", 1, 2, 1)],
        [Cell("계획", 1), Cell("실적", 2)],
    ]
    assert len(found.body) == 1


def test_signs_alone_in_a_cell_are_typed_with_a_stroke():
    (row,) = table("| 가 | 나 |", "|---|---|", r"| \> | 첫 줄<br>둘째 |").body
    assert [cell.text for cell in row] == [">", "첫 줄\n둘째"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (("| 가 | 나 |", "| 다 |"), "2번째 줄: 칸이 1개입니다. 표의 첫 행처럼 2개로"),
        (("|---|", "| 가 |"), "1번째 줄: |---| 줄 위에 머리행을"),
        (("| 가 |", "|---|", "| 나 |", "|---|"), "4번째 줄: |---| 줄은 표마다 하나만"),
        (("| > | 가 |",), "1번째 줄: 첫 칸에는 왼쪽 칸이 없어"),
        (("| ^ | 가 |",), "1번째 줄: 표의 첫 행에는 합칠 위 칸이 없어"),
        (("| 가 | > |", "| ^ | 나 |"), "합친 칸이 네모 모양이 아닙니다"),
        (("|  |",), "표의 첫 행은 머리행입니다"),
    ],
)
def test_what_is_no_table_is_told(rows, message):
    with pytest.raises(OutlineError) as error:
        table(*rows)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("lines", "name", "unit"),
    [
        (["설치 현황 (단위: 대)"], "설치 현황", "대"),
        (["설치 현황", "(단위 : 명, ’22.7. 기준)"], "설치 현황", "명, ’22.7. 기준"),
        (["(’22.7. 기준, 단위: 명)"], "", "명, ’22.7. 기준"),
        (["설치 현황(실내)"], "설치 현황(실내)", ""),
    ],
)
def test_caption_of(lines, name, unit):
    assert caption_of(lines) == (name, unit)


def test_table_lines_are_read_back():
    typed = [
        "[표] 현황 (단위: 대)",
        "| 구분 | 2022 | > |",
        "| ^ | 계획 | 실적 |",
        "|---|---|---|",
        r"| \> | 1 | 2 |",
    ]
    found = table(*typed[1:], caption=["현황 (단위: 대)"])
    assert table_lines(found) == typed


def test_table_without_a_head_says_so():
    found = table("| 가 | 나 |", caption=["현황 (머리행 없음)"])
    assert (found.caption, found.header, table_lines(found)[0]) == ("현황", [], "[표] 현황 (머리행 없음)")
    with pytest.raises(OutlineError, match="줄을 두지 않습니다"):
        table("| 가 |", "|---|", "| 나 |", caption=["(머리행 없음)"])
