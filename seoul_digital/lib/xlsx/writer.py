"""A workbook in the house style, written by XlsxWriter: fonts, colours, number formats, A4 pages; the same bytes for the same content."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from itertools import chain, count
from math import ceil
from typing import Any, BinaryIO, Self

import xlsxwriter

FONT = "맑은 고딕"
INK, MUTED, LINE, HEAD, ACCENT, WARN = "#1e2124", "#58616a", "#cdd1d5", "#f4f5f6", "#1c589c", "#bd2c0f"
A4 = 9
LONGEST_TEXT = 32_767  # characters that a cell of a workbook holds
LINE_HEIGHT = 15  # points that a line of text takes
PADDING = 4  # points around several lines
TALLEST = 409  # points that a row may have
INDENT_WIDTH = 1.3  # characters that a step of indentation takes
DAY = 'yyyy". "m". "d"."'  # a day, as the screens print it
LONGEST_NAME = 31  # characters of a sheet's name
_WIDE, _NARROW = (
    1.8,
    1.05,
)  # widths of a Hangul syllable and of a letter beside the digit that columns are measured by
_LOOK = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
# Nothing that a person typed becomes a formula, an address or a number.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Book:
    """`made` is what the file says of its making, for a file that is to be the same at another time. One that `is_long` is
    written row by row and holds only the last in memory."""

    def __init__(
        self,
        out: BinaryIO,
        title: str,
        made: date | None = None,
        *,
        is_long: bool = False,
        keywords: str = "",
    ) -> None:
        self.file = xlsxwriter.Workbook(
            out, _OPTIONS | ({"constant_memory": True, "in_memory": False} if is_long else {})
        )
        created = {"created": datetime.combine(made, time(), UTC).replace(tzinfo=None)} if made else {}
        self.file.set_properties({"title": title, "keywords": keywords, **created})
        self.names: set[str] = set()
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            self.file.close()

    def sheet(self, title: str) -> Any:
        """A worksheet named after the title."""
        self.names.add(name := sheet_name(title, self.names))
        return self.file.add_worksheet(name)

    def format(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format({**_LOOK, **properties})
        return self._formats[key]


def set_page(
    sheet: Any, *, landscape: bool, head: tuple[int, int] | None = None, footer: str = "&C&P / &N"
) -> None:
    """A4, one page wide; the rows of the head on every page."""
    (sheet.set_landscape if landscape else sheet.set_portrait)()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(footer)
    if head:
        sheet.repeat_rows(*head)


def sheet_name(title: str, taken: Iterable[str]) -> str:
    """At most 31 characters, without those that a workbook forbids, and not twice in one, whatever the case of its letters."""
    name = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:LONGEST_NAME].strip() or "표"
    names = chain([name], (f"{name[:27]} ({number})" for number in count(2)))
    used = {name.casefold() for name in taken}
    return next(name for name in names if name.casefold() not in used)


def number_in_file(value: int | Decimal | Fraction) -> int | float:
    """Convert an exact number to what a workbook holds."""
    return int(value) if value == int(value) else float(value)


def display_width(text: str) -> int:
    """Columns that the text takes, a Hangul syllable two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def height_of(lines: int) -> int:
    """Points that a row needs for lines of text: not every program makes rows as high as their text by itself."""
    return min(lines * LINE_HEIGHT + (PADDING if lines > 1 else 2), TALLEST)


def lines_in(text: str, width: float) -> int:
    """Lines that the text takes when it is wrapped between words at the width, in digits of the default font."""
    return sum(_wrapped(line, max(width - 1, 1)) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    lines, taken = 1, 0.0
    for word in line.split(" "):
        needed = sum(
            _WIDE if unicodedata.east_asian_width(character) in "WF" else _NARROW for character in word
        )
        if taken and taken + _NARROW + needed > room:
            lines, taken = lines + 1, 0.0
        more = ceil(needed / room) - 1 if needed > room else 0  # a long word is broken
        lines, taken = lines + more, taken + (_NARROW if taken else 0) + needed - more * room
    return lines
