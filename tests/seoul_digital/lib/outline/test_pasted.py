"""Tables as Excel, Word and Hangul paste them."""

import pytest

from seoul_digital.lib.outline import html
from seoul_digital.lib.outline.parser import Cell, Item, OutlineError, Table, parse, print_text


def table_of(text):
    outline = parse(text)
    assert parse(print_text(outline)) == outline
    [table] = [block for block, _ in outline.walk() if isinstance(block, Table)]
    return table


def words(rows):
    return [[cell.text for cell in row] for row in rows]


def test_tabs_make_a_table_whose_first_row_is_the_head():
    table = table_of("구분\t2021\t2022\n국비\t-\t1,200\n- 시비\t100\t\n")
    assert words(table.header) == [["구분", "2021", "2022"]]
    assert words(table.body) == [["국비", "-", "1,200"], ["- 시비", "100", ""]]


def test_a_table_belongs_to_the_item_above():
    [item] = parse("ㅇ 예산\n구분\t2021\n국비\t1\nㅇ 다음").blocks[:1]
    assert item.text == "예산"
    assert isinstance(item.children[0], Table)


def test_a_rule_ends_a_head_of_several_rows_with_merged_cells():
    table = table_of("구분\t2021년\t\t2022년\t\n\t계획\t실적\t계획\t실적\n---\n국비\t1\t2\t3\t4")
    assert table.header == [
        [Cell("구분", 0, rowspan=2), Cell("2021년", 1, colspan=2), Cell("2022년", 3, colspan=2)],
        [Cell("계획", 1), Cell("실적", 2), Cell("계획", 3), Cell("실적", 4)],
    ]
    assert words(table.body) == [["국비", "1", "2", "3", "4"]]


def test_empty_cells_of_the_body_stay_empty():
    assert words(table_of("구분\t값\t비고\n가\t\t\n\t2\t").body) == [["가", "", ""], ["", "2", ""]]


def test_quoted_cells_keep_their_lines():
    table = table_of('구분\t"내용\n(요약)"\n가\t"첫째 ""말""\n둘째"\n나\t셋째')
    assert words(table.header) == [["구분", "내용\n(요약)"]]
    assert words(table.body) == [["가", '첫째 "말"\n둘째'], ["나", "셋째"]]


def test_a_quotation_that_is_no_cell_stays_text():
    assert parse('ㅇ 가\n"인용한 글\n이어지는 글" 끝').blocks == [Item(1, '가 "인용한 글 이어지는 글" 끝')]


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        ("(단위: 명)", "명"),
        ("  (단위 : 백만원)", "백만원"),
        ("[단위: 대]", "대"),
        ("단위: 천원", "천원"),
        ("(’22.7. 기준, 단위: 대)", "대, ’22.7. 기준"),
        ("(단위: 대(AP))", "대(AP)"),
    ],
)
@pytest.mark.parametrize(
    "rows", ["구분\t값\n가\t1", "| 구분 | 값 |\n|---|\n| 가 | 1 |", "| 구분 | 값 |\n| 가 | 1 |"]
)
def test_a_unit_above_a_table_is_its_unit(above, unit, rows):
    [item] = parse(f"ㅇ 설치 현황\n{above}\n{rows}").blocks
    assert (item.text, item.children[0].caption, item.children[0].unit) == ("설치 현황", "", unit)
    captioned = table_of(f"[표] 설치 현황\n{above}\n{rows}")
    assert (captioned.caption, captioned.unit) == ("설치 현황", unit)


def test_title_rows_are_the_caption_and_the_unit():
    table = table_of("설치 현황\t\t\n\t\t(단위: 대)\n구분\t대수\t비고\n가\t1\t")
    assert (table.caption, table.unit, words(table.header)) == ("설치 현황", "대", [["구분", "대수", "비고"]])


def test_a_table_without_a_rule_row_has_its_first_row_for_head():
    table = table_of("| 합계 | 고정형 | > |\n| ^ | 주요 | 전통 |\n| 1 | 2 | 3 |")
    assert len(table.header) == 2
    assert words(table.body) == [["1", "2", "3"]]


def test_a_tab_behind_a_mark_or_in_its_text_is_a_blank():
    assert parse("\tㅇ\t기간 :\t2022\n\t\t- 나\n1)\t다\n2)\t라").blocks[0].text == "기간 : 2022"
    assert [block.text for block, _ in parse("1)\t다\n2)\t라").walk()] == ["다", "라"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\t".join("가" * 31), "표가 31열입니다. 30열까지"),
        ("\n".join(["가\t나"] * 301), "표가 301행 602칸입니다. 300행, 1,000칸까지"),
        ("|" * 20_000, "표가 19,999열입니다. 30열까지"),
        ("\n\n".join(["\t".join("가" * 30)] * 34), "글의 표가 모두 1,020칸을 넘습니다. 1,000칸까지"),
        ("가\t나\n---\n다\t라\n---\n마\t바", "--- 줄은 표마다 하나만"),
        ("가" * 20_001, "^글이 20,001자입니다. 20,000자까지 적을 수 있습니다."),
        ("\n" * 500, "^글이 501줄입니다. 500줄까지 적을 수 있습니다."),
    ],
)
def test_what_is_beyond_the_limits_is_refused_with_its_size(text, message):
    with pytest.raises(OutlineError, match=message):
        parse(text)


@pytest.mark.parametrize("rows", ["국비\t1,200\n시비\t100", "| 국비 | 1,200 |\n| 시비 | 100 |"])
@pytest.mark.parametrize(
    "caption", ["재원 (단위: 백만원) (머리행 없음)", "(머리행 없음) 재원 (단위: 백만원)"]
)
def test_a_table_whose_caption_says_so_has_no_head(rows, caption):
    table = table_of(f"[표] {caption}\n{rows}")
    assert (table.caption, table.unit, table.header, table.columns) == ("재원", "백만원", [], 2)
    assert words(table.body) == [["국비", "1,200"], ["시비", "100"]]
    assert "<thead>" not in html.render(parse(f"[표] {caption}\n{rows}"))


@pytest.mark.parametrize("rows", ["국비\t1\n---\n시비\t2", "| 국비 | 1 |\n|---|---|\n| 시비 | 2 |"])
def test_a_table_without_a_head_has_no_rule(rows):
    with pytest.raises(OutlineError, match="3행|3번째|--- 줄을 두지 않습니다"):
        parse(f"[표] (머리행 없음)\n{rows}")
