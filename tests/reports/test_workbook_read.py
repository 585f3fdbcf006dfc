"""The managers' workbook read by three others: openpyxl, calamine, and LibreOffice, which computes all of it anew."""

import io
import math
import re

import openpyxl
import pytest
import yaml
from python_calamine import CalamineWorkbook

from reports.workbook import to_xlsx
from tests.report.seen import BREAK, squeezed, whole
from tests.reports import libreoffice
from tests.reports.books import opened
from tests.reports.broken import broken_report
from tests.reports.test_facts_in_documents import LISTS, NO_TABLE, parts_of

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one

SEEDS = (1, 5)


@pytest.fixture(scope="module")
def broken_books(seeded_reports):
    """Of reports whose figures disagree, or are not known, in many places."""
    report, before = seeded_reports
    return {f"broken-{seed}": to_xlsx(broken_report(report, seed), before) for seed in SEEDS}


@pytest.fixture(scope="module")
def recalculated_broken_books(broken_books, tmp_path_factory):
    return libreoffice.recalculated(broken_books, tmp_path_factory.mktemp("broken"))


@pytest.fixture(scope="module")
def recalculated(workbook, tmp_path_factory):
    return libreoffice.recalculated({"report": workbook}, tmp_path_factory.mktemp("recalculated"))["report"]


@pytest.fixture(scope="module")
def shown(workbook, tmp_path_factory):
    return Shown(libreoffice.shown(workbook, tmp_path_factory.mktemp("shown")))


def cells_of(book):
    return {
        (sheet.title, cell.coordinate): cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def formula_cells(book):
    return {place: cell.value for place, cell in cells_of(book).items() if cell.data_type == "f"}


def is_same(one, other):
    """To fifteen digits, which is what a workbook keeps."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-14, abs_tol=1e-14)
    return one == other


def test_every_formula_gives_the_value_that_is_cached(book, values, recalculated):
    places = formula_cells(book)
    assert len(places) > 250
    wrong = {
        place: (formula, values[place[0]][place[1]].value, recalculated[place[0]][place[1]].value)
        for place, formula in places.items()
        if not is_same(values[place[0]][place[1]].value, recalculated[place[0]][place[1]].value)
    }
    assert wrong == {}


@pytest.mark.thorough
@pytest.mark.parametrize("seed", SEEDS)
def test_every_formula_of_a_broken_report_gives_the_value_that_is_cached(
    broken_books, recalculated_broken_books, seed
):
    name = f"broken-{seed}"
    cached = opened(broken_books[name], data_only=True)
    pairs = {
        (sheet, cell): (cached[sheet][cell].value, recalculated_broken_books[name][sheet][cell].value)
        for sheet, cell in formula_cells(opened(broken_books[name]))
    }
    assert len(pairs) > 200
    assert {place: pair for place, pair in pairs.items() if not is_same(*pair)} == {}
    assert len(cached["요약"]["A"]) > 60  # what disagrees is listed


def test_what_is_no_formula_is_as_it_was(book, recalculated):
    told = {place: cell.value for place, cell in cells_of(book).items() if cell.data_type != "f"}
    assert {
        place for place, value in told.items() if not is_same(value, recalculated[place[0]][place[1]].value)
    } == set()


def test_a_wrong_value_would_be_seen(workbook):
    """Without computing anew, LibreOffice would give back the sevens."""
    wrong = openpyxl.load_workbook(io.BytesIO(libreoffice.with_wrong_values(workbook)), data_only=True)
    assert wrong["인력"]["B5"].value == 7


def test_no_formula_fails(recalculated):
    assert {place for place, cell in cells_of(recalculated).items() if cell.data_type == "e"} == set()


def test_calamine_reads_the_same_values(workbook, values):
    read_book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    assert read_book.sheet_names == values.sheetnames
    for sheet in values:
        read = read_book.get_sheet_by_name(sheet.title).to_python()
        numbers = [value for row in read for value in row if isinstance(value, int | float)]
        assert numbers == [
            cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)
        ]


class Shown:
    """What the cells of all sheets show, as LibreOffice draws them: rows, and all of it as one text."""

    def __init__(self, sheets):
        lines = [[squeezed(cell) for cell in row] for rows in sheets.values() for row in rows]
        self.rows = [BREAK + BREAK.join(cells) + BREAK for cells in lines]
        self.text = "".join(self.rows)
        self.bare = self.text.replace(BREAK, "")

    def row(self, parts):
        pattern = re.compile(".*?".join(map(whole, parts)))
        return any(pattern.search(row) for row in self.rows)

    def near(self, parts, within=60):
        return bool(re.search(f".{{0,{within}}}?".join(map(whole, parts)), self.text))


def is_shown(shown, fact, has_table):
    kind, parts = parts_of(fact)
    if kind == "text":
        return squeezed(fact) in shown.bare
    if kind == "near":
        return shown.near(parts) or shown.row(parts)
    return shown.row(parts) if has_table else all(shown.near([part]) for part in parts)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_fact_is_shown(shown, path):
    facts = yaml.safe_load(path.read_text())["facts"]
    missing = [str(fact) for fact in facts if not is_shown(shown, fact, path.stem not in NO_TABLE)]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize(
    "parts",
    [["143,204,843"], ["계", "266", "△8", "258", "259"], ["없는말"], ["디지털정책담당관", "35", "-", "36"]],
)
def test_what_is_not_there_is_not_shown(shown, parts):
    assert not shown.row(parts)
