"""조직: the tree of units, then how many of each kind the source states and names."""

from fractions import Fraction

from core.models import Source
from seoul_digital.lib.tables import day

from ...render.xlsx.sheet import BODY, COUNT, ReportSheet, Workbook
from .data import OrganisationData, UnitCount, UnitRow


def sheets(data: OrganisationData, book: Workbook):
    if not data.units:
        return
    caption = f"{day(book.report.date_of(Source.Scope.ORGANISATION))} 기준"
    sheet = ReportSheet(book, "조직", caption, about="조직 체계와 부서 수")
    sheet.header(["부서", "종류", "상위 부서", "비고"])
    first, names = sheet.row, {unit.slug: unit.name for unit in data.units}
    for unit in data.units:
        _unit(sheet, unit, names.get(unit.parent, ""))
    for foundation in data.foundations:
        sheet.note(foundation.printed)
    if data.unit_counts:
        sheet.row += 1
        sheet.heading("부서 수")
        sheet.header(["종류", "적힌 수", "이름이 있는 수", "적힌 그대로"], repeat=False)
        for count in data.unit_counts:
            _count(sheet, count, data.units, first)
    sheet.close([34, 14, 26, 34])


def _count(sheet: ReportSheet, count: UnitCount, units: tuple[UnitRow, ...], first: int):
    """Named units are counted in the rows of the tree, which begin at `first`."""
    sheet.text(sheet.row, 0, count.word, **BODY)
    sheet.value(sheet.row, 1, Fraction(count.number), **BODY, num_format=COUNT)
    named = Fraction(sum(unit.kind_word == count.word for unit in units))
    formula = f"COUNTIF(B${first + 1}:B${first + len(units)},A{sheet.row + 1})"
    sheet.value(sheet.row, 2, named, formula, **BODY, num_format=COUNT)
    sheet.words(sheet.row, 3, count.printed)
    sheet.row += 1


def _unit(sheet: ReportSheet, unit: UnitRow, above: str):
    sheet.text(sheet.row, 0, unit.name, **BODY, indent=unit.level, bold=unit.level == 0)
    for column, text in enumerate((unit.kind_word, above, unit.note), 1):
        sheet.words(sheet.row, column, text)
    sheet.row += 1
