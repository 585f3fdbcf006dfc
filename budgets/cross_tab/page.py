"""The page of the cross-tab: what it holds for the reader's filters, and its sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from core.snapshot import Snapshot
from core.templatetags.language import with_facts
from seoul_digital.lib import amounts
from seoul_digital.lib.charts import Chart
from seoul_digital.lib.hangul import postposition, with_particle
from seoul_digital.lib.language.sentences import linked_number
from seoul_digital.lib.tables import Table, day

from .chart import cross_tab_chart
from .data import DatedSums, dated_sums, with_successors
from .filters import CrossTabFilters
from .pivot import cross_tab
from .result import CrossTabResult
from .side_process import SideProcess
from .table import cross_tab_table, difference, figure_cell


@dataclass(frozen=True)
class Limits:
    """Limits of rows and columns; two dates take three columns of figures for each."""

    rows: int
    columns: int
    columns_of_two_dates: int


ON_PAGE = Limits(rows=100, columns=12, columns_of_two_dates=4)
IN_FILE = Limits(rows=5_000, columns=40, columns_of_two_dates=12)
reshaped = SideProcess(cross_tab)  # whose pandas would stay in every process of the server


@dataclass(frozen=True)
class CrossTabPage:
    """`errors` say what could not be done as asked; what is shown is right all the same."""

    result: CrossTabResult
    table: Table
    chart: Chart
    lead: str
    errors: Sequence[str]


def cross_tab_page(
    snapshot: Snapshot, filters: CrossTabFilters, limits: Limits = ON_PAGE
) -> CrossTabPage | None:
    """None without expenditure on the date."""
    later = dated_sums(snapshot, filters)
    if later is None:
        return None
    earlier = dated_sums(snapshot.at(filters.earlier), filters) if filters.earlier else None
    errors = list(filters.errors)
    if filters.earlier and earlier is None:
        sentence = _("%(day)s 기준으로는 세출 자료가 없어 견줄 수 없습니다.")
        errors.append(sentence % {"day": day(filters.earlier)})
    result = _result(earlier, later, filters, limits)
    table = cross_tab_table(result, snapshot)
    return CrossTabPage(result, table, cross_tab_chart(result), _lead(result), errors)


def _result(
    earlier: DatedSums | None, later: DatedSums, filters: CrossTabFilters, limits: Limits
) -> CrossTabResult:
    if earlier is None:
        tab = reshaped([later.groups], limits.rows, limits.columns)
        return CrossTabResult(filters, tab, (later,))
    earlier, successions = with_successors(earlier, later, filters)
    tab = reshaped([earlier.groups, later.groups], limits.rows, limits.columns_of_two_dates)
    return CrossTabResult(filters, tab, (earlier, later), tuple(successions))


def _lead(result: CrossTabResult) -> str:
    """`예산현액 1,432.0억 원을 부서와 회계로 나누어 봅니다.`, or how the total changed between two dates."""
    filters, row, column = result.filters, result.rows[0], result.columns[0]
    whole = [figure_cell(result, number, row, column) for number in range(len(result.dates))]
    totals = [cell.value for cell in whole]
    if None in totals:
        cells = [result.cell(number, row, column) for number in range(len(result.dates))]
        sentence = (
            _("%(measure_topic)s 기준일이 달라 더하지 않았습니다.")
            if any(cell and cell.is_mixed for cell in cells)
            else _("%(measure_topic)s 이 자료에 없습니다.")
        )
        measure = _measure_with_day(result)
        return sentence % {"measure": measure, "measure_topic": with_particle(measure, "은/는")}
    if result.has_two_dates:
        change = difference(result, row, column) if filters.is_rate else totals[1] - totals[0]
        return _change_lead(result, change)
    figure = _size(filters, totals[0])
    rows, columns = filters.row_label, filters.column_label
    return with_facts(
        _("%(measure)s %(figure_object)s %(rows_and)s %(columns_into)s 나누어 봅니다."),
        measure=_measure_with_day(result),
        figure=linked_number(figure, whole[0].fact),
        figure_object=linked_number(figure, whole[0].fact, postposition(figure, ("을", "를"))),
        rows=rows,
        rows_and=with_particle(rows, "과/와"),
        columns=columns,
        columns_into=with_particle(columns, "으로/로"),
    )


def _measure_with_day(result: CrossTabResult) -> str:
    """`2022. 8. 29. 기준 집행액(원인행위)`, where that is not the day of the page."""
    cell = result.cell(len(result.dates) - 1, result.rows[0], result.columns[0])
    on = cell.executed_on if cell and not result.filters.is_of_budget else None
    measure = result.filters.measure_label
    return _("%(day)s 기준 %(measure)s") % {"day": day(on), "measure": measure} if on else measure


def _size(filters: CrossTabFilters, value: int | Fraction) -> str:
    if filters.is_rate:
        return amounts.percent(value)
    return amounts.won_text(value)


def _change_lead(result: CrossTabResult, change: int | Fraction) -> str:
    filters = result.filters
    since, until = (day(dated.as_of) for dated in result.dates)
    if not change:
        sentence = _("%(since)s에서 %(until)s 사이에 %(measure_subject)s 그대로입니다.")
    elif filters.is_rate:
        sentence = (
            _("%(since)s에서 %(until)s 사이에 %(measure_subject)s %(size)sp 높아졌습니다.")
            if change > 0
            else _("%(since)s에서 %(until)s 사이에 %(measure_subject)s %(size)sp 낮아졌습니다.")
        )
    else:
        sentence = (
            _("%(since)s에서 %(until)s 사이에 %(measure_subject)s %(size)s 늘었습니다.")
            if change > 0
            else _("%(since)s에서 %(until)s 사이에 %(measure_subject)s %(size)s 줄었습니다.")
        )
    return sentence % {
        "since": since,
        "until": until,
        "measure": filters.measure_label,
        "measure_subject": with_particle(filters.measure_label, "이/가"),
        "size": _size(filters, abs(change)),
    }
