"""The template of all charts, its colours, and what every builder uses: hover texts, lines, value axes."""

import html
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from plotly.validator_cache import ValidatorCache

from .. import amounts

# The light mode's; figures.js swaps them for the CSS variables' current values.
ACCENT = "#1c589c"
WARN = "#bd2c0f"
INK = "#1e2124"
INK_2 = "#464c53"
INK_3 = "#58616a"
DONE = "#8a949e"
LINE = "#cdd1d5"
TRACK = "#e6e8ea"
BACKGROUND = "#ffffff"
CLEAR = "rgba(0,0,0,0)"

Number = amounts.Number | None  # None: not known
Legend = Sequence[
    tuple[str, str]
]  # swatches (`accent`, `warn`, `track`, `tick`, `hollow` …) with what they mean

_TRACE = {
    "hovertemplate": "%{customdata}<extra></extra>",
    "cliponaxis": False,
    "textfont": {"size": 13, "color": INK},
}
_AXIS = {
    "fixedrange": True,
    "showgrid": False,
    "gridcolor": TRACK,
    "zeroline": False,
    "zerolinecolor": INK_3,
    "zerolinewidth": 1,
    "ticks": "",
    "ticklabeloverflow": "allow",  # else each label is measured
    "tickfont": {"size": 13, "color": INK_3},
}

TEMPLATE = go.layout.Template(
    data={"bar": [_TRACE], "scatter": [_TRACE]},
    layout={
        "autosize": False,
        "barmode": "overlay",
        "dragmode": False,
        "hovermode": "closest",
        "showlegend": False,
        "separators": ".,",
        "margin": {"pad": 0},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": {"size": 13, "color": INK},
        "hoverlabel": {
            "bgcolor": BACKGROUND,
            "bordercolor": INK_3,
            "align": "left",
            "namelength": -1,
            "font": {"size": 13, "color": INK},
        },
        "xaxis": _AXIS,
        "yaxis": _AXIS,
    },
)
# What plotly knows of forty other kinds of traces is 7 MB in each process: it was read for the template.
ValidatorCache._json_cache = {
    name: known
    for name, known in ValidatorCache._json_cache.items()
    if name.partition(".")[0] in {"bar", "scatter", "layout", "data", "frame", "frames"}
}


def chart(
    traces: Sequence[go.Bar | go.Scatter], *, legend: Legend = (), meta: dict[str, Any], **layout: Any
) -> go.Figure:
    """A figure on the template; `layout.meta` holds what Plotly has no word for, and the legend in HTML."""
    return go.Figure(traces, {"template": TEMPLATE, "meta": {"legend": legend, **meta}, **layout})


def hover_text(heading: str, *lines: str) -> str:
    """Lines under a heading, escaped, because Plotly reads a little HTML.

    No `<b>`: Plotly would set it by a style attribute, which the content security policy forbids.
    """
    return "<br>".join(html.escape(str(line), quote=False) for line in (heading, *lines) if line)


# Bars that have a colour each are hatched on that, whatever stands here; where nothing does, Plotly takes all of them for one colour,
# which it then calls wrong on the console.
GROUND_OF_EACH = {"bgcolor": BACKGROUND}


def hatch(lines: Sequence[bool] | str, colour: str) -> dict[str, Any]:
    """The pattern of bars that are told apart by more than their colour: oblique lines in `colour` where `lines`."""
    common = {"fgcolor": colour, "size": 6, "solidity": 0.2, "fillmode": "overlay"}
    if isinstance(lines, str):
        return {"shape": lines, **common}
    return {"shape": ["/" if drawn else "" for drawn in lines], **GROUND_OF_EACH, **common}


def numbers(values: Sequence[Number | float]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


def largest(values: Sequence[Number | float], *, at_least: float = 0) -> float:
    return max([float(at_least), *(float(value) for value in values if value is not None)])


def vertical_line(x: Any, colour: str = INK, width: float = 1.5) -> dict[str, Any]:
    """A line over the whole height of the plot."""
    line = {"color": colour, "width": width}
    return {"type": "line", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "line": line}


def marker_line(x: Any, text: str, **options: Any) -> dict[str, Any]:
    """The pace or as-of line with its name above the plot: dark, with a gap around it, to be seen on bars too."""
    font = {"size": 13, "color": INK, "weight": 600}
    place = {"x": x, "xref": "x", "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False}
    return {
        "shapes": [vertical_line(x, BACKGROUND, 4), vertical_line(x)],
        "annotations": [{"text": text, "font": font, **place, **options}],
    }


def value_axis(end: float, nticks: int = 7) -> dict[str, Any]:
    """An axis of quantities from zero, with grid lines."""
    return {"showgrid": True, "zeroline": True, "tickformat": ",~f", "nticks": nticks, "range": [0, end]}
