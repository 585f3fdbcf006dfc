"""Reports whose figures disagree, or are not known, in many places: every formula still gives the value that is cached."""

import io
import random
from dataclasses import fields, replace
from decimal import Decimal

import openpyxl
import pytest

from reports.workbook import to_xlsx
from seoul_digital.lib.reported import TENTH, ReportedFigure, reported_rate
from tests.reports import libreoffice
from tests.reports.plain import with_parts
from tests.reports.test_workbook_read import formula_cells, is_same

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def broken_figure(figure, chance):
    """As it was, printed otherwise, or with one or both of its values unknown."""
    computed = figure.computed or 0
    if figure.unit == TENTH or isinstance(computed, str):
        others = [
            replace(figure, printed=Decimal("-12.3")),
            reported_rate(None, Decimal("3.3")),
            reported_rate(figure.computed),
            reported_rate(figure.computed, "순증"),
        ]
    else:
        others = [
            replace(figure, printed=computed + 7_000_000),
            replace(figure, printed=computed + 499),
            replace(figure, computed=None),
            ReportedFigure(),
            replace(figure, computed=computed - 5_001),
        ]
    return chance.choice(others) if chance.random() < 0.25 else figure


def broken(row, chance):
    """A row of a table with some of its figures broken."""
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    return replace(
        row,
        **{
            name: broken_figure(value, chance)
            for name, value in values.items()
            if isinstance(value, ReportedFigure)
        },
    )


def broken_report(report, seed):
    chance = random.Random(seed)
    staffing, revenue, expenditure = (
        report.chapters["staffing"],
        report.chapters["revenue"],
        report.chapters["expenditure"],
    )
    return with_parts(
        report,
        staffing=replace(
            staffing,
            total=broken(staffing.total, chance),
            units=tuple(broken(one, chance) for one in staffing.units),
        ),
        revenue=replace(revenue, rows=tuple(broken(row, chance) for row in revenue.rows)),
        expenditure=replace(expenditure, rows=tuple(broken(row, chance) for row in expenditure.rows)),
    )


@pytest.mark.parametrize("seed", [1, 5])
def test_formulas_hold(seeded_reports, tmp_path, seed):
    report, before = seeded_reports
    content = to_xlsx(broken_report(report, seed), before)
    formulas = formula_cells(openpyxl.load_workbook(io.BytesIO(content)))
    cached = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    recalculated = libreoffice.recalculated(content, tmp_path)
    values = {
        (sheet, cell): (cached[sheet][cell].value, recalculated[sheet][cell].value)
        for sheet, cell in formulas
    }
    assert len(values) > 200
    assert {place: pair for place, pair in values.items() if not is_same(*pair)} == {}
    assert len(cached["요약"]["A"]) > 60  # what disagrees is listed
