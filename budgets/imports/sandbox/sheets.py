"""Rows of a CSV file or of a workbook's sheet, in pieces, so that memory does not grow with the file.

Runs in the child process. Cells are text, numbers, dates or booleans; '' where there is nothing.
"""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

from seoul_digital.lib.file_errors import FileRefused, Problem
from seoul_digital.lib.upload_validation import MEGABYTE, RETRY_HINT

from ..fields import FIELD_OF, plain_label
from .plain_rows import SHARED_STRINGS, PlainRows, by_number

Cell = object
Row = tuple[int, Sequence[Cell]]
Block = tuple[
    int, Sequence[Sequence[Cell]]
]  # the number of the first row, from 1, and the rows that follow one another

PIECE = 2 * MEGABYTE  # what fits the processor's caches is cut and parsed faster
LONGEST_PIECE = 24 * MEGABYTE
TIMES_SHARED = 4  # a piece is so many times as long as the shared strings, which calamine reads with each
BLOCK = 1 * MEGABYTE
LONGEST_ROW = 48 * MEGABYTE
LONGEST_CELL = 32_767
MOST_COLUMNS = 702  # up to ZZ
MOST_EMPTY_ROWS = 100_000
ROWS_OF_A_BLOCK = 2_000
LONGEST_PREFIX = 20  # of an element's name, with its bracket
ENCODINGS = ("utf-8-sig", "cp949")
DELIMITERS = (",", "\t", ";")
FIGURE = re.compile(r"\d")
WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

SHEET_DATA = re.compile(rb"<((?:\w+:)?)sheetData\b[^<>]*?(/?)>")
ROW_NUMBER = re.compile(rb'<(?:\w+:)?row\s[^<>]*?\br="(\d{1,9})"')
HIDDEN_ROW = re.compile(
    rb'<(?:\w+:)?row\s(?=[^<>]*\bhidden="(?:1|true)")[^<>]*?\br="(\d{1,9})"[^<>]*+(?<!/)>'
)
FAR_COLUMN = re.compile(rb'r="[A-Z]{3}[0-9]')  # begins with plain letters, which are found fast
CELL_WITH_VALUE = re.compile(rb'<(?:\w+:)?c\s(?>[^<>]*?\br="([A-Z]{1,3})(\d{1,9})")[^<>]*+(?<!/)>')
ERROR_CELL = re.compile(rb'<(?:\w+:)?c\s(?=[^<>]*\bt="e")[^<>]*?\br="([A-Z]{1,3})(\d{1,9})"')
UNSAVED_FORMULA = re.compile(
    rb'<(?:\w+:)?c\s(?>[^<>]*?\br="([A-Z]{1,3})(\d{1,9})")[^<>]*+><(?:\w+:)?f\b[^<]*(?:</(?:\w+:)?f>)?(?:<v/>|<v></v>)?</(?:\w+:)?c>'
)
SHEET_OF_ROWS = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>'
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3})(\d{1,9}):([A-Z]{1,3})(\d{1,9})"')


@dataclass
class Sheet:
    """One sheet to be read. What is learned on the way stands here when `blocks` is through."""

    name: str = ""
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(
        default_factory=list
    )  # first row, first column, last row, last column; rows from 1
    problems: list[Problem] = field(default_factory=list)
    progress: float = 0.0  # share of the sheet that has been read

    def blocks(self) -> Iterator[Block]:
        raise NotImplementedError


@dataclass
class TextSheet(Sheet):
    path: Path = Path()

    def blocks(self):
        encoding = encoding_of(self.path)
        csv.field_size_limit(LONGEST_CELL)
        size = self.path.stat().st_size
        with self.path.open(encoding=encoding, newline="") as stream:
            reader, first = csv.reader(stream, delimiter=_delimiter(stream)), 1
            try:
                while rows := list(islice(reader, ROWS_OF_A_BLOCK)):
                    if max(map(len, rows)) > MOST_COLUMNS:
                        number, cells = next(
                            row for row in enumerate(rows, first) if len(row[1]) > MOST_COLUMNS
                        )
                        raise _too_wide(len(cells), self.name, number)
                    self.progress = stream.buffer.tell() / size
                    yield first, rows
                    first += len(rows)
            except csv.Error as error:
                raise FileRefused(
                    "CSV의 칸을 나눌 수 없습니다(따옴표가 닫히지 않았거나 한 칸이 너무 깁니다).",
                    RETRY_HINT,
                    row=reader.line_num,
                ) from error


def encoding_of(path: Path) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else cp949, for the whole of the file."""
    with path.open("rb") as stream:
        start = stream.read(2)
    if start in WIDE_MARKS:
        return "utf-16"
    failures = []
    for encoding in ENCODINGS:
        failed_at = _undecodable(path, encoding)
        if failed_at is None:
            return encoding
        failures.append(failed_at)
    raise FileRefused(
        "글자를 읽을 수 없습니다. UTF-8도 cp949(EUC-KR)도 아니거나 파일이 깨졌습니다.",
        RETRY_HINT,
        row=max(failures),
    )


def _undecodable(path, encoding):
    """The row of the first bytes that are not of the encoding; None where all are."""
    decoder, row = codecs.getincrementaldecoder(encoding)(), 1
    with path.open("rb") as stream:
        while True:
            block = stream.read(BLOCK)
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                return row + block.count(b"\n", 0, error.start)
            if not block:
                return None
            row += block.count(b"\n")


def _delimiter(stream):
    """Choose the delimiter that parts the most known labels, else the most frequent in a line without figures."""
    lines = stream.read(BLOCK // 16).splitlines()
    stream.seek(0)

    def likelihood(mark):
        known = max(
            (sum(plain_label(label) in FIELD_OF for label in line.split(mark)) for line in lines), default=0
        )
        return known, max((line.count(mark) for line in lines if not FIGURE.search(line)), default=0)

    return max(DELIMITERS, key=likelihood)


@dataclass
class WorkbookSheet(Sheet):
    """A sheet of a workbook, handed to calamine some thousand rows at a time as a small workbook of its own.

    Calamine keeps the whole of what it is given in memory, 1.7 GB for a million lines; in pieces it needs a hundredth.
    """

    path: Path = Path()
    part: str = ""
    size: int = 1

    def blocks(self):
        with zipfile.ZipFile(self.path) as book:
            frame = _frame(
                book, {self.part, *(name for name in book.namelist() if name.startswith("xl/worksheets/"))}
            )
            shared = sum(part.file_size for part in book.infolist() if part.filename == SHARED_STRINGS)
            before, size = 0, min(max(PIECE, TIMES_SHARED * shared), LONGEST_PIECE)
            plain = PlainRows(book, lambda numbers: self._shared_texts(frame, numbers))
            with book.open(self.part) as stream:
                for head, content, end in self._pieces(stream, size):
                    found = plain.read(content)
                    if found is None:
                        first, rows = self._parsed(frame, head + content + end, before)
                    else:
                        first, rows = found
                        rows.look_up = self._look_up(frame, head, content, end, first)
                        rows.prepare(rows.apart)
                    if rows:
                        yield first, rows
                        before = first + len(rows) - 1

    def _pieces(self, stream, size):
        """Pieces of XML that are sheets of their own: each the head, some rows, the end."""
        head, prefix, buffer = _head(stream)
        close = b"</" + prefix + b"row>"
        end = b"</" + prefix + b"sheetData>"
        close_all = end + b"</" + prefix + b"worksheet>"
        is_last = end in buffer
        while block := stream.read(BLOCK):
            is_last = is_last or end in buffer[-len(end) :] + block
            buffer += block
            self.progress = min(stream.tell() / self.size, 1.0)
            if len(buffer) >= size and not is_last:
                cut = buffer.rfind(close) + len(close)
                if cut > len(close):
                    yield head, buffer[:cut], close_all
                    buffer = buffer[cut:]
            if len(buffer) > LONGEST_ROW:
                raise FileRefused("한 행이나 시트의 끝이 너무 깁니다.", RETRY_HINT, sheet=self.name)
        rows, found, tail = buffer.partition(end)
        if not found:
            raise FileRefused("시트가 중간에서 끊겼습니다. 파일이 깨졌습니다.", RETRY_HINT, sheet=self.name)
        self._note_merged(tail)
        yield head, rows, close_all

    def _note_merged(self, tail):
        for first_column, first_row, last_column, last_row in MERGED.findall(tail):
            self.merged.append(
                (int(first_row), column_number(first_column), int(last_row), column_number(last_column))
            )

    def _look(self, piece):
        """Note hidden rows and error values; refuse what calamine fails on.

        A letter that is not there is known a hundred times faster than a word.
        """
        self._refuse_sparse(piece)
        if b"h" in piece and b'hidden="' in piece:
            self.hidden_rows += map(int, HIDDEN_ROW.findall(piece))
        if b'="e"' in piece:
            for column, row in ERROR_CELL.findall(piece)[:5]:
                self._note(
                    column,
                    row,
                    "엑셀 오류 값(#REF!, #DIV/0! 따위)이 들어 있습니다.",
                    "수식을 고치거나 값을 적어 주십시오.",
                )
        if b"f" in piece and (b"><f" in piece or b":f" in piece):
            for column, row in UNSAVED_FORMULA.findall(piece)[:5]:
                self._note(
                    column,
                    row,
                    "수식의 값이 저장되어 있지 않습니다.",
                    "엑셀에서 한 번 열어 저장한 뒤 올려 주십시오.",
                )

    def _note(self, column, row, message, remedy):
        self.problems.append(Problem(message, remedy, self.name, int(row), column.decode()))

    def _refuse_sparse(self, piece):
        if _rows_passed_over(piece) < MOST_EMPTY_ROWS and not FAR_COLUMN.search(piece):
            return
        cells = [(column_number(column), int(row)) for column, row in CELL_WITH_VALUE.findall(piece)]
        column, row = max(cells, key=lambda cell: cell[0], default=(0, 0))
        if column > MOST_COLUMNS:
            raise _too_wide(column, self.name, row)
        numbers = sorted({row for _, row in cells})
        for before, after in zip(numbers, numbers[1:], strict=False):
            if after - before > MOST_EMPTY_ROWS:
                raise FileRefused(
                    f"{before:,}행 다음에 {after:,}행까지 비어 있습니다.",
                    "표 밖의 칸을 지우고 저장해 주십시오.",
                    sheet=self.name,
                    row=after,
                )

    def _look_up(self, frame, head, content, end, first):
        """What gives the rows so many places below the `first`, as calamine reads them."""

        def rows_at(places):
            xml = by_number(content) if places else {}
            wanted = [first + place for place in places if first + place in xml]
            start, rows = (
                self._parsed(frame, head + b"".join(map(xml.get, wanted)) + end, first) if wanted else (1, [])
            )
            at = {place: first + place - start for place in places}
            return {place: rows[row] if 0 <= row < len(rows) else [] for place, row in at.items()}

        return rows_at

    def _shared_texts(self, frame, numbers):
        """Shared strings by their numbers, as calamine reads them: all at once, where otherwise each row would be looked up that has one."""
        cells = enumerate(numbers, 1)
        rows = b"".join(
            b'<row r="%d"><c r="A%d" t="s"><v>%d</v></c></row>' % (at, at, number) for at, number in cells
        )
        first, texts = self._parsed(frame, SHEET_OF_ROWS % rows, 0)
        found = zip(numbers[max(first - 1, 0) :], texts, strict=False)
        return {number: cells[0] for number, cells in found if type(cells[0]) is str}

    def _parsed(self, frame, piece, before):
        """The number of the first row that calamine finds, and the rows."""
        from python_calamine import CalamineError, CalamineWorkbook

        self._look(piece)
        data = io.BytesIO(frame)
        with zipfile.ZipFile(data, "a") as book:
            book.writestr(self.part, piece)
        data.seek(0)
        try:
            sheet = CalamineWorkbook.from_filelike(data).get_sheet_by_name(self.name)
        except CalamineError as error:
            raise FileRefused(
                "시트를 읽을 수 없습니다. 파일이 깨졌습니다.", RETRY_HINT, sheet=self.name
            ) from error
        if sheet.start is None:
            return 0, []
        row, column = sheet.start
        first = (row if ROW_NUMBER.search(piece) else before + row) + 1
        rows = sheet.to_python()
        return first, [[""] * column + cells for cells in rows] if column else rows


def _too_wide(column, sheet, row):
    return FileRefused(
        f"{column:,}번째 열까지 칸이 있습니다. {MOST_COLUMNS}열까지 읽습니다.",
        "표 밖의 칸을 지우고 저장해 주십시오.",
        sheet=sheet,
        row=row,
    )


def _rows_passed_over(piece):
    """Count the row numbers that the piece skips between its first row and its last, or more where they are few."""
    first = ROW_NUMBER.search(piece)
    if first is None:
        return 0
    last = ROW_NUMBER.search(piece, max(piece.rfind(b"row ") - LONGEST_PREFIX, 0))
    number = last[1] if last else max(ROW_NUMBER.findall(piece), key=int)
    span = int(number) - int(first[1])
    return span if span < MOST_EMPTY_ROWS else span - piece.count(b"row>")


def column_number(letters: bytes) -> int:
    """`A` is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _head(stream):
    """The XML before the first row, the prefix of its element names, and what has been read beyond."""
    buffer = b""
    while block := stream.read(BLOCK):
        buffer += block
        if found := SHEET_DATA.search(buffer):
            opening = found.group()[:-2] + b">" if found[2] else found.group()
            rest = (b"</" + found[1] + b"sheetData>" if found[2] else b"") + buffer[found.end() :]
            return buffer[: found.start()] + opening, found[1], rest
        if len(buffer) > LONGEST_ROW:
            break
    raise FileRefused("시트에 표가 없습니다.", RETRY_HINT)


def _frame(book, left_out):
    """The workbook without its sheets, unpacked, ready for one to be added."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as frame:
        for part in book.infolist():
            if part.filename not in left_out and part.filename.endswith((".xml", ".rels")):
                frame.writestr(part.filename, book.read(part))
    return data.getvalue()


def sheets_of(path: Path, kind: str) -> list[Sheet]:
    """The sheets that a person sees, in their order."""
    if kind == "csv":
        return [TextSheet(path=path)]
    with zipfile.ZipFile(path) as book:
        try:
            workbook = ElementTree.fromstring(book.read("xl/workbook.xml"))  # noqa: S314 (validate_upload refuses declarations)
            relations = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
        except (ElementTree.ParseError, KeyError) as error:
            raise FileRefused(
                "통합 문서의 차례를 읽을 수 없습니다. 파일이 깨졌습니다.", RETRY_HINT
            ) from error
        targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
        sizes = {part.filename: max(part.file_size, 1) for part in book.infolist()}
    found: list[Sheet] = []
    for sheet in workbook.iter():
        if sheet.tag.endswith("}sheet") and sheet.get("state", "visible") == "visible":
            target = targets.get(
                next((value for name, value in sheet.items() if name.endswith("}id")), ""), ""
            )
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in sizes:
                found.append(
                    WorkbookSheet(name=sheet.get("name", ""), path=path, part=part, size=sizes[part])
                )
    if not found:
        raise FileRefused("보이는 시트가 없습니다.", "숨긴 시트를 펼치고 저장해 주십시오.")
    return found
