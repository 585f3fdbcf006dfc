"""Reports whose figures disagree, or are not known, in many places."""

import random
from dataclasses import fields, replace
from decimal import Decimal

from seoul_digital.lib.reported import TENTH, ReportedFigure, reported_rate
from tests.reports.plain import with_parts


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
            units=tuple(broken(unit, chance) for unit in staffing.units),
        ),
        revenue=replace(revenue, rows=tuple(broken(row, chance) for row in revenue.rows)),
        expenditure=replace(expenditure, rows=tuple(broken(row, chance) for row in expenditure.rows)),
    )
