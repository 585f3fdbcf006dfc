"""Budgets of projects as their pages print them, in 원. No execution: a report gives none by project."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .models import Brief

# How reports name the city's own money among a project's sources of money.
CITY = "市"


def budget_fact(brief: Brief) -> str:
    """The identity of what the budget of a project states."""
    return f"project_budget:{brief.project.slug}" if brief.budget is not None else ""


@dataclass(frozen=True)
class Budgets:
    """Briefs with a budget, the largest first; `others`: what in them is not the city's own money, by source."""

    briefs: Sequence[Brief]
    others: Sequence[tuple[str, int]] = ()

    @property
    def total(self) -> int:
        return sum(brief.budget for brief in self.briefs)

    @property
    def count(self) -> int:
        return len(self.briefs)

    @property
    def largest(self) -> int:
        return (self.briefs[0].budget or 0) if self.briefs else 0

    def rank(self, brief: Brief) -> int | None:
        """1 for the largest; the same rank for equal budgets, None without a budget."""
        if brief.budget is None:
            return None
        return 1 + sum((other.budget or 0) > brief.budget for other in self.briefs)


def budgets_of(briefs: Iterable[Brief]) -> Budgets:
    """From briefs that came `with_fundings`."""
    known = sorted(
        (brief for brief in briefs if brief.budget is not None),
        key=lambda brief: (-(brief.budget or 0), brief.number),
    )
    others: Counter[str] = Counter()
    for brief in known:
        for funding in brief.fundings.all():
            if funding.name != CITY:
                others[funding.name] += funding.amount
    return Budgets(known, tuple(others.items()))
