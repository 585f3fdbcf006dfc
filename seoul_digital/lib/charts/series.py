"""Charts of one quantity over time: a line of measurements on days, upright bars for years and months."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from .theme import ACCENT, BACKGROUND, INK_2, INK_3, Number, chart, hover_text, largest, numbers, value_axis

HEIGHT = 280


def measurement_line(
    name: str, days: Sequence[date], values: Sequence[Number], texts: Sequence[str], whens: Sequence[str]
) -> go.Figure:
    """Each measurement is marked with its printed form (`texts`) above it; `whens`: its day as printed."""
    line = go.Scatter(
        mode="lines+markers+text",
        name=name,
        x=days,
        y=numbers(values),
        text=texts,
        textposition="top center",
        line={"color": ACCENT, "width": 2},
        marker={"color": ACCENT, "size": 8, "line": {"color": BACKGROUND, "width": 2}},
        customdata=_hovers(name, whens, texts),
    )
    margin = max((max(days) - min(days)) / 12, timedelta(days=30))
    ticks = sorted(set(days))
    # figures.js leaves out the names of ticks that would run into each other.
    axis = {
        "type": "date",
        "range": [min(days) - margin, max(days) + margin],
        "tickvals": ticks,
        "ticktext": [f"’{day:%y}. {day.month}." for day in ticks],
    }
    return _upright(line, axis)


def period_bars(
    name: str, periods: Sequence[str], values: Sequence[Number], texts: Sequence[str]
) -> go.Figure:
    """A bar for each period with its printed form (`texts`) above it."""
    bars = go.Bar(
        name=name,
        x=periods,
        y=numbers(values),
        text=texts,
        textposition="outside",
        marker={"color": ACCENT},
        customdata=_hovers(name, periods, texts),
    )
    return _upright(bars, {"type": "category", "tickvals": periods, "ticktext": periods})


def _hovers(name: str, whens: Sequence[str], texts: Sequence[str]) -> list[str]:
    return [hover_text(when, f"{name} {text}") for when, text in zip(whens, texts, strict=True)]


def _upright(trace: go.Bar | go.Scatter, xaxis: dict[str, Any]) -> go.Figure:
    top = largest(trace.y, at_least=1)
    return chart(
        [trace],
        meta={"upright": True},
        height=HEIGHT,
        margin={"l": 56, "r": 16, "t": 24, "b": 32},
        bargap=0.6,
        xaxis={"tickfont": {"color": INK_2}, "linecolor": INK_3, "showline": True, **xaxis},
        yaxis=value_axis(top * 1.18, nticks=5),
    )
