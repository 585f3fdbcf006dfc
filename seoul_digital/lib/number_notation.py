"""Another value in the notation of a number or date that a text has: `1.7만명` → `1.9만명`, `△8` → `△5`, `’22.8.~12.` → `’22.9.~12.`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from .number_tokens import POWERS, NumberToken, agrees, number_tokens
from .periods import PartialDate, Period
from .printed_dates import PrintedDate

_SPOKEN = re.compile(r"(?P<digits>[0-9][0-9,]*+(?:\.[0-9]++)?+)(?P<scale>(?:\s?[십백천만억조]++(?!료))?+)")
_WORDS = re.compile("[십백천만]+")
_WRITTEN = re.compile("[0-9십백천만]")
_SIGN = re.compile(r"[△▲-]\s?(?=[0-9])")
_LARGE = "만억조"
_MOST_DECIMALS = 4
_PART_OF_YEAR = re.compile(r"[상하](?=반기)|(?<!/)(?<!/\s)[1-4](?=(?:\s?/\s?4)?\s?분기)")
_TO = re.compile("[~∼～]")
_DATE_PART = re.compile(
    r"(?P<year>['’‘`]\s?[0-9]{2}(?![0-9])|(?:19|20)[0-9]{2}(?![0-9]))|(?P<part>[0-9]{1,2})|\((?P<weekday>[월화수목금토일])\)"
)
_WEEKDAYS = "월화수목금토일"


def same_notation(token: NumberToken, value: Decimal | Period | PartialDate, *, rounded: bool = False) -> str:
    """The token as it would be printed of the value. Approximate stays approximate; digits are rounded to the places it has,
    plain ones only if `rounded`."""
    if isinstance(value, Decimal):
        return _number(token, value, rounded)
    return _date(token, value if isinstance(value, Period) else Period(value, value))


@dataclass(frozen=True)
class _Part:
    """`3천` of `35만3천`: its digits, and what one of them counts; `large` is the 만 or 억 in that, written here or behind it."""

    digits: str
    scale: str
    worth: int
    gap: str = ""
    large: int = 1


def _number(token: NumberToken, value: Decimal, rounded: bool) -> str:
    """In the notation that it has; in plain digits where that would be read as another number."""
    printed = _SIGN.sub("", token.printed)
    if "분의" in printed or not _WRITTEN.search(printed):  # 열두 곳, 절반: another one in digits
        return f"{_digits(value, '', 1).removesuffix('.0')}{token.unit}"
    parts = _parts(printed)
    places = list(_SPOKEN.finditer(printed)) or list(_WORDS.finditer(printed))  # 십만개
    sign = _SIGN.search(token.printed)
    mark = (sign[0] if sign else "△") if value < 0 else ""

    def written(digits: str) -> str:
        return f"{printed[: places[0].start()]}{mark}{digits}{printed[places[-1].end() :]}"

    new = written(_spoken(abs(value), parts, token, rounded)) if parts else ""
    again = number_tokens(new)
    if len(again) == 1 and agrees(again[0], value, rounded=True):
        return new
    return written(_single(abs(value), _Part(parts[0].digits if parts else "", "", 1), None))


def _parts(printed: str) -> list[_Part]:
    """What stands before 만 counts 만, so they are read from the end."""
    found: list[_Part] = []
    large, after = 1, len(printed)
    for match in reversed(list(_SPOKEN.finditer(printed))):
        scale = match["scale"].strip()
        large = next((POWERS[power] for power in reversed(scale) if power in _LARGE), large if found else 1)
        worth = large
        for power in scale:
            worth *= POWERS[power] if power not in _LARGE else 1
        found.append(
            _Part(
                match["digits"], match["scale"], worth, printed[match.end() : after] if found else "", large
            )
        )
        after = match.start()
    return found[::-1]


def _spoken(value: Decimal, parts: list[_Part], token: NumberToken, rounded: bool) -> str:
    last = parts[-1]
    if value < last.worth:
        return _single(value, _Part(last.digits.partition(".")[0], "", 1), token, rounded)
    if len(parts) == 1:
        return _single(value, last, token, rounded)
    left = (value / last.worth).quantize(Decimal(1), _rounding(token)) * last.worth
    counted: list[tuple[Decimal, _Part]] = []
    for part in parts:
        count, left = divmod(left, part.worth)
        if count:
            counted.append((count, part))
    count, first = counted[0]
    if count >= 10 and first.scale.strip()[0:1] in tuple("십백천"):  # 12,300만, not 123천만
        return _single(value, _Part("", _large(first), first.large), token, rounded)
    spoken = ""
    for place, (count, part) in enumerate(counted, 1):
        following = next((part for _, part in counted[place:]), None)
        is_left_out = (following is None or following.large != part.large) and _large(part) not in part.scale
        spoken += _digits(count, part.digits, 0) + part.scale + (_large(part) if is_left_out else "")
        spoken += part.gap if following else ""
    return spoken


def _large(part: _Part) -> str:
    return next(power for power in ("", *_LARGE) if POWERS.get(power, 1) == part.large)


def _rounding(token: NumberToken | None) -> str:
    return ROUND_DOWN if token and "여" in token.printed else ROUND_HALF_UP


def _single(value: Decimal, part: _Part, token: NumberToken | None, rounded: bool = False) -> str:
    """Without a token in full."""
    count, decimals = value / part.worth, len(part.digits.partition(".")[2])
    if part.worth == 1 and not rounded and not (token and token.approximate):
        decimals = max(decimals, min(max(0, -int(count.normalize().as_tuple().exponent)), _MOST_DECIMALS))
    elif part.worth == 1 and token and token.approximate and token.place > 1:
        count = (count / token.place).quantize(Decimal(1), _rounding(token)) * token.place
    digits = _digits(count, part.digits, decimals, _rounding(token))
    if part.worth > 1 and "." in digits:  # 2만, not 2.0만
        digits = digits.rstrip("0").rstrip(".")
    return digits + part.scale


def _digits(number: Decimal, like: str, decimals: int, rounding: str = ROUND_HALF_UP) -> str:
    """With commas, but where the number before had four digits without."""
    rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding)
    whole = like.partition(".")[0]
    return f"{rounded:{'' if len(whole) > 3 and ',' not in whole else ','}f}"


def _date(token: NumberToken, period: Period) -> str:
    """Its digits put in the place of the old ones; in the house's notation where they would be others."""
    printed = token.period
    is_single = period.start == period.end
    if printed is None or is_single != (printed.start == printed.end):
        return period.printed()
    if any(
        _precision(old) != _precision(new)
        for old, new in ((printed.start, period.start), (printed.end, period.end))
    ):
        return period.printed()
    if _PART_OF_YEAR.search(token.printed):
        return _part_of_year(token.printed, period) or period.printed()
    days = [day for day in (period.start, None if is_single else period.end) if day]
    return _filled(token.printed, days) or period.printed()


def _part_of_year(printed: str, period: Period) -> str:
    """`’22.4/4분기` like `’22.3/4분기`; '' where the period is no part of a year of that length."""
    start, end = period.start, period.end
    parts = _PART_OF_YEAR.findall(printed)
    if (
        start is None
        or end is None
        or not (start.month and end.month)
        or len(parts) > 1
        or _TO.search(printed)
    ):
        return ""
    months = 3 if parts[0].isdigit() else 6
    if (start.year, start.month + months - 1) != (end.year, end.month) or end.month % months:
        return ""
    turn = end.month // months
    part = str(turn) if months == 3 else "상하"[turn - 1]
    dated = _DATE_PART.sub(
        lambda found: found[0][:-2] + f"{start.year % 100:02d}" if found["year"] else found[0], printed
    )
    return _PART_OF_YEAR.sub(part, dated)


def _precision(date: PrintedDate | PartialDate | None) -> tuple[bool, bool, bool]:
    is_last = isinstance(date, PrintedDate) and date.is_last
    return (date is not None, bool(date and date.month), bool(date and date.day) or is_last)


def _filled(printed: str, days: list[PartialDate]) -> str:
    """With the digits of the days in their order; '' where they do not stand there one by one."""
    matches = list(_DATE_PART.finditer(printed))
    filled: list[str] = []
    year = 0
    for day in days:
        if matches[len(filled) :] and matches[len(filled)]["year"]:
            before = matches[len(filled)]["year"]
            filled.append(str(day.year) if before[0].isdigit() else f"{before[:-2]}{day.year % 100:02d}")
        elif year and year != day.year:
            return ""
        year, numbers = day.year, [str(number) for number in (day.month, day.day) if number]
        while numbers and matches[len(filled) :] and matches[len(filled)]["part"]:
            filled.append(numbers.pop(0))
        if numbers:
            return ""
        if matches[len(filled) :] and matches[len(filled)]["weekday"]:
            filled.append(f"({_WEEKDAYS[day.first().weekday()]})")
    if len(filled) != len(matches):
        return ""
    return "".join(_joined(printed, matches, filled))


def _joined(printed: str, matches: list[re.Match[str]], filled: list[str]) -> Iterator[str]:
    at = 0
    for match, text in zip(matches, filled, strict=True):
        yield printed[at : match.start()] + text
        at = match.end()
    yield printed[at:]
