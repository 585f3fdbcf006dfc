"""Readers of single cells: amounts in 원, names on one line, words that mark a total, a footer, a note."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal

from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import quoted

from .blocks import NUMBER, CellColumn

LARGEST = 10**15  # 원, a thousand 조: some twenty times a city's budget
LARGEST_SUM = 9 * 10**18  # 원; what the database can add up is a little more
EXACT_IN_A_SHEET = 1 << 53
DIGITS_OF_A_SHEET = 15  # that a workbook keeps of a number
NOTHING = Decimal("0.001")  # 원; what a formula leaves behind the last digit
MOST_REMEMBERED = 50_000
SAMPLE, FEW = (
    200,
    4,
)  # of a column; times that each amount stands there, for it to be worth while to know them

TOTAL = re.compile(r"[\[(<〔【]?(총|총합|합|소|누|부서|회계|정책|단위|세부)?(사업)?계[\])>〕】]?")
TOTAL_OF = re.compile(r"(총|합)?계\((?P<terms>\d{1,4})개[^()]*\)")
TOTAL_AT_END = re.compile(r"\A(?P<own>.*)[\s(\[〔](소계|합계|총계)[\])〕]?")
FOOTER = re.compile(
    r"\A(?:[-–—]?\s*+\d++\s*+[-–—/쪽]?\s*+\d*+\s*+[-–—쪽]?|(page|페이지|쪽)\W*+\d.*"
    r"|.*(출력|조회|작성)(일시|일자|일|자|시각)\s*+[:：].*)",
    re.IGNORECASE,
)
NOTE = re.compile(r"[※*]|주\s*+\d*+\s*+[)）]|\(?단위")
FIGURES = re.compile(
    r"(?>-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})\n)*+"
)  # a column of them, a line each
PLAIN_FIGURE = re.compile(r"[0-9]{1,18}|[0-9]{1,3}(?:,[0-9]{3}){1,5}")


class NotAnAmountError(ValueError):
    pass


def amount_reader(scale: int) -> Callable[[object], int | None]:
    """Reads a cell as 원; `scale` is 1 for 원, 1000 for 천원, 100 million for 억원. None for a blank cell. Raises ValueError in Korean."""
    known: dict[str, int | None] = {}

    def read(cell):
        kind = type(cell)
        if kind is float:
            return _of_number(cell, scale)
        if kind is str:
            if cell not in known:
                if len(known) > MOST_REMEMBERED:
                    known.clear()
                known[cell] = _of_text(cell, scale)
            return known[cell]
        if kind is int:
            return _of_number(cell, scale)
        raise NotAnAmountError(
            "금액 자리에 날짜나 참·거짓 값이 있습니다. 셀 서식을 ‘숫자’로 바꾸고 값을 확인하십시오."
        )

    return read


def amount_column(
    column: CellColumn, scale: int, read: Callable[[object], int | None]
) -> tuple[Sequence[int | None], list[int]]:
    """A column read as 원, and the places of cells that cannot be read; `read` is the reader of single cells.

    Columns of nothing but whole numbers are read as a whole.
    """
    largest = min(EXACT_IN_A_SHEET - 1, LARGEST // scale)
    with suppress(ValueError, OverflowError):  # of blanks, fractions, NaN and infinity
        found = _whole_numbers(column)
        if -largest <= min(found) and max(found) <= largest:
            return (found if scale == 1 else [value * scale for value in found]), []
    return _amounts_one_by_one(list(map(column.read, column.cells)), read)


def _whole_numbers(column):
    """Raises ValueError where there is anything else."""
    cells = column.cells
    if column.kind == NUMBER:
        return _integers(cells)
    kinds = set(map(type, cells))
    if kinds <= {float, int} and not column.kind:
        whole = list(map(int, cells))
        if whole == list(cells):
            return whole
    elif kinds == {str}:
        digits = "".join(cells).replace("-", "")
        if digits.isascii() and digits.isdigit():
            return _integers(cells)
        text = "\n".join([*cells, ""])
        if FIGURES.fullmatch(text) and text.count("\n") == len(cells):
            return list(map(int, text.replace(",", "").split()))
    raise ValueError(column.kind)


def _integers(cells):
    """Where the same ones stand again and again, each is read once."""
    if len(set(cells[:SAMPLE])) * FEW > len(cells[:SAMPLE]):
        return list(map(int, cells))
    known = {cell: int(cell) for cell in set(cells)}
    return list(map(known.__getitem__, cells))


def _amounts_one_by_one(cells, read):
    values, unread = [], []
    for place, cell in enumerate(cells):
        try:
            values.append(read(cell))
        except ValueError:
            values.append(None)
            unread.append(place)
    return values, unread


def _of_text(text, scale):
    if PLAIN_FIGURE.fullmatch(text):
        won = int(text.replace(",", "")) * scale
    else:
        value = amounts.parse(text)
        won = None if value is None else _whole(Decimal(value) * scale, text)
    return _bounded(won, text)


def _bounded(won, text):
    if won is not None and abs(won) > LARGEST:
        raise NotAnAmountError(f"{quoted(text[:40], '은/는')} 너무 큰 금액입니다. 값과 단위를 확인하십시오.")
    return won


def _of_number(number, scale):
    if number != number or abs(number) >= EXACT_IN_A_SHEET:
        raise NotAnAmountError("엑셀이 정확히 적을 수 없을 만큼 큰 금액입니다. 값과 단위를 확인하십시오.")
    whole = int(number)
    won = whole * scale if whole == number else _of_fraction(number, scale)
    return won if -LARGEST <= won <= LARGEST else _bounded(won, str(number))


def _of_fraction(number, scale):
    won = Decimal(f"{number:.{DIGITS_OF_A_SHEET}g}") * scale
    whole = round(won)
    if abs(won - whole) > NOTHING:
        raise NotAnAmountError(
            f"{quoted(number, '은/는')} 1원보다 작은 자리가 있는 금액입니다. 값을 확인하십시오."
        )
    return whole


def _whole(won, text):
    if won != won.to_integral_value():
        raise NotAnAmountError(
            f"{quoted(text[:40], '은/는')} 1원보다 작은 자리가 있는 금액입니다. 값을 확인하십시오."
        )
    return int(won)


def clean(cell: object) -> str:
    """A name as one line of text; whole numbers, as codes are read from sheets, without their point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(unicodedata.normalize("NFC", str(cell)).replace("\ufeff", "").split())


def is_total(text: str) -> bool:
    plain = text.replace(" ", "")
    return bool(TOTAL.fullmatch(plain) or TOTAL_OF.fullmatch(plain) or TOTAL_AT_END.fullmatch(text))


def terms_of(text: str) -> int | None:
    """Of how many rows a total says that it is: `계(43개 실·본부·국)`; None where it does not."""
    told = TOTAL_OF.fullmatch(text.replace(" ", ""))
    return int(told["terms"]) if told else None


def without_total_word(text: str) -> str:
    """`망 운영 소계` → `망 운영`; '' where the word is all there is."""
    at_end = TOTAL_AT_END.fullmatch(text)
    return at_end["own"].strip() if at_end and not TOTAL.fullmatch(text.replace(" ", "")) else ""
