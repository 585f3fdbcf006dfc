"""A sheet for each project: its section of the report, its milestones with their status, its indicators, its money."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from seoul_digital.lib import amounts
from seoul_digital.lib.tables import day
from seoul_digital.lib.xlsx.writer import MUTED

from ...render import tables
from ...render.blocks import Block, DocumentChapter, HeadingBlock, TableBlock
from ...render.xlsx.drawing import Canvas
from ...render.xlsx.formulas import CellPlace
from ...render.xlsx.sheet import BODY, COUNT, ReportSheet, Workbook
from ..indicators.data import IndicatorRow, IndicatorsData
from .data import ProjectRow, ProjectsData


def project_sheets(data: ProjectsData, book: Workbook, names: Mapping[str, str]):
    """`names` are those of the sheets, by the projects' slugs."""
    found = dict(_sections(book.document))
    for project in data.projects:
        _sheet(book, data, project, found.get(f"project-{project.slug}", []), names[project.slug])


def _sections(document: Sequence[DocumentChapter]) -> Iterator[tuple[str, list[Block]]]:
    """The blocks under the heading of each section of the document."""
    for chapter in document:
        blocks: list[Block] = []
        for block in chapter.blocks:
            if isinstance(block, HeadingBlock) and block.level == 2:
                blocks = []
                yield block.key, blocks
            else:
                blocks.append(block)


def _sheet(book: Workbook, data: ProjectsData, project: ProjectRow, blocks: Sequence[Block], name: str):
    strategy = project.strategy.name if project.strategy else ""
    caption = " · ".join(filter(None, [strategy, project.lead_department.name]))
    title = f"{project.number}. {project.title}"
    sheet = ReportSheet(book, title, caption, tab=name, about=project.title, beside=3)
    sheet.head = (0, 0)
    sheet.sheet.freeze_panes(2, 0)
    canvas = Canvas(sheet, [*blocks, *_more(book, data, project)])
    canvas.draw()
    if project.fundings:
        _fundings(sheet, canvas, project)
    sheet.close(canvas.widths)


def _more(book: Workbook, data: ProjectsData, project: ProjectRow) -> Iterator[Block]:
    if project.milestones:
        yield HeadingBlock(3, f"실적·일정의 상태({day(data.judged_on or book.report.as_of)} 기준)")
        rows = [[row.title, row.printed, row.status_word] for row in project.milestones]
        yield _table(["실적·일정", "기간", "상태"], rows, (60, 22, 16))
    if project.lines:
        yield HeadingBlock(3, f"예산 줄과 집행({project.lines_on} · 단위: 천원, %)")
        rows = [
            [
                line.name,
                amounts.thousand(line.current),
                amounts.thousand(line.committed),
                amounts.percent(line.rate),
            ]
            for line in project.lines
        ]
        yield _table(["예산 줄", "예산현액", "집행액(원인행위)", "집행률"], rows, (60, 16, 16, 12))
    indicators = book.report.get(IndicatorsData) or IndicatorsData()
    if own := [row for row in indicators.indicators if row.project == project.slug]:
        yield HeadingBlock(3, "지표")
        yield _table(["지표", "값", "때", "목표"], map(_texts, own), (44, 16, 28, 16))


def _texts(row: IndicatorRow) -> list[str]:
    """The indicator's name, its newest figure with its time, and its targets."""
    newest = [row.series[-1].printed, row.series[-1].when] if row.series else ["", ""]
    return [f"{'  ' * row.level}{row.name}", *newest, ", ".join(target.text for target in row.targets)]


def _table(labels: Sequence[str], rows: Iterable[Sequence[str]], widths: tuple[int, ...]) -> TableBlock:
    body = [[tables.TableCell(text, column) for column, text in enumerate(row)] for row in rows]
    return replace(tables.table(tables.grouped_header(labels), body), widths=widths)


def _fundings(sheet: ReportSheet, canvas: Canvas, project: ProjectRow):
    """In 백만원, with what they come to beside the budget."""
    canvas.block(HeadingBlock(3, "재원"))
    sheet.text(sheet.row, 0, "(단위: 백만원)", font_color=MUTED)
    sheet.row += 1
    places = [_money(sheet, row.name, Fraction(row.amount, amounts.MILLION)) for row in project.fundings]
    value = sum((place.value for place in places), Fraction())
    _money(sheet, "계", value, f"SUM({places[0].cell}:{places[-1].cell})", bold=True)


def _money(sheet: ReportSheet, name: str, value: Fraction, formula: str = "", **look) -> CellPlace:
    sheet.merged(sheet.row, 0, 1, 2, name, **BODY, **look)
    sheet.merged(sheet.row, 2, 1, 2, "", **BODY, **look, num_format=COUNT)
    place = sheet.value(sheet.row, 2, value, formula, **BODY, **look, num_format=COUNT)
    sheet.row += 1
    return place
