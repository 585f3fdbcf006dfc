"""Printed sums against the lines that they are of. They are never kept as lines."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from seoul_digital.lib import amounts
from seoul_digital.lib.reported import ReportedFigure

from ...models import BudgetFigure
from .. import fields
from .subtotal_rows import prefixes

COLUMNS = {
    "fiscal_year": ("line__fiscal_year",),
    "account": ("line__account_kind", "line__account_name"),
    "department": ("line__department_id",),
}
REMEDY = "빠진 줄이 없는지 확인하십시오. 합계가 잘못 적혔으면 그 행을 지우고 다시 올리십시오."


def check(subtotals, part_fields, sums, scale, problems):
    """Adds to the problems every printed sum that nothing adds up to.

    Round by round, for the likeliest lines settle most of them; then other lines are tried for the rest. `scale`: 원 in the file's unit.
    """
    waiting = [
        _Open(row, label, printed, prefixes(contexts, part_fields))
        for row, label, contexts, printed in subtotals
    ]
    unsettled = []
    while waiting:
        for subtotal in waiting:
            subtotal.prefix = next(subtotal.candidates, None)
        unsettled += [subtotal for subtotal in waiting if subtotal.prefix is None]
        waiting = [subtotal for subtotal in waiting if subtotal.prefix is not None]
        sums.prepare({subtotal.prefix for subtotal in waiting})
        waiting = [subtotal for subtotal in waiting if not subtotal.agrees(sums.of(subtotal.prefix), scale)]
    for subtotal in sorted(unsettled, key=lambda subtotal: subtotal.row):
        subtotal.report(sums.names, problems)


@dataclass(eq=False)
class _Open:
    """A printed sum that has not been found to be right yet."""

    row: int
    label: str
    printed: list
    candidates: Iterator
    prefix: tuple | None = None
    nearest: tuple = ()

    def agrees(self, found, scale):
        """Compare exactly in 원, within rounding in 천원. Remembers the nearest sum."""
        terms, computed = found
        differences = [
            (abs(printed - value), place)
            for place, (printed, value) in enumerate(zip(self.printed, computed, strict=True))
            if printed is not None
            and ReportedFigure(value, printed, terms if scale > 1 else 0, scale).disagrees
        ]
        if differences:
            here = (
                not terms,
                sum(difference for difference, _ in differences),
                terms,
                differences[0][1],
                computed,
            )
            self.nearest = min(self.nearest or here, here, key=lambda found: found[:2])
        return not differences

    def report(self, names, problems):
        _, _, terms, place, computed = self.nearest
        problems.add(
            f"‘{self.label}’의 금액이 그 줄들({terms:,}줄)의 합과 다릅니다. "
            f"적힌 값 {amounts.plain(self.printed[place])}원, 합 {amounts.plain(computed[place])}원.",
            REMEDY,
            self.row,
            fields.LABELS[names[place]],
        )


class LineSums:
    """Sums of expenditure: the database adds up the staged lines, one query a level."""

    names = tuple(fields.LINE_AMOUNTS)

    def __init__(self, source, resolver):
        self.figures, self.resolver = BudgetFigure.objects.filter(source=source).order_by(), resolver
        self.found = {}

    def prepare(self, wanted):
        keys = defaultdict(set)
        for prefix in wanted:
            columns, values = self._in_columns(prefix)
            keys[columns].add(values)
        for columns, values in keys.items():
            for group in self._groups(columns):
                key = tuple(group[column] for column in columns)
                if key in values:
                    self.found[columns, key] = (
                        group["lines"],
                        [group[f"sum_{name}"] or 0 for name in self.names],
                    )

    def of(self, prefix):
        """Number of lines and sum of each amount."""
        return self.found.get(self._in_columns(prefix), (0, [0] * len(self.names)))

    def _groups(self, columns):
        totals = {"lines": Count("pk")} | {f"sum_{name}": Sum(name) for name in self.names}
        return (
            self.figures.values(*columns).annotate(**totals)
            if columns
            else [self.figures.aggregate(**totals)]
        )

    def _in_columns(self, prefix):
        """A prefix as columns of the database and their values."""
        columns: list[str] = []
        values: list[Any] = []
        for name, text in prefix:
            columns += COLUMNS.get(name, (f"line__{name}",))
            if name == "account":
                values += self.resolver.account_of(text)
            else:
                values.append(
                    {"department": self.resolver.department_of, "fiscal_year": _year}.get(name, str)(text)
                )
        return tuple(columns), tuple(values)


class RevenueSums:
    """Sums of revenue, which has few lines: (year, path) → (row, amounts)."""

    names = tuple(fields.REVENUE_AMOUNTS)

    def __init__(self, lines):
        self.lines = lines

    def prepare(self, wanted):
        """Nothing: each is added up when it is asked for."""

    def of(self, prefix):
        path = tuple(text for name, text in prefix if name != "fiscal_year" and text)
        years = {_year(text) for name, text in prefix if name == "fiscal_year"}
        below = [
            figures
            for (year, names), (_, figures) in self.lines.items()
            if names[: len(path)] == path and (not years or year in years)
        ]
        return len(below), [sum(value or 0 for value in column) for column in zip(*below, strict=True)] or [
            0
        ] * len(self.names)


def _year(text):
    digits = text.removesuffix("년도").removesuffix("년")
    return int(digits) if digits.isdecimal() else None
