"""What charts with a name on each row share.

Their y axis is in pixels, downwards from the top, so that bars are as thick as drawn here. Row names and columns of
figures beside the bars stand in `layout.meta`, from where `static/js/figures.js` draws them, also on a phone.
"""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from .theme import INK, Legend, Number, chart, numbers

ROW_HEIGHT, SUB_ROW_HEIGHT = 40, 24
BAR, SUB_BAR = 12, 6
LABEL_WIDTH = 176
HEAD_HEIGHT = 28  # of what stands above the plot

RowName = dict[str, Any]


def row_names(
    labels: Sequence[str], levels: Sequence[int] = (), *, first_is_total: bool = False
) -> list[RowName]:
    """Names with their place in pixels (`top`, `height`), smaller on a level below the first."""
    rows: list[RowName] = []
    for index, label in enumerate(labels):
        level = levels[index] if levels else 0
        row = {"text": str(label), "level": level, "height": SUB_ROW_HEIGHT if level else ROW_HEIGHT}
        row |= {"strong": first_is_total and index == 0, "rule": first_is_total and index == 1}
        rows.append({**row, "top": bottom(rows)})
    return rows


def bottom(rows: Sequence[RowName]) -> int:
    return rows[-1]["top"] + rows[-1]["height"] if rows else 0


def centres(rows: Sequence[RowName]) -> list[float]:
    return [row["top"] + row["height"] / 2 for row in rows]


def text_column(
    title: str, texts: Sequence[str], width: int, *, warn: Sequence[bool] = (), wide_only: bool = False
) -> dict[str, Any]:
    """A column of figures to the right of the bars, `width` pixels wide, left out on phones if `wide_only`."""
    return {"title": title, "texts": list(texts), "width": width, "warn": list(warn), "wide_only": wide_only}


def row_bars(
    rows: Sequence[RowName],
    values: Sequence[Number | float],
    colours: str | list[str],
    hovers: Sequence[str] = (),
    *,
    thickness: tuple[int, int] = (SUB_BAR, BAR),
    outline: tuple[str, float] = ("", 0),
    pattern: dict[str, Any] | None = None,
    **options: Any,
) -> go.Bar:
    """A bar on each row, none where the value is None; without `hovers` the bars say nothing on hover."""
    line = {"color": outline[0], "width": outline[1]} if outline[0] else None
    return go.Bar(
        orientation="h",
        x=numbers(values),
        y=centres(rows),
        width=[thickness[0] if row["level"] else thickness[1] for row in rows],
        marker={"color": colours, "line": line, "pattern": pattern},
        **_hovering(hovers),
        **options,
    )


def row_ticks(
    rows: Sequence[RowName], values: Sequence[Number | float], hovers: Sequence[str], size: int
) -> go.Scatter:
    """A short upright line on each row, for a value that bars are held against; without `hovers` it says nothing on hover."""
    line = {"width": 2, "color": INK}
    return go.Scatter(
        mode="markers",
        x=numbers(values),
        y=centres(rows),
        marker={"symbol": "line-ns-open", "size": size, "color": INK, "line": line},
        **_hovering(hovers),
    )


def _hovering(hovers: Sequence[str]) -> dict[str, Any]:
    return {"customdata": hovers} if hovers else {"hoverinfo": "skip"}


def row_chart(
    rows: list[RowName],
    traces: Sequence[go.Bar | go.Scatter],
    *,
    xaxis: dict[str, Any],
    columns: Sequence[dict[str, Any]] = (),
    head: int | None = None,
    foot: int = 4,
    label_width: int = LABEL_WIDTH,
    legend: Legend = (),
    meta: dict[str, Any] | None = None,
    **layout: Any,
) -> go.Figure:
    """`head` and `foot`: pixels above and below the rows, for titles of columns and for an axis."""
    if head is None:
        head = HEAD_HEIGHT if any(column["title"] for column in columns) else 8
    depth = bottom(rows) or ROW_HEIGHT
    right = sum(column["width"] for column in columns) + 8
    return chart(
        traces,
        legend=legend,
        meta={"rows": rows, "columns": columns, **(meta or {})},
        height=depth + head + foot,
        margin={"l": label_width, "r": right, "t": head, "b": foot},
        xaxis=xaxis,
        yaxis={"visible": False, "range": [depth, 0]},
        **layout,
    )
