"""세입: the tree in 천원, with each item's share of the whole."""

from ...render.xlsx.formulas import share_of
from ...render.xlsx.grid import FigureGrid, GridColumn, GridLine, derived
from ...render.xlsx.sheet import ReportSheet, Workbook
from ..budget_workbook import (
    CURRENT,
    caption_of,
    name_years,
    widths_of,
    write_notes,
    year_columns,
    year_figures,
)
from .data import RevenueData


def sheets(data: RevenueData, book: Workbook):
    title = f"{data.fiscal_year}년도 세입 총괄"
    sheet = ReportSheet(book, title, caption_of(data), tab="세입", about="세입 예산현액, 최종예산과 증감")
    lines = []
    for row in data.rows:
        below = [place for place, other in enumerate(data.rows) if other.level and other.parent == row.slug]
        figures = [
            *year_figures(row, below, row.rate),
            derived(lambda at, row, column: share_of(at(row, CURRENT), at(0, CURRENT))),
        ]
        lines.append(GridLine(row.name, figures, max(row.level - 1, 0), is_total=not row.level))
    grid = FigureGrid(sheet, [*year_columns(data.fiscal_year), GridColumn("구성비", "rate")], lines)
    grid.draw()
    write_notes(sheet, data.notes)
    name_years(book, "세입", grid)
    sheet.close(widths_of(30, grid), landscape=True)
