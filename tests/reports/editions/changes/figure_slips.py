"""Slips of the hand in the figures of a draft next edition, made one at a time by a fixed seed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from budgets.models import BudgetFigure, RevenueFigure
from departments.models import Staffing, StaffingCount
from projects.models import Contact, Measurement

Number = int | Decimal


@dataclass(frozen=True)
class FigureSlip:
    """What was typed in place of a row's value; `kind` says what the hand did."""

    kind: str
    model: type[Any]
    pk: int
    field: str
    value: Any


def exchanged(digits: str, random: Random) -> str:
    places = [place for place in range(len(digits) - 1) if digits[place] != digits[place + 1]]
    place = random.choice(places or [0])
    return digits[:place] + digits[place : place + 2][::-1] + digits[place + 2 :]


def lost(digits: str, random: Random) -> str:
    place = random.randrange(len(digits))
    return digits[:place] + digits[place + 1 :]


def gained(digits: str, random: Random) -> str:
    place = random.randrange(len(digits) + 1)
    return digits[:place] + random.choice("123456789") + digits[place:]


def by_one(digits: str, random: Random) -> str:
    return str(int(digits) + random.choice((-1, 1)))


SLIPS: dict[str, Callable[[str, Random], str]] = {
    "digits exchanged": exchanged,
    "digit lost": lost,
    "digit gained": gained,
    "one more or less": by_one,
}
THOUSAND = 1000


def figure_slips(sources: Any, seed: int, count: int) -> list[FigureSlip]:
    """So many of each table, as far as its rows have figures."""
    random = Random(seed)  # noqa: S311  (not for secrets)
    tables = [
        _numbers(Staffing.objects.filter(source__in=sources), "authorized", random),
        _numbers(StaffingCount.objects.filter(staffing__source__in=sources), "count", random),
        _numbers(RevenueFigure.objects.filter(source__in=sources), "current_budget", random, THOUSAND),
        _numbers(BudgetFigure.objects.filter(source__in=sources), "current", random, THOUSAND),
        _numbers(Measurement.objects.filter(source__in=sources), "value", random),
        _phones(Contact.objects.filter(brief__source__in=sources), random),
        _years(Measurement.objects.filter(source__in=sources), random),
    ]
    return [slip for table in tables for slip, _ in zip(table, range(count), strict=False)]


def _numbers(rows: Any, field: str, random: Random, unit: int = 1) -> Iterator[FigureSlip]:
    known = list(rows.order_by("pk"))
    while known:
        row, kind = random.choice(known), random.choice(list(SLIPS))
        old = getattr(row, field)
        if old and (old / unit) == int(old / unit):
            digits = SLIPS[kind](str(int(old) // unit), random)
            if digits and int(digits) >= 0 and int(digits) * unit != old:
                yield FigureSlip(kind, type(row), row.pk, field, type(old)(int(digits) * unit))


def _phones(rows: Any, random: Random) -> Iterator[FigureSlip]:
    known = list(rows.exclude(phone="").order_by("pk"))
    while known:
        row = random.choice(known)
        place = random.choice([place for place, sign in enumerate(row.phone) if sign.isdigit()])
        digit = random.choice([digit for digit in "0123456789" if digit != row.phone[place]])
        yield FigureSlip(
            "phone", Contact, row.pk, "phone", row.phone[:place] + digit + row.phone[place + 1 :]
        )


def _years(rows: Any, random: Random) -> Iterator[FigureSlip]:
    known = list(rows.exclude(measured_on="").order_by("pk"))
    while known:
        row = random.choice(known)
        year = int(row.measured_on[:4]) + random.choice((-10, -1, 1, 10))
        yield FigureSlip("year", Measurement, row.pk, "measured_on", f"{year}{row.measured_on[4:]}")
