"""Charts as `plotly.graph_objects` figures on one template: plain lists in, `go.Figure` out; no request, no query.

Traces are the basic bundle's `bar` and `scatter` only. `Chart` makes a figure part of a page.
"""

from .bars import change_bars, quantity_bars, rate_bars, stacked_bars
from .dumbbells import DatedPair, dumbbells
from .mosaic import NOT_SUBMITTED, MosaicColumn, mosaic
from .page import Chart
from .people import PlaceRow, people, persons_a_mark
from .series import TrendLine, trend
from .targets import target_bars
from .timeline import GanttRow, Mark, axis_span, gantt

__all__ = [
    "NOT_SUBMITTED",
    "Chart",
    "MosaicColumn",
    "GanttRow",
    "Mark",
    "DatedPair",
    "PlaceRow",
    "TrendLine",
    "axis_span",
    "change_bars",
    "dumbbells",
    "gantt",
    "mosaic",
    "people",
    "persons_a_mark",
    "quantity_bars",
    "rate_bars",
    "stacked_bars",
    "target_bars",
    "trend",
]
