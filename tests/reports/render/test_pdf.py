"""The PDF is read back by another library: it opens, its page numbers are right, nothing of it is missing."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from reports.chapters.projects.data import ProjectRow
from reports.document import document_of
from reports.render import fonts
from reports.render.blocks import TableBlock, TermEntry
from reports.render.pdf import to_pdf
from reports.report import Name, Report
from tests.report.seen import squeezed
from tests.reports.plain import with_parts

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one

PAGES = range(20, 40)


@pytest.fixture(scope="module")
def reader(pdf):
    return PdfReader(io.BytesIO(pdf))


def small(title="호수공원 조성", **fields):
    project = ProjectRow("lake", 1, title, Name("parks", "공원담당관"), **fields)
    return document_of(
        with_parts(
            Report("공원국 업무보고", Name("park-bureau", "공원국"), date(2024, 3, 31)), projects=(project,)
        )
    )


def text_of(made):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


def spaced(text):
    """The text as a pattern, with white space anywhere."""
    return r"\s*".join(map(re.escape, re.sub(r"\s", "", text)))


def listed_pages(document, contents):
    """The page number that the contents give for each heading."""
    found, position = {}, 0
    for heading in document.contents:
        printed = re.compile(spaced(heading.title) + r"[\s.]*\s(\d+)\b").search(contents, position)
        assert printed, heading.title
        found[heading.key], position = int(printed[1]), printed.end()
    return found


def page_with(pages, text, first):
    """The number of the first page from `first` on that has the text."""
    return next(
        number for number, page in enumerate(pages, 1) if number >= first and squeezed(text) in squeezed(page)
    )


def test_it_says_what_it_is(reader):
    catalogue, metadata = reader.trailer["/Root"], reader.metadata
    assert metadata.title == "디지털정책관 업무보고 (2022. 8. 29. 기준)"
    assert metadata.author == "디지털정책관"
    assert catalogue["/Lang"].startswith("ko")
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in catalogue["/Metadata"].get_data().decode()
    assert len(reader.pages) in PAGES


def test_contents_give_the_right_pages(document, pages):
    listed = listed_pages(document, pages[1])
    assert all(page_with(pages, one.title, listed[one.key]) == listed[one.key] for one in document.contents)
    numbers = list(listed.values())
    assert numbers == sorted(numbers) and numbers[0] == 3
    sections = [one.key for one in document.contents if one.number and one.level == 2]
    assert len({listed[key] for key in sections}) == 11  # each project begins on a page of its own


def test_pages_bear_their_numbers(pages):
    assert all(page.rstrip().endswith(f"- {number} -") for number, page in enumerate(pages, 1) if number > 1)
    assert "- 1 -" not in pages[0]


def test_terms_refer_to_the_pages_of_this_document(document, pages):
    listed = listed_pages(document, pages[1])
    glossary = squeezed("".join(pages[listed["chapter-glossary"] - 1 :]))
    spoken = {getattr(block, "key", ""): block for chapter in document.chapters for block in chapter.blocks}
    sections = {one.title: listed[one.key] for one in document.contents}
    terms = [block for block in spoken.values() if isinstance(block, TermEntry)]
    assert len(terms) == 21
    for term in terms:
        printed = re.search(re.escape(squeezed(f"▮ {term.heading}")) + r"업무보고p\.(\d+)", glossary)
        block = spoken[term.target]
        said = block.body[0][0].text if isinstance(block, TableBlock) else block.text
        assert int(printed[1]) == page_with(pages, said[:25], sections[term.target_title]), term.heading


def test_bookmarks_lead_to_chapters_and_projects(reader):
    outline = [one for one in reader.outline if not isinstance(one, list)]
    assert [one.title for one in outline] == [
        "Ⅰ. 일반현황",
        "Ⅱ. 정책목표 및 추진전략",
        "Ⅲ. 주요 현안 업무",
        "정보화 용어 설명",
        "지난 보고 대비 변경사항",
    ]
    assert reader.get_destination_page_number(outline[0]) == 2


def test_every_font_is_embedded(reader):
    found = set()
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            assert descriptor.keys() & {"/FontFile2", "/FontFile3"}
            found.add(descriptor["/FontName"].split("+")[1].split("-")[0])
    assert {"PretendardGOV", "NotoSansKR"} <= found


def test_long_tables_repeat_their_header(pages):
    first = page_with(pages, "부서(기관)별", 3)
    assert squeezed("부서(기관)별 주요업무") in squeezed(
        pages[first]
    )  # the next page, for the table runs over
    assert "보존처리" in pages[first]


def test_the_same_document_is_the_same_file(document, pdf):
    assert to_pdf(document) == pdf
    assert to_pdf(replace(document, title="다른 업무보고")) != pdf


def test_several_at_once(pdf, document):
    others = [small(f"사업 {number}") for number in range(3)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(to_pdf, [document, *others]))
    assert made[0] == pdf
    assert ["사업 0" in text_of(one) for one in made[1:]] == [True, False, False]


def test_markup_stays_text():
    hostile = (
        '#panic("x") = *굵게* $x$ `code` <label> @ref \\ // "따옴표" {"kind": 1} <script>alert(1)</script>'
    )
    assert squeezed(hostile) in squeezed(text_of(to_pdf(small(hostile, overview=f"ㅇ {hostile}"))))


def test_a_character_that_no_font_has_does_not_stop_the_report():
    text = text_of(to_pdf(small(overview="ㅇ 웃음 😀 끝\n  - 옛한글 ᄀᆞ\u0007끝")))
    assert f"웃음 {fonts.REPLACEMENT} 끝" in text


def test_what_comes_with_pasted_text_does_not_stop_the_report():
    assert "처음 가운데 끝" in text_of(to_pdf(small(overview="ㅇ \ufeff처음 \ufeff가운데 끝\ufeff")))


def test_marks_of_korean_documents_are_drawn():
    marks = "∼≒◈⅔✔✕➔▸◾☑✏❖㈜㉠㎏℃①⑳Ⅻ"
    assert marks in squeezed(text_of(to_pdf(small(overview=f"ㅇ {marks}"))))


def test_what_introduces_a_table_stands_on_its_page():
    """Wherever on the page it would come to stand."""
    for lines in range(27, 33):
        overview = "\n".join(
            ["ㅇ 줄"] * lines + ["ㅇ 아래의 표", "| 구분 | 수량 |", "|---|---|", "| 나무 | 3그루 |"]
        )
        pages = [
            page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(small(overview=overview)))).pages
        ]
        assert page_with(pages, "아래의 표", 3) == page_with(pages, "나무", 3)


@pytest.mark.parametrize(
    "rows",
    [
        ["| 나무 | " + "<br>".join(f"제{number}구역" for number in range(120)) + " |"],
        ["| 나무 | 제0구역 |", *(f"| ^ | 제{number}구역 |" for number in range(1, 120))],
    ],
    ids=["one high row", "rows under one name"],
)
def test_what_is_higher_than_a_page_goes_on_over_the_next(rows):
    table = "\n".join(["| 구분 | 자리 |", "|---|---|", *rows])
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(small(overview=table)))).pages]
    told = [re.findall(r"제\d+구역", page) for page in pages]
    assert [one for page in told for one in page] == [f"제{number}구역" for number in range(120)]
    assert max(map(len, told)) < 60  # more than that would run off the paper


def test_nothing_but_a_cover_is_still_a_file():
    made = to_pdf(document_of(Report("공원국 업무보고", Name("park-bureau", "공원국"), date(2024, 3, 31))))
    assert "공원국 업무보고" in text_of(made)
