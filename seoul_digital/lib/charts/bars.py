"""Row charts of amounts and rates: execution, change, budget against execution, plain and stacked quantities."""

from collections.abc import Sequence
from fractions import Fraction

from .. import amounts
from ..tables import is_behind
from .theme import (
    ACCENT,
    BACKGROUND,
    HOVER,
    INK,
    INK_2,
    INK_3,
    TRACK,
    WARN,
    Number,
    bar_trace,
    centres,
    column,
    heading_note,
    hover_text,
    pace_lines,
    row_chart,
    rows_of,
    value_axis,
    vertical_line,
)


def rate_bars(
    labels: Sequence[str],
    rates: Sequence[Number],
    pace: Fraction | None,
    levels: Sequence[int] | None = None,
    *,
    first_is_total: bool = False,
    hovers: Sequence[str] | None = None,
) -> dict:
    """Execution rates (exact percent) against the pace line (share of the year), with the difference in %p beside."""
    rows = rows_of(labels, levels, first_is_total)
    behind = [is_behind(rate, pace) for rate in rates]
    texts = hovers or [
        hover_text(label, f"집행률 {amounts.percent(rate)}")
        for label, rate in zip(labels, rates, strict=True)
    ]
    end = max([100.0, *(float(rate) for rate in rates if rate is not None)])
    columns = [column("집행률", [amounts.percent(rate) for rate in rates], 64, warn=behind)]
    shapes, notes, legend = [], [], [("accent", "집행률")]
    if pace is not None:
        gaps = [None if rate is None else Fraction(rate) - pace * 100 for rate in rates]
        columns.append(
            column("진도차(%p)", [amounts.points(gap) for gap in gaps], 88, warn=behind, wide_only=True)
        )
        shapes = pace_lines(float(pace * 100))
        notes = [heading_note(float(pace * 100), f"진도선 {amounts.percent(pace * 100)}")]
        legend = [("accent", "진도선 이상"), ("warn", "진도선 미달"), ("tick", "진도선")]
    data = [
        bar_trace(rows, [None if rate is None else end for rate in rates], TRACK, None),
        bar_trace(rows, rates, [WARN if low else ACCENT for low in behind], texts),
    ]
    axis = {"visible": False, "range": [0, end]}
    return row_chart(rows, data, columns=columns, xaxis=axis, shapes=shapes, annotations=notes, legend=legend)


def change_bars(
    labels: Sequence[str],
    changes: Sequence[int | None],
    rate_texts: Sequence[str],
    levels: Sequence[int] | None = None,
    *,
    first_is_total: bool = False,
) -> dict:
    """Changes of amounts (원), shown in 천원; a rise is a filled bar, a fall a hollow one, for neither is good or bad."""
    rows = rows_of(labels, levels, first_is_total)
    written = [
        amounts.signed(None if change is None else Fraction(change, amounts.THOUSAND)) for change in changes
    ]
    texts = [
        hover_text(*row)
        for row in zip(labels, (f"증감액 {text}천원" for text in written), rate_texts, strict=True)
    ]
    fills = [BACKGROUND if change is not None and change < 0 else INK_3 for change in changes]
    values = [None if change is None else change / amounts.THOUSAND for change in changes]
    known = [value for value in values if value is not None]
    low, high = min([0, *known]), max([0, *known])
    bars = bar_trace(
        rows, values, fills, texts, marker={"line": {"color": INK_3, "width": 1.5}}, widths=(5, 10)
    )
    columns = [column("증감액(천원)", written, 112), column("증감률", list(rate_texts), 72, wide_only=True)]
    axis = {"visible": False, "range": [low * 1.02, high * 1.02] if low < high else [0, 1]}
    legend = [("neutral", "증가"), ("hollow", "감소")]
    return row_chart(
        rows, [bars], columns=columns, xaxis=axis, shapes=[vertical_line(0, INK_3, 1)], legend=legend
    )


def bullet(
    labels: Sequence[str],
    budget: Sequence[int],
    executed: Sequence[int | None],
    previous: Sequence[int | None],
    behind: Sequence[bool],
    *,
    budget_name: str,
    previous_name: str,
) -> dict:
    """Budget with what of it is executed and last year's as a tick (all 원), shown in 억 원, the balance written beside."""
    rows = rows_of(labels)
    texts = [
        _bullet_hover(*row, budget_name, previous_name)
        for row in zip(labels, budget, executed, previous, strict=True)
    ]
    data = [
        bar_trace(rows, _hundred_millions(budget), TRACK, texts, widths=(20, 20)),
        bar_trace(
            rows,
            _hundred_millions(executed),
            [WARN if low else ACCENT for low in behind],
            texts,
            widths=(10, 10),
        ),
        _ticks(rows, _hundred_millions(previous), texts, 24),
        _balances(rows, budget, executed, previous),
    ]
    end = max([1.0, *(value for trace in data for value in trace["x"] if value is not None)])
    legend = [
        ("accent", "집행액"),
        ("warn", "집행액(진도선 미달)"),
        ("track", budget_name),
        ("tick", previous_name),
    ]
    return row_chart(
        rows,
        data,
        xaxis=value_axis(range=[0, end * 1.1]),
        axis_height=32,
        legend=legend,
        meta={"room": 84, "end": end},
    )


def _balances(rows, budget, executed, previous) -> dict:
    """Written after the bar and last year's tick, so that neither runs through the words."""
    left = [
        "" if spent is None else f"\u00a0잔액 {amounts.hundred_million(total - spent)}"
        for total, spent in zip(budget, executed, strict=True)
    ]
    ends = [max(total, before or 0) for total, before in zip(budget, previous, strict=True)]
    return {"type": "scatter", "mode": "text", "x": _hundred_millions(ends), "y": centres(rows), "text": left,
            "textposition": "middle right", "textfont": {"size": 13, "color": INK_2}, "cliponaxis": False, "hoverinfo": "skip"}  # fmt: skip


def _bullet_hover(label, budget, executed, previous, budget_name, previous_name) -> str:
    def line(name, won):
        return "" if won is None else f"{name} {amounts.hundred_million(won)}억 원"

    return hover_text(
        label, line(budget_name, budget), line("집행액", executed), line(previous_name, previous)
    )


def _hundred_millions(values: Sequence[int | None]) -> list[float | None]:
    return [None if won is None else won / amounts.HUNDRED_MILLION for won in values]


def _ticks(rows: Sequence[dict], values: Sequence[Number | float], texts: Sequence[str], size: int) -> dict:
    """A short upright line in each row, for a value that bars are held against."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [None if value is None else float(value) for value in values],
        "y": centres(rows),
        "marker": {"symbol": "line-ns-open", "size": size, "color": INK, "line": {"width": 2, "color": INK}},
        "customdata": list(texts),
        "hovertemplate": HOVER,
        "cliponaxis": False,
    }


def horizontal_bars(
    labels: Sequence[str],
    values: Sequence[Number],
    highlighted: Sequence[bool] | None = None,
    *,
    unit: str = "",
    texts: Sequence[str] | None = None,
    levels: Sequence[int] | None = None,
    first_is_total: bool = False,
    legend: Sequence[tuple[str, str]] = (),
) -> dict:
    """Plain quantities with their figure at the bar's end; those not `highlighted` are grey. `texts`: printed forms."""
    rows = rows_of(labels, levels, first_is_total)
    written = list(texts) if texts else [amounts.plain(value) for value in values]
    hovers = [hover_text(label, text + unit) for label, text in zip(labels, written, strict=True)]
    colours = [ACCENT if highlighted is None or highlighted[index] else INK_3 for index in range(len(values))]
    end = max([1.0, *(float(value) for value in values if value is not None)])
    bars = bar_trace(
        rows, values, colours, hovers, text=written, textposition="outside", constraintext="none", cliponaxis=False,
        textfont={"size": 15, "color": INK},
    )  # fmt: skip
    room = 16 + 10 * max((len(text) for text in written), default=4)
    axis = {"visible": False, "range": [0, end * 1.15]}
    return row_chart(
        rows, [bars], xaxis=axis, legend=legend, meta={"room": room, "end": end}, label_width=128
    )


def stacked(
    labels: Sequence[str],
    parts: Sequence[tuple[str, Sequence[Number]]],
    *,
    unit: str = "",
    reference: tuple[str, Sequence[Number]] | None = None,
    beside: Sequence[tuple[str, Sequence[str]]] = (),
    first_is_total: bool = False,
) -> dict:
    """Parts of a whole in each row, at most four. `reference`: a value to hold the sum against (정원), drawn as a tick.

    `beside`: columns of figures, as title and texts, to the right of the bars; the first one stays on phones.
    """
    rows = rows_of(labels, first_is_total=first_is_total)
    data = [
        _part(rows, labels, name, values, style, unit)
        for (name, values), style in zip(parts, _PARTS, strict=False)
    ]
    legend = [(swatch, name) for (name, _), (swatch, _, _) in zip(parts, _PARTS, strict=False)]
    sums = [
        sum(float(value or 0) for value in values)
        for values in zip(*(values for _, values in parts), strict=True)
    ]
    if reference:
        name, values = reference
        texts = [
            hover_text(label, f"{name} {amounts.plain(value)}{unit}")
            for label, value in zip(labels, values, strict=True)
        ]
        data.append(_ticks(rows, values, texts, 20))
        legend.append(("tick", name))
        sums += [float(value) for value in values if value is not None]
    columns = [column(title, texts, 64, wide_only=index > 0) for index, (title, texts) in enumerate(beside)]
    axis = {"visible": False, "range": [0, max([1.0, *sums]) * 1.02]}
    drawn = row_chart(rows, data, columns=columns, xaxis=axis, legend=legend)
    drawn["layout"]["barmode"] = "stack"
    return drawn


# Swatch, fill and outline of each part, told apart by lightness as well as by colour.
_PARTS = (
    ("accent", ACCENT, ACCENT),
    ("neutral", INK_3, INK_3),
    ("track", TRACK, TRACK),
    ("hollow", BACKGROUND, INK_3),
)


def _part(rows, labels, name, values, style, unit) -> dict:
    _, fill, outline = style
    texts = [
        hover_text(label, f"{name} {amounts.plain(value)}{unit}")
        for label, value in zip(labels, values, strict=True)
    ]
    marker = {"line": {"color": outline, "width": 1}}
    return bar_trace(rows, values, fill, texts, name=name, marker=marker, widths=(8, 14))
