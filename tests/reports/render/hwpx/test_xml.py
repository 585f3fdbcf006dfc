"""Elements of OWPML, and what XML cannot hold."""

import pytest

from reports.chapters.projects.data import ContactRow
from reports.render.hwpx import to_hwpx, xml
from tests.report.seen import Page, squeezed
from tests.reports import hangul
from tests.reports.render.hwpx.conftest import small

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_markup_stays_text():
    hostile = "<hp:t>&amp; </hp:t> <script>alert(1)</script> ]]> \"따옴표\" 'x'"
    contacts = (ContactRow("담당", hostile, "1"),)
    made = to_hwpx(
        small(
            hostile,
            purpose=hostile,
            contacts=contacts,
            overview=f"ㅇ {hostile}\n|{hostile}|\n|---|\n|{hostile}|",
        )
    )
    hangul.check(made)
    assert squeezed(hangul.text(hangul.part(made))).count(squeezed(hostile)) >= 7
    assert Page(hangul.page_of(made)).shows(hostile)


def test_characters_that_xml_cannot_hold_do_not_stop_the_report():
    made = to_hwpx(small(overview="ㅇ 웃음 😀 끝\n  - 옛한글 ᄀᆞ\u0007끝\ufffe"))
    hangul.check(made)
    assert "웃음 😀 끝" in hangul.text(hangul.part(made)) and "옛한글 ᄀᆞ 끝" in hangul.text(hangul.part(made))


def test_text_keeps_its_lines_and_no_tab():
    made = xml.text("첫 줄\t끝\n둘째 줄")
    assert made.text == "첫 줄 끝"
    assert [child.tail for child in made] == ["둘째 줄"]


def test_page_reference_leads_to_its_bookmark():
    shown = xml.text("12")
    begin, between, end = xml.page_reference("7", "chapter-staffing", shown)
    (field,) = begin
    assert (field.get("type"), field.get("fieldid")) == ("CROSSREF", "628650598")
    assert between is shown
    assert end[0].get("beginIDRef") == "7"
    assert "?chapter-staffing;6;0;0;0;" in [parameter.text for parameter in field[0]]


def test_ids_count_from_one():
    ids = xml.Ids()
    assert [ids(), ids(), ids()] == ["1", "2", "3"]
