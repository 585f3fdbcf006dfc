"""개조식 text as blocks."""

import pytest

from reports.render.blocks import Pictures, TextLine
from reports.render.outline import blocks_of, note_line, texts_of


def test_lines_keep_their_marks_and_levels():
    assert blocks_of("ㅇ 설치\n - 실내\n  ※ 지하 제외") == (
        TextLine("설치", 1, "ㅇ", "item"),
        TextLine("실내", 2, "-", "item"),
        TextLine("지하 제외", 2, "※", "note"),
    )


def test_pictures_side_by_side_are_one_block():
    (text, pictures) = blocks_of("ㅇ 설치\n[그림] 앞\n[그림] 뒤")
    assert isinstance(pictures, Pictures)
    assert pictures.captions == ("앞", "뒤")
    assert list(texts_of(pictures)) == ["앞", "뒤"]
    assert list(texts_of(text)) == ["설치"]


def test_texts_of_a_table_are_its_caption_and_cells():
    (table,) = blocks_of("[표] 현황 (단위: 대)\n| 구분 | 계 |\n|---|---|\n| 실내 | 3 |")
    assert list(texts_of(table)) == ["현황", "(단위 : 대)", "구분", "계", "실내", "3"]


def test_same_text_is_read_once():
    assert blocks_of("ㅇ 설치") is blocks_of("ㅇ 설치")


@pytest.mark.parametrize(
    ("printed", "mark", "text"),
    [("* 잠정치", "*", "잠정치"), ("※ 잠정치", "※", "잠정치"), ("잠정치", "※", "잠정치")],
)
def test_note_line_has_the_printed_mark(printed, mark, text):
    assert note_line(printed) == TextLine(text, 0, mark, "note")
