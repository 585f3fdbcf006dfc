"""세입 and 세출: the report's tables in 천원, with what a manager asks next: shares, balances, the gap to the pace."""

from seoul_digital.lib import amounts
from seoul_digital.lib.tables import day

from ...render.xlsx import charts
from ...render.xlsx.formulas import At, Live, Place, change, difference, share, share_of, total
from ...render.xlsx.grid import Column, Figure, Grid, Line, amount, derived, rate
from ...render.xlsx.sheet import DAY, RATE, Sheet, Workbook
from ...report import Expenditure, ExpenditureRow, Revenue, RevenueRow

CURRENT, PREVIOUS, CHANGE, CHANGE_RATE, EXECUTED, EXECUTION_RATE, BALANCE, PACE, GAP = range(9)
MONEY_WIDTH, RATE_WIDTH = 15, 11


def _years(year: int) -> list[Column]:
    money = (Column(f"{year}\n예산현액"), Column(f"{year - 1}\n최종예산"))
    return [*money, Column("증감액", group="증감"), Column("증감률", "rate", "증감")]


def _figures(row: RevenueRow | ExpenditureRow, below: list[int], change_rate) -> list[Figure]:
    """The years and their change; a row adds up those below it."""
    down = total(below) if below else None
    return [
        amount(row.current, down, amounts.THOUSAND),
        amount(row.previous, down, amounts.THOUSAND),
        amount(row.change, difference(CURRENT, PREVIOUS), amounts.THOUSAND),
        rate(change_rate, change(CURRENT, PREVIOUS)),
    ]


def revenue(book: Workbook):
    told = book.report.revenue
    if told is None:
        return
    sheet = Sheet(
        book,
        f"{told.fiscal_year}년도 세입 총괄",
        _caption(told),
        tab="세입",
        about="세입 예산현액, 최종예산과 증감",
    )
    rows = told.rows
    lines = [
        _item(row, [place for place, one in enumerate(rows) if one.level and one.parent == row.slug])
        for row in rows
    ]
    grid = Grid(sheet, [*_years(told.fiscal_year), Column("구성비", "rate")], lines)
    grid.draw()
    _notes(sheet, told.notes)
    _name(
        book,
        "세입",
        grid,
        {"예산현액": CURRENT, "전년최종예산": PREVIOUS, "증감액": CHANGE, "증감률": CHANGE_RATE},
    )
    sheet.close(_widths(30, grid), landscape=True)


def _item(row: RevenueRow, below: list[int]) -> Line:
    figures = [*_figures(row, below, row.rate), derived(_of_whole)]
    return Line(row.name, figures, max(row.level - 1, 0), is_total=not row.level)


def _of_whole(at: At, row: int, column: int) -> Live | None:
    return share_of(at(row, CURRENT), at(0, CURRENT))


def expenditure(book: Workbook):
    told = book.report.expenditure
    if told is None:
        return
    sheet = Sheet(
        book,
        f"{told.fiscal_year}년도 세출 총괄",
        _caption(told),
        tab="세출",
        about="부서별 예산, 집행액과 집행률, 집행잔액",
    )
    pace = _pace(sheet, told)
    book.key_figure("진도율", pace)
    lines = [_spent(told, row, pace) for row in told.rows]
    more = [
        Column(label, kind, "집행현황")
        for label, kind in (("집행액", "count"), ("집행률", "rate"), ("집행잔액", "count"))
    ]
    columns = [
        *_years(told.fiscal_year),
        *more,
        Column("진도율", "rate", "진도"),
        Column("진도차(%p)", "points", "진도"),
    ]
    grid = Grid(sheet, columns, lines)
    grid.draw()
    _notes(sheet, told.notes)
    names = {"예산현액": CURRENT, "전년최종예산": PREVIOUS, "증감액": CHANGE, "증감률": CHANGE_RATE}
    _name(
        book,
        "세출",
        grid,
        {**names, "집행액": EXECUTED, "집행률": EXECUTION_RATE, "집행잔액": BALANCE, "진도차": GAP},
    )
    first = int(lines[0].is_total)
    if len(lines) - first > 1:
        charts.execution(sheet, grid, EXECUTION_RATE, PACE, first)
    sheet.close(_widths(24, grid), landscape=True)


def _pace(sheet: Sheet, told: Expenditure) -> Place:
    """The share of the year gone by, from the day of the figures."""
    sheet.text(sheet.row, 0, "집행 기준일", bold=True)
    sheet.sheet.write_datetime(sheet.row, 1, told.as_of, sheet.book.format(num_format=DAY, align="right"))
    sheet.text(sheet.row, 2, "진도율", bold=True, align="right")
    on = sheet.place(sheet.row, 1, None).cell
    year = told.fiscal_year
    days = f"({on}-DATE({year},1,1)+1)/(DATE({year},12,31)-DATE({year},1,1)+1)"
    place = sheet.value(sheet.row, 3, told.pace, f"MIN(MAX({days},0),1)", num_format=RATE)
    sheet.row += 2
    return place


def _spent(told: Expenditure, row: ExpenditureRow, pace: Place) -> Line:
    below = _below(told, row)
    figures = [
        *_figures(row, below, row.change_rate),
        amount(row.executed, total(below) if below else None, amounts.THOUSAND),
        rate(row.execution_rate, share(EXECUTED, CURRENT)),
        derived(difference(CURRENT, EXECUTED)),
        derived(lambda at, line, column: Live("진도율", pace.value)),
        derived(difference(EXECUTION_RATE, PACE, 100)),
    ]
    return Line(row.name, figures, int(bool(row.account)), is_total=not row.slug)


def _below(told: Expenditure, row: ExpenditureRow) -> list[int]:
    """The whole adds up departments, a department its accounts."""
    if not row.slug:
        return [place for place, one in enumerate(told.rows) if one.slug and not one.account]
    return (
        []
        if row.account
        else [place for place, one in enumerate(told.rows) if one.slug == row.slug and one.account]
    )


def _caption(told: Revenue | Expenditure) -> str:
    return f"{day(told.as_of)} 기준 · (단위: 천원, %)"


def _notes(sheet: Sheet, notes: tuple[str, ...]):
    for note in notes:
        sheet.note(note if note.startswith(("※", "*")) else f"※ {note}")


def _name(book: Workbook, side: str, grid: Grid, columns: dict[str, int]):
    for name, column in columns.items():
        book.key_figure(f"{side}_{name}", grid.shown(0, column))


def _widths(name: int, grid: Grid) -> list[float]:
    kinds = [column.kind for column in grid.columns] + [grid.columns[place].kind for place in grid.checked]
    return [name, *(MONEY_WIDTH if kind == "count" else RATE_WIDTH for kind in kinds)]
