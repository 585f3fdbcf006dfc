import re
from datetime import date
from fractions import Fraction
from functools import partial
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import gettext_lazy

from seoul_digital.lib import charts
from seoul_digital.lib.tables import Cell, Column, Row, Table

PACE = Fraction(241, 365)
MINUS = '<span role="img" aria-label="마이너스">△</span>'
NONE = '<span role="img" aria-label="없음">-</span>'


def rendered(source, **context):
    return Template("{% load report %}" + source).render(Context(context))


def snapshot(**query):
    return SimpleNamespace(
        query=query, pace=PACE, fiscal_year=2022, as_of=date(2022, 8, 29), days_gone=241, days_in_year=365
    )


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ v|thousand }}", 143_204_842_000, "143,204,842"),
        ("{{ v|thousand_won }}", 143_204_842_000, "143,204,842천원"),
        ("{{ v|thousand_won }}", None, NONE),
        ("{{ v|million }}", 8_617_000_000, "8,617"),
        ("{{ v|won_text }}", 143_204_842_000, "1,432.0억 원"),
        ("{{ v|won_tile }}", 143_204_842_000, "1,432.0<small>억 원</small>"),
        ("{{ v|won_tile }}", -4_000_000, f"{MINUS}400<small>만 원</small>"),
        ("{{ v|won_tile }}", None, NONE),
        ("{{ v|signs }}", "△8 <", f"{MINUS}8 &lt;"),
        ("{{ v|in_words }}", "현원 △8", "현원 마이너스 8"),
        ("{{ v|plain }}", -8, f"{MINUS}8"),
        ("{{ v|signed }}", 8, "+8"),
        ("{{ v|percent }}", Fraction(66_924, 1000), "66.9%"),
        ("{{ v|points }}", Fraction(-951, 100), f"{MINUS}9.5"),
        ("{{ v|day }}", date(2022, 8, 29), "2022. 8. 29."),
        ("{{ v|day }}", None, NONE),
        ("{{ v|long_day }}", date(2022, 8, 29), "2022. 8. 29.(월)"),
        ("{{ v|long_day }}", None, NONE),
        ("{{ v|josa:'을/를' }}", "데이터센터", "데이터센터를"),
        ("{{ v|josa:'은/는' }}", "서울기록원", "서울기록원은"),
    ],
)
def test_filters(source, value, text):
    assert rendered(source, v=value) == text


def test_links_keep_what_the_reader_asked_for():
    asked = snapshot(as_of="2022-08-29", bureau="digital")
    assert (
        rendered("{% href 'glossary:list' %}", snapshot=asked)
        == "/glossary/?as_of=2022-08-29&amp;bureau=digital"
    )
    assert rendered("{% href 'glossary:list' q='AP' %}", snapshot=snapshot()) == "/glossary/?q=AP"
    assert rendered("{% href 'glossary:list' q='' %}", snapshot=None) == "/glossary/"


def test_a_status_is_glyph_and_word():
    assert rendered("{% status 'done' %}") == (
        '<span class="st st-done"><svg class="g" aria-hidden="true"><use href="#g-done"/></svg>완료</span>'
    )
    assert rendered("{% status 'planned' word %}", word="<예정>").endswith("&lt;예정&gt;</span>")


def test_a_pencil_says_what_it_changes_in_words_of_any_language():
    html = Template("{% load report %}{% pencil '/x/' what 'ㅇ 이름' %}").render(
        Context({"what": gettext_lazy("주요업무")})
    )
    assert "수정: 주요업무, ㅇ 이름" in html


def test_a_rate_bar_has_its_length_and_the_pace_line_and_no_style():
    bar = rendered("{% rate_bar v p %}", v=Fraction(565, 10), p=PACE)
    assert '<rect class="f w" width="56.50%"' in bar
    assert '<line class="p" x1="66.03%" x2="66.03%"' in bar
    assert "style" not in bar


def test_a_rate_bar_ahead_of_pace_over_the_end_and_without_a_value():
    assert '<rect class="f" width="100.00%"' in rendered("{% rate_bar v p %}", v=Fraction(120), p=PACE)
    assert "<line" not in rendered("{% rate_bar v %}", v=Fraction(50))
    assert rendered("{% rate_bar v %}", v=None) == ""


def test_a_share_bar_is_measured_against_the_largest():
    assert 'width="80.54%"' in rendered("{% share_bar 6940 8617 %}")
    assert rendered("{% share_bar 5 0 %}") == ""


def test_the_year_scale_tells_what_share_has_gone_by():
    scale = rendered("{% year_scale snapshot %}", snapshot=snapshot())
    assert 'aria-label="2022년 365일 가운데 241일, 66.0%가 지났습니다"' in scale
    assert "2022년의 66.0% 경과 · 241/365일" in scale
    assert '<line class="z" x1="66.58%" x2="66.58%"' in scale  # the first of September


def page_html(template, path="/", **context):
    """The template's HTML without the line breaks between its tags."""
    request = RequestFactory().get(path)
    return re.sub(r"\s*\n\s*", "", render_to_string(template, context, request))


def table_html(table, may_export=True):
    return page_html("_table.html", "/budgets/revenue/?as_of=2022-08-29", table=table, may_export=may_export)


def test_a_table_has_scopes_links_and_downloads_that_keep_the_date():
    table = Table(
        "revenue",
        "세입",
        [Column("과목"), Column("2022", "thousand")],
        [Row(["계", 17_370_899_000], href="/x/")],
        unit="천원",
    )
    html = table_html(table)
    assert '<th scope="col">과목</th>' in html
    assert '<th scope="row"><a href="/x/">계</a></th>' in html
    assert '<td class="num" data-l="2022">17,370,899</td>' in html
    assert 'href="?as_of=2022-08-29&amp;download=revenue&amp;format=xlsx"' in html
    assert "(단위: 천원)" in html


def test_without_the_permission_no_download_is_offered():
    table = Table("revenue", "세입", [Column("과목")], [Row(["계"])])
    assert "download" not in table_html(table, may_export=False)


def test_a_disagreement_is_marked_and_said():
    table = Table(
        "t",
        "표",
        [Column("과목"), Column("2022", "thousand")],
        [Row(["소계", Cell(954_794_000, computed=5_878_506_000)])],
    )
    html = table_html(table)
    assert (
        '954,794<small class="computed"><span class="warn" aria-hidden="true">◆</span><span class="sr">자료 불일치.</span> 계산 5,878,506</small>'
        in html
    )


def test_hostile_cells_stay_text():
    html = table_html(Table("t", "<표>", [Column("<i>")], [Row(["<script>alert(1)</script>"])]))
    assert "<script>" not in html
    assert "<i>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_an_empty_table_says_so():
    html = table_html(Table("t", "표", [Column("과목")], [], empty="이 부서에는 세입이 없습니다."))
    assert html.strip() == '<p class="empty">이 부서에는 세입이 없습니다.</p>'


def test_a_figure_has_a_label_a_summary_its_data_and_its_table():
    table = Table(
        "rates-table",
        "집행률",
        [Column("부서"), Column("집행률", "percent")],
        [Row(["계", Fraction(669, 10)])],
    )
    figure = charts.Chart(
        "rates",
        "부서별 집행률",
        "전체 66.9%입니다.",
        partial(charts.rate_bars, ["</script><b>계"], [Fraction(669, 10)], PACE),
        table,
        unit="%",
        as_of=date(2022, 8, 29),
    )
    html = page_html("_figure.html", figure=figure)
    assert 'role="img"' in html and 'aria-label="부서별 집행률. 전체 66.9%입니다."' in html
    assert 'aria-details="table-rates-table"' in html and 'id="table-rates-table"' in html
    assert '<details class="as-table" open>' in html
    assert 'data-as-of="2022. 8. 29. 기준"' in html and 'data-unit="단위: %"' in html
    assert "2022. 8. 29. 기준 · (단위: %)" in html
    assert html.count("</script>") == 1
    assert '<td class="num" data-l="집행률">66.9%</td>' in html


@pytest.mark.parametrize(
    "name",
    ["400.html", "403.html", "403_csrf.html", "404.html", "405.html", "413.html", "500.html", "503.html"],
)
def test_error_pages_need_nothing_and_speak_korean(name):
    html = render_to_string(name)
    assert '<html lang="ko"' in html
    assert f"오류 {name[:3]}" in html
    assert "style=" not in html


@pytest.mark.parametrize(
    ("as_of", "document", "age"),
    [
        (date(2022, 8, 29), "디지털정책관 업무보고, Ⅰ. 일반현황", "디지털정책관 업무보고, 1년 2개월 전 자료"),
        (date(2023, 7, 30), "", "3개월 전 자료"),
        (date(2022, 10, 30), "집행현황.xlsx", "집행현황.xlsx, 1년 전 자료"),
        (date(2023, 7, 31), "집행현황.xlsx", ""),
    ],
)
def test_the_age_of_what_is_older_than_a_quarter(monkeypatch, as_of, document, age):
    monkeypatch.setattr("core.templatetags.report.timezone.localdate", lambda: date(2023, 10, 30))
    known = [SimpleNamespace(as_of=as_of, document=document)]
    asked = SimpleNamespace(known=known, is_empty=False)
    assert rendered("{% data_age snapshot %}", snapshot=asked) == age
    assert rendered("{% data_age snapshot %}", snapshot=SimpleNamespace(is_empty=True)) == ""
