"""The HWPX file: two validators pass it, its references lead to the right pages, its tables and styles are what the report's are."""

import io
import re
import zipfile

import hwpforge
import pytest
from hwpx import HwpxDocument
from hwpx.layout.pages import estimate_pages

from reports.render import blocks
from tests.report.seen import squeezed
from tests.reports import hangul
from tests.reports.hangul import HP

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


PROJECTS = 11


@pytest.fixture(scope="module")
def header(hwpx):
    return hangul.part(hwpx, "Contents/header.xml")


def test_the_seeded_report_is_valid(hwpx):
    hangul.check(hwpx)


def test_it_says_what_it_is(hwpx):
    told = hwpforge.Document.from_bytes(hwpx).inspect()["metadata"]
    assert (told["title"], told["author"]) == ("디지털정책관 업무보고 (2022. 8. 29. 기준)", "디지털정책관")
    assert (told["created"], told["modified"], told["last_saved_by"]) == (
        "2022-08-29T00:00:00Z",
        "2022-08-29T00:00:00Z",
        "",
    )


def test_the_preview_is_how_it_begins(hwpx):
    with zipfile.ZipFile(io.BytesIO(hwpx)) as archive:
        preview = archive.read("Preview/PrvText.txt").decode()
    first = ["디지털정책관 업무보고", "2022. 8. 29. 기준", "디지털정책관", "목 차", "Ⅰ. 일반현황 3", "조직 3"]
    assert preview.split("\r\n")[:6] == first
    assert 900 < len(preview) <= 1000


def test_switches_are_numbers(body, header):
    values = {
        value for root in (body, header) for element in root.iter() for value in element.attrib.values()
    }
    assert not values & {"true", "false", "True", "False"}
    assert next(body.iter(f"{HP}visibility")).get("hideFirstPageNum") == "1"


def test_pages_are_a4_and_numbered_after_the_cover(hwpx):
    section = hwpforge.Document.from_bytes(hwpx).to_json().text
    assert '"position":"BottomCenter"' in squeezed(section) and '"hide_page_num":true' in squeezed(section)
    page = next(hangul.part(hwpx).iter(f"{HP}pagePr"))
    assert (round(int(page.get("width")) / 283.465), round(int(page.get("height")) / 283.465)) == (210, 297)
    margin = page.find(f"{HP}margin")
    assert [round(int(margin.get(side)) / 283.465) for side in ("left", "right", "top", "header")] == [
        20,
        20,
        9,
        9,
    ]


def bookmarks(body):
    return [one.get("name") for one in body.iter(f"{HP}bookmark")]


def listed(body):
    """The pages of the contents by bookmark, in their order."""
    pages = {}
    for begin in body.iter(f"{HP}fieldBegin"):
        if begin.get("type") == "CROSSREF":
            command = next(one.text for one in begin.iter(f"{HP}stringParam") if one.get("name") == "Command")
            pages.setdefault(
                command.removeprefix("?").removesuffix(";6;0;0;0;"), int(hangul.page_shown(begin))
            )
    return pages


def test_fields_lead_to_bookmarks(body, document):
    names = bookmarks(body)
    assert len(names) == len(set(names))
    commands = [one.text for one in body.iter(f"{HP}stringParam") if one.get("name") == "Command"]
    assert {re.match(r"\?([^;]+);", command)[1] for command in commands} <= set(names)
    terms = [
        block
        for chapter in document.chapters
        for block in chapter.blocks
        if isinstance(block, blocks.TermEntry)
    ]
    assert len(commands) == 2 * len(document.contents) + PROJECTS + len(terms)
    ends = [one.get("beginIDRef") for one in body.iter(f"{HP}fieldEnd")]
    assert ends == [one.get("id") for one in body.iter(f"{HP}fieldBegin")]


def test_pages_are_those_that_the_whole_file_is_laid_out_on(hwpx, body):
    """Written with stand-ins for tables, reckoned here with the tables themselves."""
    lines = estimate_pages(HwpxDocument.open(hwpx)).lines
    paragraphs = body.findall(f"{HP}p")
    places = {
        one.get("name"): lines[number][0].page + 1
        for number, p in enumerate(paragraphs)
        for one in p.iter(f"{HP}bookmark")
    }
    shown = listed(body)
    assert len(shown) > 30
    assert shown == {key: places[key] for key in shown}


def test_contents_are_in_order_and_each_project_has_a_page(body, document):
    pages = [listed(body)[one.key] for one in document.contents]
    assert pages == sorted(pages) and pages[0] == 3
    sections = [listed(body)[one.key] for one in document.contents if one.number and one.level == 2]
    assert len(set(sections)) == PROJECTS


def test_terms_refer_to_pages_of_their_sections(body, document):
    pages, contents = listed(body), document.contents
    ends = {one.title: pages[after.key] for one, after in zip(contents, contents[1:], strict=False)}
    begins = {one.title: pages[one.key] for one in contents}
    terms = [
        block
        for chapter in document.chapters
        for block in chapter.blocks
        if isinstance(block, blocks.TermEntry)
    ]
    assert all(begins[term.target_title] <= pages[term.target] <= ends[term.target_title] for term in terms)


def test_headings_are_an_outline_with_the_reports_numbers(hwpx, header, document):
    assert [head.text for head in header.iter("{*}paraHead")] == [None] * 10
    levels = {
        shape.get("id"): int(shape.find("{*}heading").get("level"))
        for shape in header.iter("{*}paraPr")
        if shape.find("{*}heading") is not None and shape.find("{*}heading").get("type") == "OUTLINE"
    }
    found = [
        (levels[p.get("paraPrIDRef")] + 1, hangul.text(p))
        for p in hangul.part(hwpx).findall(f"{HP}p")
        if p.get("paraPrIDRef") in levels
    ]
    expected = [
        one
        for chapter in document.chapters
        for one in (chapter.heading, *chapter.blocks)
        if isinstance(one, blocks.HeadingBlock)
    ]
    assert [level for level, _ in found] == [one.level for one in expected]
    assert all(one.title in words for one, (_, words) in zip(expected, found, strict=True))


def styles(header):
    return {one.get("name"): one for one in header.iter("{*}style")}


def shape_of(header, name):
    return next(
        one for one in header.iter("{*}paraPr") if one.get("id") == styles(header)[name].get("paraPrIDRef")
    )


@pytest.mark.parametrize(
    ("mark", "left"), [("1단계 ㅇ", 2), ("2단계 -", 7), ("3단계 ‣", 12), ("2단계 ※", 12)]
)
def test_marks_hang(header, mark, left):
    margin = next(shape_of(header, mark).iter("{*}margin"))
    values = {one.tag.split("}")[1]: int(one.get("value")) / 283.465 for one in margin}
    assert round(values["left"]) == left
    assert -8 < values["intent"] < -2


def test_fonts_are_named_and_none_is_embedded(header):
    fonts = list(header.iter("{*}font"))
    assert {one.get("face") for one in fonts} == {"함초롬바탕", "함초롬돋움"}
    assert {one[0].get("face") for one in fonts} == {"맑은 고딕"}
    assert {one.get("isEmbedded") for one in header.iter("{*}font", "{*}substFont")} == {"0"}


def test_lines_of_text_have_the_styles_of_their_marks(body, header):
    names = {one.get("id"): one.get("name") for one in header.iter("{*}style")}
    said = [(hangul.text(p), names[p.get("styleIDRef")]) for p in body.findall(f"{HP}p")]
    found = {(words[:1], name) for words, name in said if words[:2] in ("ㅇ ", "- ", "‣ ")}
    assert found == {("ㅇ", "1단계 ㅇ"), ("-", "2단계 -"), ("‣", "3단계 ‣")}


def test_merged_header_cells(body):
    table = hangul.table_with(body, "고정형 19,027대")
    places = {hangul.text(cell): hangul.place(cell) for cell in table.iter(f"{HP}tc")}
    assert places["합계"] == (0, 0, 2, 1)
    assert places["고정형 19,027대"] == (0, 1, 1, 7)
    assert places["이동형 8,979대"] == (0, 8, 1, 2)
    assert places["28,006"] == (2, 0, 1, 1)
    assert [int(cell.get("header")) for cell in table.iter(f"{HP}tc")] == [1] * 12 + [0] * 10


def test_numbers_stand_right(body, header):
    aligned = {one.get("id"): one.find("{*}align").get("horizontal") for one in header.iter("{*}paraPr")}
    found = [
        (hangul.text(p), aligned[p.get("paraPrIDRef")])
        for p in hangul.table_with(body, "143,204,842").iter(f"{HP}p")
        if re.fullmatch(r"△?[\d,.]+%?", hangul.text(p))
    ]
    assert ("143,204,842", "RIGHT") in found and ("△23.9%", "RIGHT") in found
    assert {align for words, align in found if words not in ("2022", "2021")} == {"RIGHT"}


def test_captions_and_units_stand_above(body):
    words = [hangul.text(p) for p in body.findall(f"{HP}p")]
    assert "(’22.8.29. 기준, 단위 : 천원, %)" in words
    unit = words.index("(단위 : AP대수, ’22.7.1.)")
    assert "고정형 19,027대" in words[unit + 1]


def test_long_tables_go_on_over_pages_with_their_header(body):
    duties = hangul.table_with(body, "부서(기관)별")
    assert (duties.get("pageBreak"), duties.get("repeatHeader")) == ("TABLE", "1")
    assert duties.find(f"{HP}pos").get("treatAsChar") == "0"
    short = hangul.table_with(body, "고정형 19,027대")
    assert short.find(f"{HP}pos").get("treatAsChar") == "1"
