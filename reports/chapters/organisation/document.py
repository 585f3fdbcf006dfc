"""Ⅰ 일반현황 and Ⅱ 정책목표 및 추진전략: organisation, staff, duties, revenue and expenditure; the vision's picture."""

from collections import Counter
from collections.abc import Iterator

from seoul_digital.lib import amounts
from seoul_digital.lib.periods import PartialDate

from ...render import tables
from ...render.blocks import Bars, Block, Cell, Chart, Heading, Line, Strategy, Table, Unit, Vision
from ...report import Expenditure, Rate, Report, Revenue, Staffing, Stated, Strength
from ...report import Unit as UnitRow

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
STAFF = ("authorized", "headcount", "variance", "headcount", "general", "fixed_term", "management")

ROWS_OF_A_PAGE = 12  # from a longer table of revenue on, either side of the budget has a page of its own


def general_blocks(report: Report) -> list[Block]:
    parts = (_organisation(report), _staffing(report), _duties(report), _budget(report))
    return [block for part in parts for block in part]


def _organisation(report: Report) -> Iterator[Block]:
    if not report.units and not report.foundations:
        return
    source = report.source("organisation")
    yield Heading(2, "조직", "organisation", remark=source.heading if source else "")
    for root in _trees(report):
        yield Chart(root, f"{root.name} 조직도")
    yield from (_note(one.printed) for one in report.foundations if one.printed)


def _note(printed: str) -> Line:
    mark = printed[:1] if printed[:1] in "※*" else "※"
    return Line(printed.removeprefix(mark).strip(), 0, mark, "note")


def _trees(report: Report) -> list[Unit]:
    """Kinds that the report counts and does not name all of, such as teams, are left out, and foundations, which stand outside."""
    named, stated = (
        Counter(unit.kind for unit in report.units),
        {count.kind: count.number for count in report.unit_counts},
    )
    shown = [
        unit
        for unit in report.units
        if unit.kind != "foundation" and named[unit.kind] >= stated.get(unit.kind, 0)
    ]
    slugs = {unit.slug for unit in shown}
    return [_tree(unit, shown) for unit in shown if unit.parent not in slugs]


def _tree(unit: UnitRow, shown: list[UnitRow]) -> Unit:
    return Unit(
        unit.name,
        tuple(_tree(one, shown) for one in shown if one.parent == unit.slug),
        unit.note,
        _lines(unit),
    )


def _lines(unit: UnitRow) -> tuple[str, ...]:
    """`정보통신보안` / `담당관`: a long word for the kind stands on a line of its own."""
    stem = unit.name.removesuffix(unit.kind_word)
    return (stem, unit.kind_word) if stem and stem != unit.name and len(unit.kind_word) > 2 else (unit.name,)


def _staffing(report: Report) -> Iterator[Block]:
    if report.staffing is None:
        return
    source = report.source("staffing")
    on = source.as_of if source else report.as_of
    yield Heading(2, "인력", "staffing", remark=f"({on.year}. {on.month}. {on.day}. 기준)")
    yield staffing_table(report.staffing)


def staffing_table(staffing: Staffing) -> Table:
    series = ("직종별 현원", ("소계", "일반직", "임기제", "관리운영직"))
    header = tables.grouped_header(["구분", "정원", "현원", "과부족", series])
    rows = [tables.row(one.name, _strength(one)) for one in (staffing.total, *staffing.units)]
    return tables.table(header, rows, key="staffing-table", name="인력")


def _strength(one: Strength) -> list[str]:
    return [amounts.plain(getattr(one, measure).shown) for measure in STAFF]


def _duties(report: Report) -> Iterator[Block]:
    if not report.duties:
        return
    source = report.source("duties")
    yield Heading(2, (source and source.heading) or "부서별 주요업무", "duties", opens_page=True)
    header = tables.grouped_header(["부서(기관)별", "주요업무"])
    rows = [_duty_row(one.name, one.texts) for one in report.duties]
    yield tables.table(header, rows, key="duties-table", name="부서별 주요업무")


def _duty_row(name: str, texts: tuple[str, ...]) -> list[Cell]:
    return [Cell(name, 0, align="center", is_head=True), Cell("\n".join(f"･ {text}" for text in texts), 1)]


def _budget(report: Report) -> Iterator[Block]:
    told = report.expenditure or report.revenue
    if told is None:
        return
    is_long = bool(report.revenue and len(report.revenue.rows) > ROWS_OF_A_PAGE)
    sides = "․".join(word for word, part in (("세입", report.revenue), ("세출", report.expenditure)) if part)
    yield Heading(2, f"{told.fiscal_year}년도 {sides} 예산현황", "budget", opens_page=is_long)
    if report.revenue:
        yield Heading(3, _heading(report, "revenue", "세입 총괄"), "revenue")
        yield revenue_table(report.revenue)
        yield from map(_note, report.revenue.notes)
    if report.expenditure:
        yield Heading(3, _heading(report, "expenditure", "세출 총괄"), "expenditure", opens_page=is_long)
        yield expenditure_table(report.expenditure)
        yield from map(_note, report.expenditure.notes)
        yield from _rates(report.expenditure)


def _heading(report: Report, scope: str, default: str) -> str:
    source = report.source(scope)
    return (source and source.heading) or default


def _unit(told: Revenue | Expenditure) -> str:
    on = PartialDate(told.as_of.year, told.as_of.month, told.as_of.day).printed().replace(" ", "")
    return f"({on} 기준, 단위 : 천원, %)"


def _money(stated: Stated) -> str:
    return amounts.thousand(stated.shown)


def rate_text(rate: Rate) -> str:
    """As printed, else as computed; 순증 where there is no percentage."""
    if rate.printed is not None:
        return amounts.percent(rate.printed)
    return rate.word or amounts.percent(rate.exact)


def _years(year: int) -> list:
    return ["구분", f"{year}\n예산현액", f"{year - 1}\n최종예산", ("증감", ("증감액", "증감률"))]


def revenue_table(told: Revenue) -> Table:
    rows = [
        tables.row(
            one.name,
            [_money(one.current), _money(one.previous), _money(one.change), rate_text(one.rate)],
            max(one.level - 1, 0),
        )
        for one in told.rows
    ]
    header = tables.grouped_header(_years(told.fiscal_year))
    return tables.table(header, rows, unit=_unit(told), key="revenue-table", name="세입 총괄")


def expenditure_table(told: Expenditure) -> Table:
    rows = []
    for one in told.rows:
        money = [_money(one.current), _money(one.previous), _money(one.change), rate_text(one.change_rate)]
        rows.append(
            tables.row(
                one.name,
                [*money, _money(one.executed), rate_text(one.execution_rate)],
                int(bool(one.account)),
            )
        )
    header = tables.grouped_header([*_years(told.fiscal_year), ("집행현황", ("집행액", "집행률"))])
    return tables.table(header, rows, unit=_unit(told), key="expenditure-table", name="세출 총괄")


def _rates(told: Expenditure) -> Iterator[Block]:
    """The rates of execution beside the share of the year gone by."""
    known = [one for one in told.rows if one.execution_rate.exact is not None]
    if not known:
        return
    bars = tuple(
        (one.name, float(one.execution_rate.exact), rate_text(one.execution_rate), int(bool(one.account)))
        for one in known
    )
    pace = told.pace * 100
    summary = f"집행률: {', '.join(f'{name} {printed}' for name, _, printed, _ in bars)}. 진도율 {amounts.percent(pace)}."
    yield Bars("부서별 집행률", summary, bars, float(pace), f"진도율 {amounts.percent(pace)}")


def vision_blocks(report: Report) -> list[Block]:
    return (
        [Vision(report.vision.statement, report.vision.values, strategies_of(report, in_vision=True))]
        if report.vision
        else []
    )


def strategies_of(report: Report, in_vision: bool = False) -> tuple[Strategy, ...]:
    """With their projects; those of no strategy come last. The vision may call a project otherwise than its own page."""
    projects = {one.slug: one for one in report.projects}

    def told(slugs):
        found = (projects[slug] for slug in slugs if slug in projects)
        return tuple(
            (one.number, (in_vision and one.title_in_vision) or one.title, f"project-{one.slug}")
            for one in found
        )

    strategies = [Strategy(mark_of(one.number), one.name, told(one.projects)) for one in report.strategies]
    others = told(one.slug for one in report.projects if one.strategy is None)
    return (*strategies, *([Strategy("", "", others)] if others else []))


def mark_of(number: int | None) -> str:
    if not number:
        return ""
    return CIRCLED[number - 1] if number <= len(CIRCLED) else f"{number}."
