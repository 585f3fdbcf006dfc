"""A chapter is one folder and one line: the demonstration chapter is seen wherever a report is."""

import importlib
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

import reports.chapters
from core.models import Source
from departments.models import Duty
from reports.assembly import assemble
from reports.chapters import CHAPTERS
from reports.comparison.compare import compare
from reports.comparison.page import page_of
from reports.document import document_of
from reports.editions.activity import watched
from reports.editions.parts import Parts, columns
from reports.render.html import to_html
from reports.render.hwpx import to_hwpx
from reports.render.pdf import to_pdf
from reports.serial import from_json, to_json
from reports.workbook import to_xlsx
from tests.factories import make_bureau, make_source, make_unit, place, snapshot_of
from tests.report.seen import Page
from tests.reports import hangul

SPRING, AUTUMN = "2022-03-31", "2022-09-30"
FOLDER = Path(__file__).parents[1] / "demonstration"


@pytest.fixture
def workload(monkeypatch):
    """The chapter in the folder of chapters, and its line in their list."""
    monkeypatch.setattr(reports.chapters, "__path__", [*reports.chapters.__path__, str(FOLDER)])
    chapter = importlib.import_module("reports.chapters.workload.chapter").CHAPTER
    CHAPTERS.append(chapter)
    yield chapter
    CHAPTERS.remove(chapter)


@pytest.fixture
def bureau(db):
    """Of two divisions, whose duties grow from one and one to two and one."""
    bureau = make_bureau()
    parks, trees = make_unit("parks", "공원과"), make_unit("trees", "녹지과")
    for as_of in (SPRING, AUTUMN):
        tree, duties = (make_source(bureau, scope, as_of) for scope in ("organisation", "duties"))
        place(tree, bureau)
        for unit in (parks, trees):
            place(tree, unit, bureau)
            Duty.objects.create(source=duties, department=unit, order=1, text="공원 관리")
    Duty.objects.create(source=duties, department=parks, order=2, text="나무 심기")
    return bureau


@pytest.fixture
def before_and_after(bureau, workload):
    snapshot = snapshot_of(bureau)
    return tuple(assemble(snapshot.at(date.fromisoformat(as_of))) for as_of in (SPRING, AUTUMN))


def test_a_chapter_is_assembled_and_comes_back_from_json(before_and_after, workload):
    _, report = before_and_after
    assert [(one.name, one.duties) for one in report.get(workload.data).units] == [
        ("공원과", 2),
        ("녹지과", 1),
    ]
    assert from_json(to_json(report)) == report


def test_a_chapter_is_compared(before_and_after):
    page = page_of(compare(*before_and_after))
    section = next(one for one in page.shown if one.title == "업무 수")
    assert section.sentence == "달라진 것 1건입니다."
    assert [row.cells for row in section.tables[0].rows] == [["공원과", 1, 2]]
    assert page.lead == ["<span>달라진 것이 2건 있습니다.</span>"]  # the duty itself, and the count


def test_a_chapter_stands_in_every_document(before_and_after):
    before, report = before_and_after
    document = document_of(report, before)
    assert [one.title for one in document.contents if one.level == 1] == [
        "Ⅰ. 일반현황",
        "Ⅱ. 업무 수",
        "지난 보고 대비 변경사항",
    ]
    html = to_html(document).decode()
    assert Page(html).shows_in_row(["공원과", "2"])
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(document))).pages)
    assert "Ⅱ. 업무 수" in printed
    assert "업무 수의 변화" in printed
    assert "Ⅱ. 업무 수" in hangul.page_of(to_hwpx(document))


def test_a_chapter_has_its_sheet_and_its_key_figure(before_and_after):
    before, report = before_and_after
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(report, before)))
    assert [[cell.value for cell in row] for row in book["업무 수"].iter_rows(min_row=3)] == [
        ["구분", "업무 수"],
        ["계", "=SUM(B5:B6)"],
        ["공원과", 2],
        ["녹지과", 1],
    ]
    assert book.defined_names["업무_수"].value == "'업무 수'!$B$4"
    assert "업무 수" in {cell.value for cell in book["요약"]["B"]}


def test_an_edition_collects_a_chapter(bureau, workload):
    parts = Parts(snapshot_of(bureau), bureau)
    asked = {unit.name: [place.label for place in places] for unit, places in parts.by_unit}
    assert asked["녹지과"] == ["인력", "주요업무", "예산", "업무 수"]
    assert columns()["workload"] == "업무 수"
    assert ("workload", Duty) in [(part, one.model) for part, one in watched()]


def test_a_chapter_that_is_not_in_the_list_is_nowhere(bureau):
    report = assemble(snapshot_of(bureau))
    assert report.chapters.keys() == {"organisation", "duties"}
    assert "workload" not in columns()


def test_every_chapter_has_a_key_of_its_own_and_a_known_scope():
    keys = [chapter.key for chapter in CHAPTERS]
    assert len(set(keys)) == len(keys)
    assert {chapter.scope for chapter in CHAPTERS} <= set(Source.Scope.values)
