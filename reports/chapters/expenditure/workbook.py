"""세출: departments with their accounts in 천원, with balances and the gap between execution and the year gone by."""

from seoul_digital.lib import amounts
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.xlsx.writer import DAY

from ...render.xlsx import charts
from ...render.xlsx.formulas import CellPlace, Live, difference, left_of_budget, share, share_of_budget, total
from ...render.xlsx.grid import FigureGrid, GridColumn, GridLine, amount, derived, rate
from ...render.xlsx.sheet import POINTS, RATE, ReportSheet, Workbook
from ..budget_workbook import (
    CURRENT,
    caption_of,
    name_years,
    widths_of,
    write_notes,
    year_columns,
    year_figures,
)
from .data import MISSING, ExpenditureData, ExpenditureRow

EXECUTED, EXECUTION_RATE, BALANCE, PACE, GAP = range(4, 9)
COLUMNS = [
    GridColumn("집행액", "count", "집행현황"),
    GridColumn("집행률", "rate", "집행현황"),
    GridColumn("집행잔액", "count", "집행현황"),
    GridColumn("진도율", "rate", "진도"),
    GridColumn("진도차(%p)", "points", "진도"),
]


def sheets(data: ExpenditureData, book: Workbook):
    title = f"{data.fiscal_year}년도 세출 총괄"
    about = "부서별 예산, 집행액과 집행률, 집행잔액"
    sheet = ReportSheet(book, title, caption_of(data), tab="세출", about=about)
    pace = _pace(sheet, data)
    lines = [_line(data, row, pace) for row in data.rows]
    grid = FigureGrid(sheet, [*year_columns(data.fiscal_year), *COLUMNS], lines)
    grid.draw()
    write_notes(sheet, data.notes)
    name_years(book, "세출", grid)
    book.key_figure("세출_집행액", grid.shown(0, EXECUTED), "천원", label="집행액(원인행위)")
    book.key_figure("세출_집행잔액", grid.shown(0, BALANCE), "천원", label="집행잔액")
    book.key_figure("세출_집행률", grid.shown(0, EXECUTION_RATE), "%", RATE, "집행률")
    book.key_figure("진도율", pace, "%", RATE)
    book.key_figure("세출_진도차", grid.shown(0, GAP), "%p", POINTS, "진도차")
    first = int(lines[0].is_total)
    if len(lines) - first > 1:
        charts.execution(sheet, grid, EXECUTION_RATE, PACE, first)
    sheet.close(widths_of(24, grid), landscape=True)


def _pace(sheet: ReportSheet, data: ExpenditureData) -> CellPlace:
    """The share of the year gone by, from the day of the figures."""
    sheet.text(sheet.row, 0, "집행 기준일", bold=True)
    sheet.sheet.write_datetime(
        sheet.row, 1, data.executed_on or data.as_of, sheet.book.format(num_format=DAY, align="right")
    )
    sheet.text(sheet.row, 2, "진도율", bold=True, align="right")
    on = sheet.place(sheet.row, 1, None).cell
    place = sheet.value(sheet.row, 3, data.pace, _pace_on(on, data.fiscal_year), num_format=RATE)
    sheet.row += 2
    return place


def _pace_on(day: str, year: int) -> str:
    """The share of a year gone by on a day, as a formula."""
    return f"MIN(MAX(({day}-DATE({year},1,1)+1)/(DATE({year},12,31)-DATE({year},1,1)+1),0),1)"


def _pace_of(data: ExpenditureData, row: ExpenditureRow, pace: CellPlace) -> Live | None:
    """The pace of the day of a row's execution; none where that is of several days."""
    if row.is_mixed:
        return None
    on, whole = row.executed_on or data.as_of, data.executed_on or data.as_of
    if on == whole:
        return Live("진도율", pace.value)
    return Live(_pace_on(f"DATE({on:%Y,%-m,%-d})", data.fiscal_year), amounts.pace(on, data.fiscal_year))


def _line(data: ExpenditureData, row: ExpenditureRow, pace: CellPlace) -> GridLine:
    below, of = _below(data, row), row.executed_of
    executed = ReportedFigure(printed=MISSING) if row.executed.shown is None else row.executed
    figures = [
        *year_figures(row, below, row.change_rate),
        amount(executed, total(below) if below else None, amounts.THOUSAND),
        rate(row.execution_rate, share(EXECUTED, CURRENT) if of is None else share_of_budget(EXECUTED, of)),
        derived(difference(CURRENT, EXECUTED) if of is None else left_of_budget(EXECUTED, of)),
        derived(lambda at, line, column: _pace_of(data, row, pace)),
        derived(difference(EXECUTION_RATE, PACE, 100)),
    ]
    return GridLine(row.name, figures, int(bool(row.account)), is_total=not row.slug)


def _below(data: ExpenditureData, row: ExpenditureRow) -> list[int]:
    """The whole adds up departments, a department its accounts."""
    rows = enumerate(data.rows)
    if not row.slug:
        return [place for place, other in rows if other.slug and not other.account]
    return [place for place, other in rows if other.slug == row.slug and other.account and not row.account]
