"""Rows of a sheet's XML that are as plain as most are, read by one expression; whatever else stands in them is left to calamine.

Plain are cells with numbers, days, shared strings and texts, of one kind a column, also as results of formulas. They come out as calamine gives them,
and are not read before they are asked for.
"""

import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from .blocks import NUMBER, WrittenBlock

SHARED_STRINGS, STYLES, WORKBOOK = "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"
LONGEST_SHARED = 16 << 20  # bytes
LOOKED_AT = 1 << 15  # bytes of a piece, for its columns
LETTERS = [bytes([letter]) for letter in range(ord("A"), ord("Z") + 1)]
COLUMNS = [*LETTERS, *(one + other for one in LETTERS for other in LETTERS)]
MOST_COLUMNS = 100
MOST_TEXTS = 100_000  # that are remembered: amounts may be texts, too, and each another one
FEWEST_PLAIN, MOST_PLAIN = 0.75, 0.98  # of the rows of a piece: less is not read, more needs no other columns
MOST_PASSED_OVER = 1_000  # rows
DAY, SHARED, INLINE, RESULT = "day", "s", "inlineStr", "str"
BEFORE_ALL = date(1899, 12, 30)

CELL = re.compile(
    rb'<c r="([A-Z]{1,2})\d++"((?: s="(\d++)")?+(?: t="(\w++)")?+(?: s="(\d++)")?+)( ?/|></c>)?'
)
STYLE, FORMULA = rb'(?: s="\d++")?+', rb"(?:<f[^<>]*+(?:(?<=/)>|>[^<>]*+</f>))?+"
OPEN = rb'(?:<c r="%s\1"(?:%s>%s</c>|(?: s="\d++")?+(?: ?/>|></c>)))?+'
ATTRIBUTES = dict.fromkeys((NUMBER, DAY), rb'(?: t="n")?+') | {
    kind: rb' t="%s"' % kind.encode() + STYLE for kind in (SHARED, INLINE, RESULT)
}
VALUES = {
    NUMBER: rb"<v>(-?+\d++(?:\.\d++)?+(?:[eE][+-]?+\d++)?+)</v>",
    DAY: rb"<v>(\d{3,6}+)</v>",
    SHARED: rb"<v>(\d{1,9}+)</v>",
    INLINE: rb"<is><t>([^<]++)</t></is>",
    RESULT: rb"<v>([^<]++)</v>",
}
WHOLE_OR_DECIMAL = rb"<v>(-?+\d++(?:\.\d++)?+)</v>"
ROW = rb'<row r="(\d{1,9})"(?: (?:(?:spans|ht|s|customFormat|customHeight|outlineLevel|x14ac:dyDescent)="[^"<>]*"|(?:hidden|collapsed)="(?:0|false)"))*+ ?>'
ROW_NUMBER = re.compile(rb'(?<!\s)\s*+<row\b(?=[^<>]*?\sr="(\d{1,9})")[^<>]*+(?<!/)>')
EMPTY_ROW = re.compile(rb"(?<!\s)\s*+<row\b[^<>]*+(?<=/)>")
# Where calamine has rules of its own: blanks at the edge of a text, control characters, and characters in Excel's own spelling.
PECULIAR = re.compile(rb"\A\s|\s\Z|[\r\n\t]|&(?!(?:amp|lt|gt|quot|apos|#[1-9]\d{3}|#[1-5]\d{4});)|_x")
ITEM = rb"<si>(?:<t>%s</t></si>|(?:(?!</?si\b).)*+</si>)"
ITEMS = re.compile(ITEM % rb"([^<]++)", re.DOTALL)
# An item in another spelling (`<si/>`) would give all that follow it the texts of others. No group in it: of one that is repeated so Python
# 3.11 raises SystemError where it begins to match, as at an empty text, and then does not.
ALL_ITEMS = re.compile(rb"<sst\b[^<>]*+>(?:\s*+" + ITEM % rb"[^<]++" + rb")*+\s*+</sst>\s*+", re.DOTALL)
FORMAT_CODE = re.compile(rb'formatCode="([^"<>]*)"')
FORMAT_NUMBER = re.compile(rb'numFmtId="(\d{1,9})"')
OWN_FORMAT = re.compile(rb'<numFmt\s+numFmtId="(\d{1,9})"\s+formatCode="([^"<>]*)"')
CELL_FORMAT = re.compile(rb'<xf\b(?=[^<>]*?\snumFmtId="(\d{1,9})")?')
LITERAL = re.compile(
    rb"&quot;.*?&quot;|\\.|_.|\*.|\[(?:Red|Black|Blue|Green|White|Yellow|Magenta|Cyan|Color ?\d+|[$<>=][^\[\]]*)\]"
)
NUMBER_FORMATS, DAY_FORMATS = {*range(14), *range(37, 45), 48, 49}, set(range(14, 23))
FIRST_OWN_FORMAT = 164
OF_DATES = re.compile(rb"[dmyhsgeDMYHSGEaAbB]")
OF_DAYS = frozenset(b"-ymd/.,; @")


class Texts(dict[bytes, str | None]):
    """Texts by their XML, each read once; None where calamine has to say what it is."""

    def __init__(self) -> None:
        super().__init__({b"": ""})

    def __missing__(self, xml: bytes) -> str | None:
        if len(self) > MOST_TEXTS:
            self.clear()
            self[b""] = ""
        text = self[xml] = self.text_of(xml)
        return text

    def text_of(self, xml: bytes) -> str | None:
        return plain_text(xml)


class SharedTexts(Texts):
    """By their numbers."""

    def __init__(self, items: list[str | None]) -> None:
        super().__init__()
        self.shared = items

    def text_of(self, xml: bytes) -> str | None:
        place = int(xml)
        return self.shared[place] if place < len(self.shared) else None


def plain_text(xml: bytes) -> str | None:
    if not xml or PECULIAR.search(xml):
        return None
    text = xml.decode(errors="replace")
    if "&" in text:
        text = unescape(text)
    return None if "\ufffd" in text else text


class Styles(NamedTuple):
    """Numbers of the formats of cells that show days, and of those of which only calamine knows what they show."""

    days: frozenset[bytes]
    strange: frozenset[bytes]

    def kind_of(self, style: bytes) -> str:
        """Of a number that is shown so."""
        if style in self.days:
            return DAY
        return "" if style in self.strange else NUMBER


class PlainRows:
    """Reads pieces of one workbook; `read` gives None for a piece of which too little is plain. `shared_texts` gives those shared strings (by their
    numbers) that are more than plain text."""

    def __init__(
        self, book: zipfile.ZipFile, shared_texts: Callable[[Sequence[int]], Mapping[int, str]] = lambda _: {}
    ):
        names = set(book.namelist())
        self.styles, shared = _styles(book, names), _shared(book, names)
        if rich := [place for place, text in enumerate(shared) if text is None]:
            for place, text in shared_texts(rich).items():
                shared[place] = text
        text_of, shared_text_of = Texts().__getitem__, SharedTexts(shared).__getitem__
        self.readers: dict[str, Callable[[bytes], object]] = {
            NUMBER: lambda xml: float(xml) if xml else "",
            DAY: _day,
            SHARED: shared_text_of,
            INLINE: text_of,
            RESULT: text_of,
        }
        self.last_columns: tuple[
            tuple[bytes, str, bytes], ...
        ] = ()  # with what the rows of the last piece were found
        self.count = 0  # of the rows of the piece
        self.is_exact = True

    def read(self, rows: bytes) -> tuple[int, WrittenBlock] | None:
        """The number of the first row, and the rows, which follow one another."""
        found = [] if self.styles is None or (b"!" in rows and b"<!" in rows) else self._found(rows)
        if not found:
            return None
        first_column, *columns = zip(*found, strict=True)
        numbers = list(map(int, first_column))
        first, others = numbers[0], set[int]()
        if len(found) < self.count or numbers != list(range(first, first + len(found))):
            xml = by_number(rows)
            if not xml.keys() >= set(numbers) or max(xml) - min(xml) - len(xml) > MOST_PASSED_OVER:
                return None
            places, first = {number: place for place, number in enumerate(numbers)}, min(xml)
            order = [places.get(number, -1) for number in range(first, max(xml) + 1)]
            columns = [[*map([*column, b""].__getitem__, order)] for column in columns]
            others = {number - first for number in xml if number not in places}
        ends = (0, len(columns[0]) - 1)
        if not all(place in others or any(column[place] for column in columns) for place in ends):
            return None
        return first, WrittenBlock(columns, [kind for _, kind, _ in self.last_columns], self.readers, others)

    def _found(self, rows):
        """The numbers and cells of plain rows, their columns as in the last piece, else as most are."""
        self.count = rows.count(b"</row>")
        has_formulas = b"f" in rows and b"<f" in rows  # a letter that is not there is known at once
        found: list[tuple[bytes, ...]] = []
        for columns, is_exact in self._attempts(rows):
            found = _pattern(columns, self.styles, has_formulas, is_exact).findall(rows)
            self.last_columns, self.is_exact = columns, is_exact
            if len(found) >= MOST_PLAIN * self.count:
                break
        return found if len(found) >= FEWEST_PLAIN * self.count else []

    def _attempts(self, rows):
        """Columns for which to look, and whether their cells have the very same attributes: what fits is then found in two thirds of the time."""
        if self.last_columns:
            yield self.last_columns, self.is_exact
        if columns := self._columns(rows):
            yield columns, True
            yield columns, False

    def _columns(self, rows):
        """Of each column its letters and, as most of its values in the first rows have it, its kind and attributes; none where there are too many."""
        found: dict[bytes, Counter[tuple[str, bytes]]] = defaultdict(Counter)
        for column, attributes, style, kind, other_style, is_blank in CELL.findall(rows, 0, LOOKED_AT):
            name = kind.decode()
            if kind in {b"", b"n"}:
                name = self.styles.kind_of(style or other_style)
            found[column][name, attributes] += not is_blank and name in VALUES
        last = max((COLUMNS.index(column) for column in found), default=MOST_COLUMNS)
        if last >= MOST_COLUMNS:
            return ()
        most = {column: kinds.most_common(1)[0] for column, kinds in found.items()}
        return tuple(
            (column, *(most[column][0] if column in most and most[column][1] else (NUMBER, b"")))
            for column in COLUMNS[: last + 1]
        )


@lru_cache(maxsize=100)
def _pattern(columns, styles, has_formulas, is_exact):
    formula = FORMULA if has_formulas else b""
    cells = (
        OPEN
        % (
            column,
            _attributes(kind, styles, attributes if is_exact else None),
            formula + (WHOLE_OR_DECIMAL if kind == NUMBER and is_exact else VALUES[kind]),
        )
        for column, kind, attributes in columns
    )
    return re.compile(ROW + b"".join(cells) + b"</row>")


def _attributes(kind, styles, exactly):
    if exactly is not None:
        return re.escape(exactly)
    of_days, others = (b"|".join(sorted(numbers)) for numbers in (styles.days, styles.days | styles.strange))
    if kind == DAY:
        return rb' s="(?:%s)"' % of_days + ATTRIBUTES[kind]
    return (rb'(?: s="(?!(?:%s)")\d++")?+' % others if kind == NUMBER and others else STYLE) + ATTRIBUTES[
        kind
    ]


def by_number(rows: bytes) -> dict[int, bytes]:
    """The XML of each row by its number; nothing where they are not in order."""
    found = {}
    for part in rows.split(b"</row>"):
        start = 0
        while empty := EMPTY_ROW.match(part, start):
            start = empty.end()
        if opened := ROW_NUMBER.match(part, start):
            found[int(opened[1])] = part[start:] + b"</row>"
        elif part[start:].strip():
            return {}
    is_whole = len(found) == rows.count(b"</row>") and list(found) == sorted(found)
    return found if is_whole else {}


@lru_cache(maxsize=10_000)
def _day(xml: bytes) -> object:
    return BEFORE_ALL + timedelta(int(xml)) if xml else ""


def _shared(book, names):
    """The shared strings, None for those that are more than plain text; none where one cannot tell one from the next."""
    if SHARED_STRINGS not in names or book.getinfo(SHARED_STRINGS).file_size > LONGEST_SHARED:
        return []
    xml = book.read(SHARED_STRINGS)
    start = max(xml.find(b"<sst"), 0)
    if b"<!" in xml or not ALL_ITEMS.fullmatch(xml, start):
        return []
    return list(map(plain_text, ITEMS.findall(xml, start)))


def _styles(book, names):
    """None where some cell could show a day, as far as one need not look closer: formats that are spelled otherwise."""
    # Calamine finds the part in any case.
    parts = [name for name in names if name.replace("\\", "/").lower() == STYLES]
    styles = book.read(parts[0]) if parts else b""
    codes = OWN_FORMAT.findall(styles)
    within, closed, _ = styles.partition(b"<cellXfs")[2].partition(b"</cellXfs>")
    formats = CELL_FORMAT.findall(within) if closed else []
    is_plain = (
        len(codes) == styles.count(b"formatCode")
        and len(FORMAT_NUMBER.findall(styles)) == styles.count(b"numFmtId")
        and not (b"&#" in styles or b":xf" in styles)
    )
    if len(parts) > 1 or not is_plain:
        return None
    shown = [_shown(int(number or 0), dict(codes).get(number, b"")) for number in formats]
    places = {
        what: frozenset(b"%d" % place for place, own in enumerate(shown) if own == what) for what in (DAY, "")
    }
    has_other_days = WORKBOOK in names and b"date1904" in book.read(WORKBOOK)
    return (
        Styles(frozenset(), places[DAY] | places[""]) if has_other_days else Styles(places[DAY], places[""])
    )


def _shown(number, code):
    """What a format shows: NUMBER, DAY or ''."""
    plain = LITERAL.sub(b"", code)
    if plain == b"General":
        plain = b""
    is_own = number >= FIRST_OWN_FORMAT
    if (is_own or number in NUMBER_FORMATS) and not OF_DATES.search(plain):
        return NUMBER
    is_of_days = OF_DAYS.issuperset(plain) and b"y" in plain.partition(b";")[0]  # by the first of several
    return DAY if (is_own or number in DAY_FORMATS) and (is_of_days or not code) else ""
