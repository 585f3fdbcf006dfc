"""Making the city: every bureau by itself, each in a transaction a year, so that an end in between leaves no half year."""

from collections.abc import Callable
from datetime import date
from random import Random

from django.conf import settings
from django.db import transaction

from core.audit.context import change_reason
from core.models import ChangeRecord, Source, Threshold
from core.remembered.demonstration import remember
from core.seeding import SEED, fixture_files, seed

from .budget import source_of, write_revenue, write_year
from .organisation import Units, make_units, write_duties, write_staff, write_tree
from .plan import BureauPlan, CityPlan, bureau_plans
from .projects import (
    Work,
    make_work,
    measured_values,
    write_briefs,
    write_indicators,
    write_terms,
    write_vision,
)

REASON = "시범 도시"
Tell = Callable[[str], object]


class CityRefusedError(Exception):
    """The database holds what somebody may want to keep."""


def make_city(city: CityPlan, tell: Tell = lambda sentence: None) -> int:
    """Seeds the report where it is not there yet and puts the city around it; returns how many budget figures were written.

    Raises CityRefusedError.
    """
    if ChangeRecord.objects.exclude(reason=SEED).exclude(model=Threshold._meta.label_lower).exists():
        raise CityRefusedError(
            "자료가 이미 있는 데이터베이스입니다. 시범 도시는 migrate만 한 데이터베이스에 만듭니다."
        )
    seed(fixture_files(settings.BASE_DIR / "fixtures"))
    figures = 0
    with change_reason(REASON):
        for plan in bureau_plans(city):
            figures += _make_bureau(city, plan)
            tell(f"{plan.number + 1}/{city.bureaus} {plan.name}: 예산액 {figures:,}줄")
    remember(True)
    return figures


def _make_bureau(city: CityPlan, plan: BureauPlan) -> int:
    random = Random(f"{city.seed}/{plan.number}")  # noqa: S311 (nothing secret)
    with transaction.atomic():
        units = make_units(plan)
        work = make_work(plan, units)
        for day in city.editions:
            _write_edition(day, units, work, random)
    months = city.months
    return sum(
        write_year(plan, units, [day for day in months if day.year == year], random)
        for year in city.fiscal_years
    )


def _write_edition(day: date, units: Units, work: Work, random: Random) -> None:
    scopes = [scope for scope in Source.Scope if scope != Source.Scope.EXPENDITURE]
    made = Source.objects.bulk_create(source_of(units, scope, day, scope) for scope in scopes)
    sources, measured = {source.scope: source for source in made}, measured_values(work, random)
    write_tree(sources[Source.Scope.ORGANISATION], units)
    write_duties(sources[Source.Scope.DUTIES], units)
    write_staff(sources[Source.Scope.STAFFING], units, random)
    write_revenue(sources[Source.Scope.REVENUE], random)
    write_vision(sources[Source.Scope.VISION], work)
    write_briefs(sources[Source.Scope.PROJECTS], units, work, measured, random)
    write_indicators(sources[Source.Scope.INDICATORS], work, measured)
    write_terms(sources[Source.Scope.GLOSSARY], work)
