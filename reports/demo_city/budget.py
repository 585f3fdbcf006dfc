"""A bureau's budget: its lines by year and their monthly execution, written as the finance system's files are; its revenue by edition."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from budgets.imports.staging import keep_values
from budgets.models import BudgetFigure, BudgetLine, RevenueFigure, RevenueItem
from core.models import ControlTotal, Source
from core.remembered.demonstration import SLUG
from seoul_digital.lib import amounts

from .names import OBJECTS, POLICIES, UNITS, programme_name
from .organisation import Units
from .plan import BureauPlan

THOUSAND = 1_000
OF_A_PROGRAMME = 4  # lines
ITEMS = 8  # of revenue
LINE = (
    "fiscal_year", "department_id", "account_kind", "account_name", "policy", "unit", "detailed", "detailed_code",
    "object_group", "object_name", "order",
)  # fmt: skip
FIGURE = (
    "source_id", "line_id", "original", "supplementary", "pre_establishment", "reserve", "carried_over", "transferred", "diverted",
    "current", "committed", "disbursed",
)  # fmt: skip


def source_of(units: Units, scope: Source.Scope, day: date, name: str, **values: object) -> Source:
    """Of a bureau in force, received a day after its base date; not saved."""
    return Source(
        slug=f"{SLUG}/{units.bureau.pk}/{day}/{name}",
        bureau=units.bureau,
        scope=scope,
        as_of=day,
        state=Source.State.IN_FORCE,
        received_at=datetime.combine(day + timedelta(1), time(), UTC),
        document=f"시범 자료 {units.bureau.name} {day:%Y-%m}",
        **values,
    )


def write_year(plan: BureauPlan, units: Units, months: Sequence[date], random: Random) -> int:
    """The lines of a fiscal year and the figures of its months; returns how many figures."""
    year = months[0].year
    with transaction.atomic():
        _insert(BudgetLine, LINE, _lines(plan, units, year))
        lines = BudgetLine.objects.filter(fiscal_year=year, department__in=units.divisions).order_by(
            "order", "pk"
        )
        keys = list(lines.values_list("pk", flat=True))
        budgets = [random.randint(5, 4_000) * 1_000 * THOUSAND for _ in keys]
        paces = [random.uniform(0.4, 1) for _ in keys]
        sources = Source.objects.bulk_create(
            source_of(
                units, Source.Scope.EXPENDITURE, day, "execution",
                fiscal_year=year, budget_kind=Source.BudgetKind.EXECUTION, unit="천원",
            )
            for day in months
        )  # fmt: skip
        for source in sources:
            _insert(BudgetFigure, FIGURE, _figures(source, keys, budgets, paces))
            keep_values(source)
        _print_totals(sources, year, sum(budgets))
    return len(keys) * len(sources)


def _insert(model: type[Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Past history, as a file's lines come in: a hundred thousand take two seconds so and twelve by `bulk_create`."""
    quote = connection.ops.quote_name
    names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 (names of models only)
        cursor.executemany(statement, rows)


def _lines(plan: BureauPlan, units: Units, year: int) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for order in range(plan.lines):
        place, number = order % len(units.divisions), order // len(units.divisions)
        division, programme = units.divisions[place], number // OF_A_PROGRAMME
        group, name = OBJECTS[number % OF_A_PROGRAMME]
        account = "special" if place % 5 == 4 else "general"
        policy = f"{division.name[:-1]} {POLICIES[programme % 2]}"
        unit = f"{division.name[:-1]} {UNITS[programme // 2 % 2]}"
        detailed = programme_name(division.name, programme)
        rows.append((year, division.pk, account, "", policy, unit, detailed, "", group, name, order + 1))
    return rows


def _figures(
    source: Source, keys: Sequence[int], budgets: Sequence[int], paces: Sequence[float]
) -> list[tuple[object, ...]]:
    """Each line's part of the year is spent by its own pace."""
    gone = source.as_of.month / 12
    rows: list[tuple[object, ...]] = []
    for key, budget, pace in zip(keys, budgets, paces, strict=True):
        committed = int(budget * gone * pace) // THOUSAND * THOUSAND
        disbursed = committed * 9 // 10 // THOUSAND * THOUSAND
        rows.append((source.pk, key, budget, 0, 0, 0, 0, 0, 0, budget, committed, disbursed))
    return rows


def _print_totals(sources: Sequence[Source], year: int, total: int) -> None:
    ControlTotal.objects.bulk_create(
        ControlTotal(
            source=source, measure=ControlTotal.Measure.CURRENT_BUDGET, fiscal_year=year,
            value=total, printed=amounts.thousand(total),
        )
        for source in sources
    )  # fmt: skip


def write_revenue(source: Source, random: Random) -> None:
    """Of the classification that all bureaus share, this year and the one before."""
    leaves = RevenueItem.objects.filter(children__isnull=True).order_by("order", "pk")[:ITEMS]
    RevenueFigure.objects.bulk_create(
        RevenueFigure(
            source=source, item=item, fiscal_year=year, current_budget=random.randint(1, 900) * 1_000 * THOUSAND
        )
        for item in leaves
        for year in (source.as_of.year, source.as_of.year - 1)
    )  # fmt: skip
