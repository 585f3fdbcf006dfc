"""Small bars within the rows of a table: what a row draws, in percent of one axis that all rows share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .. import amounts
from ..amounts import Number
from .timeline import DAY, Mark, Span, quarter_text, quarters

CLASSES = {"done": "done", "in_progress": "now", "planned": "plan", "undetermined": "open", "warn": "late"}


@dataclass(frozen=True)
class Shape:
    """`kind`: bar, dotted, circle, square, diamond, tick, from or to (an arrow of what goes on beyond the axis)."""

    kind: str
    css: str
    x: float
    width: float = 0


@dataclass(frozen=True)
class ShareAxis:
    """From nothing to 100 %."""

    name: str = "share"
    now: float | None = None

    @property
    def ticks(self) -> list[tuple[str, float]]:
        return [("0", 0), ("50", 50), ("100%", 100)]

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
    def ticks(self) -> list[tuple[str, float]]:
        """Quarters; a name that would run into another, into the as-of date's or over the end is left out. The first name of a
        year says the year."""
        ticks: list[tuple[str, float]] = []
        free, year = 0.0, 0
        for day, _ in quarters(*self.span):
            x = self.at(day)
            named = free <= x <= 96 and not -8 < x - self.now < 20
            free = x + 16 if named else free
            ticks.append((quarter_text(day, with_year=day.year != year) if named else "", x))
            year = day.year if named else year
        return ticks

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


Axis = ShareAxis | TimeAxis


def shares(values: Sequence[Number | None]) -> list[Fraction | None]:
    """Quantities of one kind as shares of the largest."""
    largest = max((value for value in values if value is not None), default=0)
    return [amounts.rate(value, largest) if largest > 0 else None for value in values]


def _within(percent: Fraction) -> float:
    return round(float(min(max(percent, Fraction(0)), Fraction(100))), 2)
