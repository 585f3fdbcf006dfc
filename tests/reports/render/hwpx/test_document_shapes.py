"""Documents of every shape as HWPX: long cells, wide tables, any organisation and vision, what XML cannot hold."""

import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hwpx import HwpxDocument
from hwpx.layout.pages import PageEstimate, estimate_pages

import reports.render.hwpx
from reports.chapters.projects.data import ContactRow, ProjectRow
from reports.document import document_of
from reports.render import blocks
from reports.render.hwpx import to_hwpx
from reports.report import Name, Report
from tests.report.seen import Page, squeezed
from tests.reports import hangul
from tests.reports.hangul import HP
from tests.reports.plain import with_parts

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def small(title="호수공원 조성", **fields):
    project = ProjectRow("lake", 1, title, Name("parks", "공원담당관"), **fields)
    return document_of(
        with_parts(
            Report("공원국 업무보고", Name("park-bureau", "공원국"), date(2024, 3, 31)), projects=(project,)
        )
    )


def of_blocks(*those):
    heading = blocks.HeadingBlock(1, "시험", "chapter-test", opens_page=True)
    return blocks.Document(
        "공원국 업무보고",
        "공원국",
        date(2024, 3, 31),
        "2024. 3. 31.",
        (blocks.DocumentChapter(heading, those),),
    )


def test_a_cell_longer_than_a_page_may_be_divided():
    cell = blocks.TableCell("\n".join(f"･ 업무 {number}" for number in range(90)), 0)
    made = to_hwpx(of_blocks(blocks.TableBlock((), ((cell,),), (30,))))
    hangul.check(made)
    (table,) = [one for one in hangul.tables(hangul.part(made)) if "업무 89" in hangul.text(one)]
    assert (table.get("pageBreak"), table.get("repeatHeader")) == ("CELL", "0")
    assert estimate_pages(HwpxDocument.open(made)).pages == 4


@pytest.mark.parametrize("widths", [(44,) * 12, (5,) * 40, (44, *[20] * 20), (5, 44)])
def test_tables_of_any_width_fit_the_page(widths):
    row = tuple(blocks.TableCell("가나다 1,234", column) for column in range(len(widths)))
    made = to_hwpx(of_blocks(blocks.TableBlock((row,), (row,), widths, "표", "(단위 : 명)", 2)))
    hangul.check(made)
    assert hangul.table_with(hangul.part(made), "1,234").find(f"{HP}sz").get("width") == str(
        round((170 - 7 - 4) * 283.465)
    )


def test_bars_are_a_picture_told_in_words(hwpx, body):
    (picture,) = body.iter(f"{HP}pic")
    item = picture.find("{*}img").get("binaryItemIDRef")
    png = zipfile.ZipFile(io.BytesIO(hwpx)).read(f"BinData/{item}.png")
    width, height = (int.from_bytes(png[start : start + 4], "big") for start in (16, 20))
    assert png.startswith(b"\x89PNG") and width > 1500
    assert picture.find(f"{HP}shapeComment").text.startswith("집행률: 계 66.9%, 디지털정책담당관 76.8%")
    assert picture.find(f"{HP}imgDim").attrib == {"dimwidth": str(width * 75), "dimheight": str(height * 75)}
    assert picture.find(f"{HP}imgClip").attrib == {
        "left": "0",
        "right": str(width * 75),
        "top": "0",
        "bottom": str(height * 75),
    }
    size = picture.find(f"{HP}sz")
    assert int(size.get("width")) / int(size.get("height")) == pytest.approx(width / height, rel=0.01)


def unit(name, *below, note=""):
    return blocks.ChartUnit(name, below, note, (name,))


@pytest.mark.parametrize(
    "root",
    [
        unit("공원국"),
        unit("공원국", unit("나무과")),
        unit("공원국", *(unit(f"{number}과") for number in range(19)), note="19과"),
        unit(
            "공원국",
            unit("나무과", unit("소나무팀", unit("솔잎반"))),
            unit("호수과"),
            unit("숲과", unit("숲길팀")),
        ),
    ],
)
def test_organisations_of_any_shape_are_drawn(root):
    made = to_hwpx(of_blocks(blocks.OrganisationChart(root, "조직도")))
    hangul.check(made)
    words = [
        hangul.text(cell) for table in hangul.tables(hangul.part(made)) for cell in table.iter(f"{HP}tc")
    ]
    assert [name for name in names_of(root) if name not in words] == []


def names_of(one):
    return [
        one.name if not one.note else one.name + one.note,
        *(name for below in one.below for name in names_of(below)),
    ]


@pytest.mark.parametrize("count", [0, 1, 6])
def test_visions_of_any_size_are_drawn(count):
    strategies = tuple(
        blocks.StrategyBox("①", f"전략 {number}", ((1, "호수공원", "chapter-test"),) * number)
        for number in range(count)
    )
    made = to_hwpx(
        of_blocks(
            blocks.VisionPicture(("푸른 도시",) if count else (), ("맑음",) * count, strategies),
            blocks.ProjectList(strategies),
        )
    )
    hangul.check(made)
    assert all(f"전략 {number}" in hangul.text(hangul.part(made)) for number in range(count))


def test_the_same_document_is_the_same_file(document, hwpx):
    assert to_hwpx(document) == hwpx
    assert to_hwpx(replace(document, title="다른 업무보고")) != hwpx


def test_parts_are_in_order_and_of_the_reports_day(hwpx):
    infos = zipfile.ZipFile(io.BytesIO(hwpx)).infolist()
    names = [info.filename for info in infos]
    assert (names[0], infos[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert names[1:] == sorted(names[1:])
    assert {info.date_time for info in infos} == {(2022, 8, 29, 0, 0, 0)}


def test_several_at_once(hwpx, document):
    others = [small(f"사업 {number}") for number in range(3)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(to_hwpx, [document, *others]))
    assert made[0] == hwpx
    assert ["사업 0" in hangul.text(hangul.part(one)) for one in made[1:]] == [True, False, False]


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


def test_nothing_but_a_cover_is_still_a_file():
    made = to_hwpx(document_of(Report("공원국 업무보고", Name("park-bureau", "공원국"), date(2024, 3, 31))))
    hangul.check(made)
    assert "공원국 업무보고" in hangul.text(hangul.part(made))


def broken(document):
    raise IndexError


@pytest.mark.parametrize("estimate", [broken, lambda document: PageEstimate(None, (), ("a nested table",))])
def test_where_pages_cannot_be_reckoned_hangul_fills_them_in(monkeypatch, caplog, estimate):
    monkeypatch.setattr("hwpx.layout.pages.estimate_pages", estimate)
    made = to_hwpx(small())
    hangul.check(made)
    assert "could not be reckoned" in caplog.text
    shown = [
        hangul.page_shown(one)
        for one in hangul.part(made).iter(f"{HP}fieldBegin")
        if one.get("type") == "CROSSREF"
    ]
    assert shown == [None, None]


def test_rows_that_a_merged_cell_holds_together_may_be_divided():
    first = (blocks.TableCell("합친 칸", 0, rowspan=60), blocks.TableCell("0", 1))
    body = (first, *((blocks.TableCell(str(number), 1),) for number in range(1, 60)))
    made = to_hwpx(of_blocks(blocks.TableBlock((), body, (9, 9))))
    hangul.check(made)
    assert hangul.table_with(hangul.part(made), "합친 칸").get("pageBreak") == "CELL"
    assert estimate_pages(HwpxDocument.open(made)).pages == 4


def test_only_the_adapter_knows_the_library():
    package = Path(reports.render.hwpx.__file__).parents[2]
    using = {
        path.name
        for path in package.rglob("*.py")
        if re.search(r"^\s*(from|import) hwpx", path.read_text(), re.MULTILINE)
    }
    assert using == {"adapter.py"}


def test_characters_that_xml_cannot_hold_stop_no_report():
    document = replace(of_blocks(), title="공원국\x0b업무보고", bureau="공원\x01국")
    made = to_hwpx(document)
    hangul.check(made)
    assert "공원국 업무보고" in hangul.page_of(made)
