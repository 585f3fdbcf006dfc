"""Quantities of rows at two dates: an open dot for the earlier, a filled one for the later, a line between the two."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from .rows import centres, row_chart, row_names, text_column
from .theme import ACCENT, BACKGROUND, INK_3, Number, hover_text, largest, numbers, value_axis


@dataclass(frozen=True)
class DatedPair:
    """A row's quantities (None: it was not there) with what is said of them, and the text of what changed."""

    name: str
    before: Number | None
    after: Number | None
    texts: tuple[str, str]
    change: str
    href: str = ""


def dumbbells(pairs: Sequence[DatedPair], dates: tuple[str, str], change_title: str) -> go.Figure:
    """`dates`: as readers see them; each text is said with its date on hover."""
    rows = row_names([pair.name for pair in pairs])
    for row, pair in zip(rows, pairs, strict=True):
        row |= {"href": pair.href, "line": True}
    ys = centres(rows)
    line = go.Scatter(
        mode="lines",
        x=[x for pair in pairs for x in (*numbers([pair.before, pair.after]), None)],
        y=[y for y in ys for _ in range(3)],
        line={"color": INK_3, "width": 2},
        hoverinfo="skip",
    )
    dots = [
        go.Scatter(
            mode="markers",
            x=numbers([(pair.before, pair.after)[index] for pair in pairs]),
            y=ys,
            marker={"size": 12, "symbol": "circle", "color": fill, "line": {"color": outline, "width": 2}},
            customdata=[hover_text(pair.name, f"{dates[index]} {pair.texts[index]}") for pair in pairs],
        )
        for index, (fill, outline) in enumerate(((BACKGROUND, INK_3), (ACCENT, ACCENT)))
    ]
    return row_chart(
        rows,
        [line, *dots],
        columns=[text_column(change_title, [pair.change for pair in pairs], 112)],
        xaxis=value_axis(
            largest([value for pair in pairs for value in (pair.before, pair.after)], at_least=1) * 1.05
        ),
        foot=32,
        legend=[("ring", dates[0]), ("dot", dates[1])],
    )
