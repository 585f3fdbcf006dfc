"""Rows of a sheet's XML that are as plain as most are, read by one expression; whatever else stands in them is left to calamine.

Plain are cells with numbers, shared strings and inline texts, of one kind a column, at their places. The rows come out as calamine gives them.
"""

import re
import zipfile
from collections.abc import Iterable
from html import unescape

SHARED_STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
LONGEST_SHARED = 16 << 20  # bytes
LOOKED_AT = 1 << 16  # bytes of a piece, for its columns
LETTERS = [bytes([letter]) for letter in range(ord("A"), ord("Z") + 1)]
COLUMNS = [*LETTERS, *(one + other for one in LETTERS for other in LETTERS)]
MOST_COLUMNS = 100

CELL = re.compile(rb'<c r="([A-Z]{1,2})\d+"(?: s="\d+")?(?:/>| t="(s|inlineStr)">|((?: t="n")?>))')
OPEN = rb'(?:<c r="%s\1"(?: s="\d++")?+(?:/>|'
KINDS = {
    b"": rb'(?: t="n")?+><v>([0-9.eE+-]++)</v></c>',
    b"s": rb' t="s"><v>(\d{1,9}+)</v></c>',
    b"inlineStr": rb' t="inlineStr"><is><t>([^<]++)</t></is></c>',
}
ROW = rb'<row r="(\d{1,9})"(?: (?:spans|ht|s|customFormat|customHeight|x14ac:dyDescent)="[^"<>]*")*>'
# Where calamine has rules of its own: blanks at the edge of a text, control characters, and characters in Excel's own spelling.
PECULIAR = re.compile(rb"\A\s|\s\Z|[\r\n\t]|&(?!(?:amp|lt|gt|quot|apos|#[1-9]\d{3}|#[1-5]\d{4});)|_x")
ITEM = re.compile(rb"<si><t>([^<]+)</t></si>")
# An item in another spelling (`<si/>`) would give all that follow it the texts of others.
ITEMS = re.compile(rb"<sst\b[^<>]*+>(?:\s*+<si><t>[^<]++</t></si>)*+\s*+</sst>\s*+")
FORMAT_CODE = re.compile(rb'formatCode="([^"<>]*)"')
FORMAT_NUMBER = re.compile(rb'numFmtId="(\d{1,9})"')
LITERAL = re.compile(
    rb"&quot;.*?&quot;|\\.|_.|\*.|\[(?:Red|Black|Blue|Green|White|Yellow|Magenta|Cyan|Color ?\d+|[$<>=][^\[\]]*)\]"
)
NUMBER_FORMATS = {*range(14), *range(37, 45), 48, 49}
FIRST_OWN_FORMAT = 164
OF_DATES = re.compile(rb"[dmyhsgeDMYHSGEaAbB]")


class Texts(dict[bytes, str]):
    """Texts by their XML, each read once. Raises ValueError for those that are not plain."""

    def __missing__(self, xml: bytes) -> str:
        if PECULIAR.search(xml):
            raise ValueError(xml)
        text = unescape(xml.decode()) if b"&" in xml else xml.decode()
        if "\ufffd" in text:
            raise ValueError(xml)
        self[xml] = text
        return text


class PlainRows:
    """Reads pieces of one workbook; `read` gives None for a piece that is not plain."""

    def __init__(self, book: zipfile.ZipFile):
        names = set(book.namelist())
        # Calamine finds the part in any case.
        styles = [name for name in names if name.replace("\\", "/").lower() == STYLES]
        self.has_dates = any(_has_dates(book.read(name)) for name in styles)
        self.shared = _shared(book, names)
        self.texts = Texts({b"": ""})

    def read(self, rows: bytes) -> tuple[int, list[tuple[object, ...]]] | None:
        """The number of the first row, and the rows, which follow one another."""
        kinds = {} if self.has_dates or b"<!" in rows else _kinds(rows)
        if not 0 < len(kinds) <= MOST_COLUMNS:
            return None
        cells = b"".join(OPEN % column + KINDS[kind] + b"))?+" for column, kind in kinds.items())
        found = re.findall(ROW + cells + b"</row>", rows)
        if not found or len(found) != rows.count(b"<row") or not (any(found[0][1:]) and any(found[-1][1:])):
            return None
        numbers, *columns = zip(*found, strict=True)
        first = int(numbers[0])
        if list(map(int, numbers)) != list(range(first, first + len(numbers))):
            return None
        try:
            read = [self._read(column, kind) for column, kind in zip(columns, kinds.values(), strict=True)]
        except (ValueError, IndexError):
            return None
        return first, list(zip(*read, strict=True))

    def _read(self, column: Iterable[bytes], kind: bytes) -> list[object]:
        if kind == b"inlineStr":
            return list(map(self.texts.__getitem__, column))
        value = float if kind == b"" else lambda place: self.shared[int(place)]
        if b"" in column:
            return [value(cell) if cell else "" for cell in column]
        return list(map(value, column))


def _kinds(rows: bytes) -> dict[bytes, bytes]:
    """By column its kind in the first rows that have a value there; none where they are not all the columns from A on."""
    found: dict[bytes, bytes] = {}
    blank = set()
    for column, kind, is_number in CELL.findall(rows, 0, LOOKED_AT):
        if kind or is_number:
            found.setdefault(column, kind)
        else:
            blank.add(column)
    found = dict.fromkeys(blank, b"") | found
    ordered = sorted(found, key=lambda column: (len(column), column))
    return {column: found[column] for column in ordered} if ordered == COLUMNS[: len(ordered)] else {}


def _shared(book, names):
    """The shared strings; none where some are more than plain text, so that no cell with one is plain."""
    if SHARED_STRINGS not in names or book.getinfo(SHARED_STRINGS).file_size > LONGEST_SHARED:
        return []
    xml = book.read(SHARED_STRINGS)
    start = max(xml.find(b"<sst"), 0)
    try:
        return list(map(Texts().__getitem__, ITEM.findall(xml, start))) if ITEMS.fullmatch(xml, start) else []
    except ValueError:
        return []


def _has_dates(styles: bytes) -> bool:
    """Whether some format could be one of dates, as far as one need not look closer; so may those that are spelled otherwise."""
    found, numbers = FORMAT_CODE.findall(styles), FORMAT_NUMBER.findall(styles)
    if (
        len(found) < styles.count(b"formatCode")
        or len(numbers) < styles.count(b"numFmtId")
        or b"&#" in styles
    ):
        return True
    codes = (LITERAL.sub(b"", code).replace(b"General", b"") for code in found)
    own = {number for number in map(int, numbers) if number >= FIRST_OWN_FORMAT}
    return not set(map(int, numbers)) - own <= NUMBER_FORMATS or any(map(OF_DATES.search, codes))
