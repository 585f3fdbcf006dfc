"""Native charts of the workbook, in the colours of the house."""

from itertools import cycle

from seoul_digital.lib.xlsx.writer import ACCENT, FONT, INK, LINE, MUTED, WARN

from .grid import FigureGrid
from .sheet import RATE, ReportSheet

COLOURS = (ACCENT, "#7d9dc0", "#b9cbe0", "#58616a", "#a3abb3", "#d8dce0")
WIDTH, HEIGHT, ROWS = 940, 340, 18  # pixels, and the rows that a chart stands over
LETTERS = {"name": FONT, "size": 8, "color": INK}


def staff(sheet: ReportSheet, grid: FigureGrid, series: dict[str, int], authorized: int):
    """Headcount by series, one on the other, against the authorized strength."""
    stacked = sheet.book.file.add_chart({"type": "column", "subtype": "stacked"})
    for (name, column), colour in zip(series.items(), cycle(COLOURS), strict=False):
        stacked.add_series({**_of(grid, name, column), "fill": {"color": colour}, "gap": 60})
    marks = sheet.book.file.add_chart({"type": "line"})
    marker = {"type": "long_dash", "size": 12, "border": {"color": WARN}, "fill": {"color": WARN}}
    marks.add_series({**_of(grid, "정원", authorized), "line": {"none": True}, "marker": marker})
    stacked.combine(marks)
    description = "부서마다 직종별 현원을 쌓고 정원을 붉은 선으로 견준 막대 그림"
    _put(sheet, stacked, "부서별 직종별 현원과 정원", "#,##0", description)


def execution(sheet: ReportSheet, grid: FigureGrid, rate: int, pace: int, first: int):
    """Rates of execution against the share of the year gone by."""
    bars = sheet.book.file.add_chart({"type": "column"})
    labels = {"value": True, "num_format": RATE, "font": LETTERS}
    look = {"fill": {"color": ACCENT}, "gap": 60, "data_labels": labels}
    bars.add_series({**_of(grid, "집행률", rate, first), **look})
    line = sheet.book.file.add_chart({"type": "line"})
    dashes = {"color": WARN, "width": 1.5, "dash_type": "dash"}
    line.add_series({**_of(grid, "진도율", pace, first), "line": dashes})
    bars.combine(line)
    description = "부서와 회계마다 집행률을 막대로, 진도율을 붉은 점선으로 나타낸 그림"
    _put(sheet, bars, "부서별 집행률과 진도율", "0%", description)


def _of(grid: FigureGrid, name: str, column: int, first: int = 1) -> dict:
    """A column of the table from the row `first` on, under its total."""
    return {"name": name, "categories": grid.names(first), "values": grid.values(column, first)}


def _put(sheet: ReportSheet, chart, title: str, form: str, description: str):
    chart.set_title({"name": title, "name_font": {**LETTERS, "size": 11, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": LETTERS})
    chart.set_x_axis({"num_font": LETTERS, "line": {"color": LINE}, "major_tick_mark": "none"})
    numbers = {"num_font": {**LETTERS, "color": MUTED}, "num_format": form}
    grid = {"visible": True, "line": {"color": LINE, "width": 0.5}}
    chart.set_y_axis({**numbers, "min": 0, "line": {"none": True}, "major_gridlines": grid})
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    sheet.sheet.insert_chart(sheet.row + 1, 0, chart, {"description": description, "object_position": 1})
    sheet.row += ROWS + 2
