"""The chart of the cross-tab: the largest rows, stacked by the largest columns; of two dates, how the rows changed."""

from collections.abc import Sequence
from fractions import Fraction

from seoul_digital.lib import amounts, charts
from seoul_digital.lib.charts import Figure

from .result import CrossTabResult, Member
from .table import amounts_of, figure_cell

MOST_ROWS = 12
MOST_PARTS = 4  # told apart by lightness in a stacked bar


def cross_tab_figure(result: CrossTabResult) -> Figure:
    filters = result.filters
    members = result.rows[1:]
    largest = sorted(members, key=lambda row: -_budget(result, row, result.columns[0]))[:MOST_ROWS]
    if filters.is_rate:
        title, unit = f"{filters.row_label}별 {filters.measure_label}", "%, %p"
        drawn = _rate_bars(result, [result.rows[0], *largest])
    elif result.has_two_dates:
        title, unit = f"{filters.row_label}별 {filters.measure_label}의 증감", "천원, %"
        drawn = _change_bars(result, [result.rows[0], *largest])
    else:
        title, unit = f"{filters.row_label}별 {filters.measure_label}", "억 원"
        drawn = _stacked_bars(result, largest)
    return Figure(
        "cross-tab", title, _summary(result, len(largest)), unit=unit, as_of=result.later.as_of, **drawn
    )


def _summary(result: CrossTabResult, shown: int) -> str:
    """`예산현액이 큰 부서 12개입니다. 회계별로 나누어 쌓았습니다.`"""
    filters, whole = result.filters, len(result.rows) - 1
    said = f"{filters.row_label} {whole:,}개를 예산현액이 큰 차례로 보입니다."
    if shown < whole:
        said = f"예산현액이 큰 {filters.row_label} {shown}개입니다."
    is_stacked = not (filters.is_rate or result.has_two_dates)
    return f"{said} 막대는 {filters.column_label}별 금액을 쌓은 것입니다." if is_stacked else said


def _budget(result: CrossTabResult, row: Member, column: Member) -> int:
    cell = result.cell(len(result.dates) - 1, row, column)
    return cell.current if cell else 0


def _rate_bars(result: CrossTabResult, rows: Sequence[Member]) -> dict:
    last, total = len(result.dates) - 1, result.columns[0]
    rates = [figure_cell(result, last, row, total).value for row in rows]
    return charts.rate_bars([row.label for row in rows], rates, result.later.pace, first_is_total=True)


def _change_bars(result: CrossTabResult, rows: Sequence[Member]) -> dict:
    pairs = [amounts_of(result, row, result.columns[0]) for row in rows]
    changes = [None if None in pair else pair[1] - pair[0] for pair in pairs]
    rates = [amounts.change_percent(after, before) for before, after in pairs]
    return charts.change_bars([row.label for row in rows], changes, rates, first_is_total=True)


def _stacked_bars(result: CrossTabResult, rows: Sequence[Member]) -> dict:
    """Columns with the largest budgets at the bottom, the others added up."""
    total = result.rows[0]
    columns = sorted(result.columns[1:], key=lambda column: -_budget(result, total, column))
    named = columns if len(columns) <= MOST_PARTS else columns[: MOST_PARTS - 1]
    parts = [(column.label, [_hundred_millions(result, row, [column]) for row in rows]) for column in named]
    if rest := columns[len(named) :]:
        label = f"그 밖의 {result.filters.column_label}"
        parts.append((label, [_hundred_millions(result, row, rest) for row in rows]))
    sums = [amounts.hundred_million(amounts_of(result, row, result.columns[0])[0]) for row in rows]
    return charts.stacked([row.label for row in rows], parts, unit="억 원", beside=[("계(억 원)", sums)])


def _hundred_millions(result: CrossTabResult, row: Member, columns: Sequence[Member]) -> Fraction | None:
    values = [amounts_of(result, row, column)[0] for column in columns]
    return None if None in values else Fraction(sum(values), amounts.HUNDRED_MILLION)
