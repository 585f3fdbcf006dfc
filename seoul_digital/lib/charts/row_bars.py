"""Small bars within the rows of a table: what a row draws, in percent of one axis that all rows share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext

from .. import amounts
from ..amounts import Number
from .timeline import DAY, Mark, Span, quarter_text, quarters

WIDE, NARROW = 420, 220  # pixels of an axis beside its names, and of the shortest one (static/css/app.css)
GAP = 8
AT_START = 2  # percent: a name nearer to the start begins at its line
CLASSES = {
    "done": "done",
    "in_progress": "now",
    "planned": "plan",
    "undetermined": "open",
    "confirm": "confirm",
}


@dataclass(frozen=True)
class Shape:
    """`kind`: bar, dotted, circle, square, diamond, tick, from or to (an arrow of what goes on beyond the axis)."""

    kind: str
    css: str
    x: float
    width: float = 0


@dataclass(frozen=True)
class Tick:
    """A line of the axis at `x` percent, with its name where the axis is wide, and where it is narrow."""

    x: float
    wide: str = ""
    narrow: str = ""

    @property
    def names(self) -> list[tuple[str, str]]:
        """With the class that shows each of them (static/css/app.css)."""
        names = (
            [("", self.wide)] if self.wide == self.narrow else [("wide", self.wide), ("narrow", self.narrow)]
        )
        return [(css, text) for css, text in names if text]


@dataclass(frozen=True)
class ShareAxis:
    """From nothing to 100 %."""

    name: str = "share"
    now: float | None = None

    @property
    def ticks(self) -> list[Tick]:
        return [Tick(x, text, text) for x, text in ((0, "0"), (50, "50"), (100, "100%"))]

    def shapes(self, share: Fraction) -> list[Shape]:
        """What goes on beyond the axis ends in an arrow; its number stands in the row."""
        bar = Shape("bar", "now", 0, _within(share))
        return [bar, Shape("to", "now", 100)] if share > 100 else [bar]


@dataclass(frozen=True)
class TimeAxis:
    """The days of `span`; the as-of date is drawn across all rows."""

    span: Span
    as_of: date
    name: str = "time"

    def at(self, day: date) -> float:
        first, last = self.span
        return _within(Fraction((day - first).days * 100, (last - first).days))

    @property
    def now(self) -> float:
        return self.at(self.as_of)

    @property
    def ticks(self) -> list[Tick]:
        """Quarters; a name that would run into another, into the as-of date's or over the end is left out. The first name of a
        year says the year."""
        wide, narrow = (self._names(100 / width) for width in (WIDE, NARROW))
        return [
            Tick(x, wide.get(x, ""), narrow.get(x, ""))
            for x in (self.at(day) for day, _ in quarters(*self.span))
        ]

    def _names(self, pixel: float) -> dict[float, str]:
        """Names that stand apart by their place, where a pixel is so many percent of the axis."""
        names: dict[float, str] = {}
        free, year = -2.0 * AT_START, 0
        end_of_now = self.now + (_width(gettext("기준일")) + GAP) * pixel
        for day, _ in quarters(*self.span):
            x, text = self.at(day), quarter_text(day, with_year=day.year != year)
            width = (_width(text) + GAP) * pixel
            left = x - width / 2 if x > AT_START else x
            if left >= free and left + width <= 100 and (left + width < self.now or left > end_of_now):
                names[x] = text
                free, year = left + width, day.year
        return names

    def shapes(self, mark: Mark) -> list[Shape]:
        """Bars and dotted lines, then the points that stand upon them; nothing of what lies beyond the axis."""
        if not mark.is_within(self.span):
            return []
        css, (first, last) = CLASSES[mark.status], self.span
        start, end = self.at(mark.first or first), self.at((mark.last or last) + DAY)
        shapes = [] if mark.shape == "dot" else [Shape(mark.shape, css, start, round(end - start, 2))]
        if mark.point and first <= mark.point[0] <= last:
            shapes.append(Shape(mark.point[1], css, self.at(mark.point[0])))
        if mark.shape != "dot" and mark.first and mark.first < first:
            shapes.append(Shape("from", css, 0))
        if mark.shape != "dot" and mark.last and mark.last >= last:
            shapes.append(Shape("to", css, 100))
        return shapes


def _width(text: str) -> int:
    """About how many pixels a name of 13 takes: Hangul is as wide as it is high."""
    return sum(13 if character >= "가" else 4 if character in "’. " else 8 for character in text)


Axis = ShareAxis | TimeAxis


def shares(values: Sequence[Number | None]) -> list[Fraction | None]:
    """Quantities of one kind as shares of the largest."""
    largest = max((value for value in values if value is not None), default=0)
    return [amounts.rate(value, largest) if largest > 0 else None for value in values]


def _within(percent: Fraction) -> float:
    return round(float(min(max(percent, Fraction(0)), Fraction(100))), 2)
