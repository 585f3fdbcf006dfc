"""조직, 인력, 주요업무 and 비전·전략."""

from fractions import Fraction

from seoul_digital.lib.tables import day
from seoul_digital.lib.xlsx.writer import ACCENT, HEAD, LINE

from ...render.blocks import Strategy
from ...render.xlsx import charts
from ...render.xlsx.formulas import across, difference, same_as, share, total
from ...render.xlsx.grid import Column, Grid, Line, amount, derived
from ...render.xlsx.sheet import BODY, COUNT, Sheet, Workbook
from ...report import Strength, Unit, UnitCount
from .document import strategies_of

SERIES = {"일반직": 4, "임기제": 5, "관리운영직": 6}
STAFF = [
    *map(Column, ("정원", "현원", "과부족")),
    *(Column(name, group="직종별 현원") for name in ("소계", *SERIES)),
    Column("충원율", "rate"),
]
DUTY_WIDTH = 84
STRATEGY_WIDTHS = [5, 28]


def organisation(book: Workbook):
    """The tree, then how many units of each kind the source states and names."""
    report = book.report
    if not report.units:
        return
    source = report.source("organisation")
    sheet = Sheet(
        book, "조직", f"{day(source.as_of if source else report.as_of)} 기준", about="조직 체계와 부서 수"
    )
    sheet.header(["부서", "종류", "상위 부서", "비고"])
    first, names = sheet.row, {unit.slug: unit.name for unit in report.units}
    for unit in report.units:
        _unit(sheet, unit, names.get(unit.parent, ""))
    for foundation in report.foundations:
        sheet.note(foundation.printed)
    if report.unit_counts:
        sheet.row += 1
        sheet.heading("부서 수")
        sheet.header(["종류", "적힌 수", "이름이 있는 수", "적힌 그대로"], repeat=False)
        for count in report.unit_counts:
            _count(sheet, count, report.units, first)
    sheet.close([34, 14, 26, 34])


def _count(sheet: Sheet, count: UnitCount, units: tuple[Unit, ...], first: int):
    """Named units are counted in the rows of the tree, which begin at `first`."""
    sheet.text(sheet.row, 0, count.word, **BODY)
    sheet.value(sheet.row, 1, Fraction(count.number), **BODY, num_format=COUNT)
    named = Fraction(sum(unit.kind_word == count.word for unit in units))
    formula = f"COUNTIF(B${first + 1}:B${first + len(units)},A{sheet.row + 1})"
    sheet.value(sheet.row, 2, named, formula, **BODY, num_format=COUNT)
    sheet.words(sheet.row, 3, count.printed)
    sheet.row += 1


def _unit(sheet: Sheet, unit: Unit, above: str):
    sheet.text(sheet.row, 0, unit.name, **BODY, indent=unit.level, bold=unit.level == 0)
    for column, text in enumerate((unit.kind_word, above, unit.note), 1):
        sheet.words(sheet.row, column, text)
    sheet.row += 1


def staffing(book: Workbook):
    told = book.report.staffing
    if told is None:
        return
    source = book.report.source("staffing")
    caption = f"{day(source.as_of if source else book.report.as_of)} 기준 · (단위: 명, %)"
    sheet = Sheet(book, "인력", caption, about="부서별 정원·현원·과부족과 직종별 현원")
    whole = [told.total] if len(told.units) != 1 else []
    lines = [_staff(one, len(whole), len(told.units) if one in whole else 0) for one in (*whole, *told.units)]
    grid = Grid(sheet, STAFF, lines)
    grid.draw()
    for name, column in (("정원", 0), ("현원", 1), ("과부족", 2), ("충원율", 7)):
        book.key_figure(name, grid.shown(0, column))
    if whole:
        charts.staff(sheet, grid, SERIES, 0)
    sheet.close([24, *[10] * 7, 10, *[12] * len(grid.checked)], landscape=True)


def _staff(one: Strength, first: int, units: int) -> Line:
    """The whole adds up `units` rows from `first` on; a unit adds up its series."""
    down = total(range(first, first + units)) if units else None
    rules = {
        "authorized": down,
        "headcount": down or same_as(3),
        "variance": difference(1, 0),
        "subtotal": down or across(list(SERIES.values())),
        **dict.fromkeys(("general", "fixed_term", "management"), down),
    }
    figures = [
        amount(getattr(one, "headcount" if key == "subtotal" else key), rule) for key, rule in rules.items()
    ]
    return Line(one.name, [*figures, derived(share(1, 0))], is_total=bool(units))


def duties(book: Workbook):
    if not book.report.duties:
        return
    source = book.report.source("duties")
    heading = (source and source.heading) or "부서별 주요업무"
    sheet = Sheet(book, heading, tab="주요업무", about=heading)
    sheet.header(["부서(기관)별", "주요업무"])
    for one in book.report.duties:
        if one.texts:
            sheet.merged(
                sheet.row,
                0,
                len(one.texts),
                1,
                one.name,
                bold=True,
                align="center",
                valign="top",
                text_wrap=True,
                **BODY,
            )
        for text in one.texts:
            sheet.words(sheet.row, 1, text)
            sheet.row += 1
    sheet.close([24, DUTY_WIDTH])


def vision(book: Workbook):
    """The statement over the values over the strategies with their projects, side by side."""
    report = book.report
    if report.vision is None:
        return
    source = report.source("vision")
    strategies = strategies_of(report, in_vision=True)
    wide = max(len(strategies), 1)
    sheet = Sheet(
        book,
        (source and source.heading) or "정책목표 및 추진전략",
        tab="비전·전략",
        about="정책목표와 추진전략, 전략마다의 사업",
    )
    for text in report.vision.statement:
        _banner(sheet, wide, text, bold=True, font_size=16, font_color=ACCENT)
    _banner(sheet, wide, " · ".join(report.vision.values), bold=True)
    sheet.row += 1
    for place, strategy in enumerate(strategies):
        _strategy(sheet, strategy, place * len(STRATEGY_WIDTHS))
    sheet.sheet.set_row(sheet.row, 40)
    for row in range(max((len(strategy.projects) for strategy in strategies), default=0)):
        sheet.sheet.set_row(sheet.row + 1 + row, 48)
    sheet.close(STRATEGY_WIDTHS * wide, landscape=True)


def _strategy(sheet: Sheet, strategy: Strategy, column: int):
    """In a column for the number, which leads to the project's sheet, and one for the title."""
    look = {"text_wrap": True, "border": 1, "border_color": LINE}
    name = f"{strategy.mark} {strategy.name}".strip() or "그 밖의 사업"
    sheet.merged(sheet.row, column, 1, 2, name, **look, bold=True, align="center", bg_color=HEAD)
    for row, (number, title, key) in enumerate(strategy.projects, sheet.row + 1):
        target = sheet.book.project_sheets[key.removeprefix("project-")]
        sheet.link(row, column, target, str(number), **look, align="center", bold=True)
        sheet.text(row, column + 1, title, **look)


def _banner(sheet: Sheet, wide: int, text: str, **look):
    if text:
        sheet.merged(sheet.row, 0, 1, wide * len(STRATEGY_WIDTHS), text, align="center", **look)
        sheet.sheet.set_row(sheet.row, 30)
        sheet.row += 1
