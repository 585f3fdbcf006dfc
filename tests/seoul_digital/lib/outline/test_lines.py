"""Lines with their marks, those that go on with them, and rows of pasted tables."""

import pytest

from seoul_digital.lib.outline.errors import OutlineError
from seoul_digital.lib.outline.lines import lines_of
from seoul_digital.lib.outline.marks import TAB, TABLE


def read(text):
    return [(line.number, line.mark, line.text) for line in lines_of(text)]


def test_line_without_a_mark_goes_on_with_the_one_above():
    assert read("ㅇ 공공와이파이\n설치\n\n - 실내") == [(1, "ㅇ", "공공와이파이 설치"), (4, "-", "실내")]


def test_paragraph_ends_at_a_gap():
    assert [(line.text, line.gap) for line in lines_of("글이 있고\n잇는다\n\n새 글")] == [
        ("글이 있고 잇는다", False),
        ("새 글", True),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(end):
    assert read(f"\ufeffㅇ 가{end}ㅇ 나") == [(1, "ㅇ", "가"), (2, "ㅇ", "나")]


def test_mark_without_text_is_refused():
    with pytest.raises(OutlineError, match="2번째 줄: ‘ㅇ’ 뒤에 내용을 적어 주세요"):
        lines_of("ㅇ 가\nㅇ \u200b")


def test_row_has_tabs_between_its_cells():
    assert [(line.mark, line.parts) for line in lines_of("구분\t2021\n계\t3")] == [
        (TAB, ["구분\t2021"]),
        (TAB, ["계\t3"]),
    ]


def test_row_is_no_line_that_only_begins_with_a_tab():
    assert read("\tㅇ 가\n\t- 나") == [(1, "ㅇ", "가"), (2, "-", "나")]


def test_quoted_cell_of_several_lines_is_in_one_row():
    rows = lines_of('구분\t비고\n계\t"첫 줄\n둘째 줄"')
    assert [(row.number, row.parts[0]) for row in rows] == [
        (1, "구분\t비고"),
        (2, '계\t"첫 줄\n둘째 줄"'),
    ]


def test_unit_alone_above_a_table_is_its_caption():
    lines = lines_of("ㅇ 설치 현황\n(단위: 대)\n| 계 |")
    assert [(line.mark, line.text) for line in lines] == [
        ("ㅇ", "설치 현황"),
        (TABLE, "(단위: 대)"),
        ("|", "| 계 |"),
    ]
