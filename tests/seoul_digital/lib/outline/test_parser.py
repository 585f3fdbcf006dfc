"""The texts are the 2022 report's, as they are entered."""

import pytest

from seoul_digital.lib.outline.parser import (
    Cell,
    Item,
    Note,
    Outline,
    OutlineError,
    Paragraph,
    Picture,
    Table,
    parse,
    plain_text,
    print_text,
)

WIFI = """\
 ㅇ 디지털뉴딜(1차사업) 연계 공공와이파이 4,530대 설치(’21.11.~’22.4.)
   - (실외) 핫플레이스 216개소(2,373대), (실내) 복지시설 338개소(2,157대)
      ‣ (실외) 주요거리 98개소(1,142대), 전통시장 37개소(341대)
   ※ 서울시 공공와이파이 운영현황

 [표] 서울시 공공와이파이 운영현황 (단위: AP대수, ’22.7.1.)
 | 합계   | 고정형 | > | 이동형 | > |
 | ^      | 주요거리 | 전통시장 | 시내버스 | 마을버스 |
 |---|
 | 28,006 | 3,329 | 636 | 7,393 | 1,586 |

 ㅇ 시내버스 와이파이 4G(LTE)→5G 기반 초고속 서비스 개시(’22.6.)
"""

DEFINITION = """\
▪ 사물인터넷(Internet of Things)은 ‘사물들(things)’이 ‘서로 연결된(Internet)’ 것
혹은 ‘사물들로 구성된 인터넷’을 의미
  - 사물에 센서를 부착해 실시간으로 데이터를 인터넷으로 주고받는 기술이나 환경을 말함
▪ 대표적인 민·관 융합데이터로는 서울 생활인구*(de facto population)가 있음
 * 특정시점 서울에 존재하는 인구
"""

EVERYTHING = """\
정보소외계층 디지털 격차를 없애는
사업

○○구와 함께 추진
* 첫 문단의 각주
** 둘째 각주
| 구분 | 2020 |
|---|---|
| - | a\\|b |

| 구분 | 2021 |
|---|---|
| \\> | 가<br>나 |
표 다음의 글

표 다음의 둘째 글
‣ 셋째 수준이 먼저
- 둘째 수준
ㅇ (추진배경)
[그림] 디지털키오스크
자율주행로봇
※ 그림 다음의 주
"""


def test_marks_alone_tell_the_level():
    outline = parse("      ㅇ 하나\n- 둘\n ‣ 셋\n- 둘째 둘\n‣ 셋째\nㅇ 둘째 하나\n   ‣ 건너뜀")
    assert [(block.text, level) for block, level in outline.walk()] == [
        ("하나", 1),
        ("둘", 2),
        ("셋", 3),
        ("둘째 둘", 2),
        ("셋째", 3),
        ("둘째 하나", 1),
        ("건너뜀", 3),
    ]
    assert [item.text for item in outline.blocks] == ["하나", "둘째 하나"]
    assert [item.text for item in outline.blocks[1].children] == ["건너뜀"]


@pytest.mark.parametrize(
    ("mark", "level"),
    [
        *((mark, 1) for mark in "ㅇ○o•"),
        *((mark, 2) for mark in "-–—"),
        *((mark, 3) for mark in "‣›․·∙‧･・ㆍ"),
    ],
)
def test_written_variants_are_kept_as_typed_and_printed_as_the_report_does(mark, level):
    outline = parse(f"{mark} 공공와이파이 확대")
    assert (outline.blocks[0].mark, outline.blocks[0].level) == (mark, level)
    assert print_text(outline).strip() == {1: "ㅇ", 2: "-", 3: "‣"}[level] + " 공공와이파이 확대"


@pytest.mark.parametrize(
    "line", ["ㅇ「메타버스 서울 1단계 구축」계획 수립", "․디지털키오스크이용체험", "※집행액은 원인행위 기준"]
)
def test_a_mark_may_touch_its_text(line):
    [block] = parse(line).blocks
    assert block.mark == line[0]
    assert block.text == line[1:]


@pytest.mark.parametrize(
    "line", ["○○구 시범사업", "open API 개방", "-5% 감소", "—없음", "(’22.8월말 기준)", "5G 서비스", "S-Map*"]
)
def test_what_only_looks_like_a_mark_goes_on_with_the_line_above(line):
    assert parse(f"ㅇ 앞줄\n{line}").blocks == [Item(1, f"앞줄 {line}")]


def test_marks_inside_a_text_stay_text():
    text = "서울 생활인구*(de facto population) - 도시·데이터 ※ ㅇ | 구간"
    assert parse(f"ㅇ {text}").blocks == [Item(1, text)]


def test_lines_without_a_mark_go_on_over_empty_ones():
    assert parse("- 사용거리에 제한이 있음.\n\n  통신 속도가\n점차 저하됨").blocks == [
        Item(2, "사용거리에 제한이 있음. 통신 속도가 점차 저하됨")
    ]


def test_an_empty_line_parts_paragraphs():
    assert parse("시민 삶의 질\n향상\n\n둘째 문단").blocks == [
        Paragraph("시민 삶의 질 향상"),
        Paragraph("둘째 문단"),
    ]


@pytest.mark.parametrize(
    ("line", "label", "text"),
    [
        ("ㅇ (추진배경) 정보소외계층", "추진배경", "정보소외계층"),
        ("ㅇ (기간)", "기간", ""),
        ("ㅇ (1인가구)데이터", None, "(1인가구)데이터"),
        ("ㅇ 지원(계속) 사업", None, "지원(계속) 사업"),
        ("ㅇ (가 (나) 다) 라", None, "(가 (나) 다) 라"),
    ],
)
def test_label(line, label, text):
    [item] = parse(line).blocks
    assert (item.label, item.text) == (label, text)
    assert item.full_text == line[2:]


def test_notes_and_tables_belong_to_the_item_above():
    first, second = parse(WIFI).blocks
    [outdoor] = first.children
    (street,) = outdoor.children
    note, table = street.children
    assert (outdoor.label, street.label) == ("실외", "실외")
    assert note == Note("서울시 공공와이파이 운영현황", "※")
    assert note.kind == "note"
    assert (table.caption, table.unit, table.columns) == (
        "서울시 공공와이파이 운영현황",
        "AP대수, ’22.7.1.",
        5,
    )
    assert second.text == "시내버스 와이파이 4G(LTE)→5G 기반 초고속 서비스 개시(’22.6.)"


def test_spans():
    [table] = [block for block, _ in parse(WIFI).walk() if isinstance(block, Table)]
    assert table.header == [
        [Cell("합계", 0, rowspan=2), Cell("고정형", 1, colspan=2), Cell("이동형", 3, colspan=2)],
        [Cell("주요거리", 1), Cell("전통시장", 2), Cell("시내버스", 3), Cell("마을버스", 4)],
    ]
    assert [cell.text for cell in table.body[0]] == ["28,006", "3,329", "636", "7,393", "1,586"]


def test_a_span_over_rows_and_columns():
    [table] = parse("| 가 | 나 | 다 |\n|---|\n| 라 | > | 마 |\n| ^ | > | 바 |\n| ^ | ^ | 사 |").blocks
    assert table.body[0] == [Cell("라", 0, colspan=2, rowspan=3), Cell("마", 2)]
    assert table.body[2] == [Cell("사", 2)]
    assert parse(print_text(Outline([table]))).blocks == [table]


def test_cells():
    [table] = parse("| 구분 | 값\n|:---|---:|\n| a\\|b | 가 <br/> 나 |\n| \\> | \\^ |\n| - |  |").blocks
    assert [[cell.text for cell in row] for row in table.body] == [["a|b", "가\n나"], [">", "^"], ["-", ""]]


@pytest.mark.parametrize(
    ("caption", "name", "unit"),
    [
        ("[표] 공공와이파이", "공공와이파이", ""),
        ("[표] (단위 : 대(AP))", "", "대(AP)"),
        ("[표]", "", ""),
        ("[표] 핵심성능 비교(출처 ITU-R)", "핵심성능 비교(출처 ITU-R)", ""),
    ],
)
def test_caption(caption, name, unit):
    outline = parse(f"{caption}\n\n| 구분 |\n|---|")
    [table] = outline.blocks
    assert (table.caption, table.unit) == (name, unit)
    assert parse(print_text(outline)) == outline


def test_definition_paragraphs():
    first, second = parse(DEFINITION).blocks
    assert (first.mark, first.level, first.printed_mark) == ("▪", 1, "▪")
    assert first.text.endswith("‘서로 연결된(Internet)’ 것 혹은 ‘사물들로 구성된 인터넷’을 의미")
    assert [item.level for item in first.children] == [2]
    assert second.children == [Note("특정시점 서울에 존재하는 인구", "*")]
    assert second.children[0].kind == "footnote"


def test_the_definition_mark_below_another_is_of_level_three():
    [item] = parse("ㅇ 위\n▪ 아래\n▪ 둘째").blocks
    assert [(child.level, child.printed_mark) for child in item.children] == [(3, "‣"), (3, "‣")]


def test_pictures():
    [item] = parse("ㅇ 특구\n[그림] 디지털키오스크\n가방부착형전자태그").blocks
    assert item.children == [Picture("디지털키오스크 가방부착형전자태그")]


def test_notes_without_an_item_stay_at_the_top():
    assert parse("※ 집행액은 원인행위 기준\nㅇ 뒤").blocks == [Note("집행액은 원인행위 기준"), Item(1, "뒤")]


@pytest.mark.parametrize("text", ["", " \n\n ", "\ufeff"])
def test_nothing(text):
    assert parse(text) == Outline()
    assert print_text(Outline()) == plain_text(Outline()) == ""


def test_print_text():
    assert (
        print_text(parse(WIFI))
        == """\
ㅇ 디지털뉴딜(1차사업) 연계 공공와이파이 4,530대 설치(’21.11.~’22.4.)
  - (실외) 핫플레이스 216개소(2,373대), (실내) 복지시설 338개소(2,157대)
    ‣ (실외) 주요거리 98개소(1,142대), 전통시장 37개소(341대)
      ※ 서울시 공공와이파이 운영현황
      [표] 서울시 공공와이파이 운영현황 (단위: AP대수, ’22.7.1.)
      | 합계 | 고정형 | > | 이동형 | > |
      | ^ | 주요거리 | 전통시장 | 시내버스 | 마을버스 |
      |---|---|---|---|---|
      | 28,006 | 3,329 | 636 | 7,393 | 1,586 |
ㅇ 시내버스 와이파이 4G(LTE)→5G 기반 초고속 서비스 개시(’22.6.)"""
    )


@pytest.mark.parametrize("text", [WIFI, DEFINITION, EVERYTHING, EVERYTHING.replace("\n", "\r\n")])
def test_printing_and_parsing_again_gives_the_same_tree(text):
    outline = parse(text)
    assert len(outline.blocks) > 1
    assert parse(print_text(outline)) == outline


def test_nothing_is_dropped():
    words = plain_text(parse(EVERYTHING))
    for word in (
        "없애는 사업",
        "○○구와",
        "첫 문단",
        "둘째 각주",
        "a|b",
        "가 나",
        ">",
        "표 다음의 둘째",
        "자율주행로봇",
        "(추진배경)",
    ):
        assert word in words


def test_plain_text():
    assert plain_text(parse(WIFI)).splitlines()[2:5] == [
        "(실외) 주요거리 98개소(1,142대), 전통시장 37개소(341대)",
        "서울시 공공와이파이 운영현황",
        "서울시 공공와이파이 운영현황 AP대수, ’22.7.1. 합계 고정형 이동형 주요거리 전통시장 시내버스 마을버스 28,006 3,329 636 7,393 1,586",
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("ㅇ 위\n-", 2, "‘-’ 뒤에 내용을"),
        ("ㅇ", 1, "‘ㅇ’ 뒤에 내용을"),
        ("ㅇ 위\n\n  ※ ", 3, "‘※’ 뒤에 내용을"),
        ("[그림]", 1, r"‘\[그림\]’ 뒤에 내용을"),
        ("| 가 | 나 |\n|---|\n| 1 |", 3, "칸이 1개입니다. 표의 첫 행처럼 2개로"),
        ("| 가 | 나 |\n|---|---|---|\n| 1 | 2 |", 2, "칸이 3개"),
        ("| 가 |\n|---|\n| 1 |\n|---|", 4, "표마다 하나만"),
        ("|---|\n| 1 |", 1, "위에 머리행을"),
        ("|", 1, "첫 행은 머리행입니다"),
        ("| > | 나 |\n|---|", 1, "첫 칸에는 왼쪽 칸이 없어"),
        ("| ^ | 나 |\n|---|", 1, "표의 첫 행에는 합칠 위 칸이 없어"),
        ("| 가 | 나 |\n|---|\n| ^ | 1 |", 3, "본문의 첫 행에는 합칠 위 칸이 없어"),
        ("| 가 | 나 |\n| ^ | > |\n|---|", 2, "네모 모양이 아닙니다"),
        ("| 가 | > | > |\n| ^ | 나 | 다 |\n| ^ | > | 라 |\n|---|", 3, "네모 모양이 아닙니다"),
        ("ㅇ 위\n[표] 제목\n본문", 2, r"\[표\] 제목 바로 아래에"),
        ("[표] 제목", 1, r"\[표\] 제목 바로 아래에"),
    ],
)
def test_malformed_text_names_its_line(text, line, message):
    with pytest.raises(OutlineError, match=f"^{line}번째 줄: .*{message}") as caught:
        parse(text)
    assert caught.value.line == line


def test_error_lines_count_as_an_editor_does():
    with pytest.raises(OutlineError, match="^3번째 줄"):
        parse("ㅇ 위\r\n줄\u2028같은 줄\r\n-")
