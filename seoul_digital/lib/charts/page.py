"""A chart as it stands on a page: its caption, summary and table, and the JSON that figures.js draws."""

from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

import plotly.graph_objects as go
from django.utils.safestring import SafeString, mark_safe
from plotly.io.json import to_json_plotly

from ..tables import Table
from .theme import TEMPLATE, Legend

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Chart:
    """`name` is unique on its page; `summary` is one sentence, also read out for the drawing.

    `build`: a builder with its values, called where the figure's JSON is not remembered (`core.charts`).
    `table`: the same rows, folded away below the figure; `table_name`: where they stand elsewhere on the page.
    """

    name: str
    title: str
    summary: str
    build: partial[go.Figure]
    table: Table | None = None
    unit: str = ""
    as_of: date | None = None
    table_name: str = ""

    @property
    def details(self) -> str:
        """The id of the table that says the same; empty where there is none."""
        name = self.table.name if self.table and self.table.rows else self.table_name
        return f"table-{name}" if name else ""


@dataclass(frozen=True)
class Drawing:
    """What the page needs of a figure: its JSON without the template, its height in pixels, its legend in HTML."""

    json: SafeString
    height: int
    legend: Legend


def drawing_of(figure: go.Figure) -> Drawing:
    spec = figure.to_plotly_json()
    layout = spec["layout"]
    del layout["template"]
    legend = layout["meta"].pop("legend")
    return Drawing(script_json(spec), layout["height"], legend)


@cache
def template_json() -> SafeString:
    """The template of all charts, which a page carries once."""
    return script_json(TEMPLATE.to_plotly_json())


def script_json(value: Any) -> SafeString:
    """JSON by Plotly's encoder (NaN becomes null), safe within a `<script>`: escaped as `json_script` does."""
    json: str = to_json_plotly(value)
    return mark_safe(json.translate(_ESCAPES))  # noqa: S308
