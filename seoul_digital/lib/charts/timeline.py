"""Milestones on a time axis. What is open or undated is drawn as open: nothing is filled in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..tables import STATUSES
from .theme import (
    ACCENT,
    BACKGROUND,
    HOVER,
    INK_3,
    LINE,
    WARN,
    column,
    heading_note,
    hover_text,
    pace_lines,
    row_chart,
)

LABEL_WIDTH = 400
NARROW_LABEL_WIDTH = 0  # on phones the name stands above its bars
HEADING_HEIGHT, ROW_HEIGHT, TALL_ROW_HEIGHT = 40, 40, 56
LANE = 10  # pixels from one bar of a row to the next
THICKNESS = 7
YEAR = timedelta(days=365)
MONTH, WEEK = timedelta(days=31), timedelta(days=7)
MILLISECONDS_A_DAY = 86_400_000

LEGEND = (
    ("done", "완료"),
    ("accent", "추진 중"),
    ("hollow", "예정"),
    ("open", "시작·끝이 열려 있거나 시점 확인"),
    ("late", "확인 필요"),
)


@dataclass(frozen=True)
class Mark:
    """A milestone. `first`/`last`: None where that end is open; `printed`: its period as the report writes it."""

    title: str
    status: str
    first: date | None
    last: date | None
    printed: str = ""

    def hover(self) -> str:
        return hover_text(self.title, self.printed, STATUSES[self.status])

    @property
    def colour(self) -> str:
        return {"in_progress": ACCENT, "warn": WARN}.get(self.status, INK_3)

    @property
    def is_undated(self) -> bool:
        return self.first is None and self.last is None

    @property
    def is_dot(self) -> bool:
        if self.first is None or self.last is None:
            return False
        # A week is too short for a bar; what was done within a month happened at a point of it.
        shortest_bar = MONTH if self.status == "done" else WEEK
        return self.status == "warn" or self.last - self.first < shortest_bar

    @property
    def is_dotted(self) -> bool:
        return self.first is None or self.last is None or self.status == "undetermined"


@dataclass(frozen=True)
class GanttRow:
    """A name, with `small` below it, and its milestones; a heading stands over the rows below. `value`: figure at the right."""

    label: str
    marks: Sequence[Mark] = ()
    small: str = ""
    value: str = ""
    heading: bool = False
    href: str = ""

    @property
    def height(self) -> int:
        if self.heading:
            return HEADING_HEIGHT
        room = TALL_ROW_HEIGHT if self.small else ROW_HEIGHT
        return max(room, len(self.marks) * LANE + 16)


@dataclass(frozen=True)
class Placed:
    """A milestone with the pixel row of its bar."""

    mark: Mark
    y: float


def gantt(
    rows: Sequence[GanttRow],
    as_of: date,
    *,
    value_title: str = "",
    label_width: int = LABEL_WIDTH,
    span: tuple[date, date] | None = None,
) -> dict:
    """Milestones of rows against the as-of line. `span` limits the axis; without it, a year either way at most."""
    first, last = span or axis_span([mark for row in rows for mark in row.marks], as_of)
    named = _named(rows)
    placed = list(_placed(rows, named))
    data = [trace for trace in (_bars(placed, first, last), *_dotted(placed, first, last), _dots(placed, first, last),
                                _arrows(placed, first, last)) if trace["x"]]  # fmt: skip
    has_values = any(row.value for row in rows)
    columns = [column(value_title, [row.value for row in rows], 88)] if has_values or value_title else []
    drawn = row_chart(
        named,
        data,
        columns=columns,
        xaxis=_time_axis(first, last),
        shapes=pace_lines(as_of.isoformat()),
        annotations=[heading_note(as_of.isoformat(), "기준일", xanchor="left", xshift=4)],
        meta={"labels": "above", "as_of": as_of.isoformat()},
        label_width=label_width,
        head_height=28,
        legend=LEGEND,
    )
    drawn["layout"]["hovermode"] = "closest"
    return drawn


def axis_span(marks: Sequence[Mark], as_of: date) -> tuple[date, date]:
    """Whole months around all known ends, a year before and after the as-of date at most, a quarter at least."""
    days = [day for mark in marks for day in (mark.first, mark.last) if day]
    first = max(as_of - YEAR, min([*days, as_of - timedelta(days=90)]))
    last = min(as_of + YEAR, max([*days, as_of + timedelta(days=90)]))
    return first.replace(day=1), _next_month(last)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _named(rows: Sequence[GanttRow]) -> list[dict]:
    """The rows as figures.js names them, with `band`, the height that their bars take."""
    named, top = [], 0
    for row in rows:
        named.append({
            "text": row.label, "small": row.small, "level": 0, "top": top, "height": row.height, "strong": row.heading,
            "rule": row.heading, "line": not row.heading, "href": row.href, "band": max(len(row.marks) * LANE, LANE),
        })  # fmt: skip
        top += row.height
    return named


def _placed(rows: Sequence[GanttRow], named: Sequence[dict]) -> Iterator[Placed]:
    """Milestones of a row one below the other, around its middle; undated ones have no place on a time axis."""
    for row, name in zip(rows, named, strict=True):
        dated = [mark for mark in row.marks if not mark.is_undated]
        middle = name["top"] + name["height"] / 2
        for lane, mark in enumerate(dated):
            yield Placed(mark, middle + (lane - (len(dated) - 1) / 2) * LANE)


def _time_axis(first: date, last: date) -> dict:
    """Quarters as ticks, `’22.1월`, `4월`, `7월` …; figures.js leaves out those that would run into each other."""
    ticks = []
    month = first
    while month <= last:
        if month.month % 3 == 1:
            ticks.append(month)
        month = _next_month(month)
    texts = [
        f"’{tick:%y}.{tick.month}월" if index == 0 or tick.month == 1 else f"{tick.month}월"
        for index, tick in enumerate(ticks)
    ]
    return {
        "visible": True, "type": "date", "range": [first.isoformat(), last.isoformat()], "side": "top",
        "tickvals": [tick.isoformat() for tick in ticks], "ticktext": texts, "tickfont": {"size": 13, "color": INK_3},
        "showgrid": True, "gridcolor": LINE, "ticks": "",
    }  # fmt: skip


def _clipped(mark: Mark, first: date, last: date) -> tuple[date, date]:
    """The part of the milestone that the axis shows, an open end running to the axis's; the last day counts whole."""
    start = max(mark.first or first, first)
    end = min((mark.last or last) + timedelta(days=1), last)
    return min(start, last), max(end, first)


def _bars(placed: Sequence[Placed], first: date, last: date) -> dict:
    shown = [
        one
        for one in placed
        if not one.mark.is_dot and not one.mark.is_dotted and _is_within(one.mark, first, last)
    ]
    spans = [_clipped(one.mark, first, last) for one in shown]
    fills = [BACKGROUND if one.mark.status == "planned" else one.mark.colour for one in shown]
    return {
        "type": "bar", "orientation": "h",
        "base": [start.isoformat() for start, _ in spans],
        "x": [(end - start).days * MILLISECONDS_A_DAY for start, end in spans],
        "y": [one.y for one in shown],
        "width": [THICKNESS] * len(shown),
        "marker": {"color": fills, "opacity": 1, "line": {"color": [one.mark.colour for one in shown], "width": 1.5}},
        "customdata": [one.mark.hover() for one in shown], "hovertemplate": HOVER,
    }  # fmt: skip


def _is_within(mark: Mark, first: date, last: date) -> bool:
    return (mark.first is None or mark.first <= last) and (mark.last is None or mark.last >= first)


def _dotted(placed: Sequence[Placed], first: date, last: date) -> Iterator[dict]:
    """Dotted lines for open and undetermined periods, one trace a colour."""
    for colour in (INK_3, ACCENT, WARN):
        xs: list[Any] = []
        ys: list[float | None] = []
        hovers: list[str] = []
        for one in placed:
            if (
                one.mark.is_dotted
                and not one.mark.is_dot
                and one.mark.colour == colour
                and _is_within(one.mark, first, last)
            ):
                start, end = _clipped(one.mark, first, last)
                xs += [start.isoformat(), end.isoformat(), None]
                ys += [one.y, one.y, None]
                hovers += [one.mark.hover(), one.mark.hover(), ""]
        yield {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": {"color": colour, "width": 2, "dash": "2px,4px"},
               "customdata": hovers, "hovertemplate": HOVER, "connectgaps": False}  # fmt: skip


def _dots(placed: Sequence[Placed], first: date, last: date) -> dict:
    """Dots for a day or a month, and a small square at the known end of an open period."""
    points = [
        (one, *_point(one.mark))
        for one in placed
        if one.mark.is_dot or (one.mark.first is None) != (one.mark.last is None)
    ]
    points = [(one, day, symbol) for one, day, symbol in points if first <= day <= last]
    fills = [
        BACKGROUND if one.mark.status in {"planned", "undetermined"} else one.mark.colour
        for one, _, _ in points
    ]
    return {
        "type": "scatter", "mode": "markers",
        "x": [day.isoformat() for _, day, _ in points], "y": [one.y for one, _, _ in points],
        "marker": {"symbol": [symbol for _, _, symbol in points], "size": [11 if symbol == "diamond" else 8 for _, _, symbol in points],
                   "color": fills, "opacity": 1, "line": {"color": [one.mark.colour for one, _, _ in points], "width": 1.5}},
        "cliponaxis": False,
        "customdata": [one.mark.hover() for one, _, _ in points], "hovertemplate": HOVER,
    }  # fmt: skip


def _point(mark: Mark) -> tuple[date, str]:
    if mark.first and mark.last:
        middle = mark.first + (mark.last - mark.first) / 2
        return (mark.first, "diamond") if mark.status == "warn" else (middle, "circle")
    return (mark.first or mark.last), "diamond" if mark.status == "warn" else "square"  # type: ignore[return-value]


def _arrows(placed: Sequence[Placed], first: date, last: date) -> dict:
    """An arrow where a milestone goes on beyond the axis."""
    lasting = [one for one in placed if not one.mark.is_dot and _is_within(one.mark, first, last)]
    ends = [(one, last, "→") for one in lasting if one.mark.last and one.mark.last >= last]
    starts = [(one, first, "←") for one in lasting if one.mark.first and one.mark.first < first]
    beyond = starts + ends
    return {
        "type": "scatter", "mode": "text",
        "x": [day.isoformat() for _, day, _ in beyond], "y": [one.y for one, _, _ in beyond],
        "text": [arrow for _, _, arrow in beyond],
        "textposition": ["middle left" if arrow == "←" else "middle right" for _, _, arrow in beyond],
        "textfont": {"size": 13, "color": INK_3}, "cliponaxis": False,
        "customdata": [one.mark.hover() for one, _, _ in beyond], "hovertemplate": HOVER,
    }  # fmt: skip
