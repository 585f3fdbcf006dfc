"""The process that opens a file of administration (`lib/child_process.py` has its limits).

For its `path` and `kind` it gives the messages `sheet`, `rows`, of a workbook's sheet of mentions `mentions`, then `end`; or `refused`. A row is its number as people see it, and its
values up to the last that is there: text, int, float, Decimal, date, bool or None; `plain` and `value` carry them over.
"""

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from seoul_digital.lib import child_process
from seoul_digital.lib.file_errors import FileRefused, Problem
from seoul_digital.lib.hangul import with_particle
from seoul_digital.lib.upload_validation import MEGABYTE, RETRY_HINT, validate_upload
from seoul_digital.lib.xlsx import reader
from seoul_digital.lib.xlsx.formula_guard import unguarded

MEMORY, PROCESSOR_SECONDS, SECONDS = 144 * MEGABYTE, 10, 20
KINDS = ("xlsx", "csv", "json")
MENTIONS, MENTIONS_KEY = "언급", "mentions"  # the name of the sheet; that of its messages
LARGEST_FILE = 10 * MEGABYTE
MAX_ROWS = 5_000
MOST_CELLS, LONGEST_TEXT = 250_000, 6_000_000  # of a file: values, and their characters
ROWS_AT_ONCE = 200
BLANK = (None, "")
SAVE_AS_HINT = "내보내기로 받은 파일이나 서식 파일을 고쳐 .xlsx, .csv, .json 가운데 하나로 올려 주십시오."
SPLIT_HINT = (
    "행을 나누어 올려 주세요. 예산 줄이 많은 재정시스템(e호조) 파일은 ‘예산 → 파일 가져오기’에서 가져옵니다."
)
TOO_LONG = "칸이나 글이 너무 많습니다. 칸 {:,}개, 글 {:,}자까지 읽습니다."
_REFERENCE = re.compile(r"&#([0-9]{1,7});")
Values = Sequence[Any]
Rows = Iterator[tuple[int, Values]]


def main() -> None:
    sys.modules["numpy"] = None  # type: ignore[assignment]  # which openpyxl would load for nothing
    child_process.serve(messages, MEMORY, PROCESSOR_SECONDS)


def messages(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Raises FileRefused."""
    path, kind = Path(request["path"]), request["kind"]
    with path.open("rb") as file:
        validate_upload(file, f"file.{kind}", KINDS, LARGEST_FILE)
        sheet, rows = READERS[kind](file)
        yield {"sheet": sheet}
        yield from _parts("rows", rows, sheet)
        if kind == "xlsx" and (mentions := reader.read_named(file, MENTIONS)) is not None:
            yield {MENTIONS_KEY: []}
            yield from _parts(MENTIONS_KEY, mentions, MENTIONS)
    yield {"end": True}


def _parts(key: str, rows: Rows, sheet: str) -> Iterator[dict[str, Any]]:
    part: list[Any] = []
    for number, values in _within_limits(rows, sheet):
        part.append([number, [plain(value) for value in values]])
        if len(part) == ROWS_AT_ONCE:
            yield {key: part}
            part = []
    yield {key: part}


def _within_limits(rows: Rows, sheet: str) -> Rows:
    """Those with anything in them; one more than may be taken, so that it is told."""
    count = cells = letters = 0
    for number, values in rows:
        width = max((place for place, value in enumerate(values, 1) if value not in BLANK), default=0)
        if not width:
            continue
        count, cells = count + 1, cells + width
        letters += sum(len(value) for value in values if isinstance(value, str))
        if cells > MOST_CELLS or letters > LONGEST_TEXT:
            raise FileRefused(
                TOO_LONG.format(MOST_CELLS, LONGEST_TEXT), SPLIT_HINT, sheet=sheet, row=number or None
            )
        yield number, values[:width]
        if count > MAX_ROWS + 1:
            return


def plain(value: Any) -> Any:
    """As JSON has it."""
    match value:
        case Decimal():
            return {"decimal": str(value)}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case list() | dict():
            return []  # which no column takes
        case None | str() | int() | float():
            return value
    return str(value)


def value(plain: Any) -> Any:
    """What `plain` was made of."""
    match plain:
        case {"decimal": text}:
            return Decimal(text)
        case {"moment": text}:
            return datetime.fromisoformat(text)
        case {"day": text}:
            return date.fromisoformat(text)
    return plain


def _parted(text: str) -> Rows:
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for number, row in enumerate(rows, 1):
            yield number, [unguarded(value) for value in row]
    except csv.Error as error:
        message = "CSV의 칸을 나눌 수 없습니다(따옴표가 닫히지 않았거나 한 칸이 너무 깁니다)."
        raise FileRefused(message, RETRY_HINT, row=rows.line_num) from error


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return _without_surrogates(_REFERENCE.sub(lambda match: chr(int(match[1])), data.decode("cp949")))
    except (UnicodeDecodeError, ValueError, OverflowError) as error:
        remedy = "‘CSV UTF-8’로 다시 저장해 올려 주십시오."
        raise FileRefused(
            "글자를 읽을 수 없습니다. UTF-8도 cp949(EUC-KR)도 아니거나 파일이 깨졌습니다.", remedy
        ) from error


def _without_surrogates(text: str) -> str:
    """The text; ValueError for one with halves of characters, which no page could show."""
    text.encode()
    return text


def _json_rows(file: io.BufferedIOBase) -> tuple[str, Rows]:
    """The head, and the values of each object in its order."""
    try:
        found = json.loads(
            file.read().decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse_constant
        )
        _without_surrogates(json.dumps(found, ensure_ascii=False, default=str))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise FileRefused("JSON으로 읽을 수 없습니다.", SAVE_AS_HINT, row=line) from error
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise FileRefused("JSON은 {‘열 이름’: 값, …}의 목록이어야 합니다.", SAVE_AS_HINT)
    headers = list(found[0]) if found else []
    oddities = (
        (number, odd) for number, item in enumerate(found, 1) if (odd := sorted(set(item) ^ set(headers)))
    )
    if oddity := next(oddities, None):
        message = f"첫 항목과 열이 다릅니다: {', '.join(oddity[1])[:200]}."
        raise FileRefused(problems=[Problem(message, "모든 항목에 같은 열을 적어 주십시오.", row=oddity[0])])
    objects = enumerate(([item[header] for header in headers] for item in found), 1)
    return "", iter([(0, headers), *objects])


def _refuse_constant(name: str) -> NoReturn:
    raise FileRefused(
        "JSON으로 읽을 수 없습니다.", f"{with_particle(name, '은/는')} 값이 아닙니다. 고쳐서 올려 주십시오."
    )


READERS: dict[str, Callable[[Any], tuple[str, Rows]]] = {
    "xlsx": reader.read,
    "csv": lambda file: ("", _parted(_decoded(file.read()))),
    "json": _json_rows,
}

if __name__ == "__main__":
    main()
