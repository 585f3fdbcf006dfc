"""The styles of lines: where they begin, how far their second line stands in."""

import pytest

from reports.render.hwpx import theme


@pytest.mark.parametrize(
    ("mark", "size", "millimetres"),
    [("ㅇ", 13, 6.74), ("-", 12.5, 4.63), ("", 12, 0), ("1)", 12, 7.2)],
    ids=["known", "dash", "none", "unknown"],
)
def test_hanging_is_as_wide_as_the_mark(mark, size, millimetres):
    assert theme.hanging(mark, size) == millimetres


def test_line_of_each_level():
    looks = [theme.line(level, mark, "item") for level, mark in ((1, "ㅇ"), (2, "-"), (5, "․"))]
    assert [(look.name, look.size, look.left, look.before) for look in looks] == [
        ("1단계 ㅇ", 13.0, 2.0, 0.8),
        ("2단계 -", 12.5, 7.0, 0),
        ("3단계 ․", 11.5, 12.0, 0),  # no level is deeper
    ]


def test_line_of_a_note_is_small_and_further_in():
    note = theme.line(2, "※", "note")
    assert (note.name, note.size, note.left, note.color) == ("2단계 ※", 10.5, 12.0, theme.SOFT)
    assert theme.line(0, "※", "note").left == 0


def test_line_of_a_section_is_bold():
    section = theme.line(0, "▮", "section")
    assert (section.name, section.bold) == ("제목 ▮", True)


def test_cell_head_is_centred_and_bold_whatever_the_column():
    assert (theme.cell(9, "right", 2).align, theme.cell(9, "right", 2).left) == ("RIGHT", 6.0)
    head = theme.cell(9, "center", is_head=True)
    assert (head.name, head.bold, head.size) == ("표 머리", True, 9)
