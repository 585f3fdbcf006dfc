"""Slips in stored numbers and in the forms that they are printed in."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

from budgets.models import BudgetFigure, BudgetLine, RevenueFigure
from core.models import ControlTotal, Source
from departments.models import FoundationProfile, Staffing, StaffingCount
from glossary.models import Definition
from projects.models import Brief, Funding, Indicator, Measurement, Target

from . import hand
from .slip import Slip

THOUSAND, MILLION = 1_000, 1_000_000
# Every number that a row stores, with the unit in which hands type it. All are stated by a printed form or total, too.
NUMBERS: list[tuple[Any, str, int]] = [
    (ControlTotal, "value", 1),
    (Staffing, "authorized", 1),
    (StaffingCount, "count", 1),
    (RevenueFigure, "current_budget", THOUSAND),
    (BudgetFigure, "current", THOUSAND),
    (BudgetFigure, "committed", THOUSAND),
    (Brief, "budget", MILLION),
    (Funding, "amount", MILLION),
    (Measurement, "value", 1),
    (Target, "value", 1),
    (FoundationProfile, "authorized", 1),
    (FoundationProfile, "seconded", 1),
    (FoundationProfile, "founded_year", 1),
    (Definition, "page", 1),
    (Brief, "number", 1),
]
PRINTED: list[tuple[Any, str]] = [
    (ControlTotal, "printed"),
    (Brief, "budget_printed"),
    (Funding, "printed"),
    (Measurement, "printed"),
    (Target, "printed"),
    (FoundationProfile, "printed"),
    (Definition, "page_printed"),
]


def typed(value: Any, unit: int, kind: str, random: Random) -> Any:
    """None where the slip changes nothing, or a number that nobody types so."""
    if value is None or value % unit:
        return None
    exact = Decimal(value) / unit
    places = max(0, -int(exact.normalize().as_tuple().exponent))
    digits = str(abs(int(exact.scaleb(places))))
    slipped = hand.DIGITS[kind](digits, random) or "0"
    if int(slipped) == int(digits):
        return None
    number = Decimal(int(slipped)).scaleb(-places) * unit * (-1 if value < 0 else 1)
    return type(value)(number)


def number_slips(random: Random) -> Iterator[Slip]:
    for model, name, unit in NUMBERS:
        for row in model._base_manager.exclude(**{name: None}).order_by("pk"):
            for kind in hand.DIGITS:
                value = typed(
                    getattr(row, name),
                    THOUSAND if model is ControlTotal and row.is_money else unit,
                    kind,
                    random,
                )
                if value is not None:
                    yield Slip(kind, row, {name: value})
    for model, name in PRINTED:
        for row in model._base_manager.exclude(**{name: ""}).order_by("pk"):
            if any(sign.isdigit() for sign in getattr(row, name)):
                kind = random.choice(list(hand.DIGITS))
                printed = hand.with_digits(getattr(row, name), kind, random)
                if printed != getattr(row, name):
                    yield Slip(kind, row, {name: printed})


def sign_slips(random: Random) -> Iterator[Slip]:
    for total in ControlTotal.objects.exclude(value=None).exclude(value=0).order_by("pk"):
        yield Slip("sign", total, {"value": -total.value})
        other = total.printed.removeprefix("△") if total.value < 0 else f"△{total.printed}"
        yield Slip("sign", total, {"printed": other})
    for model, name in ((BudgetFigure, "current"), (RevenueFigure, "current_budget"), (Measurement, "value")):
        for row in model._base_manager.exclude(**{name: None}).order_by("pk"):
            if getattr(row, name):
                yield Slip("sign", row, {name: -getattr(row, name)})


def unit_slips(random: Random) -> Iterator[Slip]:
    for source in Source.objects.filter(scope__in=("revenue", "expenditure")).order_by("pk"):
        for unit in ("백만원, %", "원, %"):
            yield Slip("unit", source, {"unit": unit})
    for model, name in (
        (BudgetFigure, "current"),
        (RevenueFigure, "current_budget"),
        (Brief, "budget"),
        (Funding, "amount"),
    ):
        for row in model._base_manager.exclude(**{name: None}).order_by("pk"):
            if getattr(row, name):
                yield Slip("unit", row, {name: getattr(row, name) * random.choice((10, 1000))})
    others = {"대": "개소", "개소": "대", "명": "개팀", "건": "명", "회": "건", "%": "명"}
    for indicator in Indicator.objects.exclude(unit="").order_by("pk"):
        unit = others.get(indicator.unit, "명")
        rows = [*indicator.measurements.all(), *indicator.targets.all()]
        yield Slip(
            "unit", indicator, {"unit": unit}, any(says_unit(row.printed, indicator.unit) for row in rows)
        )
    for model in (Measurement, Target):
        for row in model._base_manager.select_related("indicator").order_by("pk"):
            unit = row.indicator.unit
            if unit and row.printed.endswith(unit):
                yield Slip("unit", row, {"printed": row.printed.removesuffix(unit) + others.get(unit, "명")})


def says_unit(printed: str, unit: str) -> bool:
    return printed.replace(" ", "").endswith(unit.replace(" ", ""))


def year_slips(random: Random) -> Iterator[Slip]:
    """Fiscal years, and the years of dates."""
    for model in (ControlTotal, RevenueFigure, BudgetLine, Source):
        for row in model._base_manager.exclude(fiscal_year__in=(0,)).exclude(fiscal_year=None).order_by("pk"):
            yield Slip("year", row, {"fiscal_year": row.fiscal_year + random.choice((-10, -1, 1, 10))})
    for source in Source.objects.order_by("pk"):
        as_of = source.as_of.replace(
            year=source.as_of.year + random.choice((-10, -1, 1)), day=min(source.as_of.day, 28)
        )
        yield Slip("year", source, {"as_of": as_of})
