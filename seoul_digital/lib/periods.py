"""Dates as a report gives them: to the day, the month or the year, and periods open at either end.

What is given as a month stays a month: it has a first and a last day to compare with, but is never stored or
printed as one of them.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Self

from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.language import is_english

_WEEKDAYS = "월화수목금토일"
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
# A year of two digits says by a mark, or by a month behind it, that it is one.
_AS_PRINTED = re.compile(
    r"(['’‘`´])? ?([0-9]{4}|[0-9]{2})(?:년| ?[./-])?"
    r"(?: ?([0-9]{1,2})(?:월| ?[./-]|$)(?: ?([0-9]{1,2})(?:일|\.)?)?)?(?: ?\([월화수목금토일]\))?"
)
_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def iso_text(text: str) -> str:
    """`2022-08-29` of `22.8.29.`, `’22. 8. 29.` or `2022. 8. 29.(월)`, as screens print dates, `2022-08` of `’22.8.`; else the text."""
    match = _AS_PRINTED.fullmatch(" ".join(text.split()))
    if not match:
        return text.strip()
    mark, year, month, day = match.groups()
    is_short = len(year) == 2
    if is_short and not (mark or day or month and "." in text):
        return text.strip()
    parts = (f"20{year}" if is_short else year, *(part.zfill(2) for part in (month, day) if part))
    return "-".join(parts)


def iso_moment(text: str) -> str:
    """`2022-08-29 14:05` of `2022. 8. 29. 14:05`, `2022-08-29` of `2022. 8. 29.`; else the text, without blanks around it."""
    day, _, time = text.strip().rpartition(" ")
    return f"{iso_text(day)} {time}" if day and ":" in time else iso_text(text)


def moment_text(moment: datetime) -> str:
    """`2022. 8. 29. 14:05`, with its seconds and what is below them where there are any."""
    time = moment.time().isoformat(timespec="auto" if moment.second or moment.microsecond else "minutes")
    return f"{PartialDate(moment.year, moment.month, moment.day).full()} {time}"


def full_text(text: str) -> str:
    """`2022. 8. 29.` of `2022-08-29`, `2022. 8.` of `2022-08`; of what is kept otherwise the text."""
    try:
        return PartialDate.parse(text).full() if _WRITTEN.fullmatch(text) else text
    except ValueError:
        return text


def whole_months(since: date, until: date) -> int:
    """The months that have gone by: 2 from 2022-08-29 to 2022-11-28."""
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)


def month_text(month: int) -> str:
    """`8월`, `Aug`"""
    return _MONTHS[month - 1] if is_english() else f"{month}월"


@dataclass(frozen=True)
class PartialDate:
    """A date to the day, month or year. Raises ValueError, in Korean, for one that no calendar has."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        try:
            if self.day is not None and self.month is None:
                raise ValueError
            date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except ValueError:
            raise ValueError(f"{quoted(self, '은/는')} 달력에 없는 날짜입니다.") from None

    @classmethod
    @lru_cache(2_048)
    def parse(cls, text: str) -> Self:
        """From `2022`, `2022-08` or `2022-08-29`, or as screens print them (`iso_text`); ValueError, in Korean, otherwise."""
        match = _WRITTEN.fullmatch(iso_text(text))
        if not match:
            raise ValueError(
                f"{quoted(text.strip()[:40], '은/는')} 날짜로 읽을 수 없습니다. 2022, 2022. 8., 2022. 8. 29.처럼 적어 주세요."
            )
        year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    def __str__(self) -> str:
        parts = (f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None))
        return "-".join(parts)

    @property
    def precision(self) -> str:
        """`day`, `month` or `year`."""
        if self.day:
            return "day"
        return "month" if self.month else "year"

    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def contains(self, day: date) -> bool:
        return self.first() <= day <= self.last()

    def english(self) -> str:
        """`29 Aug 2022`, `Aug 2022`, `2022`."""
        day, month = self.day and str(self.day), self.month and _MONTHS[self.month - 1]
        return " ".join(part for part in (day, month, str(self.year)) if part)

    def printed(self) -> str:
        """In the house style: `’22. 8. 29.`, `’22. 8.`, `’22년`; other centuries with all four digits."""
        if is_english():
            return self.english()
        year = f"’{self.year % 100:02d}" if self.year // 100 == 20 else str(self.year)
        return f"{year}. {self.within_year()}" if self.month else f"{year}년"

    def within_year(self) -> str:
        """`8. 29.`, `8.`, or nothing for a year."""
        return " ".join(f"{part}." for part in (self.month, self.day) if part)

    def full(self) -> str:
        """As forms and lists show it: `2022. 8. 29.`, `2022. 8.`, `2022`."""
        if is_english():
            return self.english()
        return f"{self.year}. {self.within_year()}" if self.month else str(self.year)

    def in_text(self) -> str:
        """As sentences and tables of ours say it: `2022. 8. 29.`, `2022. 8.`, `2022년`."""
        return self.full() if self.month or is_english() else f"{self.year}년"

    def long(self) -> str:
        """`2022. 8. 29.(월)`, `2022. 8.`, `2022년`."""
        weekday = self.day and not is_english()
        return self.in_text() + (f"({_WEEKDAYS[self.first().weekday()]})" if weekday else "")


@dataclass(frozen=True)
class Period:
    """From `start` to `end`, either of them open, or all year round (연중); falsy where nothing at all is given.

    A single date has the same start and end. An end before the start (`is_reversed`) is a slip that someone has to see,
    so it can be held and shown.
    """

    start: PartialDate | None = None
    end: PartialDate | None = None
    all_year: bool = False

    @classmethod
    def from_texts(cls, start: str | None, end: str | None, all_year: bool = False) -> Self:
        """From two texts that PartialDate reads; an empty one is an open end."""
        return cls(
            PartialDate.parse(start) if start else None, PartialDate.parse(end) if end else None, all_year
        )

    @property
    def is_reversed(self) -> bool:
        return bool(self.start and self.end and self.end.last() < self.start.first())

    def __bool__(self) -> bool:
        return bool(self.start or self.end or self.all_year)

    def first(self) -> date | None:
        return self.start.first() if self.start else None

    def last(self) -> date | None:
        return self.end.last() if self.end else None

    def printed(self) -> str:
        """`’22. 8. ~ 12.`, `’22. 12. ~`, `~ ’22. 11.`, `’22. 10.` for a single date, `연중`; empty if unknown."""
        return self._written(PartialDate.printed)

    def in_text(self) -> str:
        """As sentences of ours say it: `2022. 8. ~ 12.`, `2022. 12. ~`, `~ 2022년`, `연중`; empty if unknown."""
        return self._written(PartialDate.in_text)

    def _written(self, form: Callable[[PartialDate], str]) -> str:
        start, end = (form(on) if on else "" for on in (self.start, self.end))
        months = self.start and self.start.month and not is_english()
        if months and self.start and self.end and self.start.year == self.end.year:
            end = self.end.within_year() or end
        whole = start if self.start == self.end else _span(start, end)
        all_year = ("all year" if is_english() else "연중") if self.all_year else ""
        return " ".join(part for part in (whole, all_year) if part)

    def starts_after(self, day: date) -> bool:
        return self.start is not None and self.start.first() > day

    def ends_before(self, day: date) -> bool:
        """Whether all of it lies before `day`; never so while it is open or goes on all year."""
        return self.end is not None and not self.all_year and self.end.last() < day

    def end_contains(self, day: date) -> bool:
        """Whether `day` falls into the year, month or day that the end is given as, so that it may be over or not."""
        return self.end is not None and not self.all_year and self.end.contains(day)


def _span(start: str, end: str) -> str:
    if not is_english():
        return f"{start} ~ {end}".strip()
    if start and end:
        return f"{start} – {end}"
    return f"from {start}" if start else f"until {end}"
