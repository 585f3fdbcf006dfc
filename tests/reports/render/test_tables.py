"""Tables of the document: widths, heads over groups, and what is aligned how."""

import pytest

from reports.render import tables
from seoul_digital.lib.outline import parser
from seoul_digital.lib.tables import Cell, Column, Row, Table
from tests.reports.plain import words


@pytest.mark.parametrize(("text", "width"), [("1,234", 5), ("인력", 4), ("가\nabcdef", 6), ("△8", 2)])
def test_width_of_the_longest_line(text, width):
    assert tables.width_of(text) == width


def test_columns_are_as_wide_as_what_they_hold():
    made = tables.table(
        [[tables.head("구분", 0), tables.head("정원", 1)]], [tables.row("데이터센터", ["69"])]
    )
    assert made.widths == (12, 6)


def test_a_merged_head_widens_the_columns_below_it():
    header = tables.grouped_header([("직종별 현원의 합계와 변화", ["가", "나"])])
    made = tables.table(header, [])
    assert sum(made.widths) >= tables.width_of("직종별 현원의 합계와 변화")


def test_grouped_header_has_two_rows_where_a_group_stands():
    header = tables.grouped_header(["구분", ("집행현황", ["집행액", "집행률"])])
    assert words(header) == [["구분", "집행현황"], ["집행액", "집행률"]]
    assert [(cell.column, cell.colspan, cell.rowspan) for row in header for cell in row] == [
        (0, 1, 2),
        (1, 2, 1),
        (1, 1, 1),
        (2, 1, 1),
    ]


def test_grouped_header_has_one_row_without_groups():
    (header,) = tables.grouped_header(["부서", "업무"])
    assert [(cell.text, cell.rowspan) for cell in header] == [("부서", 1), ("업무", 1)]


def test_of_outline_aligns_numbers_right_and_words_in_the_middle():
    typed = parser.parse(
        "[표] 현황 (단위: 대)\n|구분|대수|비고|\n|---|---|---|\n|서울|1,234|아주 긴 설명이 스무 글자를 넘게 적힌 칸|"
    ).blocks[0]
    made = tables.of_outline(typed)
    assert (made.caption, made.unit) == ("현황", "(단위 : 대)")
    assert [cell.align for cell in made.body[0]] == ["center", "right", "left"]
    assert [cell.is_head for cell in made.body[0]] == [True, False, False]


def test_of_page_leaves_out_links_and_marks_and_spans_a_heading():
    table = Table(
        "staff",
        "부서별 정원",
        [Column("부서"), Column("’22. 8. 29.", "count", "정원")],
        [
            Row(["사업소"], group=True),
            Row([Cell("데이터센터", href="/x/"), Cell(69, lines=["◆ 68", "참고"])], level=1),
        ],
    )
    made = tables.of_page(table)
    assert words(made.header) == [["부서", "정원"], ["’22.8.29."]]
    assert [(cell.text, cell.colspan, cell.align) for row in made.body for cell in row] == [
        ("사업소", 2, "left"),
        ("데이터센터", 1, "left"),
        ("69\n참고", 1, "right"),
    ]
