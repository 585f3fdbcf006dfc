"""지표: a row a figure, the newest first; a whole is the sum of its parts where these come to it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

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
COLUMNS = [
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
]
COLUMNS += [f"다르게 적힌 값 {COMPUTED_MARK}"]
VALUE, TARGET = 3, 7


def sheets(data: IndicatorsData, book: Workbook):
    caption = f"{day(book.report.date_of(Source.Scope.INDICATORS))} 기준"
    sheet = ReportSheet(book, "지표", caption, about="보고서의 모든 지표와 목표")
    sheet.header(COLUMNS)
    rows = _rows(data.indicators, sheet.row)
    projects = (book.report.get(ProjectsData) or ProjectsData()).projects
    numbers = {project.slug: project.number for project in projects}
    for row in data.indicators:
        parts = [other for other in data.indicators if other.parent == row.slug and other.series]
        _indicator(sheet, row, numbers.get(row.project), _sum(sheet, row, rows, parts))
    sheet.sheet.autofilter(sheet.head[1], 0, sheet.row - 1, len(WIDTHS) - 1)
    sheet.close(WIDTHS, landscape=True)


def _rows(indicators: Sequence[IndicatorRow], first: int) -> dict[str, int]:
    """The row of each one's newest figure."""
    rows = {}
    for row in indicators:
        rows[row.slug] = first
        first += max(len(row.series), 1)
    return rows


def _indicator(sheet: ReportSheet, row: IndicatorRow, number: int | None, sum_of_parts: str):
    """A line for each figure; targets and the formula `sum_of_parts` stand with the newest."""
    for place, figure in enumerate(reversed(row.series) if row.series else [None]):
        if number is not None:
            target = sheet_names(sheet.book.report)[row.project]
            sheet.link(sheet.row, 0, target, str(number), **BODY, align="center")
        else:
            sheet.text(sheet.row, 0, "", **BODY)
        targets = () if place else row.targets
        # The target that is due last; one without a time is the furthest.
        last = max(targets, key=lambda target: str(target.due or "9999"), default=None)
        sheet.words(sheet.row, 1, row.name, indent=1 + row.level + bool(place))
        texts = {2: KINDS.get(row.kind, row.kind), 4: row.unit, 5: "", 6: ""}
        if figure:
            texts |= {5: figure.printed, 6: figure.when}
        texts |= {8: last.due.printed() if last and last.due else ""}
        places = [*(figure.places if figure else ()), *(target.place for target in targets)]
        others = (
            [f"{other.place or '다른 곳'}에는 {other.printed}" for other in figure.others] if figure else []
        )
        texts |= {10: ", ".join(dict.fromkeys(filter(None, places))), 11: "\n".join(others)}
        for column, text in texts.items():
            sheet.words(sheet.row, column, text)
        _figures(sheet, figure, last, "" if place else sum_of_parts)
        sheet.row += 1


def _figures(sheet: ReportSheet, figure: MeasuredFigure | None, target: TargetRow | None, formula: str):
    look: dict[str, Any] = {**BODY, "num_format": EXACT}
    warning = {"num_format": marked(EXACT), "font_color": WARN} if figure and figure.others else {}
    value = sheet.value(
        sheet.row, VALUE, Fraction(figure.value) if figure else None, formula, **look | warning
    )
    aim = sheet.value(sheet.row, TARGET, Fraction(target.value) if target else None, **look)
    reached = share_of(value, aim)
    achieved, share = (reached.value, reached.formula) if reached else (None, "")
    sheet.value(sheet.row, 9, achieved, share, **BODY, num_format=RATE)


def _sum(sheet: ReportSheet, row: IndicatorRow, rows: dict[str, int], parts: Sequence[IndicatorRow]) -> str:
    """Of the parts' newest figures, where they come to the whole's; the parts may stand apart."""
    if not row.parts_add_up or not row.series:
        return ""
    comes_to = sum(part.series[-1].value for part in parts)
    cells = ",".join(sheet.place(rows[part.slug], VALUE, None).cell for part in parts)
    return f"SUM({cells})" if parts and comes_to == row.series[-1].value else ""
