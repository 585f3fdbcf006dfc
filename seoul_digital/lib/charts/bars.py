"""Charts of amounts and rates with a row for each name: execution, change, plain and stacked quantities."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from itertools import zip_longest
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from .. import amounts
from . import theme
from .rows import row_bars, row_chart, row_names, row_ticks, text_column
from .theme import ACCENT, BACKGROUND, INK, INK_3, TRACK, WARN, Legend, Number, hatch, hover_text, largest

PACE_LEGEND = (
    ("accent", gettext_lazy("진도선 이상")),
    ("warn", gettext_lazy("진도선 미달")),
    ("tick", gettext_lazy("진도선")),
)


def rate_bars(
    labels: Sequence[str],
    rates: Sequence[Number],
    pace: Fraction,
    levels: Sequence[int] = (),
    *,
    gaps: Sequence[Number | None] | None = None,
    first_is_total: bool = False,
) -> go.Figure:
    """Execution rates (exact percent) against the pace line (share of the year), the difference in %p beside.

    `gaps`: the exact differences, where they are not of one pace.
    """
    rows, now = row_names(labels, levels, first_is_total=first_is_total), pace * 100
    written = [amounts.percent(rate) for rate in rates]
    gaps = gaps or [None if rate is None else Fraction(rate) - now for rate in rates]
    behind = [gap is not None and gap < 0 for gap in gaps]
    end = largest(rates, at_least=100)
    traces = [
        row_bars(rows, [None if rate is None else end for rate in rates], TRACK),
        row_bars(
            rows,
            rates,
            [WARN if low else ACCENT for low in behind],
            list(map(hover_text, labels, (_("집행률 %(rate)s") % {"rate": rate} for rate in written))),
            pattern=hatch(behind, BACKGROUND),
        ),
    ]
    return row_chart(
        rows,
        traces,
        columns=[
            text_column(pgettext("chart", "집행률"), written, 64, warn=behind),
            text_column(_("진도차(%p)"), list(map(amounts.points, gaps)), 88, warn=behind, wide_only=True),
        ],
        xaxis={"visible": False, "range": [0, end]},
        legend=[(swatch, str(meaning)) for swatch, meaning in PACE_LEGEND],
        **theme.marker_line(float(now), _("진도선 %(pace)s") % {"pace": amounts.percent(now)}),
    )


def change_bars(
    labels: Sequence[str],
    changes: Sequence[int | None],
    rate_texts: Sequence[str],
    levels: Sequence[int] = (),
    *,
    marks: Sequence[str] = (),
    first_is_total: bool = False,
) -> go.Figure:
    """Changes of amounts (원), shown in 억 원; a rise is filled, a fall hollow, for neither is good or bad.

    `marks` stand behind the amounts: ◆ where a printed one disagrees.
    """
    rows = row_names(labels, levels, first_is_total=first_is_total)
    values = [None if won is None else won / amounts.HUNDRED_MILLION for won in changes]
    written = [amounts.won_label(change, "+") for change in changes]
    written = [f"{text}{mark}" for text, mark in zip_longest(written, marks, fillvalue="")]
    hovers = [
        hover_text(label, _("증감액 %(change)s") % {"change": f"{amounts.won_change(change)}{mark}"}, rate)
        for label, change, rate, mark in zip_longest(labels, changes, rate_texts, marks, fillvalue="")
    ]
    fills = [BACKGROUND if change is not None and change < 0 else INK_3 for change in changes]
    bars = row_bars(rows, values, fills, hovers, outline=(INK_3, 1.5), thickness=(5, 10))
    known = [float(value) for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    return row_chart(
        rows,
        [bars],
        columns=[
            text_column(_("증감액(억 원)"), written, 112),
            text_column(_("증감률"), rate_texts, 72, wide_only=True),
        ],
        xaxis={"visible": False, "range": [low * 1.02, high * 1.02] if low < high else [0, 1]},
        shapes=[theme.vertical_line(0, INK_3, 1)],
        legend=[("neutral", _("증가")), ("hollow", _("감소"))],
    )


def quantity_bars(
    labels: Sequence[str],
    values: Sequence[Number | float],
    texts: Sequence[str],
    *,
    highlighted: Sequence[bool] = (),
    unit: str = "",
    legend: Legend = (),
) -> go.Figure:
    """Plain quantities with their printed form (`texts`) at the bar's end; if some are `highlighted`, the others are grey."""
    rows = row_names(labels)
    lit = highlighted or [True] * len(labels)
    bars = row_bars(
        rows,
        values,
        [ACCENT if first else INK_3 for first in lit],
        [hover_text(label, text + unit) for label, text in zip(labels, texts, strict=True)],
        pattern=hatch([not first for first in lit], BACKGROUND),
        text=texts,
        textposition="outside",
        constraintext="none",
        textfont={"size": 15, "color": INK},
    )
    end = largest(values, at_least=1)
    room = 16 + 10 * max((len(text) for text in texts), default=4)
    xaxis = {"visible": False, "range": [0, end * 1.15]}
    return row_chart(
        rows, [bars], xaxis=xaxis, legend=legend, meta={"room": room, "end": end}, label_width=128
    )


# Swatch and look of each part, told apart in grey print, too.
_PARTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("accent", {"colours": ACCENT, "outline": (ACCENT, 1)}),
    ("hatched", {"colours": INK_3, "outline": (INK_3, 1), "pattern": hatch("/", BACKGROUND)}),
    ("dotted", {"colours": BACKGROUND, "outline": (INK_3, 1), "pattern": hatch(".", INK_3)}),
    ("hollow", {"colours": BACKGROUND, "outline": (INK_3, 1)}),
)


def stacked_bars(
    labels: Sequence[str],
    parts: Sequence[tuple[str, Sequence[Number]]],
    *,
    reference: tuple[str, Sequence[Number]] | None = None,
    beside: Sequence[tuple[str, Sequence[str]]] = (),
    form: Callable[[Number], str] = amounts.plain,
) -> go.Figure:
    """Parts of a whole on each row; their sum may be held against a tick (`reference`).

    Four parts can be told apart: of more, those after the third are added up. `beside`: columns of figures to the
    right of the bars; the first one stays on phones. `form` writes a value on hover.
    """
    rows = row_names(labels)
    if len(parts) > len(_PARTS):
        parts = [*parts[:3], (_("그 밖"), _sums(parts[3:]))]

    hovers = partial(_part_hovers, labels, form)
    traces = [
        row_bars(rows, values, hovers=hovers(name, values), name=name, thickness=(8, 14), **look)
        for (name, values), (_, look) in zip(parts, _PARTS, strict=False)
    ]
    references = [reference] if reference else []
    end = largest([*_sums(parts), *(value for _, values in references for value in values)], at_least=1)
    return row_chart(
        rows,
        [*traces, *(row_ticks(rows, values, hovers(name, values), 20) for name, values in references)],
        columns=[text_column(title, texts, 64, wide_only=i > 0) for i, (title, texts) in enumerate(beside)],
        xaxis={"visible": False, "range": [0, end * 1.02]},
        barmode="stack",
        legend=[
            *((swatch, name) for (name, _), (swatch, _) in zip(parts, _PARTS, strict=False)),
            *(("tick", name) for name, _ in references),
        ],
    )


def _part_hovers(
    labels: Sequence[str], form: Callable[[Number], str], name: str, values: Sequence[Number]
) -> list[str]:
    texts = [f"{name} {form(value)}" for value in values]
    return [hover_text(*pair) for pair in zip(labels, texts, strict=True)]


def _sums(parts: Sequence[tuple[str, Sequence[Number]]]) -> list[amounts.Number]:
    return [sum(value or 0 for value in row) for row in zip(*(values for _, values in parts), strict=True)]
