"""Reports whose figures disagree, or are not known, in many places: every formula still gives the value that is cached."""

import io
import random
from dataclasses import fields, replace
from decimal import Decimal

import openpyxl
import pytest

from reports.report import Rate, Stated
from reports.workbook import to_xlsx
from tests.reports import libreoffice
from tests.reports.plain import with_parts
from tests.reports.test_workbook_read import formula_cells, is_same

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def broken_stated(stated, chance):
    """As it was, printed otherwise, or with one or both of its figures unknown."""
    computed = stated.computed or 0
    others = [
        Stated(stated.computed, computed + 7_000_000, disagrees=True),
        Stated(stated.computed, computed + 499),
        Stated(None, stated.printed),
        Stated(),
        Stated(computed - 5_001, stated.printed, disagrees=True),
    ]
    return chance.choice(others) if chance.random() < 0.25 else stated


def broken_rate(rate, chance):
    others = [
        Rate(rate.exact, rate.word, Decimal("-12.3"), disagrees=True),
        Rate(printed=Decimal("3.3")),
        Rate(rate.exact),
    ]
    return chance.choice(others) if chance.random() < 0.25 else rate


def broken(row, chance):
    """A row of a table with some of its figures broken."""
    breaks = {Stated: broken_stated, Rate: broken_rate}
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    return replace(
        row,
        **{
            name: breaks[type(value)](value, chance)
            for name, value in values.items()
            if type(value) in breaks
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
