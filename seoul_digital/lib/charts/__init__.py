"""Figures in the house style, as plain data: no request, no query, no plotly import.

A builder takes plain lists and returns `{"data", "layout", "legend", "height"}`, valid for `plotly.graph_objects.Figure`
and made of the basic bundle's `bar` and `scatter` only; `Figure(name, title, summary, **builder(…))` makes it a figure
of a page. Row charts have their y axis in pixels, downwards from the top, so that bars are as thick as drawn here.
What Plotly has no word for stands in `layout.meta` and is drawn by `static/js/figures.js`: row names, columns of figures
beside the bars, room for labels, and the arrangement on a phone.

Colours are the light mode's; figures.js swaps them for the CSS variables' current values.
"""

from .bars import bullet, change_bars, horizontal_bars, rate_bars, stacked
from .series import Series, columns, lines
from .theme import ACCENT, BACKGROUND, INK, INK_2, INK_3, LINE, TRACK, WARN, Figure, hover_text
from .timeline import GanttRow, Mark, gantt

__all__ = [
    "ACCENT",
    "BACKGROUND",
    "INK",
    "INK_2",
    "INK_3",
    "LINE",
    "TRACK",
    "WARN",
    "Figure",
    "GanttRow",
    "Mark",
    "Series",
    "bullet",
    "change_bars",
    "columns",
    "gantt",
    "horizontal_bars",
    "hover_text",
    "lines",
    "rate_bars",
    "stacked",
]
