"""인력: staff of each unit, with a chart of the series."""

from collections.abc import Iterable

from core.models import Source
from seoul_digital.lib.tables import day

from ...render.xlsx import charts
from ...render.xlsx.formulas import across, difference, same_as, share, total
from ...render.xlsx.grid import FigureGrid, GridColumn, GridLine, amount, derived
from ...render.xlsx.sheet import CHANGE, COUNT, RATE, ReportSheet, Workbook
from .data import StaffingData, StaffingRow

BEFORE_SERIES = 4  # columns of the grid


def sheets(data: StaffingData, book: Workbook):
    caption = f"{day(book.report.date_of(Source.Scope.STAFFING))} 기준 · (단위: 명, %)"
    sheet = ReportSheet(book, "인력", caption, about="부서별 정원·현원·과부족과 직종별 현원")
    whole = [data.total] if len(data.units) != 1 else []
    lines = [_line(row, len(whole), len(data.units) if row in whole else 0) for row in (*whole, *data.units)]
    series = {name: column for column, name in enumerate(data.series, BEFORE_SERIES)}
    grid = FigureGrid(sheet, _columns(data.series), lines)
    grid.draw()
    for name, column, form in (("정원", 0, COUNT), ("현원", 1, COUNT), ("과부족", 2, CHANGE)):
        book.key_figure(name, grid.shown(0, column), "명", form)
    book.key_figure("충원율", grid.shown(0, BEFORE_SERIES + len(series)), "%", RATE)
    if whole:
        charts.staff(sheet, grid, series, 0)
    sheet.close([24, *[10] * (BEFORE_SERIES + len(series) + 1), *[12] * len(grid.checked)], landscape=True)


def _columns(series: Iterable[str]) -> list[GridColumn]:
    return [
        *map(GridColumn, ("정원", "현원")),
        GridColumn("과부족", "change"),
        *(GridColumn(name, group="직종별 현원") for name in ("소계", *series)),
        GridColumn("충원율", "rate"),
    ]


def _line(row: StaffingRow, first: int, units: int) -> GridLine:
    """The whole adds up `units` rows from `first` on; a unit adds up its series."""
    down = total(range(first, first + units)) if units else None
    figures = [
        amount(row.authorized, down),
        amount(row.headcount, down or same_as(3)),
        amount(row.variance, difference(1, 0)),
        amount(row.headcount, down or across(range(BEFORE_SERIES, BEFORE_SERIES + len(row.series)))),
        *(amount(series.count, down) for series in row.series),
    ]
    return GridLine(row.name, [*figures, derived(share(1, 0))], is_total=bool(units))
