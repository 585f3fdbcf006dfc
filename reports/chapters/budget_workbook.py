"""What the sheets of revenue and expenditure have in common."""

from seoul_digital.lib import amounts
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import day

from ..render.xlsx.formulas import change, difference, total
from ..render.xlsx.grid import FigureGrid, GridColumn, GridFigure, amount, rate
from ..render.xlsx.sheet import CHANGE as CHANGE_FORM
from ..render.xlsx.sheet import CHANGE_RATE as CHANGE_RATE_FORM
from ..render.xlsx.sheet import ReportSheet, Workbook
from .expenditure.data import ExpenditureData, ExpenditureRow
from .revenue.data import RevenueData, RevenueRow

CURRENT, PREVIOUS, CHANGE, CHANGE_RATE = range(4)
MONEY_WIDTH, RATE_WIDTH = 15, 11


def year_columns(year: int) -> list[GridColumn]:
    money = (GridColumn(f"{year}\n예산현액"), GridColumn(f"{year - 1}\n최종예산"))
    return [*money, GridColumn("증감액", "change", "증감"), GridColumn("증감률", "change_rate", "증감")]


def year_figures(
    row: RevenueRow | ExpenditureRow, below: list[int], change_rate: ReportedFigure
) -> list[GridFigure]:
    """The years and their change; a row adds up those below it."""
    down = total(below) if below else None
    return [
        amount(row.current, down, amounts.THOUSAND),
        amount(row.previous, down, amounts.THOUSAND),
        amount(row.change, difference(CURRENT, PREVIOUS), amounts.THOUSAND),
        rate(change_rate, change(CURRENT, PREVIOUS)),
    ]


def caption_of(data: RevenueData | ExpenditureData) -> str:
    return f"{day(data.as_of)} 기준 · (단위: 천원, %)"


def write_notes(sheet: ReportSheet, notes: tuple[str, ...]):
    for note in notes:
        sheet.note(note if note.startswith(("※", "*")) else f"※ {note}")


def name_years(book: Workbook, side: str, grid: FigureGrid):
    """Names for the whole's figures of the two years."""
    book.key_figure(f"{side}_예산현액", grid.shown(0, CURRENT), "천원", label="예산현액")
    book.key_figure(f"{side}_전년최종예산", grid.shown(0, PREVIOUS), "천원", label="전년 최종예산")
    book.key_figure(f"{side}_증감액", grid.shown(0, CHANGE), "천원", CHANGE_FORM, "증감액")
    book.key_figure(f"{side}_증감률", grid.shown(0, CHANGE_RATE), "%", CHANGE_RATE_FORM, "증감률")


def widths_of(name: int, grid: FigureGrid) -> list[float]:
    kinds = [column.kind for column in grid.columns] + [grid.columns[place].kind for place in grid.checked]
    return [name, *(MONEY_WIDTH if kind in {"count", "change"} else RATE_WIDTH for kind in kinds)]
