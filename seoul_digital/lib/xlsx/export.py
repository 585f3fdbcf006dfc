"""Tables as workbooks and as CSV, in the house style: numbers as numbers, text never as a formula."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from ..tables import (
    COMPUTED_MARK,
    Cell,
    Column,
    Row,
    Table,
    as_cell,
    column_groups,
    day,
    number_for,
    number_of,
    text_of,
)
from .formula_guard import guarded
from .writer import (
    HEAD,
    LINE,
    LONGEST_TEXT,
    MUTED,
    Book,
    display_width,
    height_of,
    lines_in,
    number_in_file,
    set_page,
)

COMPUTED_LABEL = f"계산값 {COMPUTED_MARK}"
NARROWEST, WIDEST = 8, 60

UNITS = {
    "thousand": "천원",
    "signed_thousand": "천원",
    "million": "백만원",
    "signed_million": "백만원",
    "percent": "%",
    "signed_percent": "%",
    "bar": "%",
    "points": "%p",
}
NUMBER_FORMATS = {
    "percent": '0.0"%";"△"0.0"%";0.0"%"',
    "bar": '0.0"%";"△"0.0"%";0.0"%"',
    "signed_percent": '"+"0.0"%";"△"0.0"%";0.0"%"',
    "points": '"+"0.0;"△"0.0;0.0',
    "signed_thousand": '"+"#,##0;"△"#,##0;"-"',
    "signed_million": '"+"#,##0;"△"#,##0;"-"',
}


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
        if any(
            as_cell(row.cells[index]).computed is not None for row in table.rows if index < len(row.cells)
        ):
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


def csv_value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    return (
        guarded(value)
        if isinstance(value, str)
        else f"{value:f}"
        if isinstance(value, Decimal)
        else str(value)
    )


def to_xlsx(table: Table) -> bytes:
    """One sheet: title, date and unit, head, rows, notes; ready to be printed on A4."""
    return tables_to_xlsx([table], table.title)


def tables_to_xlsx(tables: Sequence[Table], title: str) -> bytes:
    """A sheet a table."""
    out = io.BytesIO()
    with Book(out, title, tables[-1].as_of if tables else None) as book:
        for table in tables:
            sheet = book.sheet(table.title)
            drawn = Drawn(book, sheet, table)
            drawn.write()
            _page(sheet, drawn)
    return out.getvalue()


def _page(sheet: Any, drawn: "Drawn") -> None:
    widths = list(drawn.widths())
    for position, width in enumerate(widths):
        sheet.set_column(position, position, width)
    drawn.fit(widths)
    sheet.freeze_panes(drawn.first_row, 1)
    set_page(sheet, landscape=True, head=(drawn.first_head, drawn.first_row - 1))


class Drawn:
    """A table as it is written into a worksheet, from the row `top` down; `end` is the row below it.

    `is_live`: what is the difference of the two columns before it becomes a formula.
    """

    def __init__(self, book: Book, sheet: Any, table: Table, top: int = 0, is_live: bool = False) -> None:
        self.book, self.sheet, self.table, self.fields, self.is_live = (
            book,
            sheet,
            table,
            fields_of(table),
            is_live,
        )
        self.top, self.first_head = top, top + 2
        self.first_row = self.first_head + (2 if table.has_groups else 1)
        self.end = self.first_row + len(table.rows) + (len(table.notes) + 1 if table.notes else 0)

    def write(self) -> None:
        self.sheet.write_string(self.top, 0, self.table.title, self.book.format(bold=True, font_size=14))
        self.sheet.set_row(self.top, 24)
        self.sheet.write_string(self.top + 1, 0, self.table.caption_line, self.book.format(font_color=MUTED))
        self._head()
        for number, row in enumerate(self.table.rows, self.first_row):
            self._row(number, row)
        for number, note in enumerate(self.table.notes, self.first_row + len(self.table.rows) + 1):
            self.sheet.write_string(number, 0, note, self.book.format(font_color=MUTED, text_wrap=False))

    def _head(self) -> None:
        style = self.book.format(bold=True, align="center", text_wrap=True, bg_color=HEAD, top=1, bottom=1)
        if not self.table.has_groups:
            for position, field in enumerate(self.fields):
                self.sheet.write_string(self.first_head, position, field.label, style)
            return
        position = 0
        for group, run in column_groups([field.column for field in self.fields]):
            self._head_run(group, self.fields[position : position + len(run)], position, style)
            position += len(run)

    def _head_run(self, group: str, fields: Sequence[Field], start: int, style: Any) -> None:
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

    def _row(self, number: int, row: Row) -> None:
        strong = row.total or row.group
        for position, field in enumerate(self.fields):
            value = field.value(row)
            look = {"bottom": 4, "bottom_color": LINE, "bold": strong}
            if isinstance(value, str):
                style = self.book.format(
                    **look,
                    text_wrap=True,
                    indent=row.level if position == 0 else 0,
                    align="right" if field.column.is_number else "left",
                )
                self.sheet.write_string(number, position, value[:LONGEST_TEXT], style)
            elif value is None:
                self.sheet.write_blank(number, position, None, self.book.format(**look))
            else:
                style = self.book.format(**look, num_format=number_format(field.column.kind, value))
                self._number(number, position, value, row, style)

    def _number(self, number: int, position: int, value: int | Decimal, row: Row, style: Any) -> None:
        if self.is_live and self._is_difference(position, value, row):
            formula = f"={xl_rowcol_to_cell(number, position - 1)}-{xl_rowcol_to_cell(number, position - 2)}"
            self.sheet.write_formula(number, position, formula, style, number_in_file(value))
        else:
            self.sheet.write_number(number, position, value, style)

    def _is_difference(self, position: int, value: int | Decimal, row: Row) -> bool:
        """Whether the value is the difference of the two columns before it, both of which hold numbers."""
        old, new = (
            self.fields[place].value(row) if place >= 0 else None for place in (position - 2, position - 1)
        )
        is_signed = self.fields[position].column.kind.startswith("signed")
        return (
            is_signed
            and not isinstance(old, str | None)
            and not isinstance(new, str | None)
            and new - old == value
        )

    def fit(self, widths: Sequence[float]) -> None:
        """Makes rows as high as their wrapped texts need in columns of these widths."""
        for number, row in enumerate(self.table.rows, self.first_row):
            values = [field.value(row) for field in self.fields]
            pairs = [
                (value, width) for value, width in zip(values, widths, strict=False) if isinstance(value, str)
            ]
            lines = max((lines_in(value, width) for value, width in pairs), default=1)
            if lines > 1:
                self.sheet.set_row(number, height_of(lines))

    def widths(self) -> Iterator[int]:
        for field in self.fields:
            values = [field.value(row) for row in self.table.rows if field.value(row) is not None]
            texts = [field.label, *(value if isinstance(value, str) else f"{value:,}" for value in values)]
            longest = max(display_width(line) for text in texts for line in text.split("\n"))
            yield min(max(longest + 2, NARROWEST), WIDEST)


def number_format(kind: str, value: int | Decimal) -> str:
    """△ for negatives and `-` for none; a number with decimals shows those that it has."""
    if kind in NUMBER_FORMATS:
        return NUMBER_FORMATS[kind]
    decimals = (
        max(0, -int(value.as_tuple().exponent))
        if kind in {"decimal", "signed"} and isinstance(value, Decimal)
        else 0
    )
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    plus = '"+"' if kind == "signed" else ""
    return f'{plus}{digits};"△"{digits};"-"'
