"""Printed sums against the lines that they are of. They are never kept as lines."""

from collections import defaultdict

from django.db.models import Count, Sum

from budgets.models import BudgetFigure
from seoul_digital import agreement, amounts
from seoul_digital.agreement import Agreement

from . import fields

COLUMNS = {
    "fiscal_year": ("line__fiscal_year",),
    "account": ("line__account_kind", "line__account_name"),
    "department": ("line__department_id",),
}
NAMES = tuple(fields.LINE_AMOUNTS)
REMEDY = "빠진 줄이 없는지 확인하십시오. 합계가 잘못 적혔으면 그 행을 지우고 다시 올리십시오."


def check_lines(subtotals, stage, scale):
    """Subtotals of expenditure, by sums that the database makes of the staged lines, one query a level."""
    resolver = stage.resolver
    asked = [(subtotal, [_in_columns(prefix, resolver) for prefix in subtotal[2]]) for subtotal in subtotals]
    sums = _sums(stage.source, {(columns, key) for _, prefixes in asked for columns, key in prefixes})
    for subtotal, prefixes in asked:
        _check(subtotal, [sums.get(prefix, (0, [0] * len(NAMES))) for prefix in prefixes], scale, NAMES, resolver.problems)


def _in_columns(prefix, resolver):
    """A prefix as columns of the database and their values."""
    columns, values = [], []
    for name, text in prefix:
        columns += COLUMNS.get(name, (f"line__{name}",))
        if name == "account":
            values += resolver.account_of(text)
        else:
            values.append({"department": resolver.department_of, "fiscal_year": _year}.get(name, str)(text))
    return tuple(columns), tuple(values)


def _year(text):
    digits = text.removesuffix("년도").removesuffix("년")
    return int(digits) if digits.isdecimal() else None


def _sums(source, wanted):
    """Number of lines and sum of each amount, by columns and values."""
    keys = defaultdict(set)
    for columns, values in wanted:
        keys[columns].add(values)
    figures, found = BudgetFigure.objects.filter(source=source).order_by(), {}
    totals = {f"sum_{name}": Sum(name) for name in NAMES}
    for columns, values in keys.items():
        groups = (
            figures.values(*columns).annotate(lines=Count("pk"), **totals) if columns else [figures.aggregate(lines=Count("pk"), **totals)]
        )
        for group in groups:
            key = tuple(group[column] for column in columns)
            if key in values:
                found[columns, key] = group["lines"], [group[f"sum_{name}"] or 0 for name in NAMES]
    return found


def check_revenue(subtotals, stage, scale):
    """Subtotals of revenue, by the lines themselves, of which there are few."""
    for subtotal in subtotals:
        sums = [_revenue_sum(prefix, stage.lines) for prefix in subtotal[2]]
        _check(subtotal, sums, scale, tuple(fields.REVENUE_AMOUNTS), stage.problems)


def _revenue_sum(prefix, lines):
    path = tuple(text for name, text in prefix if name != "fiscal_year" and text)
    years = {_year(text) for name, text in prefix if name == "fiscal_year"}
    below = [figures for (year, names), (_, figures) in lines.items() if names[: len(path)] == path and (not years or year in years)]
    return len(below), [sum(value or 0 for value in column) for column in zip(*below, strict=True)] or [0] * len(fields.REVENUE_AMOUNTS)


def _check(subtotal, sums, scale, names, problems):
    row, label, _, printed = subtotal
    if any(not _disagreements(printed, terms, computed, scale) for terms, computed in sums):
        return
    terms, computed = next((one for one in sums if one[0]), sums[0])
    place = _disagreements(printed, terms, computed, scale)[0]
    problems.add(
        f"‘{label}’의 금액이 그 줄들({terms:,}줄)의 합과 다릅니다. 적힌 값 {amounts.plain(printed[place])}원, 합 {amounts.plain(computed[place])}원.",
        REMEDY,
        row,
        fields.LABELS[names[place]],
    )


def _disagreements(printed, terms, computed, scale):
    """Places of the amounts that differ: in 원 at all, in 천원 by more than rounding."""
    return [
        place
        for place, (stated, value) in enumerate(zip(printed, computed, strict=True))
        if stated is not None and agreement.of_sum(stated, value, terms if scale > 1 else 0, scale) is Agreement.DISAGREES
    ]
