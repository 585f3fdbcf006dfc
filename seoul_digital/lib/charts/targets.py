"""Targets as bullets: how far each has come, in percent of itself."""

from collections.abc import Sequence

import plotly.graph_objects as go
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .rows import row_bars, row_chart, row_names, row_ticks
from .theme import ACCENT, TRACK, WARN, Number, hover_text, largest

ROW = 48

LEGEND = (
    ("accent", gettext_lazy("값")),
    ("warn", gettext_lazy("미달")),
    ("track", gettext_lazy("목표까지")),
    ("tick", gettext_lazy("목표")),
)


def target_bars(
    labels: Sequence[str],
    achieved: Sequence[Number],
    values: Sequence[str],
    targets: Sequence[str],
    missed: Sequence[bool],
) -> go.Figure:
    """A bar of the share that is achieved (exact percent, None without a value) against the target; both as printed under the name."""
    names, both = row_names(labels), _("%(value)s, 목표 %(target)s")
    words = [{"value": value, "target": target} for value, target in zip(values, targets, strict=True)]
    rows = [
        {**row, "top": place * ROW, "height": ROW, "band": 20, "small": both % shown}
        for place, (row, shown) in enumerate(zip(names, words, strict=True))
    ]
    hovers = [
        hover_text(label, _("값 %(value)s") % shown, _("목표 %(target)s") % shown)
        for label, shown in zip(labels, words, strict=True)
    ]
    end = largest(achieved, at_least=100)
    traces = [
        row_bars(rows, [100] * len(rows), TRACK, hovers, thickness=(20, 20)),
        row_bars(rows, achieved, [WARN if late else ACCENT for late in missed], hovers, thickness=(10, 10)),
        row_ticks(rows, [100] * len(rows), hovers, 24),
    ]
    return row_chart(
        rows,
        traces,
        xaxis={"visible": False, "range": [0, end * 1.02]},
        legend=[(swatch, str(word)) for swatch, word in LEGEND if swatch != "warn" or any(missed)],
        label_width=400,
        meta={"labels": "above"},
    )
