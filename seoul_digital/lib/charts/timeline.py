"""Milestones on a time axis. What is open or undated is drawn as open: nothing is filled in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext_lazy as _

from ..language import is_english
from ..periods import month_text
from ..tables import STATUSES
from .rows import HEAD_HEIGHT, RowName, bottom, row_chart, text_column
from .theme import ACCENT, BACKGROUND, DONE, INK, INK_3, LINE, hover_text, marker_line

LABEL_WIDTH = 400
ROW_HEIGHT, TALL_ROW_HEIGHT = 40, 56
LANE = 10  # pixels from one bar of a row to the next
APART = 21  # days between two bars of one lane: a dot is wider than its day
THICKNESS = 7
YEAR, QUARTER = timedelta(days=365), timedelta(days=90)
MONTH, WEEK, DAY = timedelta(days=31), timedelta(days=7), timedelta(days=1)
MILLISECONDS_A_DAY = 86_400_000

LEGEND = (
    ("done", _("완료")),
    ("accent", _("기간 중")),
    ("hollow", _("예정")),
    ("open", _("미정(시작이나 끝, 결과)")),
    ("confirm", _("확인 필요")),
)

Span = tuple[date, date]


@dataclass(frozen=True)
class Mark:
    """A milestone. `first`/`last`: None where that end is open; `printed`: its period as the report writes it."""

    title: str
    status: str
    first: date | None
    last: date | None
    printed: str = ""

    @property
    def hover(self) -> str:
        return hover_text(self.title, self.printed, str(STATUSES[self.status]))

    @property
    def colour(self) -> str:
        return {"in_progress": ACCENT, "confirm": INK}.get(
            self.status, DONE if self.status == "done" else INK_3
        )

    @property
    def shape(self) -> str:
        """`dot` for a point in time, `dotted` for an open or undetermined period, else `bar`."""
        if self.first is None or self.last is None:
            return "dotted"
        # A week is too short for a bar; what was done within a month happened at a point of it.
        shortest_bar = MONTH if self.status == "done" else WEEK
        if self.status == "confirm" or self.last - self.first < shortest_bar:
            return "dot"
        return "dotted" if self.status == "undetermined" else "bar"

    @property
    def point(self) -> tuple[date, str] | None:
        """Day and symbol of a dot, or of the small square at the known end of an open period."""
        known = self.first or self.last
        if known is None or (self.first and self.last and self.shape != "dot"):
            return None
        if self.status == "confirm":
            return known, "diamond"
        if self.first and self.last:
            return self.first + (self.last - self.first) / 2, "circle"
        return known, "square"

    def is_within(self, span: Span) -> bool:
        """Whether it has a place on the axis; what has no date at all has none."""
        if self.first is None and self.last is None:
            return False
        return (self.first or span[0]) <= span[1] and (self.last or span[1]) >= span[0]


@dataclass(frozen=True)
class GanttRow:
    """A name, with `small` below it, and its milestones; a heading stands over the rows below.

    `value`: figure at the right.
    """

    label: str
    marks: Sequence[Mark] = ()
    small: str = ""
    value: str = ""
    heading: bool = False
    href: str = ""

    @property
    def lanes(self) -> list[int]:
        """The lane of each dated milestone: the first that those before it leave free."""
        ends: list[int] = []
        lanes = []
        for mark in self.dated:
            start = mark.first.toordinal() if mark.first else 0
            lane = next((lane for lane, end in enumerate(ends) if end + APART < start), len(ends))
            ends[lane : lane + 1] = [mark.last.toordinal() if mark.last else date.max.toordinal()]
            lanes.append(lane)
        return lanes

    @property
    def dated(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.first or mark.last]

    @property
    def depth(self) -> int:
        return max(self.lanes, default=0) + 1

    @property
    def height(self) -> int:
        if self.heading:
            return ROW_HEIGHT
        return max(TALL_ROW_HEIGHT if self.small else ROW_HEIGHT, self.depth * LANE + 16)


@dataclass(frozen=True)
class PlacedMark:
    """A milestone with the pixel row of its bar and the part of it that the axis shows."""

    mark: Mark
    y: float
    start: date
    end: date


def gantt(
    rows: Sequence[GanttRow], as_of: date, *, value_title: str = "", span: Span | None = None
) -> go.Figure:
    """Milestones of rows against the as-of line. `span` limits the axis; without it, a year either way at most."""
    span = span or axis_span([mark for row in rows for mark in row.marks], as_of)
    names = _row_names(rows)
    placed = list(_placed(rows, names, span))
    traces = [_bars(placed), *(_dotted(placed, colour) for colour in (DONE, INK_3, ACCENT, INK))]
    traces += [_points(placed, span), _arrows(placed, span)]
    return row_chart(
        names,
        [trace for trace in traces if trace.x],
        columns=[text_column(value_title, [row.value for row in rows], 88)] if value_title else [],
        xaxis=_time_axis(*span),
        meta={"labels": "above", "as_of": as_of},
        label_width=LABEL_WIDTH,
        head=HEAD_HEIGHT,
        legend=[(swatch, str(meaning)) for swatch, meaning in LEGEND],
        annotations=marker_line(as_of, str(_("기준일")), xanchor="left", xshift=4)["annotations"],
    )


def axis_span(marks: Sequence[Mark], as_of: date) -> Span:
    """Whole months around all known ends, a year before and after the as-of date at most, a quarter at least."""
    days = [day for mark in marks for day in (mark.first, mark.last) if day]
    first = max(as_of - YEAR, min([*days, as_of - QUARTER]))
    last = min(as_of + YEAR, max([*days, as_of + QUARTER]))
    return first.replace(day=1), _next_month(last)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _row_names(rows: Sequence[GanttRow]) -> list[RowName]:
    """The rows as figures.js names them, with `band`, the height that their bars take."""
    names: list[RowName] = []
    for row in rows:
        name: RowName = {"text": row.label, "small": row.small, "href": row.href, "level": 0}
        name |= {"strong": row.heading, "rule": row.heading, "line": not row.heading}
        name |= {"top": bottom(names), "height": row.height, "band": row.depth * LANE}
        names.append(name)
    return names


def _placed(rows: Sequence[GanttRow], names: Sequence[RowName], span: Span) -> Iterator[PlacedMark]:
    """Milestones of a row in its lanes around its middle; an open end runs to the axis's."""
    first, last = span
    for row, name in zip(rows, names, strict=True):
        top = name["top"] + name["height"] / 2 - (row.depth - 1) / 2 * LANE
        for lane, mark in zip(row.lanes, row.dated, strict=True):
            if mark.is_within(span):
                # The last day counts whole.
                start, end = max(mark.first or first, first), min((mark.last or last) + DAY, last)
                yield PlacedMark(mark, top + lane * LANE, start, end)


def quarters(first: date, last: date) -> list[tuple[date, str]]:
    """First days of quarters as `’22.1월`, `4월` …"""
    ticks = []
    month = first
    while month <= last:
        if month.month % 3 == 1:
            ticks.append(month)
        month = _next_month(month)
    return [(tick, quarter_text(tick, with_year=tick.month == 1 or tick == ticks[0])) for tick in ticks]


def _time_axis(first: date, last: date) -> dict[str, Any]:
    """Quarters as ticks; figures.js leaves out those that would run into each other."""
    days, texts = zip(*quarters(first, last), strict=True)
    axis = {"type": "date", "side": "top", "showgrid": True, "gridcolor": LINE, "range": [first, last]}
    return {**axis, "tickvals": list(days), "ticktext": list(texts)}


def _bars(placed: Sequence[PlacedMark]) -> go.Bar:
    shown = [item for item in placed if item.mark.shape == "bar"]
    return go.Bar(
        orientation="h",
        base=[item.start for item in shown],
        x=[(item.end - item.start).days * MILLISECONDS_A_DAY for item in shown],
        y=[item.y for item in shown],
        width=[THICKNESS] * len(shown),
        marker=_outlined([item.mark for item in shown], {"planned"}),
        customdata=[item.mark.hover for item in shown],
    )


def _outlined(marks: Sequence[Mark], hollow: set[str], **options: Any) -> dict[str, Any]:
    """Markers in the colours of their milestones, empty for `hollow` statuses."""
    fills = [BACKGROUND if mark.status in hollow else mark.colour for mark in marks]
    line = {"color": [mark.colour for mark in marks], "width": 1.5}
    return {"color": fills, "opacity": 1, "line": line, **options}


def _scatter(mode: str, points: Sequence[tuple[PlacedMark, date | None]], **options: Any) -> go.Scatter:
    return go.Scatter(
        mode=mode,
        x=[day for _, day in points],
        y=[item.y for item, _ in points],
        customdata=[item.mark.hover if day else "" for item, day in points],
        **options,
    )


def _dotted(placed: Sequence[PlacedMark], colour: str) -> go.Scatter:
    """Lines of one colour; None parts one from the next."""
    shown = [item for item in placed if item.mark.shape == "dotted" and item.mark.colour == colour]
    ends = [(item, day) for item in shown for day in (item.start, item.end, None)]
    return _scatter("lines", ends, line={"color": colour, "width": 2, "dash": "2px,4px"})


def _points(placed: Sequence[PlacedMark], span: Span) -> go.Scatter:
    points = [(item, *item.mark.point) for item in placed if item.mark.point]
    points = [(item, day, symbol) for item, day, symbol in points if span[0] <= day <= span[1]]
    symbols = [symbol for _, _, symbol in points]
    marker = _outlined(
        [item.mark for item, _, _ in points],
        {"planned", "undetermined"},
        symbol=symbols,
        size=[11 if symbol == "diamond" else 8 for symbol in symbols],
    )
    return _scatter("markers", [(item, day) for item, day, _ in points], marker=marker)


def _arrows(placed: Sequence[PlacedMark], span: Span) -> go.Scatter:
    """An arrow where a milestone goes on beyond the axis."""
    first, last = span
    lasting = [item for item in placed if item.mark.shape != "dot"]
    starts = [(item, first) for item in lasting if item.mark.first and item.mark.first < first]
    ends = [(item, last) for item in lasting if item.mark.last and item.mark.last >= last]
    return _scatter(
        "text",
        starts + ends,
        text=["←"] * len(starts) + ["→"] * len(ends),
        textposition=["middle left"] * len(starts) + ["middle right"] * len(ends),
        textfont={"color": INK_3},
    )


def quarter_text(first: date, *, with_year: bool) -> str:
    month = month_text(first.month)
    if not with_year:
        return month
    return f"{month} ’{first:%y}" if is_english() else f"’{first:%y}.{month}"
