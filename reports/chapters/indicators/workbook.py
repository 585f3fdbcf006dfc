"""지표: a row a figure, the newest first; a whole is the sum of its parts where these come to it."""

from collections.abc import Sequence
from fractions import Fraction

from core.models import Source
from seoul_digital.lib.tables import COMPUTED_MARK, day
from seoul_digital.lib.xlsx.writer import WARN

from ...render.xlsx.formulas import share_of
from ...render.xlsx.sheet import BODY, EXACT, RATE, ReportSheet, Workbook, marked
from ..projects.data import ProjectsData
from ..projects.workbook import sheet_names
from .data import IndicatorRow, IndicatorsData, MeasuredFigure, TargetRow

WIDTHS = [7, 44, 12, 12, 12, 18, 24, 10, 11, 10, 22, 24]
KINDS = {
    "stock": "현황",
    "flow": "기간 실적",
    "cumulative": "누계",
    "in_progress": "추진 중",
    "plan": "계획",
    "survey": "조사",
}
VALUE, TARGET = 3, 7


def sheets(data: IndicatorsData, book: Workbook):
    caption = f"{day(book.report.date_of(Source.Scope.INDICATORS))} 기준"
    sheet = ReportSheet(book, "지표", caption, about="보고서의 모든 지표와 목표")
    sheet.header(
        [
            "사업",
            "지표",
            "성격",
            "값",
            "단위",
            "적힌 그대로",
            "때",
            "목표",
            "목표 시점",
            "달성률",
            "적힌 곳",
            f"다르게 적힌 값 {COMPUTED_MARK}",
        ]
    )
    rows = _rows(data.indicators, sheet.row)
    numbers = {one.slug: one.number for one in (book.report.get(ProjectsData) or ProjectsData()).projects}
    for one in data.indicators:
        parts = [other for other in data.indicators if other.parent == one.slug and other.series]
        _indicator(sheet, one, numbers.get(one.project), rows, parts)
    sheet.sheet.autofilter(sheet.head[1], 0, sheet.row - 1, len(WIDTHS) - 1)
    sheet.close(WIDTHS, landscape=True)


def _rows(indicators: Sequence[IndicatorRow], first: int) -> dict[str, int]:
    """The row of each one's newest figure."""
    rows = {}
    for one in indicators:
        rows[one.slug] = first
        first += max(len(one.series), 1)
    return rows


def _indicator(
    sheet: ReportSheet,
    one: IndicatorRow,
    number: int | None,
    rows: dict[str, int],
    parts: Sequence[IndicatorRow],
):
    for place, said in enumerate(reversed(one.series) if one.series else [None]):
        texts = {
            1: one.name,
            2: KINDS.get(one.kind, one.kind),
            4: one.unit,
            5: said.printed if said else "",
            6: said.when if said else "",
        }
        if number is not None:
            sheet.link(
                sheet.row, 0, sheet_names(sheet.book.report)[one.project], str(number), **BODY, align="center"
            )
        else:
            sheet.text(sheet.row, 0, "", **BODY)
        targets = () if place else one.targets
        texts |= {8: _due(targets), 10: _places(said, targets), 11: _others(said)}
        for column, text in texts.items():
            depth = {"indent": 1 + one.level + bool(place)} if column == 1 else {}
            sheet.words(sheet.row, column, text, **depth)
        _figures(sheet, one, said, _target(targets), "" if place else _sum(sheet, one, rows, parts))
        sheet.row += 1


def _figures(
    sheet: ReportSheet, one: IndicatorRow, said: MeasuredFigure | None, target: TargetRow | None, formula: str
):
    others = (
        {"num_format": marked(EXACT), "font_color": WARN} if said and said.others else {"num_format": EXACT}
    )
    value = sheet.value(sheet.row, VALUE, Fraction(said.value) if said else None, formula, **BODY, **others)
    aim = sheet.value(sheet.row, TARGET, Fraction(target.value) if target else None, **BODY, num_format=EXACT)
    reached = share_of(value, aim)
    sheet.value(
        sheet.row, 9, reached and reached.value, reached.formula if reached else "", **BODY, num_format=RATE
    )


def _sum(sheet: ReportSheet, one: IndicatorRow, rows: dict[str, int], parts: Sequence[IndicatorRow]) -> str:
    """Of the parts' newest figures, where they come to the whole's; the parts may stand apart."""
    if not one.parts_add_up or not one.series:
        return ""
    comes_to = sum(part.series[-1].value for part in parts)
    cells = ",".join(sheet.place(rows[part.slug], VALUE, None).cell for part in parts)
    return f"SUM({cells})" if parts and comes_to == one.series[-1].value else ""


def _target(targets: Sequence[TargetRow]) -> TargetRow | None:
    """The one that is due last; one without a time is the furthest."""
    return max(targets, key=lambda target: str(target.due or "9999"), default=None)


def _due(targets: Sequence[TargetRow]) -> str:
    target = _target(targets)
    return target.due.printed() if target and target.due else ""


def _places(said: MeasuredFigure | None, targets: Sequence[TargetRow]) -> str:
    places = [*(said.places if said else ()), *(target.place for target in targets)]
    return ", ".join(dict.fromkeys(filter(None, places)))


def _others(said: MeasuredFigure | None) -> str:
    return (
        "\n".join(f"{other.place or '다른 곳'}에는 {other.printed}" for other in said.others) if said else ""
    )
