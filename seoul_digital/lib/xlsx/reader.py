"""Rows of a small workbook, read by openpyxl after a look at how far its cells reach.

Left to itself openpyxl fills every gap: a sheet of one cell at XFD1048576 keeps it busy for minutes.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ..file_errors import RefusedError, refuse
from ..upload_validation import AGAIN, MEGABYTE

LARGEST_UNPACKED = 48 * MEGABYTE
LAST_ROW, LAST_COLUMN = 20_000, 200  # as far as cells with values may stand
FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,9})"[^>]*(?<!/)>')
UNSAVED_FORMULA = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,9})"[^>]*><(?:\w+:)?f\b[^<]*(?:</(?:\w+:)?f>)?(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>'
)
CONTROL = re.compile(
    r"_x00([01][0-9A-Fa-f])_"
)  # how a workbook writes a control character, a carriage return above all


def read(path: Path) -> tuple[str, Iterator[tuple[int, list]]]:
    """The name of the first visible sheet, and its rows: the number that Excel shows, and the values, None where there is none.

    `zipguard.look` comes before. Raises RefusedError for what cannot be read, in the iterator for what a single cell holds.
    """
    import openpyxl

    _look(path)
    stream = path.open("rb")  # by its name openpyxl would ask for an ending
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever its parts do
        stream.close()
        raise refuse("파일이 깨져 있어 열 수 없습니다.", AGAIN) from error
    sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
    if sheet is None:
        stream.close()
        raise refuse("보이는 시트가 없습니다.", "숨긴 시트를 펼치고 저장해 주십시오.")
    return sheet.title, _rows(stream, sheet)


def _rows(stream, sheet):
    try:
        for number, cells in enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN), 1):
            values = [_value(cell, sheet.title, number) for cell in cells]
            yield (
                number,
                values[
                    : 1 + max((place for place, value in enumerate(values) if value is not None), default=-1)
                ],
            )
    except RefusedError:
        raise
    except Exception as error:
        raise refuse("시트를 읽을 수 없습니다. 파일이 깨졌습니다.", AGAIN, sheet=sheet.title) from error
    finally:
        stream.close()


def _value(cell, sheet, row):
    if cell.data_type == "e":
        remedy = "수식을 고치거나 값을 적어 주십시오."
        raise refuse(
            f"엑셀 오류 값({cell.value})이 들어 있습니다.",
            remedy,
            sheet=sheet,
            row=row,
            column=cell.column_letter,
        )
    if isinstance(cell.value, str):
        return CONTROL.sub(lambda match: chr(int(match[1], 16)), cell.value)
    return cell.value


def _look(path):
    with zipfile.ZipFile(path) as book:
        if sum(part.file_size for part in book.infolist()) > LARGEST_UNPACKED:
            raise refuse("풀면 48MB를 넘는 파일입니다.", "나누어 올려 주십시오.")
        try:
            for part in book.namelist():
                if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                    _look_at_cells(book.read(part))
        except (zipfile.BadZipFile, EOFError, zipfile.zlib.error) as error:
            raise refuse("파일이 깨져 있어 열 수 없습니다.", AGAIN) from error


def _look_at_cells(sheet):
    for letters, row in FILLED_CELL.findall(sheet):
        if int(row) > LAST_ROW or _column(letters) > LAST_COLUMN:
            place = f"{letters.decode()}{int(row)}"
            raise refuse(
                f"{place} 칸까지 값이 있습니다. {LAST_ROW:,}행, {LAST_COLUMN}열까지 읽습니다.",
                "표 밖의 칸을 지우거나 파일을 나누어 주십시오.",
            )
    if unsaved := UNSAVED_FORMULA.search(sheet):
        remedy = "엑셀에서 한 번 열어 저장한 뒤 올려 주십시오."
        raise refuse(
            "수식의 값이 저장되어 있지 않습니다.", remedy, row=int(unsaved[2]), column=unsaved[1].decode()
        )


def _column(letters):
    """`A` is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
