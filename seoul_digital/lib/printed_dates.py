"""Dates and periods as texts print them: `’22.8. ~ 12.`, `'24년까지`, `2022. 8. 26(금) ~ 8. 27(토)`, `6월~8월`, `’22.8월말 기준`,
`’22.3/4분기`, `’22.1/4~3/4분기`, `’23년 상반기까지`."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from .periods import PartialDate, Period

_YEAR = r"(?:['’‘`´]\s?(?P<short{n}>[0-9]{{2}})|(?P<long{n}>(?:19|20)[0-9]{{2}}))(?![0-9])\s?(?:년(?:도(?=\s?(?:[상하]반기|[0-9]|말)))?|[./-])?"
_SEPARATED = r"(?:\s?월|\s?[./-]|(?=\s?(?:$|[~∼～(),])))"
_WEEKDAY = r"(?:\s?\([월화수목금토일]\))?"
_REST = (
    r"(?P<month{n}>[0-9]{{1,2}})(?![0-9,])"
    + _SEPARATED
    + r"(?:\s?(?P<day{n}>[0-9]{{1,2}})(?![0-9,])(?:일|\.|(?=\s?(?:$|[~∼～()]))))?"
)
_NO_PART = r"(?!별|점|\s?(?:연속|동안|만에|간))"
_PART = (  # the third quarter is 3분기 or 3/4분기; of a range the first may leave 분기 to the second
    r"(?:(?P<half{n}>[상하])반기|(?P<quarter{n}>[1-4])(?:\s?/\s?4)?"
    rf"(?:\s?분기|(?=\s?[~∼～]\s?[1-4](?:\s?/\s?4)?\s?분기{_NO_PART}))){_NO_PART}"
)
_DATE = rf"(?:{_YEAR}(?:\s?(?:{_PART}|{_REST}))?)"
_OF_THE_YEAR = (
    rf"(?:(?<!상[·․,/])(?<![1-4][·․,])(?<![0-9]/){_PART}"
    + r"|(?P<month{n}>[0-9]{{1,2}})월(?:\s?(?P<day{n}>[0-9]{{1,2}})일)?)"
)
_END = r"(?P<last>\s?말)?"
_RIGHT = f"{_DATE.format(n=2)}|{_PART.format(n=3)}|{_REST.format(n=3)}"


def _left(n: int, form: str) -> str:
    return form.format(n=n) + _WEEKDAY


_PERIOD = re.compile(
    rf"(?:(?P<open>[~∼～])\s?)?(?:{_left(0, _DATE)}|(?<![0-9.]){_left(1, _OF_THE_YEAR)}){_END}"
    rf"(?:(?P<until>\s?까지)|(?P<to>\s?[~∼～])(?:\s?(?:{_RIGHT}){_WEEKDAY}(?:\s?말(?![가-힣]))?)?)?"
)
ALL_YEAR = "연중"
_WITHIN = re.compile(r"\s?중$")  # 하반기 중


@dataclass(frozen=True)
class PrintedDate:
    """What is printed of a date; the year may be left to what stands before, and is None then."""

    year: int | None
    month: int | None = None
    day: int | None = None
    is_last: bool = False  # 8월말

    def __str__(self) -> str:
        """`2022-08-29`, `2022-08`, without a year `--08-29`; of the end of a month `2022-08-말`."""
        parts = (
            "-" if self.year is None else f"{self.year:04d}",
            *(f"{part:02d}" for part in (self.month, self.day) if part),
        )
        return "-".join(parts) + ("-말" if self.is_last else "")

    def names(self, other: PartialDate) -> bool:
        """Whether it is this date, as far as it is printed."""
        if self.year not in (None, other.year) or self.month != other.month:
            return False
        if self.is_last and other.day:
            return other.day == calendar.monthrange(other.year, other.month or 12)[1]
        return self.day == other.day


@dataclass(frozen=True)
class PrintedPeriod:
    """Either end is None where it is open; of a single date both are the same."""

    start: PrintedDate | None
    end: PrintedDate | None

    def __str__(self) -> str:
        """`2022-08`, `2022-08~2022-12`, `2022-12~`, `~2022-11`."""
        return str(self.start) if self.start == self.end else f"{self.start or ''}~{self.end or ''}"

    def is_printed_of(self, period: Period) -> bool:
        """Whether these are the dates of the period."""
        return all(
            printed.names(stored) if printed and stored else printed is None and stored is None
            for printed, stored in ((self.start, period.start), (self.end, period.end))
        )

    @property
    def is_year(self) -> bool:
        return self.start == self.end and self.start is not None and not self.start.month

    def has(self, other: PartialDate) -> bool:
        """Whether the date is one of its ends."""
        return any(printed.names(other) for printed in (self.start, self.end) if printed)

    def lasts_beyond(self, day: date) -> bool:
        """Whether it has begun by the day and is not over."""
        if self.start is None or self.start.year is None:
            return False
        begun = PartialDate(self.start.year, self.start.month, self.start.day).first() <= day
        end = self.end and self.end.year and PartialDate(self.end.year, self.end.month, self.end.day)
        return begun and (not end or end.last() >= day)

    def reaches(self, due: PartialDate) -> bool:
        """Whether it ends in the year of the date, and in its month where both have one."""
        end = self.end
        if end is None or end.year not in (None, due.year):
            return False
        return None in (end.month, due.month) or end.month == due.month


def periods_in(text: str) -> Iterator[PrintedPeriod]:
    """Every date and period of a text, in its order; what no calendar has is none."""
    return (period for _, _, period in periods_at(text))


def periods_at(text: str) -> Iterator[tuple[int, int, PrintedPeriod]]:
    """The same, each with where it starts and ends."""
    for match in _PERIOD.finditer(text):
        found = _period(match)
        if found:
            yield *match.span(), found


def printed_period(text: str) -> PrintedPeriod | None:
    """The period that a text is, None where it says anything else besides; 연중 of a year is the year."""
    words = text.strip()
    is_all_year = words.endswith(ALL_YEAR)
    match = _PERIOD.fullmatch(
        words.removesuffix(ALL_YEAR).rstrip() if is_all_year else _WITHIN.sub("", words)
    )
    found = _period(match) if match else None
    return None if found and is_all_year and not found.is_year else found


def _period(match: re.Match[str]) -> PrintedPeriod | None:
    left = _dates(match, 0) or _dates(match, 1)
    right = _dates(match, 2) or _dates(match, 3)
    if left is None:
        return None
    begins, ends = left[0], (right or left)[1]
    if right and ends.month and ends.month > 12 and not ends.day and begins.day:  # `9. 26. ~ 27.`
        ends = PrintedDate(None, begins.month, ends.month)
    if right and ends.year is None:
        ends = replace(ends, year=begins.year)
    if not all(map(_is_possible, (begins, left[1], ends))):
        return None
    if match["open"] or match["until"]:
        return PrintedPeriod(None, left[1])
    return PrintedPeriod(begins, ends if right or not match["to"] else None)


def _dates(match: re.Match[str], number: int) -> tuple[PrintedDate, PrintedDate] | None:
    """The first and the last month of a half or a quarter; else one date twice."""
    named = {
        key.removesuffix(str(number)): value
        for key, value in match.groupdict().items()
        if key.endswith(str(number)) and value
    }
    if not named:
        return None
    year = named.get("long") or named.get("short")
    month, day = named.get("month"), named.get("day")
    date = PrintedDate(
        int(year[-4:]) + 2000 * (len(year) == 2) if year else None,
        int(month) if month else None,
        int(day) if day else None,
        number < 2 and bool(match["last"]),
    )
    half, quarter = named.get("half"), named.get("quarter")
    if not (half or quarter):
        return date, date
    months = 6 if half else 3
    turn = "상하".index(half) + 1 if half else int(quarter or 1)
    if date.is_last:  # 3/4분기말
        return (end := PrintedDate(date.year, turn * months, is_last=True)), end
    return PrintedDate(date.year, (turn - 1) * months + 1), PrintedDate(date.year, turn * months)


def _is_possible(printed: PrintedDate) -> bool:
    try:
        PartialDate(printed.year or 2000, printed.month, printed.day)
    except ValueError:
        return False
    return True
