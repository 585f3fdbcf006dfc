"""비전·전략: the statement over the values over the strategies with their projects, side by side."""

from core.models import Source
from seoul_digital.lib.xlsx.writer import ACCENT, HEAD, LINE

from ...render.blocks import StrategyBox
from ...render.xlsx.sheet import ReportSheet, Workbook
from ..projects.workbook import sheet_names
from .data import VisionData
from .document import strategy_blocks

STRATEGY_WIDTHS = [5, 28]


def sheets(data: VisionData, book: Workbook):
    if not (data.statement or data.values):
        return
    strategies = strategy_blocks(book.report, in_vision=True)
    wide = max(len(strategies), 1)
    heading = book.report.heading_of(Source.Scope.VISION) or "정책목표 및 추진전략"
    sheet = ReportSheet(book, heading, tab="비전·전략", about="정책목표와 추진전략, 전략마다의 사업")
    for text in data.statement:
        _banner(sheet, wide, text, bold=True, font_size=16, font_color=ACCENT)
    _banner(sheet, wide, " · ".join(data.values), bold=True)
    sheet.row += 1
    for place, strategy in enumerate(strategies):
        _strategy(sheet, strategy, place * len(STRATEGY_WIDTHS))
    sheet.sheet.set_row(sheet.row, 40)
    for row in range(max((len(strategy.projects) for strategy in strategies), default=0)):
        sheet.sheet.set_row(sheet.row + 1 + row, 48)
    sheet.close(STRATEGY_WIDTHS * wide, landscape=True)


def _strategy(sheet: ReportSheet, strategy: StrategyBox, column: int):
    """In a column for the number, which leads to the project's sheet, and one for the title."""
    look = {"text_wrap": True, "border": 1, "border_color": LINE}
    name = f"{strategy.mark} {strategy.name}".strip() or "그 밖의 사업"
    sheet.merged(sheet.row, column, 1, 2, name, **look, bold=True, align="center", bg_color=HEAD)
    for row, (number, title, key) in enumerate(strategy.projects, sheet.row + 1):
        target = sheet_names(sheet.book.report)[key.removeprefix("project-")]
        sheet.link(row, column, target, str(number), **look, align="center", bold=True)
        sheet.text(row, column + 1, title, **look)


def _banner(sheet: ReportSheet, wide: int, text: str, **look):
    if text:
        sheet.merged(sheet.row, 0, 1, wide * len(STRATEGY_WIDTHS), text, align="center", **look)
        sheet.sheet.set_row(sheet.row, 30)
        sheet.row += 1
