"""업무 수: a sheet with the units and their sum."""

from fractions import Fraction

from ...render.xlsx.formulas import total
from ...render.xlsx.grid import FigureGrid, GridColumn, GridFigure, GridLine
from ...render.xlsx.sheet import ReportSheet, Workbook
from .data import WorkloadData


def sheets(data: WorkloadData, book: Workbook) -> None:
    sheet = ReportSheet(book, "업무 수", about="부서마다 업무가 몇 가지인지")
    numbers = {one.name: Fraction(one.duties) for one in data.units}
    whole = GridFigure(sum(numbers.values(), Fraction()), total(range(1, len(numbers) + 1)))
    lines = [GridLine(name, [GridFigure(number)]) for name, number in numbers.items()]
    grid = FigureGrid(sheet, [GridColumn("업무 수")], [GridLine("계", [whole], is_total=True), *lines])
    grid.draw()
    book.key_figure("업무_수", grid.shown(0, 0), "개", label="업무 수")
    sheet.close([24, 12])
