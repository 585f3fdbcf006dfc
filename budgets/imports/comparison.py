"""A draft beside what is in force: what is added, changed and gone, and what the totals were and become."""

from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, Sum, Value
from django.db.models.functions import Coalesce

from core.models import Source

from ..models import BudgetFigure, RevenueFigure
from ..models.querysets import speaks_for
from . import fields
from .sandbox.revenue import AMOUNTS as REVENUE_AMOUNTS

UNKNOWN = -(2**63)  # stands for NULL where amounts are compared
CHANGES = {"added": "새로 생김", "changed": "바뀜", "gone": "없어짐"}


def sources_before(source):
    """The sources in force that the draft would follow on its base date, newest first."""
    same = (
        Source.objects.in_force()
        .of_lineage(source.bureau)
        .filter(scope=source.scope, as_of__lte=source.as_of)
        .exclude(pk=source.pk)
    )
    if source.scope == Source.Scope.EXPENDITURE:
        same = same.filter(fiscal_year=source.fiscal_year, budget_kind=source.budget_kind)
        return list(same.newest_first())
    return list(same.newest_first()[:1])


@dataclass(eq=False)
class Comparison:
    """A draft source compared with the sources in force before it."""

    source: Source
    before: list[Source]

    @classmethod
    def of(cls, source):
        return cls(source, sources_before(source))

    @property
    def is_revenue(self):
        return self.source.scope == Source.Scope.REVENUE

    @property
    def model(self):
        return RevenueFigure if self.is_revenue else BudgetFigure

    @property
    def keys(self):
        """The fields that make two figures the same line."""
        return ("item", "fiscal_year") if self.is_revenue else ("line",)

    @property
    def amounts(self):
        return REVENUE_AMOUNTS if self.is_revenue else tuple(fields.LINE_AMOUNTS)

    @property
    def main_amount(self):
        return "current_budget" if self.is_revenue else "current"

    @cached_property
    def now(self):
        return self.model.objects.filter(source=self.source).order_by()

    @cached_property
    def then(self):
        """The figures in force within the draft's limits."""
        if self.is_revenue:
            return self.model.objects.filter(source__in=self.before).order_by()
        return self.model.objects.of_newest(self.before).filter(speaks_for(self.source)).order_by()

    def _same_line(self, rows):
        return rows.filter(**{key: OuterRef(key) for key in self.keys})

    @property
    def added(self):
        return self.now.filter(~Exists(self._same_line(self.then)))

    @property
    def gone(self):
        return self.then.filter(~Exists(self._same_line(self.now)))

    @property
    def changed(self):
        was = {f"was_{name}": _known(name) for name in self.amounts}
        now = {f"now_{name}": _known(OuterRef(name)) for name in self.amounts}
        differs = reduce(or_, (~Q(**{f"was_{name}": F(f"now_{name}")}) for name in self.amounts))
        return self.now.filter(Exists(self._same_line(self.then).alias(**was, **now).filter(differs)))

    def rows(self, change):
        return getattr(self, change)

    def listed(self, change):
        """Return figures in the order of the file, with their lines or items."""
        if self.is_revenue:
            return self.rows(change).select_related("item__parent").order_by("item__order", "pk")
        return self.rows(change).select_related("line__department").order_by("line__order", "pk")

    def before_of(self, figures):
        """The figures in force of the same lines, by key."""
        first = self.keys[0]
        same = self.then.filter(**{f"{first}__in": [getattr(figure, f"{first}_id") for figure in figures]})
        return {self.key_of(figure): figure for figure in same}

    def key_of(self, figure):
        return (figure.item_id, figure.fiscal_year) if self.is_revenue else (figure.line_id,)

    @property
    def group(self):
        """By what the preview adds up: departments, or the uppermost items of revenue."""
        if not self.is_revenue:
            return F("line__department__name")
        return Coalesce(
            "item__parent__parent__parent__name",
            "item__parent__parent__name",
            "item__parent__name",
            "item__name",
        )

    def _grouped(self, rows, **values):
        return {row.pop("group"): row for row in rows.values(group=self.group).annotate(**values)}

    @cached_property
    def groups(self):
        """A row a group: totals in 원 and lines before and after, lines added, changed and gone."""
        total = {"lines": Count("pk"), "total": Sum(self.main_amount)}
        now, then = self._grouped(self.now, **total), self._grouped(self.then, **total)
        changes = {name: self._grouped(self.rows(name), lines=Count("pk")) for name in CHANGES}
        return [
            {
                "name": name,
                "before": _of(then, name, "total"),
                "after": _of(now, name, "total"),
                "lines_before": _of(then, name, "lines"),
                "lines_after": _of(now, name, "lines"),
                **{change: _of(found, name, "lines") for change, found in changes.items()},
            }
            for name in sorted(now.keys() | then.keys())
        ]

    def summary(self):
        """As it is kept with the import."""
        return {"groups": self.groups, "compared_with": [source.pk for source in self.before]}


def _known(name):
    return Coalesce(name, Value(UNKNOWN, BigIntegerField()), output_field=BigIntegerField())


def _of(groups, name, value):
    return groups.get(name, {}).get(value) or 0
