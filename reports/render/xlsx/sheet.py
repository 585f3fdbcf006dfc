"""A sheet of the managers' workbook, written from the top down, and what all its sheets share."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from seoul_digital.lib.tables import COMPUTED_MARK
from seoul_digital.lib.xlsx.writer import (
    ACCENT,
    HEAD,
    INDENT_WIDTH,
    LINE,
    LONGEST_TEXT,
    MUTED,
    Book,
    height_of,
    lines_in,
    number_in_file,
    set_page,
)

from ...report import Report
from ..blocks import DocumentChapter
from .formulas import CellPlace, Value

COUNT = '#,##0;"△"#,##0;"-"'
EXACT = '#,##0.###;"△"#,##0.###;"-"'
RATE = '0.0%;"△"0.0%;0.0%'
CHANGE = '"+"#,##0;"△"#,##0;"-"'
CHANGE_RATE = '"+"0.0%;"△"0.0%;0.0%'
POINTS = '"+"0.0;"△"0.0;0.0'
# What rounds to zero has no sign, as everywhere else: below this, in this form.
UNSIGNED = {
    RATE: (Fraction(1, 2000), "0.0%;0.0%;0.0%"),
    CHANGE_RATE: (Fraction(1, 2000), "0.0%;0.0%;0.0%"),
    POINTS: (Fraction(1, 20), "0.0;0.0;0.0"),
}
BACK = "‹ 요약"
SUMMARY = "요약"
BODY: dict[str, Any] = {"bottom": 4, "bottom_color": LINE}
HEADER = {"bold": True, "align": "center", "text_wrap": True, "bg_color": HEAD, "top": 1, "bottom": 1}


@dataclass(frozen=True)
class Disagreement:
    """What is printed, beside what it adds up to."""

    what: str
    printed: CellPlace
    computed: CellPlace
    form: str


@dataclass(frozen=True)
class KeyFigure:
    """A cell with a name, as the summary lists it."""

    name: str
    place: CellPlace
    label: str
    form: str
    unit: str


class Workbook(Book):
    """`document` is the report's own, printed; `key_figures`, `contents` (sheet, what it holds) and `disagreements` as they are met."""

    def __init__(self, out, report: Report, document: Sequence[DocumentChapter], proof: str = ""):
        super().__init__(out, report.title, report.as_of, keywords=proof)
        self.report, self.document, self.proof = report, document, proof
        self.key_figures: list[KeyFigure] = []
        self.contents: list[tuple[str, str]] = []
        self.disagreements: list[Disagreement] = []

    def key_figure(self, name: str, place: CellPlace, unit: str, form: str = COUNT, label: str = ""):
        """A name for a cell, such as 정원, under which the summary gives it too."""
        self.key_figures.append(KeyFigure(name, place, label or name, form, unit))
        self.file.define_name(name, f"={place.full}")


class ReportSheet:
    """`row` is the next free one. `head` are the rows to repeat on every page, once there are any; the caption stands in the column `beside`."""

    def __init__(
        self,
        book: Workbook,
        title: str,
        caption: str = "",
        *,
        about: str = "",
        tab: str = "",
        beside: int = 1,
    ):
        self.book, self.sheet = book, book.sheet(tab or title)
        self.name, self.row = self.sheet.get_name(), 2
        self.head: tuple[int, int] | None = None
        self._unsigned: dict[str, list[str]] = {form: [] for form in UNSIGNED}
        self._words: list[tuple[int, int, str, int]] = []
        if about:
            book.contents.append((self.name, about))
        self.text(0, 0, title, bold=True, font_size=14)
        self.sheet.set_row(0, 26)
        if self.name != SUMMARY:
            self.link(1, 0, SUMMARY, BACK)
        self.text(1, beside, caption, font_color=MUTED)

    def place(self, row: int, column: int, value: Value) -> CellPlace:
        return CellPlace(self.name, row, column, value)

    def text(self, row: int, column: int, text: str, **look):
        if text:
            self.sheet.write_string(row, column, text[:LONGEST_TEXT], self.book.format(**look))
        elif look:
            self.sheet.write_blank(row, column, None, self.book.format(**look))

    def words(self, row: int, column: int, text: str, **look):
        """Text in the body of a table, off the numbers beside it, in a row that is as high as it needs."""
        look = {**BODY, "text_wrap": True, "indent": int(column > 0), **look}
        self.text(row, column, text, **look)
        self._words.append((row, column, text, look["indent"]))

    def link(self, row: int, column: int, target: str, text: str, **look):
        """To another sheet."""
        style = self.book.format(**{"font_color": ACCENT, **look})
        self.sheet.write_url(row, column, f"internal:'{target}'!A1", style, text[:LONGEST_TEXT])

    def value(self, row: int, column: int, value: Value, formula: str = "", **look: Any) -> CellPlace:
        """A number, a word in its place, or nothing; with a formula that gives it."""
        if (form := look.get("num_format")) in UNSIGNED:
            self._unsigned[form].append(xl_rowcol_to_cell(row, column))
            limit, unsigned = UNSIGNED[form]
            if isinstance(value, Fraction) and abs(value) < limit:
                look["num_format"] = unsigned
        style = self.book.format(**({"align": "right"} | look if isinstance(value, str) else look))
        if formula and value is not None:
            cached = value if isinstance(value, str) else number_in_file(value)
            self.sheet.write_formula(row, column, f"={formula}", style, cached)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, value, style)
        elif value is None:
            self.sheet.write_blank(row, column, None, style)
        else:
            self.sheet.write_number(row, column, number_in_file(value), style)
        return self.place(row, column, value)

    def merged(self, row: int, column: int, rows: int, columns: int, text: str, **look):
        """Text in one cell, or over several."""
        style = self.book.format(**look)
        if rows > 1 or columns > 1:
            self.sheet.merge_range(row, column, row + rows - 1, column + columns - 1, "", style)
        self.text(row, column, text, **look)

    def header(self, labels: Sequence[str | tuple[str, Sequence[str]]], *, repeat: bool = True):
        """A label over both rows of the head, or a (group, labels) over its columns; one row where nothing is grouped."""
        rows, column = 2 if any(isinstance(label, tuple) for label in labels) else 1, 0
        for label in labels:
            group, below = label if isinstance(label, tuple) else (label, ())
            self.merged(self.row, column, 1 if below else rows, max(len(below), 1), group, **HEADER)
            for place, text in enumerate(below, column):
                self.text(self.row + 1, place, text, **HEADER)
            column += max(len(below), 1)
        if repeat:
            self.head = (self.row, self.row + rows - 1)
            self.sheet.freeze_panes(self.row + rows, 1)
        self.row += rows

    def heading(self, text: str):
        """Over one of several tables of a sheet."""
        self.text(self.row, 0, text, bold=True, font_size=12)
        self.sheet.set_row(self.row, 22)
        self.row += 1

    def note(self, text: str, widths: Sequence[float] = ()):
        """Under a table; over columns of these widths where it may be long."""
        self.merged(self.row, 0, 1, max(len(widths), 1), text, font_color=MUTED, text_wrap=bool(widths))
        if widths:
            self.sheet.set_row(self.row, height_of(lines_in(text, sum(widths))))
        self.row += 1

    def close(self, widths: Sequence[float], *, landscape: bool = False):
        """Columns, page and footer."""
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        lines: dict[int, int] = {}
        for row, column, text, indent in self._words:
            lines[row] = max(lines.get(row, 1), lines_in(text, widths[column] - indent * INDENT_WIDTH))
        for row, needed in lines.items():
            if needed > 1:
                self.sheet.set_row(row, height_of(needed))
        report = self.book.report
        footer = f"&L{_plain(report.bureau.name)}  {_plain(self.name)}&C&P / &N&R{report.date_printed} 기준"
        set_page(self.sheet, landscape=landscape, head=self.head, footer=footer)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.sheet.center_horizontally()
        self.sheet.hide_gridlines(2)
        for form, cells in self._unsigned.items():
            self._unsign(form, cells)

    def _unsign(self, form: str, cells: Sequence[str]):
        """The cells take their other form when their value changes."""
        if not cells:
            return
        limit, unsigned = UNSIGNED[form]
        edges = {"type": "cell", "minimum": -float(limit) * 0.999_999, "maximum": float(limit) * 0.999_999}
        for criteria, number_format in (("between", unsigned), ("not between", form)):
            style = self.book.file.add_format({"num_format": number_format})
            self.sheet.conditional_format(
                cells[0], {**edges, "criteria": criteria, "format": style, "multi_range": " ".join(cells)}
            )


def _plain(text: str) -> str:
    """In a footer `&` begins a code."""
    return text.replace("&", "&&")


def marked(form: str) -> str:
    """The number format with the mark of a disagreement before the number."""
    return ";".join(f'"{COMPUTED_MARK} "{section}' for section in form.split(";"))
