"""What revenue and expenditure print alike: the section that they share, money, rates and notes."""

from collections.abc import Iterable, Iterator, Sequence

from seoul_digital.lib import amounts
from seoul_digital.lib.money_units import THOUSANDS, MoneyUnit, money_unit
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.reported import ReportedFigure

from ..render import tables
from ..render.blocks import HeadingBlock, TableBlock, TextLine
from ..render.outline import note_line
from ..report import Report
from .expenditure.data import ExpenditureData
from .revenue.data import RevenueData

ROWS_OF_A_PAGE = 12  # from a longer table of revenue on, either side of the budget has a page of its own


def is_long(report: Report) -> bool:
    revenue = report.get(RevenueData)
    return bool(revenue and len(revenue.rows) > ROWS_OF_A_PAGE)


def section_heading(report: Report) -> HeadingBlock:
    """Over both sides of the budget, or the one that the report has."""
    sides = {"세입": report.get(RevenueData), "세출": report.get(ExpenditureData)}
    known = {word: data for word, data in sides.items() if data}
    year = list(known.values())[-1].fiscal_year
    return HeadingBlock(2, f"{year}년도 {'․'.join(known)} 예산현황", "budget", opens_page=is_long(report))


def budget_table(
    data: RevenueData | ExpenditureData,
    rows: Sequence[tuple[str, list[str], int, list[str]]],
    more: Sequence[tuple[str, Sequence[str]]] = (),
    **names: str,
) -> TableBlock:
    """Rows as (name, figures, indent, their facts); `more` are groups of columns beside the two years and their change."""
    year = data.fiscal_year
    years = ["구분", f"{year}\n예산현액", f"{year - 1}\n최종예산", ("증감", ("증감액", "증감률"))]
    on = PartialDate(data.as_of.year, data.as_of.month, data.as_of.day).printed().replace(" ", "")
    header = tables.grouped_header([*years, *more])
    body = [tables.row(*row) for row in rows]
    return tables.table(header, body, unit=f"({on} 기준, 단위 : {printing_unit(data).name}, %)", **names)


def notes(data: RevenueData | ExpenditureData) -> Iterator[TextLine]:
    return map(note_line, data.notes)


def printing_unit(data: RevenueData | ExpenditureData) -> MoneyUnit:
    """That of the source; 천원 for amounts in 원, which no table of a page has room for."""
    unit = money_unit(data.unit) or THOUSANDS
    return unit if unit.won > THOUSANDS.won else THOUSANDS


def money(figures: Iterable[ReportedFigure], data: RevenueData | ExpenditureData) -> list[str]:
    return [printing_unit(data).text(figure.shown) for figure in figures]


def rate_text(figure: ReportedFigure) -> str:
    """As printed, else as computed; 순증 where there is no percentage."""
    return amounts.percent(figure.shown)
