"""The house style of figures: colours, the `Figure` of a page, and what all row charts share."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .. import amounts
from ..tables import Table

ACCENT = "#1c589c"
WARN = "#bd2c0f"
INK = "#1e2124"
INK_2 = "#464c53"
INK_3 = "#58616a"
LINE = "#cdd1d5"
TRACK = "#e6e8ea"
BACKGROUND = "#ffffff"

ROW_HEIGHT = 40
SUB_ROW_HEIGHT = 24
BAR, SUB_BAR = 12, 6
LABEL_WIDTH = 176
HOVER = "%{customdata}<extra></extra>"

Number = amounts.Number | None  # None: not known


@dataclass(frozen=True)
class Figure:
    """A figure of a page. `name` is unique on its page; `summary` is one sentence, also read out for the drawing.

    `legend`: pairs of a swatch (`accent`, `neutral`, `warn`, `track`, `tick`, `hollow`, `open`, `late`) and its meaning.
    `table`: the same rows as a table, folded away below the figure.
    """

    name: str
    title: str
    summary: str
    data: Sequence[dict]
    layout: dict
    table: Table | None = None
    unit: str = ""
    as_of: date | None = None
    height: int = 376
    legend: Sequence[tuple[str, str]] = ()

    @property
    def spec(self) -> dict:
        """What the page hands to figures.js."""
        return {"data": list(self.data), "layout": self.layout}


def safe(text: str) -> str:
    """Text for Plotly, which reads a little HTML: what a person typed stays text."""
    return html.escape(str(text), quote=False)


def hover_text(heading: str, *lines: str) -> str:
    """Lines under a heading. No `<b>`: Plotly would set it by a style attribute, which the content security policy forbids."""
    return "<br>".join(safe(line) for line in (heading, *lines) if line)


def rows_of(
    labels: Sequence[str], levels: Sequence[int] | None = None, first_is_total: bool = False
) -> list[dict]:
    """Row names with their place in pixels: `{"text", "level", "top", "height", "strong", "rule"}`."""
    rows: list[dict] = []
    top = 0
    for index, label in enumerate(labels):
        level = levels[index] if levels else 0
        height = SUB_ROW_HEIGHT if level else ROW_HEIGHT
        total = first_is_total and index == 0
        after_total = first_is_total and index == 1
        rows.append(
            {
                "text": str(label),
                "level": level,
                "top": top,
                "height": height,
                "strong": total,
                "rule": after_total,
            }
        )
        top += height
    return rows


def centres(rows: Sequence[dict]) -> list[float]:
    return [row["top"] + row["height"] / 2 for row in rows]


def bottom(rows: Sequence[dict]) -> int:
    return rows[-1]["top"] + rows[-1]["height"] if rows else ROW_HEIGHT


def column(
    title: str, texts: Sequence[str], width: int, *, warn: Sequence[bool] = (), wide_only: bool = False
) -> dict:
    """A column of figures to the right of the bars, `width` pixels wide, left out on phones if `wide_only`."""
    return {"title": title, "texts": list(texts), "width": width, "warn": list(warn), "wide_only": wide_only}


def row_chart(
    rows: list[dict],
    data: list[dict],
    *,
    columns: Sequence[dict] = (),
    label_width: int = LABEL_WIDTH,
    **more,
) -> dict:
    """The layout that all row charts share. `more`: `xaxis`, `shapes`, `annotations`, `meta`, `axis_height`, `head_height`, `legend`."""
    head = more.get("head_height", 28 if any(c["title"] for c in columns) else 8)
    foot = more.get("axis_height", 4)
    height = bottom(rows) + head + foot
    right = sum(c["width"] for c in columns) + 8
    layout = {
        "height": height,
        "margin": {"l": label_width, "r": right, "t": head, "b": foot, "pad": 0},
        "barmode": "overlay",
        "showlegend": False,
        "xaxis": {
            "fixedrange": True,
            "zeroline": False,
            "showgrid": False,
            **more.get("xaxis", {"visible": False}),
        },
        "yaxis": {"fixedrange": True, "visible": False, "range": [bottom(rows), 0]},
        "shapes": more.get("shapes", []),
        "annotations": more.get("annotations", []),
        "meta": {"rows": rows, "columns": list(columns), **more.get("meta", {})},
    }
    return {"data": data, "layout": layout, "legend": more.get("legend", ()), "height": height}


def bar_trace(
    rows: Sequence[dict], values: Sequence[Number | float], colours: Any, texts: Sequence[str] | None, **more
) -> dict:
    """One bar a row, `None` where there is no value; without `texts` the bars say nothing on hover."""
    marker = {"color": colours, **more.pop("marker", {})}
    sub, full = more.pop("widths", (SUB_BAR, BAR))
    hover = {"customdata": list(texts), "hovertemplate": HOVER} if texts else {"hoverinfo": "skip"}
    return {
        "type": "bar",
        "orientation": "h",
        "x": [None if value is None else float(value) for value in values],
        "y": centres(rows),
        "width": [sub if row["level"] else full for row in rows],
        "marker": marker,
        **hover,
        **more,
    }


def vertical_line(x: Any, colour: str = INK, width: float = 1.5) -> dict:
    """A line over the whole height of the plot."""
    return {"type": "line", "xref": "x", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1,
            "line": {"color": colour, "width": width}}  # fmt: skip


def pace_lines(x: Any) -> list[dict]:
    """The as-of motif: a dark line with a gap around it, to be seen on bars too."""
    return [vertical_line(x, BACKGROUND, 4), vertical_line(x)]


def heading_note(x: Any, text: str, **more) -> dict:
    """A small bold word above the plot."""
    return {"x": x, "xref": "x", "y": 1, "yref": "paper", "yanchor": "bottom", "text": text, "showarrow": False,
            "font": {"size": 13, "color": INK, "weight": 600}, **more}  # fmt: skip


def value_axis(**more) -> dict:
    return {"visible": True, "showgrid": True, "gridcolor": TRACK, "zeroline": True, "zerolinecolor": INK_3, "zerolinewidth": 1,
            "tickfont": {"size": 13, "color": INK_3}, "tickformat": ",~f", "nticks": 7, "ticks": "", **more}  # fmt: skip
