"""Amounts and rates: exact inside, rounded half up once, where they are printed.

Amounts are integers in 원. Whatever is rounded goes through fractions, so that no rate passes through a binary
float and none is rounded twice. Negatives print as `△1,234`; zero and "none" as `-`. A change (증감, 과부족, 차이) has its sign either way:
`+1,234`, `△1,234`; its rate too.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.language import is_english

Number = int | Decimal | Fraction

THOUSAND = 1_000
TEN_THOUSAND = 10_000
HUNDRED_THOUSAND = 100_000
MILLION = 1_000_000
HUNDRED_MILLION = 100_000_000
BILLION = 1_000_000_000

NONE = "-"
NEGATIVE, MINUS = "△", "−"
NET_INCREASE = "순증"
NET_DECREASE = "순감"
_ENGLISH_WORDS = {NET_INCREASE: "new", NET_DECREASE: "newly negative"}

_LONGEST_NUMBER = 40
_DASHES = "–—−-"  # the hyphen last: it stands in a character class
_NUMBER = re.compile(
    rf"""\A(?P<sign>[+△{_DASHES}])?\s*
         (?P<digits>(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?)""",
    re.VERBOSE,
)


def _units(value: Number, decimals: int) -> int:
    """The magnitude of `value` in units of its last printed digit, rounded half up (away from zero)."""
    top, bottom = value.as_integer_ratio()
    return (2 * abs(top) * 10**decimals + bottom) // (2 * bottom)


def rounded(value: Number, decimals: int = 0) -> Decimal:
    """`value` to so many decimals, half up (away from zero)."""
    units = Decimal(_units(value, decimals)).scaleb(-decimals)
    return -units if value < 0 else units


def _number(value: Number, decimals: int, plus: str = "") -> str:
    """Digits with their sign; what rounds to zero has none."""
    return _ratio(*value.as_integer_ratio(), decimals, plus)


def _ratio(top: int, bottom: int, decimals: int, plus: str = "") -> str:
    units = (2 * abs(top) * 10**decimals + bottom) // (2 * bottom)
    whole, part = divmod(units, 10**decimals)
    digits = f"{whole:,}.{part:0{decimals}d}" if decimals else f"{whole:,}"
    if not units:
        return digits
    return ((MINUS if is_english() else NEGATIVE) if top < 0 else plus) + digits


def as_in_tables(text: str) -> str:
    """The text with the report's own sign of what is negative, which sentences, tiles and charts in English do without."""
    return type(text)(text.replace(MINUS, NEGATIVE)) if MINUS in text and is_english() else text


def plain(value: Number | str | None, *, decimals: int = 0) -> str:
    """`1,234`, `△1,234`; `-` for zero and None; a word stands as it is.

    A small amount that rounds to zero is `0`, for it is not none.
    """
    if isinstance(value, str):
        return word(value)
    return _number(value, decimals) if value else NONE


def signed(value: Number | str | None, *, decimals: int = 0) -> str:
    """`+1,234`, `△1,234`; `-` for zero and None; a word stands as it is."""
    if isinstance(value, str):
        return word(value)
    return _number(value, decimals, plus="+") if value else NONE


def _in(unit: int, won: int | str | None, decimals: int) -> str:
    if isinstance(won, str):
        return word(won)
    if not won:
        return NONE
    top, bottom = won.as_integer_ratio()
    return _ratio(top, bottom * unit, decimals)


def thousand(won: int | str | None) -> str:
    """원 printed in 천원: `143,204,842`."""
    return _in(THOUSAND, won, 0)


def signed_thousand(won: Number | str | None) -> str:
    """A difference of amounts in 천원: `+21,799,080`, `△1,953`; `-` for none."""
    return signed(won if isinstance(won, str) or not won else Fraction(won) / THOUSAND)


def million(won: int | str | None) -> str:
    """원 printed in 백만원: `143,205`."""
    return _in(MILLION, won, 0)


def won_parts(won: Number | str | None, plus: str = "") -> tuple[str, str]:
    """Number and unit of an amount in sentences, tiles and charts: (`1,432.0`, `억 원`), below one 억 (`3,450`, `만 원`).

    Below one 만 it stays in 원, so that nothing but zero is written as zero. `-` without a unit is unknown, a word stands as it is.
    In English (`₩143.2`, ` bn`), below one 억 (`₩34.5`, ` m`).
    """
    if won is None or isinstance(won, str):
        return (NONE if won is None else word(won)), ""
    if is_english():
        number, unit = _english_parts(won, plus)
        sign = number[: len(number) - len(number.lstrip(f"{MINUS}+"))]
        return f"{sign}₩{number.removeprefix(sign)}", unit
    if _units(Fraction(won) / TEN_THOUSAND, 0) >= HUNDRED_MILLION // TEN_THOUSAND:
        return _number(Fraction(won) / HUNDRED_MILLION, 1, plus), "억 원"
    if _units(won, 0) >= TEN_THOUSAND:
        return _number(Fraction(won) / TEN_THOUSAND, 0, plus), "만 원"
    return _number(won, 0, plus), "원"


def _english_parts(won: Number, plus: str) -> tuple[str, str]:
    if _units(Fraction(won) / TEN_THOUSAND, 0) >= HUNDRED_MILLION // TEN_THOUSAND:
        return _number(Fraction(won) / BILLION, 1, plus), " bn"
    if _units(won, 0) >= HUNDRED_THOUSAND:
        return _number(Fraction(won) / MILLION, 1, plus), " m"
    return _number(won, 0, plus), ""


def won_text(won: Number | str | None) -> str:
    """`1,432.0억 원`, `△3,450만 원`, `0원`; `-` where unknown; a word stands as it is."""
    return "".join(won_parts(won))


def won_change(won: Number | str | None) -> str:
    """A difference of amounts: `+207.8억 원`, `△3,450만 원`, `0원`."""
    return "".join(won_parts(won, "+"))


def won_label(won: Number | str | None, plus: str = "") -> str:
    """An amount under a heading that says 억 원: `1,432.0`; a smaller one says its own unit: `3,450만 원`; `-` for none. In English the heading is ₩ bn."""
    number, unit = won_parts(won or None, plus)
    if unit == " bn":
        return number.replace("₩", "")
    return number if unit == "억 원" else f"{number}{unit}"


def in_label_unit(won: Number) -> Fraction:
    """An amount on an axis under that heading: in 억 원, in English in ₩ bn."""
    return Fraction(won) / (BILLION if is_english() else HUNDRED_MILLION)


def won_texts(*wons: int | None) -> list[str]:
    """Amounts that are compared, in 천원 where `won_text` would write two that differ alike."""
    texts = [won_text(won) for won in wons]
    is_told_apart = len(set(texts)) == len(set(wons))
    return texts if is_told_apart else [thousand_text(won) for won in wons]


def thousand_text(won: int | str | None) -> str:
    """`143,204,842천원`, `KRW 143,204,842 thousand`; a word and `-` for what is not known stand without a unit."""
    if won is None or isinstance(won, str):
        return thousand(won)
    return _in_thousands(thousand(won) if won else "0")


def thousand_change(won: int | str | None) -> str:
    """A difference of amounts: `+609,907천원`, `△1,953천원`; `-` for none, a word as it is."""
    return _in_thousands(signed_thousand(won)) if won and not isinstance(won, str) else thousand(won)


def _in_thousands(shown: str) -> str:
    return f"KRW {shown} thousand" if is_english() else f"{shown}천원"


def million_won(won: int) -> str:
    """An amount of a project in a sentence, as printed and as people say it: `36,248백만원(362.5억 원)`."""
    shown = million(won)
    return f"KRW {shown} million ({won_text(won)})" if is_english() else f"{shown}백만원({won_text(won)})"


def rate(part: Number | None, whole: Number | None) -> Fraction | None:
    """`part` of `whole` as an exact percentage; None where there is nothing to divide."""
    if part is None or not whole:
        return None
    return Fraction(part) / Fraction(whole) * 100


def change_rate(now: Number | None, before: Number | None) -> Fraction | None:
    """The change from `before` to `now` as an exact percentage; None where `before` is zero or unknown."""
    if now is None or not before:
        return None
    # Against the magnitude, so that a rise from a negative amount stays a rise.
    return (Fraction(now) - Fraction(before)) / abs(Fraction(before)) * 100


def percent(value: Number | str | None, decimals: int = 1) -> str:
    """`66.9%` or `△34.0%`; `0.0%`, unsigned, where it rounds to zero; `-` for None; a word (순증) stands as it is."""
    if isinstance(value, str):
        return word(value)
    return NONE if value is None else f"{_number(value, decimals)}%"


def change_rate_text(value: Number | str | None) -> str:
    """A change as a rate: `+18.0%`, `△34.0%`; `0.0%`, unsigned, where it rounds to zero; `-` for None; a word (순증) stands as it is."""
    text = percent(value)
    rises = value is not None and not isinstance(value, str) and _units(value, 1) and value > 0
    return f"+{text}" if rises else text


def points(value: Number | None, decimals: int = 1) -> str:
    """An exact difference of percentages, in %p: `+0.9`, `△9.5`, `0.0`; `-` for None."""
    return NONE if value is None else _number(value, decimals, plus="+")


def word(value: str) -> str:
    """A word in place of a figure, as a reader reads it: `순증`, `new`; another than ours as the report has it."""
    return _ENGLISH_WORDS.get(value, value) if is_english() else value


def net_word(change: Number) -> str:
    """What stands for a rate where there was nothing before: a value that is compared with the printed one, in no language but
    the report's. `word` says it to a reader."""
    return NET_INCREASE if change > 0 else NET_DECREASE


def change_percent(now: Number | None, before: Number | None) -> str:
    """`+3.3%`, `△4.0%`; `순증` (`순감`) where there was nothing before; `-` for none both times, or an unknown one."""
    if now is None or before is None or not (now or before):
        return NONE
    if not before:
        return net_word(now)
    return change_rate_text(change_rate(now, before))


@lru_cache(256)
def pace(on: date, fiscal_year: int) -> Fraction:
    """The share of the fiscal year gone by, that day included, from 0 to 1: 241/365 on 2022-08-29."""
    first, last = date(fiscal_year, 1, 1), date(fiscal_year, 12, 31)
    days = (last - first).days + 1
    return Fraction(min(max((on - first).days + 1, 0), days), days)


def decimals_of(value: Number) -> int:
    """As many as the value was written with; an inexact fraction gets one."""
    if isinstance(value, Decimal):
        return max(0, -int(value.as_tuple().exponent))
    return 0 if Fraction(value).denominator == 1 else 1


def exact(value: Fraction) -> int | Decimal:
    if value.denominator == 1:
        return int(value)
    return Decimal(value.numerator) / Decimal(value.denominator)


def is_behind(rate: Number | str | None, pace: Fraction | None) -> bool:
    """True where a rate, in percent, lies below the share of the year that has gone by."""
    if pace is None or rate is None or isinstance(rate, str):
        return False
    return Fraction(rate) < pace * 100


def parse(text: str) -> int | Decimal | None:
    """The number that a person or a file wrote, in whatever unit it was written.

    Reads `1,234`, `△1,234`, `(1,234)`, `-1,234` and full-width digits. `''` is None, a lone dash is 0. Raises
    ValueError, in Korean, for all else, `▲` too: some write it for a rise and some for a fall.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    if not written:
        return None
    if len(written) == 1 and written in _DASHES:
        return 0
    in_brackets = written.startswith("(") and written.endswith(")")
    match = _NUMBER.fullmatch(written[1:-1].strip() if in_brackets else written)
    if not match or len(written) > _LONGEST_NUMBER or (in_brackets and match["sign"]):
        raise ValueError(_refusal(written))
    digits = match["digits"].replace(",", "")
    value = Decimal(digits) if "." in digits else int(digits)
    return -value if in_brackets or (match["sign"] or "+") != "+" else value


def _refusal(written: str) -> str:
    if "▲" in written:
        return "▲는 증가인지 감소인지 알 수 없습니다. 감소는 △로, 증가는 기호 없이 적어 주세요."
    shown = written if len(written) <= _LONGEST_NUMBER else f"{written[:_LONGEST_NUMBER]}…"
    return f"{quoted(shown, '은/는')} 숫자로 읽을 수 없습니다. 1,234 또는 △1,234처럼 적어 주세요."
