"""Queries of the budget in the field's words."""

from collections.abc import Mapping
from functools import reduce
from operator import add

from django.db.models import Case, Count, F, IntegerField, Max, Min, Q, Sum, Value, When

from core.models import FactQuerySet

PROGRAMME = ("account_kind", "account_name", "policy", "unit", "detailed")  # the names of a line, top down
LINE_NAMES = (*PROGRAMME, "detailed_code", "object_group", "object_name")
PARTS_OF_CURRENT = (
    "original",
    "supplementary",
    "pre_establishment",
    "reserve",
    "carried_over",
    "transferred",
    "diverted",
)
SUM_OF_PARTS = reduce(add, map(F, PARTS_OF_CURRENT))
HAS_ALL_PARTS = Q(**{f"{part}__isnull": False for part in PARTS_OF_CURRENT})
BEYOND_COMMITMENT = Q(disbursed__gt=F("committed"))
OF_ANOTHER_YEAR = ~Q(line__fiscal_year=F("source__fiscal_year"))


def speaks_for(source):
    """The lines that a source of limited scope speaks for; every line, where it names no department or account."""
    limits = Q()
    if source.department_id:
        limits &= Q(line__department=source.department_id)
    if source.account:
        limits &= Q(line__account_kind=source.account) | Q(line__account_name=source.account)
    return limits


class BudgetFigureQuerySet(FactQuerySet):
    def of_newest(self, sources):
        """The figures that count of sources given newest first.

        What a newer source speaks for, an older one no longer says: a later file of a special account leaves the
        general account of an earlier delivery in force.
        """
        counted, covered = Q(pk__in=[]), None
        for source in sources:
            counted |= Q(source=source) if covered is None else Q(source=source) & ~covered
            limits = speaks_for(source)
            if not limits:
                break
            covered = limits if covered is None else covered | limits
        return self.filter(counted)

    def summed_by(self, *names):
        """A row for each combination of values of the named columns, in 원: sums, number of lines, and first place in the source.

        What is unknown of one line is unknown of their sum.
        """
        return (
            self.order_by()
            .values(*names)
            .annotate(
                lines=Count("pk"),
                known_committed=Count("committed"),
                known_disbursed=Count("disbursed"),
                place=Min("line__order"),
            )
            .annotate(
                total_current=Sum("current"),
                total_committed=Case(When(known_committed=F("lines"), then=Sum("committed"))),
                total_disbursed=Case(When(known_disbursed=F("lines"), then=Sum("disbursed"))),
            )
        )

    def by_account(self, *apart):
        """A row for each department and account, in the order of the source; `key` is the figure's where it is one alone.

        `of_source` is the one source (key) that speaks for the account. `apart`: other columns that rows are told apart by.
        """
        department = ("department", "department__slug", "department__name", "department__name_english")
        names = (*department, "account_kind", "account_name")
        return (
            self.summed_by(*(f"line__{name}" for name in names), *apart)
            .annotate(key=Case(When(lines=1, then=Min("pk"))), of_source=Max("source"))
            .order_by("place", "line__department__name", "line__account_kind")
        )

    def last_year_by_account(self, *apart):
        """The rows of `by_account` with what the source prints of last year's budget (전년도예산액) as their amount."""
        names = ("department__slug", "department__name", "account_kind", "account_name")
        known = self.filter(previous__isnull=False).order_by()
        return known.values(*(f"line__{name}" for name in names), *apart).annotate(
            total_current=Sum("previous"), key=Value(None, IntegerField())
        )

    def by_programme(self):
        """A row a department, account and detailed programme, in 원, in the order of the source."""
        names = ("department__slug", "department__name", *PROGRAMME)
        paths = [f"line__{name}" for name in names]
        return self.summed_by(*paths).order_by("place", *paths)

    def of_department(self, department):
        return (
            self.filter(line__department=department)
            .select_related("line", "source")
            .order_by("line__order", "pk")
        )

    def within(self, chosen):
        """The lines under names of programmes, by level (policy, unit, detailed)."""
        return self.filter(**{f"line__{level}": name for level, name in chosen.items()})

    def levels_named(self, levels):
        """Those of the levels (policy, unit, detailed) of which any line has a name."""
        longest = (
            self.order_by().aggregate(**{f"name_of_{level}": Max(f"line__{level}") for level in levels})
            if levels
            else {}
        )
        return [level for level in levels if longest[f"name_of_{level}"]]

    def by_level(self, level):
        """A row for each programme of one level (policy, unit, detailed), in the order of the source."""
        return self.summed_by(f"line__{level}").order_by("place", f"line__{level}")

    def amounts_given(self):
        """The amounts that any of the lines has."""
        names = (*PARTS_OF_CURRENT, "committed", "disbursed")
        counts = self.order_by().aggregate(**{f"given_{name}": Count(name) for name in names})
        return {name for name in names if counts[f"given_{name}"]}

    def with_wrong_parts(self, rounded: Mapping[int, int]):
        """Lines whose every part of the current budget is known, with their sum, from which they differ by more than the rounding of each to
        the unit of its source (`rounded`, in 원)."""
        return (
            self.filter(_wrong_parts(rounded))
            .annotate(sum_of_parts=SUM_OF_PARTS)
            .order_by("line__order", "pk")
        )

    def disbursed_beyond_commitment(self):
        return self.filter(BEYOND_COMMITMENT).order_by("line__order", "pk")

    def of_another_year(self):
        return self.filter(OF_ANOTHER_YEAR)

    def counts_of_checks(self, rounded: Mapping[int, int]):
        """By source how many lines a check holds its formula against, and how many are `wrong` by it."""
        asked = {
            "checked_parts": HAS_ALL_PARTS,
            "wrong_parts": _wrong_parts(rounded),
            "checked_disbursed": Q(committed__isnull=False, disbursed__isnull=False),
            "wrong_disbursed": BEYOND_COMMITMENT,
            "wrong_year": OF_ANOTHER_YEAR,
        }
        counts = {name: Count("pk", filter=condition) for name, condition in asked.items()}
        return self.order_by().values("source").annotate(**counts).values(*asked)


def _wrong_parts(rounded: Mapping[int, int]) -> Q:
    wrong = HAS_ALL_PARTS & ~Q(current=SUM_OF_PARTS)
    for unit in sorted({*rounded.values()} - {1}):
        slack = unit * (len(PARTS_OF_CURRENT) + 1) // 2
        within = {"current__gte": SUM_OF_PARTS - slack, "current__lte": SUM_OF_PARTS + slack}
        wrong &= ~Q(source__in=[source for source, won in rounded.items() if won == unit], **within)
    return wrong
