"""A draft beside what is in force: what is added, changed and gone, and what the totals were and become."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import BigIntegerField, Case, Count, Exists, F, OuterRef, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from core.models import Source

from ..models import BudgetFigure, RevenueFigure
from ..models.querysets import LINE_NAMES, speaks_for
from . import fields, levels
from .sandbox.revenue import AMOUNTS as REVENUE_AMOUNTS
from .tally import Tally

UNKNOWN = -(2**63)  # stands for NULL where amounts are compared
MOST_KEPT = 500  # programmes that differ, in a report
CHANGES = {"added": "새로 생김", "changed": "바뀜", "gone": "없어짐"}
Amounts = Mapping[str, int | None]


def sources_before(source):
    """The sources in force that the draft would follow on its base date, newest first: up to the one that speaks for every line,
    and of those of one limit the newest, however many months there are."""
    same = (
        Source.objects.in_force()
        .of_lineage(source.bureau)
        .filter(scope=source.scope, as_of__lte=source.as_of)
        .exclude(pk=source.pk)
    )
    if source.scope == Source.Scope.EXPENDITURE:
        same = same.filter(fiscal_year=source.fiscal_year, budget_kind=source.budget_kind)
        same = same.filter(~Exists(_covering(same)))
    return list(same.newest_first() if source.fiscal_year else same.newest_first()[:1])


def _covering(sources):
    """Newer ones of the sources that say all that an older one (outer) says."""
    newer = Q(as_of__gt=OuterRef("as_of")) | Q(as_of=OuterRef("as_of")) & (
        Q(received_at__gt=OuterRef("received_at"))
        | Q(received_at=OuterRef("received_at"), pk__gt=OuterRef("pk"))
    )
    covers = Q(department__isnull=True) | Q(department=OuterRef("department"))
    return sources.order_by().filter(newer, covers, Q(account="") | Q(account=OuterRef("account")))


@dataclass(frozen=True)
class LineChange:
    """A line, or a programme where one side has no lines below it: its names and its amounts in 원, None where it is not."""

    names: tuple[str, str, str]
    before: Amounts | None
    after: Amounts | None


@dataclass(eq=False)
class Comparison:
    """A draft source compared with the sources in force before it: line by line, or at the finest level that both have. `tally` is of its lines
    as they have just been written."""

    source: Source
    before: list[Source]
    tally: Tally | None = None

    @classmethod
    def of(cls, source, tally=None):
        return cls(source, sources_before(source), tally if tally and tally.is_whole else None)

    @classmethod
    def kept(cls, source, report):
        """With what `summary` has kept of the same comparison, which is asked anew where another source counts since."""
        found = cls.of(source)
        if "amounts" in report and report["compared_with"] == [source.pk for source in found.before]:
            found.amounts, columns = report["amounts"], report["columns"]
            found.level = columns and levels.CommonLevel({unit: frozenset(names) for unit, names in columns})
            if kept := report["programmes"]:
                found._programmes = {
                    change: [levels.Programme(unit, tuple(names), *sides) for unit, names, *sides in rows]
                    for change, rows in kept.items()
                }
        return found

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
    def main_amount(self):
        return "current_budget" if self.is_revenue else "current"

    @cached_property
    def _content(self) -> list[levels.Content]:
        """What the lines of now and of then hold."""
        names = REVENUE_AMOUNTS if self.is_revenue else tuple(fields.LINE_AMOUNTS)
        columns = () if self.is_revenue else LINE_NAMES
        then = levels.Content.of(self.then, names, columns)
        if self.tally:
            return [levels.Content(self.tally.amounts, self.tally.columns), then]
        return [levels.Content.of(self.now, names, columns), then]

    @cached_property
    def amounts(self) -> list[str]:
        """The amounts that are compared: those that both sides have."""
        if not self.before:
            return [self.main_amount]
        now, then = self._content
        return [name for name in now.amounts if name in then.amounts or name == self.main_amount]

    @cached_property
    def now(self):
        return self.model.objects.filter(source=self.source).order_by()

    @cached_property
    def then(self):
        """The figures in force within the draft's limits."""
        if self.is_revenue:
            return self.model.objects.filter(source__in=self.before).order_by()
        return self.model.objects.of_newest(self.before).filter(speaks_for(self.source)).order_by()

    @cached_property
    def level(self) -> levels.CommonLevel | None:
        """The columns that both sides have, by department; None where the two have the same, so that lines are compared."""
        if self.is_revenue or not self.before:
            return None
        return levels.common_level(*self._content)

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

    @cached_property
    def _programmes(self) -> Mapping[str, list[levels.Programme]]:
        """What is added, changed and gone where not lines are compared."""
        return self.level.differences(self.now, self.then, self.amounts, self.tally) if self.level else {}

    def listed(self, change: str) -> Any:
        """What has changed so, in the order of the file: rows of which `changes` makes what is shown."""
        if self.level:
            return self._programmes[change]
        if self.is_revenue:
            return getattr(self, change).select_related("item__parent").order_by("item__order", "pk")
        return getattr(self, change).select_related("line__department").order_by("line__order", "pk")

    def changes(self, change: str, rows: Sequence[Any]) -> list[LineChange]:
        """Those rows with their amounts before and after."""
        if self.level:
            return [LineChange(row.names, row.before, row.after) for row in rows]
        others = self._before_of(rows) if change == "changed" else {}
        return [self._change(change, figure, others.get(self._key_of(figure))) for figure in rows]

    def _change(self, change, figure, before):
        amounts = {name: getattr(figure, name) for name in self.amounts}
        if self.is_revenue:
            parent = figure.item.parent.name if figure.item.parent else "-"
            names = (figure.item.name, str(figure.fiscal_year), parent)
        else:
            names = levels.line_names(figure.line)
        if change == "gone":
            return LineChange(names, amounts, None)
        return LineChange(names, before and {name: getattr(before, name) for name in self.amounts}, amounts)

    def _before_of(self, figures):
        """The figures in force of the same lines, by key."""
        first = self.keys[0]
        same = self.then.filter(**{f"{first}__in": [getattr(figure, f"{first}_id") for figure in figures]})
        return {self._key_of(figure): figure for figure in same}

    def _key_of(self, figure):
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

    def _counted(self, change):
        """Number of lines, or programmes, that have changed so, by group."""
        if not self.level:
            return {
                name: row["lines"]
                for name, row in self._grouped(getattr(self, change), lines=Count("pk")).items()
            }
        counts: dict[str, int] = {}
        for programme in self._programmes[change]:
            counts[programme.department] = counts.get(programme.department, 0) + 1
        return counts

    @cached_property
    def groups(self):
        """A row a group: totals in 원 and lines before and after, lines added, changed and gone."""
        total: dict[str, Any] = {"lines": Count("pk"), "total": Sum(self.main_amount)}
        if not self.is_revenue:
            total["executed"] = Case(When(lines=Count("committed"), then=Sum("committed")))
        then = self._grouped(self.then, **total)
        now = self.tally.groups(self.main_amount) if self.tally else self._grouped(self.now, **total)
        if self.before:
            changes = {change: self._counted(change) for change in CHANGES}
        else:
            changes = {"added": {name: row["lines"] for name, row in now.items()}, "changed": {}, "gone": {}}
        return [
            {
                "name": name,
                "before": _of(then, name, "total") or 0,
                "after": _of(now, name, "total") or 0,
                "executed_before": _of(then, name, "executed"),
                "executed_after": _of(now, name, "executed"),
                "lines_before": _of(then, name, "lines") or 0,
                "lines_after": _of(now, name, "lines") or 0,
                **{change: counts.get(name, 0) for change, counts in changes.items()},
            }
            for name in sorted(now.keys() | then.keys())
        ]

    def summary(self):
        """As it is kept with the import."""
        return {
            "groups": self.groups,
            "compared_with": [source.pk for source in self.before],
            "level": self.level.name if self.level else "",
            "amounts": self.amounts,
            "columns": self.level and [[unit, sorted(names)] for unit, names in self.level.columns.items()],
            "programmes": self._few_programmes,
        }

    @property
    def _few_programmes(self):
        """Those that differ, where they are not so many that the report would be long."""
        if not self.level or sum(map(len, self._programmes.values())) > MOST_KEPT:
            return None
        return {change: [astuple(row) for row in rows] for change, rows in self._programmes.items()}


def _known(name):
    return Coalesce(name, Value(UNKNOWN, BigIntegerField()), output_field=BigIntegerField())


def _of(groups, name, value):
    return groups.get(name, {}).get(value)
