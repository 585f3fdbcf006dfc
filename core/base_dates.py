"""The base date that several subjects share, and the subjects that have a newer one of their own."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from .models import Source

Scope = Source.Scope
MONEY = (Scope.EXPENDITURE, Scope.REVENUE)


def shared_date(dates: Mapping[str, date]) -> date | None:
    """The newest date of two subjects at least, where there is one, else the newest: a budget that alone is newer dates nothing else.

    `dates` are the newest of each scope; both sides of the budget are one subject.
    """
    subjects: dict[date, set[str]] = {}
    for scope, on in dates.items():
        subjects.setdefault(on, set()).add(Scope.EXPENDITURE if scope in MONEY else scope)
    return max((on for on, known in subjects.items() if len(known) > 1), default=max(subjects, default=None))


def later_dates(dates: Mapping[str, date], base: date) -> list[tuple[str, date]]:
    """The subjects that are newer than the base date, with their own: `[("예산", 2022-09-30)]`."""
    later = {scope: on for scope, on in dates.items() if on > base}
    is_one_budget = len({on for scope, on in later.items() if scope in MONEY}) == 1
    named = [
        (_("예산") if is_one_budget and scope in MONEY else str(Scope(scope).label), on)
        for scope, on in later.items()
    ]
    return list(dict.fromkeys(named))
