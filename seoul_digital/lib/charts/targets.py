"""Targets as bullets: how far each has come, in percent of itself."""

from collections.abc import Sequence
from itertools import compress

import plotly.graph_objects as go
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import amounts
from .rows import RowName, centres, row_bars, row_chart, row_names, row_ticks, text_column
from .theme import ACCENT, INK_3, TRACK, WARN, Number, hover_text, largest

ROW = 48
MOST = 200  # percent: a bar beyond it ends in an arrow, so that the others keep their length

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
    reasons: Sequence[str] = (),
) -> go.Figure:
    """A bar of the share that is achieved (exact percent, None without a value) against the target; both as printed under the name.

    `reasons`: why what is printed as 100.0 % is not reached.
    """
    names, both = row_names(labels), _("%(value)s, 목표 %(target)s")
    words = [{"value": value, "target": target} for value, target in zip(values, targets, strict=True)]
    rows = [
        {**row, "top": place * ROW, "height": ROW, "band": 20, "small": both % shown}
        for place, (row, shown) in enumerate(zip(names, words, strict=True))
    ]
    hovers = [
        hover_text(label, _("값 %(value)s") % shown, _("목표 %(target)s") % shown, reason)
        for label, shown, reason in zip(labels, words, reasons or [""] * len(rows), strict=True)
    ]
    end = min(largest(achieved, at_least=100), MOST)
    within = [None if share is None else min(share, MOST) for share in achieved]
    cut = [share is not None and share > MOST for share in achieved]
    traces = [
        row_bars(rows, [100] * len(rows), TRACK, hovers, thickness=(20, 20)),
        row_bars(rows, within, [WARN if late else ACCENT for late in missed], hovers, thickness=(10, 10)),
        row_ticks(rows, [100] * len(rows), hovers, 24),
        *([_arrows(rows, cut, hovers)] if any(cut) else []),
    ]
    return row_chart(
        rows,
        traces,
        columns=[text_column(_("달성률"), [amounts.percent(share) for share in achieved], 88)],
        xaxis={"visible": False, "range": [0, end * (1.04 if any(cut) else 1.02)]},
        legend=[(swatch, str(word)) for swatch, word in LEGEND if swatch != "warn" or any(missed)],
        label_width=400,
        meta={"labels": "above"},
    )


def _arrows(rows: Sequence[RowName], cut: Sequence[bool], hovers: Sequence[str]) -> go.Scatter:
    """At the end of each bar that is cut."""
    ys = list(compress(centres(rows), cut))
    return go.Scatter(
        mode="text",
        x=[MOST] * len(ys),
        y=ys,
        text=["→"] * len(ys),
        textposition="middle right",
        textfont={"color": INK_3},
        customdata=list(compress(hovers, cut)),
    )
