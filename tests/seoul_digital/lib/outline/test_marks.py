"""Marks as Hangul, Word and Excel paste them: understood or asked about, never glued to the line above."""

import pytest

from seoul_digital.lib.outline.marks import CHOICES
from seoul_digital.lib.outline.parser import Item, Note, OutlineError, Paragraph, Section, parse, print_text


def levels(text):
    return [(getattr(block, "level", 0), block.text) for block, _ in parse(text).walk()]


@pytest.mark.parametrize("mark", "❍◯◦○")
def test_circles_are_of_level_one(mark):
    assert levels(f"ㅇ 하나\n- 둘\n{mark} 셋") == [(1, "하나"), (2, "둘"), (1, "셋")]
    assert parse(f"{mark} 하나").blocks[0].mark == mark
    assert print_text(parse(f"{mark} 하나")) == "ㅇ 하나"


@pytest.mark.parametrize("mark", "‑−－‐–—―﹣")
def test_dashes_are_of_level_two(mark):
    assert levels(f"ㅇ 하나\n{mark} 둘") == [(1, "하나"), (2, "둘")]


def test_other_marks_take_their_level_by_first_appearance():
    assert levels("▶ 가\n▸ 나\n⇒ 다\n▸ 라\n▶ 마") == [(1, "가"), (2, "나"), (3, "다"), (2, "라"), (1, "마")]


@pytest.mark.parametrize("mark", ["▶", "▸", "⇒", "☞", "•", "●", "◆", "\uf0d8", "\uf0fc", "\U000f0853"])
def test_another_mark_stands_below_what_it_first_stands_under(mark):
    assert levels(f"ㅇ 가\n{mark} 나\nㅇ 다\n- 라\n{mark} 마") == [
        (1, "가"), (2, "나"), (1, "다"), (2, "라"), (2, "마")
    ]  # fmt: skip


def test_the_bullets_of_word_nest():
    assert levels("•\t하나\no\t둘\n\uf0a7\t셋\no\t넷") == [(1, "하나"), (2, "둘"), (3, "셋"), (2, "넷")]


@pytest.mark.parametrize("mark", ["□", "■", "▣", "\uf06f", "\uf0a8", "\U000f03da"])
def test_squares_head_sections(mark):
    outline = parse(f"{mark} 추진배경\n ㅇ 가\n  - 나\n{mark}추진실적\n ㅇ 다")
    assert [type(block) for block in outline.blocks] == [Section, Item, Section, Item]
    assert print_text(outline) == "□ 추진배경\nㅇ 가\n  - 나\n□ 추진실적\nㅇ 다"


def test_a_mark_above_circles_heads_sections():
    assert parse("▶ 추진배경\nㅇ 가\n▶ 추진실적\nㅇ 나").blocks == [
        Section("추진배경"), Item(1, "가"), Section("추진실적"), Item(1, "나")
    ]  # fmt: skip
    assert print_text(parse("1. 추진배경\nㅇ 가\n2. 추진실적")) == "1. 추진배경\nㅇ 가\n2. 추진실적"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1)", "2)"), ("1.", "2."), ("(1)", "(2)"), ("가.", "나."), ("가)", "나)"), ("(가)", "(나)"), ("①", "②"),
        ("❶", "❷"), ("㉮", "㉯"), ("⑴", "⑵"), ("ⓐ", "ⓑ"), ("a)", "b)"), ("A.", "B."), ("Ⅰ.", "Ⅱ."),
    ],
)  # fmt: skip
def test_numbers_count_as_a_sequence_from_their_first(first, second):
    text = f"{first} 하나\n{second} 둘"
    assert levels(text) == [(1, "하나"), (1, "둘")]
    assert print_text(parse(text)) == text
    for lone in (f"ㅇ 앞줄\n{first} 뒷줄", f"ㅇ 앞줄\n{second} 뒷줄"):
        assert parse(lone).blocks == [Item(1, lone[2:].replace("\n", " "))]


def test_numbers_nest_and_begin_anew():
    text = "가. 하나\n1) 둘\n2) 셋\n나. 넷\n1) 다섯\n2) 여섯"
    assert [level for level, _ in levels(text)] == [1, 2, 2, 1, 2, 2]


def test_numbers_of_hangul_are_printed_as_every_font_has_them():
    assert print_text(parse("\U000f02b1 하나\n\U000f02b2 둘")) == "① 하나\n② 둘"


def test_a_date_is_no_number():
    assert levels("1. 계획\n8. 29. 개최\n9. 1. 폐회\n2. 실적") == [
        (1, "계획 8. 29. 개최 9. 1. 폐회"),
        (1, "실적"),
    ]


@pytest.mark.parametrize("mark", ["*", "＊", "**", "＊＊"])
def test_stars_are_footnotes(mark):
    assert parse(f"ㅇ 가\n{mark}나").blocks[0].children == [Note("나", "*" * len(mark))]


@pytest.mark.parametrize("mark", ["♥", "→", "=>", "->", "☎", "△", "+", "📌", "~"])
def test_an_unknown_symbol_before_a_blank_is_asked_about(mark):
    with pytest.raises(OutlineError, match="^2번째 줄: 알 수 없는 표시 ‘.*’입니다. ㅇ") as asked:
        parse(f"ㅇ 앞줄\n  {mark} 뒷줄\n- 다음")
    assert (asked.value.line, asked.value.mark, asked.value.choices) == (2, mark, CHOICES)


def test_a_mark_deeper_than_the_levels_is_asked_about():
    with pytest.raises(OutlineError, match="^4번째 줄: 세 층보다 깊은 표시 ‘☞’"):
        parse("ㅇ 가\n- 나\n· 다\n☞ 라")


@pytest.mark.parametrize(
    "line",
    ["○○ 구", "(나) 다", "「라」 마", "“바” 사", "< 아 >", "5대 자", "Open 차", "→개선", "㎡ 카", "① 타", "... 파", "-"],
)  # fmt: skip
def test_letters_digits_brackets_and_quotes_go_on(line):
    if line == "-":
        line = "-5%"
    assert parse(f"ㅇ 앞줄\n{line}").blocks == [Item(1, f"앞줄 {line}")]


def test_text_alone_is_a_paragraph():
    assert parse("시민\n(단위: 명)").blocks == [Paragraph("시민 (단위: 명)")]
