"""Charts over time or over categories: lines of measurements, upright bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .. import amounts
from .theme import ACCENT, BACKGROUND, HOVER, INK, INK_2, INK_3, hover_text, value_axis

HEIGHT = 280
MARGIN = {"l": 56, "r": 16, "t": 24, "b": 32, "pad": 0}
# Swatch, colour and dash of the first, second … series; never colour alone.
_STYLES = (
    ("accent", ACCENT, "solid"),
    ("neutral", INK_3, "solid"),
    ("open", INK_2, "dot"),
    ("tick", INK, "dash"),
)


@dataclass(frozen=True)
class Series:
    """`xs`: dates or names of categories; `ys`: numbers or None; `texts`: printed forms; `whens`: printed days."""

    name: str
    xs: Sequence[Any]
    ys: Sequence[Any]
    texts: Sequence[str] = ()
    whens: Sequence[str] = ()

    def labels(self) -> list[str]:
        return list(self.texts) or [amounts.plain(value) for value in self.ys]

    def hovers(self, unit: str) -> list[str]:
        whens = self.whens or [str(x) for x in self.xs]
        return [
            hover_text(when, f"{self.name} {text}{unit}")
            for when, text in zip(whens, self.labels(), strict=True)
        ]


def lines(series: Sequence[Series], *, unit: str = "") -> dict:
    """Measurements in time, at most four series; each point is marked and its figure stands above it."""
    places = _text_places(series)
    data = [
        _line(one, style, place, unit) for one, style, place in zip(series, _STYLES, places, strict=False)
    ]
    xs = list(dict.fromkeys(x for one in series for x in one.xs))
    dated = all(isinstance(x, date) for x in xs)
    return _upright(data, series, _day_axis(sorted(xs)) if dated else _category_axis(xs))


def _text_places(series: Sequence[Series]) -> list[str]:
    """Figures stand above a line, below the lower one of two; those of more are told on hover and in the table."""
    if len(series) == 1:
        return ["top center"]
    if len(series) > 2:
        return [""] * len(series)
    first, second = (max((value for value in one.ys if value is not None), default=0) for one in series)
    return ["top center", "bottom center"] if first >= second else ["bottom center", "top center"]


def columns(categories: Sequence[str], series: Sequence[Series], *, unit: str = "") -> dict:
    """Upright bars for each category, side by side where there are several series."""
    styles = list(zip(series, _STYLES, strict=False))
    data = [_columns(categories, one, style, unit) for one, style in styles]
    return _upright(data, series, _category_axis(categories))


def _category_axis(categories: Sequence[Any]) -> dict:
    names = [str(category) for category in categories]
    return {"type": "category", "tickvals": names, "ticktext": names}


def _day_axis(days: Sequence[date]) -> dict:
    """A tick for each measurement, `’22. 7.`; figures.js leaves out those that would run into each other."""
    if not days:
        return {"type": "date", "visible": False}
    margin = max((days[-1] - days[0]) / 12, timedelta(days=30))
    return {
        "type": "date",
        "range": [(days[0] - margin).isoformat(), (days[-1] + margin).isoformat()],
        "tickvals": [day.isoformat() for day in days],
        "ticktext": [f"’{day:%y}. {day.month}." for day in days],
    }


def _line(one: Series, style: tuple[str, str, str], place: str, unit: str) -> dict:
    _, colour, dash = style
    return {
        "type": "scatter",
        "mode": "lines+markers+text" if place else "lines+markers",
        "name": one.name,
        "x": [x.isoformat() if isinstance(x, date) else str(x) for x in one.xs],
        "y": _numbers(one.ys),
        "text": one.labels(),
        "textposition": place or "top center",
        "textfont": {"size": 13, "color": INK},
        "cliponaxis": False,
        "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {"color": colour, "size": 8, "line": {"color": BACKGROUND, "width": 2}},
        "customdata": one.hovers(unit),
        "hovertemplate": HOVER,
    }


def _columns(categories: Sequence[str], one: Series, style: tuple[str, str, str], unit: str) -> dict:
    _, colour, _ = style
    return {
        "type": "bar",
        "name": one.name,
        "x": [str(category) for category in categories],
        "y": _numbers(one.ys),
        "text": one.labels(),
        "textposition": "outside",
        "textfont": {"size": 13, "color": INK},
        "cliponaxis": False,
        "marker": {"color": colour},
        "customdata": one.hovers(unit),
        "hovertemplate": HOVER,
    }


def _upright(data: list[dict], series: Sequence[Series], xaxis: dict) -> dict:
    top = max([1.0, *(value for trace in data for value in trace["y"] if value is not None)])
    legend = (
        [(style[0], one.name) for one, style in zip(series, _STYLES, strict=False)] if len(series) > 1 else []
    )
    quiet = {"fixedrange": True, "showgrid": False, "tickfont": {"size": 13, "color": INK_2}, "ticks": ""}
    layout = {
        "height": HEIGHT,
        "margin": MARGIN,
        "showlegend": False,
        "barmode": "group",
        "bargap": 0.6,
        "hovermode": "closest",
        "xaxis": {**quiet, "linecolor": INK_3, "showline": True, **xaxis},
        "yaxis": {"fixedrange": True, **value_axis(range=[0, top * 1.18], nticks=5)},
        "meta": {"upright": True},
    }
    return {"data": data, "layout": layout, "legend": legend, "height": HEIGHT}


def _numbers(values: Sequence[Any]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]
