"""Quantities over time: a line through their values on days, the second one dashed with open dots."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from ..periods import PartialDate
from .theme import ACCENT, BACKGROUND, INK_2, INK_3, Number, chart, hover_text, largest, numbers, value_axis

HEIGHT = 280
# Swatch, colour, fill of the dots, dashes.
_LOOKS = (("dot", ACCENT, ACCENT, "solid"), ("ring", INK_3, BACKGROUND, "5px,4px"))


@dataclass(frozen=True)
class TrendLine:
    """A quantity's values on the days of a trend, each with its printed form; None where it was not known."""

    name: str
    values: Sequence[Number]
    texts: Sequence[str]


def trend(days: Sequence[date], lines: Sequence[TrendLine], *, at_least: float = 1) -> go.Figure:
    """One or two lines over the same days, the oldest first. `at_least`: what the axis of values reaches."""
    margin = max((days[-1] - days[0]) / 8, timedelta(days=15))
    end = largest([value for line in lines for value in line.values], at_least=at_least)
    # figures.js leaves out the names of ticks and values that would run into each other.
    return chart(
        [_trace(days, line, lines, look) for line, look in zip(lines, _LOOKS, strict=False)],
        legend=[(swatch, line.name) for line, (swatch, *_) in zip(lines, _LOOKS, strict=False)],
        meta={"upright": True},
        height=HEIGHT,
        margin={"l": 56, "r": 16, "t": 24, "b": 32},
        xaxis={
            "type": "date",
            "range": [days[0] - margin, days[-1] + margin],
            "tickvals": days,
            "ticktext": [_date(day).printed() for day in days],
            "tickfont": {"color": INK_2},
            "linecolor": INK_3,
            "showline": True,
        },
        yaxis=value_axis(end * 1.18, nticks=5),
    )


def _date(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def _trace(
    days: Sequence[date], line: TrendLine, lines: Sequence[TrendLine], look: tuple[str, ...]
) -> go.Scatter:
    """Values stand outside of the lines: above the upper one, below the lower one."""
    _, colour, fill, dash = look
    known = [[each for each in lines if each.values[place] is not None] for place in range(len(days))]
    uppers = [
        max(found, key=lambda each: float(each.values[place] or 0), default=None)
        for place, found in enumerate(known)
    ]
    marker: dict[str, Any] = {"color": fill, "size": 9, "line": {"color": colour, "width": 2}}
    return go.Scatter(
        mode="lines+markers+text",
        name=line.name,
        x=days,
        y=numbers(line.values),
        text=line.texts,
        textposition=["top center" if upper is line else "bottom center" for upper in uppers],
        line={"color": colour, "width": 2, "dash": dash},
        marker=marker,
        customdata=[
            hover_text(_date(day).full(), f"{line.name} {text}")
            for day, text in zip(days, line.texts, strict=True)
        ],
    )
