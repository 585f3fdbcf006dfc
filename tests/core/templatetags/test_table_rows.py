from fractions import Fraction

import pytest
from django.utils.translation import override

from core.templatetags.table_rows import table_rows
from seoul_digital.lib.tables import Cell, Column, Row, Table

MINUS = '<span role="img" aria-label="마이너스">△</span>'
COMPUTED = '<span class="warn" aria-hidden="true">◆</span><span class="sr">자료 불일치.</span> 계산 2'


def rows(columns, *rows):
    return table_rows(Table("t", "표", columns, rows))


def test_row_of_text_and_numbers():
    html = rows([Column("과목"), Column("2022", "count")], Row(["계", -1200], total=True, anchor="all"))
    assert html == (
        '<tr id="all" class="tot">\n<th scope="row">계</th>\n'
        f'<td class="num" data-l="2022">{MINUS}1,200</td></tr>'
    )


def test_whatever_is_given_is_escaped():
    hostile = '"<script>&'
    cell = Cell(hostile, title=hostile, fact=hostile, lines=[hostile], more=[hostile], edit=hostile)
    link = Cell(hostile, href=hostile, computed=hostile)
    columns = [Column(hostile), Column(hostile), Column(hostile)]
    html = rows(columns, Row([hostile, cell, link], anchor=hostile, href=hostile))
    assert "<script" not in html and html.count("&quot;&lt;script&gt;&amp;") == 17
    assert '""' not in html


def test_heading_runs_across_the_columns():
    html = rows([Column("내용"), Column("기간")], Row(["전략 1", None], group=True, href="/x/"))
    assert html == '<tr class="grp-row">\n<th scope="rowgroup" colspan="2"><a href="/x/">전략 1</a></th></tr>'


@pytest.mark.parametrize(
    ("kind", "cell", "shown"),
    [
        ("count", Cell(1, computed=2), f'1\n<small class="computed">{COMPUTED}</small>'),
        ("count", Cell(1, lines=["전년 △3"]), f"1\n<small>전년 {MINUS}3</small>"),
        ("text", Cell("가", more=["나"]), '<details class="fold more" open><summary>가<span class="sr">: 계</span></summary><small>나</small></details>'),
        ("status", Cell("done"), '<span class="st st-done"><svg class="g" aria-hidden="true"><use href="#g-done"/></svg>완료</span>'),
        ("bar", Cell(None), '<span class="num"><span role="img" aria-label="없음">-</span></span>'),
    ],
)  # fmt: skip
def test_cell_with_more_than_its_text(kind, cell, shown):
    html = rows([Column("과목"), Column("값", kind)], Row(["계", cell]))
    assert html.partition('data-l="값">')[2] == f"{shown}</td></tr>"


def test_bar_of_a_row_below_another_is_lower():
    columns = [Column("부서"), Column("집행률", "bar")]
    html = rows(columns, Row(["가", Fraction(50)]), Row(["나", Fraction(25)], level=1))
    assert [html.count(f'height="{height}"') for height in (10, 6)] == [2, 2]


def test_facts_of_an_english_page_say_their_language():
    with override("en"):
        html = rows([Column("Unit"), Column("Note")], Row(["데이터센터", "none"]))
    assert '<th scope="row"><span lang="ko">데이터센터</span></th>' in html
    assert '<td class="text" data-l="Note">none</td>' in html
