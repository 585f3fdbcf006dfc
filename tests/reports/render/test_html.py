import re
from datetime import date

import pytest

from reports.chapters.projects.data import ProjectRow
from reports.document import document_of
from reports.render.html import to_html
from reports.report import Name, Report
from tests.reports.plain import with_parts

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_links_lead_somewhere(html):
    places = set(re.findall(r' id="([^"]+)"', html))
    links = re.findall(r'href="#([^"]+)"', html)
    assert len(links) > 50
    assert set(links) <= places
    assert len(places) == len(re.findall(r' id="', html))


def test_it_stands_alone(html):
    assert not re.search(r'(src|href)="(?!#)', html)
    assert "url(" not in html
    assert "@page" in html


def test_the_page_needs_no_inline_style(html):
    """The site's content security policy forbids it."""
    body = html[html.index("<body") :]
    assert " style=" not in body and "<style" not in body and "<script" not in body


def test_headings_do_not_skip_a_level(html):
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_marks_stand_in_the_text(html):
    assert '<span class="mark">ㅇ</span> 디지털뉴딜(1차사업) 연계 공공와이파이 4,530대 설치' in html
    assert '<span class="mark">‣</span> (실외) 주요거리' in html
    assert '<span class="mark">※</span> 관악, 성동, 성북' in html


def test_merged_header_cells(html):
    assert '<th scope="colgroup" class="center" colspan="7">고정형 19,027대</th>' in html
    assert '<th scope="colgroup" class="center" colspan="4">직종별 현원</th>' in html


def test_what_is_typed_stays_text():
    hostile = "<script>alert(1)</script>&\"'"
    project = ProjectRow(
        "x",
        1,
        hostile,
        Name("p", hostile),
        purpose=hostile,
        overview=f"ㅇ {hostile}\n|{hostile}|\n|---|\n|{hostile}|",
    )
    html = to_html(
        document_of(with_parts(Report(hostile, Name("b", hostile), date(2024, 3, 31)), projects=(project,)))
    ).decode()
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 7


def test_signs_of_figures_are_pictures_with_words(html):
    """As on the pages: △ is minus and a lone dash is none; the marks of lines are neither."""
    assert '<span role="img" aria-label="마이너스">△</span>8</td>' in html
    assert '><span role="img" aria-label="없음">-</span></td>' in html
    assert '<span class="mark">-</span>' in html
