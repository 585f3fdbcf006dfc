"""PlaceRow of units, a mark for each: filled by job series, empty as an outline, above the authorised number behind a tick.

Marks have their number in the row as x; `static/js/figures-people.js` puts them in tens, and in lines where a row has no room.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from .rows import HEAD_HEIGHT, RowName, centres, row_chart, row_names, row_ticks, text_column
from .theme import ACCENT, CLEAR, INK, INK_3, hover_text

MOST_MARKS = 600
SIZE = 11  # of a mark, in pixels
# Swatch, symbol and colour of each job series: shapes are told apart in grey print and by the colour-blind.
SERIES = (
    ("accent", "square", ACCENT),
    ("circle", "circle", INK_3),
    ("cross", "cross", ACCENT),
    ("star", "star", INK_3),
)


@dataclass(frozen=True)
class PlaceRow:
    """A unit's authorised number and its staff by job series, in persons. `texts`: the columns beside; `lines`: on hover."""

    name: str
    authorized: int
    counts: Sequence[int]
    texts: Sequence[str] = ()
    lines: Sequence[str] = ()
    href: str = ""

    @property
    def headcount(self) -> int:
        return sum(self.counts)

    @property
    def width(self) -> int:
        return max(self.authorized, self.headcount)


def persons_a_mark(units: Sequence[PlaceRow]) -> int:
    """1 up to some 600 places, else 10 or 100."""
    places, persons = sum(unit.width for unit in units), 1
    while places > MOST_MARKS * persons:
        persons *= 10
    return persons


def people(units: Sequence[PlaceRow], series: Sequence[str], titles: Sequence[str] = ()) -> go.Figure:
    """`series`: names of the job series; of more than four, those after the third are added up. `titles`: of the columns."""
    if len(series) > len(SERIES):
        series = [*series[:3], _("그 밖")]
        units = [replace(unit, counts=[*unit.counts[:3], sum(unit.counts[3:])]) for unit in units]
    rows = row_names([unit.name for unit in units])
    for row, unit in zip(rows, units, strict=True):
        row |= {"href": unit.href, "line": True}
    per = persons_a_mark(units)
    # A tick behind the last authorised place, where there are more persons.
    limits = [unit.authorized / per - 0.5 if unit.headcount > unit.authorized else None for unit in units]
    return row_chart(
        rows,
        [
            _ground(units, rows),
            *_filled(units, rows, per),
            _empty(units, rows, per),
            row_ticks(rows, limits, (), 22),
        ],
        columns=[
            text_column(title, [unit.texts[i] for unit in units], 64, wide_only=i == 1)
            for i, title in enumerate(titles)
        ],
        xaxis={"visible": False, "range": [0, 1]},
        head=HEAD_HEIGHT,
        meta={"people": [-(-unit.width // per) for unit in units], "labels": "above"},
        legend=_legend(units, series),
    )


def _legend(units: Sequence[PlaceRow], series: Sequence[str]) -> list[tuple[str, str]]:
    legend = [(swatch, name) for (swatch, _, _), name in zip(SERIES, series, strict=False)]
    if any(unit.authorized > unit.headcount for unit in units):
        legend.append(("vacant", _("결원")))
    if any(unit.authorized < unit.headcount for unit in units):
        legend.append(("tick", _("정원(오른쪽은 정원을 넘는 현원)")))
    return legend


def _ground(units: Sequence[PlaceRow], rows: Sequence[RowName]) -> go.Bar:
    """A row's whole length, unseen, where it says its figures on hover and to the keyboard."""
    return go.Bar(
        orientation="h",
        x=[unit.width for unit in units],
        y=centres(rows),
        width=24,
        marker={"color": CLEAR},
        customdata=[hover_text(unit.name, *unit.lines) for unit in units],
    )


def _marks(spans: Sequence[tuple[float, int]], ys: Sequence[float], per: int, **marker: Any) -> go.Scatter:
    """A mark for each `per` persons of each row's span (first mark, persons); a smaller one for what is left of them."""
    x, y, sizes = [], [], []
    for (first, persons), middle in zip(spans, ys, strict=True):
        for number in range(-(-persons // per)):
            x.append(first + number)
            y.append(middle)
            sizes.append(round(SIZE * min(1, (persons - number * per) / per) ** 0.5, 1))
    size = SIZE if set(sizes) <= {SIZE} else sizes
    return go.Scatter(mode="markers", x=x, y=y, marker={"size": size, **marker}, hoverinfo="skip")


def _filled(units: Sequence[PlaceRow], rows: Sequence[RowName], per: int) -> list[go.Scatter]:
    firsts, traces = [0] * len(units), []
    for index in range(len(units[0].counts) if units else 0):
        _, symbol, colour = SERIES[index]
        spans = [(first, unit.counts[index]) for first, unit in zip(firsts, units, strict=True)]
        traces.append(_marks(spans, centres(rows), per, symbol=symbol, color=colour))
        firsts = [first - (-persons // per) for first, persons in spans]
    return traces


def _empty(units: Sequence[PlaceRow], rows: Sequence[RowName], per: int) -> go.Scatter:
    spans = [
        (sum(-(-count // per) for count in unit.counts), max(unit.authorized - unit.headcount, 0))
        for unit in units
    ]
    return _marks(spans, centres(rows), per, symbol="square-open", color=INK, line={"width": 1.5})
