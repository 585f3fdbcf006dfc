"""The chart of the cross-tab: the largest rows, stacked by the largest columns; of two dates, how the rows changed."""

from collections.abc import Sequence
from fractions import Fraction
from functools import partial

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from seoul_digital.lib import amounts, charts
from seoul_digital.lib.charts import Chart

from .result import CrossTabResult, Member
from .table import amounts_of, figure_cell

MOST_ROWS = 12


def cross_tab_chart(result: CrossTabResult) -> Chart:
    filters, members = result.filters, result.rows[1:]
    largest = sorted(members, key=lambda row: -_budget(result, row, result.columns[0]))[:MOST_ROWS]
    with_total = [result.rows[0], *largest]
    title = _("%(rows)s별 %(measure)s")
    if filters.is_rate:
        build, unit = partial(_rate_bars, result, with_total), _("%, %p")
    elif result.has_two_dates:
        title, unit = _("%(rows)s별 %(measure)s의 증감"), _("억 원, %")
        build = partial(_change_bars, result, with_total)
    else:
        build, unit = partial(_stacked_bars, result, largest), _("억 원")
    title %= {"rows": filters.row_label, "measure": filters.measure_label}
    summary = _summary(result, len(largest))
    return Chart("cross-tab", title, summary, build, unit=unit, as_of=result.later.as_of)


def _summary(result: CrossTabResult, shown: int) -> str:
    """`예산현액이 큰 부서 12개입니다. 회계별로 나누어 쌓았습니다.`"""
    filters, whole = result.filters, len(result.rows) - 1
    text = (
        _("예산현액이 큰 %(rows)s %(shown)s개입니다.")
        if shown < whole
        else _("%(rows)s %(count)s개를 예산현액이 큰 차례로 보입니다.")
    )
    text %= {"rows": filters.row_label, "shown": shown, "count": f"{whole:,}"}
    if filters.is_rate or result.has_two_dates:
        return text
    stacked = _("막대는 %(columns)s별 금액을 쌓은 것입니다.") % {"columns": filters.column_label}
    return f"{text} {stacked}"


def _budget(result: CrossTabResult, row: Member, column: Member) -> int:
    cell = result.cell(len(result.dates) - 1, row, column)
    return cell.current if cell else 0


def _rate_bars(result: CrossTabResult, rows: Sequence[Member]) -> go.Figure:
    last, total, later = len(result.dates) - 1, result.columns[0], result.later
    rates = [figure_cell(result, last, row, total).value for row in rows]
    paces = [later.pace_of(result.cell(last, row, total)) for row in rows]
    gaps = [
        None if rate is None or pace is None else Fraction(rate) - pace * 100
        for rate, pace in zip(rates, paces, strict=True)
    ]
    pace = paces[0] or amounts.pace(later.as_of, later.fiscal_year)
    return charts.rate_bars([row.label for row in rows], rates, pace, gaps=gaps, first_is_total=True)


def _change_bars(result: CrossTabResult, rows: Sequence[Member]) -> go.Figure:
    pairs = [amounts_of(result, row, result.columns[0]) for row in rows]
    changes = [None if before is None or after is None else after - before for before, after in pairs]
    rates = [amounts.word(amounts.change_percent(after, before)) for before, after in pairs]
    return charts.change_bars([row.label for row in rows], changes, rates, first_is_total=True)


def _stacked_bars(result: CrossTabResult, rows: Sequence[Member]) -> go.Figure:
    """Columns with the largest budgets come first; where not the budget itself is shown, it is the tick."""
    total = result.columns[0]
    columns = sorted(result.columns[1:], key=lambda column: -_budget(result, result.rows[0], column))
    parts = [(column.label, [amounts_of(result, row, column)[0] for row in rows]) for column in columns]
    budgets = [_budget(result, row, total) for row in rows]
    return charts.stacked_bars(
        [row.label for row in rows],
        parts,
        reference=None if result.filters.measure == "current" else (_("예산현액"), budgets),
        beside=[(_("계(억 원)"), [amounts.won_label(amounts_of(result, row, total)[0]) for row in rows])],
        form=amounts.won_text,
    )
