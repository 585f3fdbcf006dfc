"""A Marimekko chart of execution: width is the budget, height the rate, area the money, dashed what is short of the pace.

Drawn upright here; `static/js/figures-mosaic.js` turns it on phones and writes the names where they have room.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, groupby
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .. import amounts
from .theme import ACCENT, BACKGROUND, INK, INK_3, TRACK, WARN, Legend, Number, chart, hatch, largest

HEIGHT = 380  # of the plot upright, in pixels
HEAD, FOOT = 8, 72
NOT_SUBMITTED = gettext_noop("미제출")


@dataclass(frozen=True)
class MosaicColumn:
    """A unit's budget (원) and how much of it is executed. `rate`: exact percent, None where nothing was handed in.

    `missing`: 원 up to the pace of its own day (`pace`, percent), None where there is none or it is reached.
    `short` stands where the name has no room, `lines` on hover below the name.
    """

    name: str
    short: str
    budget: int
    rate: Number | None
    rate_text: str
    pace: Fraction | None
    missing: int | None
    lines: Sequence[str] = ()
    href: str = ""


def mosaic(columns: Sequence[MosaicColumn], pace: Fraction | None) -> go.Figure:
    """`pace`: percent, the name of the line; None for none. What has no budget has no width: it is named in a note."""
    shown = [column for column in columns if column.budget > 0]
    ends = [0.0, *accumulate(column.budget / amounts.HUNDRED_MILLION for column in shown)]
    spans = list(zip(ends, ends[1:], strict=False))
    end = largest([column.rate for column in shown], at_least=100)
    without = [column.name for column in columns if column.budget <= 0]
    return chart(
        _bars(shown, spans),
        legend=_legend(shown, pace),
        meta={
            "mosaic": [_label(column, span) for column, span in zip(shown, spans, strict=True)],
            "pace": None if pace is None else {"at": float(pace), "text": amounts.percent(pace)},
            "notes": [_("예산현액이 없어 그리지 않은 곳: %(names)s") % {"names": ", ".join(without)}]
            if without
            else [],
            "plot": HEIGHT,
        },
        height=HEAD + HEIGHT + FOOT,
        margin={"l": 72, "r": 8, "t": HEAD, "b": FOOT},
        xaxis={"visible": False, "range": [0, ends[-1] or 1]},
        yaxis={"visible": False, "range": [0, end]},
        shapes=[*_missing_boxes(shown, spans), *_pace_lines(shown, spans)],
    )


def _bars(shown: Sequence[MosaicColumn], spans: Sequence[tuple[float, float]]) -> list[go.Bar]:
    """The budget of each as ground, hatched where nothing was handed in, then what of it is executed."""
    behind = [column.missing is not None for column in shown]
    common: dict[str, Any] = {
        "x": [(first + last) / 2 for first, last in spans],
        "width": [last - first for first, last in spans],
        "customdata": ["<br>".join([column.name, *column.lines]) for column in shown],
    }
    edge = {"color": BACKGROUND, "width": 1}
    unknown = [column.rate is None for column in shown]
    fills = [BACKGROUND if open_ else TRACK for open_ in unknown]
    ground: dict[str, Any] = {"color": fills, "line": {"color": INK_3, "width": 1}}
    ground["pattern"] = hatch(unknown, INK_3)
    executed = {"color": [WARN if low else ACCENT for low in behind], "line": edge}
    executed["pattern"] = hatch(behind, BACKGROUND)
    rates = [None if column.rate is None else float(column.rate) for column in shown]
    return [
        go.Bar(y=[100] * len(shown), marker=ground, **common),
        go.Bar(y=rates, marker=executed, **common),
    ]


def _label(column: MosaicColumn, span: tuple[float, float]) -> dict[str, Any]:
    """What is written at a column: names, amounts and the rate, with where it stands."""
    missing = "" if column.missing is None else amounts.won_text(column.missing)
    return {
        "text": column.name,
        "short": column.short,
        "budget": amounts.won_text(column.budget).removesuffix(" 원"),
        "rate": _(NOT_SUBMITTED) if column.rate is None else column.rate_text,
        "missing": missing,
        "span": span,
        "at": 0 if column.rate is None else float(column.rate),
        "pace": None if column.pace is None else float(column.pace),
        "href": column.href,
    }


def _missing_boxes(
    shown: Sequence[MosaicColumn], spans: Sequence[tuple[float, float]]
) -> list[dict[str, Any]]:
    line = {"color": WARN, "width": 1.5, "dash": "3px,3px"}
    return [
        {
            "type": "rect",
            "x0": first,
            "x1": last,
            "y0": float(column.rate),
            "y1": float(column.pace),
            "line": line,
        }
        for column, (first, last) in zip(shown, spans, strict=True)
        if column.missing
        and column.rate is not None
        and column.pace is not None
        and column.rate < column.pace
    ]


def _pace_lines(shown: Sequence[MosaicColumn], spans: Sequence[tuple[float, float]]) -> list[dict[str, Any]]:
    """The line across all columns of one pace, with a gap around it; a step where the days of what is executed differ."""
    runs = groupby(zip(shown, spans, strict=True), key=lambda pair: pair[0].pace)
    steps = [(pace, [span for _, span in run]) for pace, run in runs if pace is not None]
    return [
        {
            "type": "line",
            "x0": run[0][0],
            "x1": run[-1][1],
            "y0": float(pace),
            "y1": float(pace),
            "line": line,
        }
        for line in ({"color": BACKGROUND, "width": 4}, {"color": INK, "width": 1.5})
        for pace, run in steps
    ]


def _legend(shown: Sequence[MosaicColumn], pace: Fraction | None) -> Legend:
    """Only what is there to see."""
    behind = any(column.missing is not None for column in shown)
    known = [column for column in shown if column.rate is not None]
    reached = any(column.missing is None for column in known)
    entries = (
        (reached, "accent", _("집행액") if pace is None else _("집행액(진도선 이상)")),
        (behind, "warn", _("집행액(진도선 미달)")),
        (behind, "missing", _("진도선까지 모자란 돈(계산)")),
        (bool(shown), "track", _("남은 예산현액")),
        (len(known) < len(shown), "unknown", _("집행액 미제출")),
        (pace is not None, "tick", _("진도선")),
    )
    return [(swatch, meaning) for there, swatch, meaning in entries if there]
