"""Tables as workbooks and as CSV, in the house style: numbers as numbers, text never as a formula."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, count
from typing import Any

import xlsxwriter

from seoul_digital.tables import (
    COMPUTED_MARK,
    Cell,
    Column,
    Row,
    Table,
    as_cell,
    column_groups,
    number_for,
    number_of,
    text_of,
)

COMPUTED_LABEL = f"계산값 {COMPUTED_MARK}"
FONT = "맑은 고딕"
NARROWEST, WIDEST = 8, 60
LONGEST_TEXT = 32_767  # characters that a cell of a workbook holds
A4 = 9

UNITS = {
    "thousand": "천원",
    "signed_thousand": "천원",
    "million": "백만원",
    "signed_million": "백만원",
    "percent": "%",
    "bar": "%",
    "points": "%p",
}
NUMBER_FORMATS = {
    "percent": '0.0"%";"△"0.0"%";0.0"%"',
    "bar": '0.0"%";"△"0.0"%";0.0"%"',
    "points": '"+"0.0;"△"0.0;0.0',
    "signed_thousand": '"+"#,##0;"△"#,##0;"-"',
    "signed_million": '"+"#,##0;"△"#,##0;"-"',
}
# What a spreadsheet may take for the start of a formula, in full width too.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?")


@dataclass(frozen=True)
class Field:
    """A column of the file: one of the table's, or what that column adds up to where the source disagrees."""

    index: int
    column: Column
    computed: bool = False

    @property
    def label(self) -> str:
        return COMPUTED_LABEL if self.computed else self.column.one_line_label

    @property
    def full_label(self) -> str:
        unit = UNITS.get(self.column.kind)
        name = f"{self.column.full_label} {COMPUTED_LABEL}" if self.computed else self.column.full_label
        return f"{name}({unit})" if unit else name

    def value(self, row: Row) -> int | Decimal | str | None:
        """A number, text, or None where nothing is given."""
        cell = as_cell(row.cells[self.index]) if self.index < len(row.cells) else Cell()
        if self.computed:
            return number_for(self.column.kind, cell.computed)
        number = number_of(self.column, cell)
        if number is not None or cell.value is None:
            return number
        return "\n".join([text_of(self.column, cell), *cell.lines]) or None


def fields_of(table: Table) -> list[Field]:
    """The table's columns, each followed by its computed values if there are any."""
    fields = []
    for index, column in enumerate(table.columns):
        fields.append(Field(index, column))
        if any(as_cell(row.cells[index]).computed is not None for row in table.rows if index < len(row.cells)):
            fields.append(Field(index, column, computed=True))
    return fields


def to_csv(table: Table) -> bytes:
    """UTF-8 with a byte order mark, which Excel needs for Korean; lines as RFC 4180 has them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    fields = fields_of(table)
    writer.writerow([guarded(field.full_label) for field in fields])
    for row in table.rows:
        writer.writerow([csv_value(field.value(row)) for field in fields])
    return out.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula; `unguarded` gives it back."""
    return f"'{text}" if text.lstrip("'").startswith(_RISKY) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def csv_value(value: Any) -> str:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else f"{value:f}" if isinstance(value, Decimal) else str(value)


def to_xlsx(table: Table) -> bytes:
    """One sheet: title, date and unit, head, rows, notes; ready to be printed on A4."""
    return tables_to_xlsx([table], table.title)


def tables_to_xlsx(tables: Sequence[Table], title: str) -> bytes:
    """A sheet a table."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title})
        names: set[str] = set()
        for table in tables:
            names.add(name := sheet_name(table.title, names))
            _Sheet(book, table, name).write()
    return out.getvalue()


class _Sheet:
    """Writes one table into one worksheet, from the top down."""

    def __init__(self, book, table: Table, name: str):
        self.book, self.table, self.fields = book, table, fields_of(table)
        self.sheet = book.add_worksheet(name)
        self.formats: dict[tuple, Any] = {}
        self.first_head = 2
        self.first_row = self.first_head + (2 if table.has_groups else 1)

    def write(self):
        self._title()
        self._head()
        for number, row in enumerate(self.table.rows, self.first_row):
            self._row(number, row)
        for number, note in enumerate(self.table.notes, self.first_row + len(self.table.rows) + 1):
            self.sheet.write_string(number, 0, note, self._format(font_color="#58616a", text_wrap=False))
        self._page()

    def _format(self, **properties):
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            base = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
            self.formats[key] = self.book.add_format({**base, **properties})
        return self.formats[key]

    def _title(self):
        self.sheet.write_string(0, 0, self.table.title, self._format(bold=True, font_size=14))
        self.sheet.set_row(0, 24)
        self.sheet.write_string(1, 0, self.table.caption_line, self._format(font_color="#58616a"))

    def _head(self):
        style = self._format(bold=True, align="center", text_wrap=True, bg_color="#f4f5f6", top=1, bottom=1)
        if not self.table.has_groups:
            for position, field in enumerate(self.fields):
                self.sheet.write_string(self.first_head, position, field.label, style)
            return
        position = 0
        for group, run in column_groups([field.column for field in self.fields]):
            self._head_run(group, self.fields[position : position + len(run)], position, style)
            position += len(run)

    def _head_run(self, group: str, fields: Sequence[Field], start: int, style):
        top, below = self.first_head, self.first_head + 1
        if group and len(fields) > 1:
            self.sheet.merge_range(top, start, top, start + len(fields) - 1, group, style)
        elif group:
            self.sheet.write_string(top, start, group, style)
        for position, field in enumerate(fields, start):
            if group:
                self.sheet.write_string(below, position, field.label, style)
            else:
                self.sheet.merge_range(top, position, below, position, field.label, style)

    def _row(self, number: int, row: Row):
        strong = row.total or row.group
        for position, field in enumerate(self.fields):
            value = field.value(row)
            look = {"bottom": 4, "bottom_color": "#cdd1d5", "bold": strong}
            if isinstance(value, str):
                style = self._format(**look, text_wrap=True, indent=row.level if position == 0 else 0, **_text_align(field))
                self.sheet.write_string(number, position, value[:LONGEST_TEXT], style)
            elif value is None:
                self.sheet.write_blank(number, position, None, self._format(**look))
            else:
                style = self._format(**look, num_format=number_format(field.column.kind, value))
                self.sheet.write_number(number, position, value, style)

    def _page(self):
        for position, width in enumerate(self._widths()):
            self.sheet.set_column(position, position, width)
        self.sheet.freeze_panes(self.first_row, 1)
        self.sheet.repeat_rows(self.first_head, self.first_row - 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C&P / &N")

    def _widths(self) -> Iterator[int]:
        for field in self.fields:
            texts = [field.label, *(_printed_length_text(field.value(row)) for row in self.table.rows)]
            longest = max(display_width(line) for text in texts for line in text.split("\n"))
            yield min(max(longest + 2, NARROWEST), WIDEST)


def number_format(kind: str, value: int | Decimal) -> str:
    """△ for negatives and `-` for none; a number with decimals shows those that it has."""
    if kind in NUMBER_FORMATS:
        return NUMBER_FORMATS[kind]
    decimals = max(0, -int(value.as_tuple().exponent)) if kind in {"decimal", "signed"} and isinstance(value, Decimal) else 0
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    plus = '"+"' if kind == "signed" else ""
    return f'{plus}{digits};"△"{digits};"-"'


def display_width(text: str) -> int:
    """Columns that the text takes, a Hangul syllable two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _printed_length_text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value:,}"


def _text_align(field: Field) -> dict:
    return {"align": "right"} if field.column.is_number else {"align": "left"}


def sheet_name(title: str, taken: set[str]) -> str:
    """At most 31 characters, without those that a workbook forbids, and not twice in one, whatever the case of its letters."""
    name = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31].strip() or "표"
    names = chain([name], (f"{name[:27]} ({number})" for number in count(2)))
    used = {one.casefold() for one in taken}
    return next(one for one in names if one.casefold() not in used)
