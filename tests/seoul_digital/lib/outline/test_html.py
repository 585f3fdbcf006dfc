from html.parser import HTMLParser

import pytest
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from seoul_digital.lib.outline.html import render
from seoul_digital.lib.outline.parser import parse

ATTACK = "<script>alert(1)</script>\"'&"


def drawn(text, **options):
    html = render(parse(text), **options)
    assert isinstance(html, SafeString)
    return html


def test_nested_lists():
    assert drawn("ㅇ (추진배경) 정보소외계층\n- 집중 설치\n○ 다음") == (
        '<ul class="outline-1"><li data-mark="ㅇ"><b class="label">(추진배경)</b> 정보소외계층'
        '<ul class="outline-2"><li data-mark="-">집중 설치</li></ul></li><li data-mark="○">다음</li></ul>'
    )


def test_a_label_alone():
    assert (
        drawn("ㅇ (기간)") == '<ul class="outline-1"><li data-mark="ㅇ"><b class="label">(기간)</b></li></ul>'
    )


def test_levels_that_skip_and_rise():
    assert drawn("‣ 셋\n- 둘\nㅇ 하나\n‣ 셋째") == (
        '<ul class="outline-3"><li data-mark="‣">셋</li></ul><ul class="outline-2"><li data-mark="-">둘</li></ul>'
        '<ul class="outline-1"><li data-mark="ㅇ">하나<ul class="outline-3"><li data-mark="‣">셋째</li></ul></li></ul>'
    )


def test_notes_pictures_and_paragraphs():
    assert drawn("글\n※ 주\n* 각주\n[그림] 가로등 스마트폴") == (
        '<p>글</p><p class="ref">※ 주</p><p class="ref">* 각주</p><p class="picture">[그림] 가로등 스마트폴</p>'
    )


def test_table():
    assert drawn(
        "[표] 설치수량 (단위: 개소, %)\n| 구분 | 설치 | > |\n| ^ | 2020 | 비고 |\n|---|\n"
        "| 합계 | 300 | 성동<br>중구 |\n| 증감 | △34.0% | - |"
    ) == (
        '<div class="scroll" tabindex="0" role="region" aria-label="설치수량"><table class="plain">'
        '<caption>설치수량 <span class="unit">(단위: 개소, %)</span></caption>'
        '<thead><tr><th scope="col" rowspan="2">구분</th><th scope="colgroup" colspan="2">설치</th></tr>'
        '<tr><th scope="col" class="num">2020</th><th scope="col">비고</th></tr></thead>'
        '<tbody><tr><th scope="row">합계</th><td class="num">300</td><td>성동<br>중구</td></tr>'
        '<tr><th scope="row">증감</th><td class="num">△34.0%</td><td class="num">-</td></tr></tbody></table></div>'
    )


def test_a_row_head_over_several_rows_and_an_empty_corner():
    html = drawn("|  | 값 |\n|---|\n| 실외 | 1 |\n| ^ | 2 |\n|  | 3 |")
    assert "<thead><tr><td></td>" in html
    assert '<th scope="rowgroup" rowspan="2">실외</th>' in html
    assert '<tr><td></td><td class="num">3</td></tr>' in html


@pytest.mark.parametrize("text", ["4,530", "△8", "3.3%", "+1,234", "△34.0%", "-", "–", "0"])
def test_numbers_stand_right(text):
    assert f'<td class="num">{text}</td>' in drawn(f"| 구분 | 값 |\n|---|\n| 계 | {text} |")


@pytest.mark.parametrize("text", ["26개소", "4G", "2.4GHz", "’22년", "1~4", "1,000배"])
def test_quantities_with_words_are_text(text):
    assert f"<td>{text}</td>" in drawn(f"| 구분 | 값 |\n|---|\n| 계 | {text} |")


def test_tables_have_names_of_their_own():
    text = "| 가 |\n|---|\n\n| 나 |\n|---|"
    assert [f'aria-label="표 {number}"' in drawn(text) for number in (1, 2, 3)] == [True, True, False]
    assert 'aria-label="추진실적 표 2"' in drawn(text, name="추진실적")


@pytest.mark.parametrize(
    "template",
    [
        "{}",
        "ㅇ {}",
        "ㅇ ({}) 글",
        "※ {}",
        "* {}",
        "[그림] {}",
        "| {} |\n|---|\n| 값 |",
        "| 구분 |\n|---|\n| {} |",
        "[표] {} (단위: 대)\n| 구분 |\n|---|",
        "[표] 제목 (단위: {})\n| 구분 |\n|---|",
    ],
)
def test_everything_is_escaped(template):
    attack = ATTACK.replace("(1)", "") if template.startswith("ㅇ (") else ATTACK
    html = drawn(template.format(attack))
    assert "<script" not in html
    assert escape(attack) in html


def test_link_sees_raw_text_and_returns_html():
    seen = []

    def link(text):
        seen.append(text)
        return format_html('<a href="#ap">{}</a>', text)

    html = drawn("ㅇ (품질) R&D\n| 구분 |\n|---|\n| 가<br>나 |", link=link)
    assert seen == ["품질", "R&D", "구분", "가", "나"]
    assert '<a href="#ap">R&amp;D</a>' in html
    assert '<a href="#ap">가</a><br><a href="#ap">나</a>' in html


def test_what_link_returns_unmarked_is_escaped():
    assert "<script" not in drawn(f"ㅇ {ATTACK}", link=str)


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_tags_are_balanced():
    tags = Tags()
    tags.feed(drawn("글\nㅇ 가\n- 나\n‣ 다\n※ 라\n| 마 | > |\n|---|\n| 바<br>사 | 1 |\nㅇ 아\n[그림] 자"))
    assert tags.open == []
