"""A figure as its source prints it beside the one that its own parts give: the printed wins, the computed stands beside it.

A sum of n figures that were each rounded to a unit may differ from the printed sum by n/2 units: that is rounding
(단수 차이), not disagreement. Rounding seldom goes all one way, though: the roundings of the n figures and of their sum have
a standard deviation of √((n + 1) ÷ 12) units, and what is beyond three of them is doubtful.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import cast

Number = int | Decimal | Fraction
MARK = "◆"
TENTH = Fraction(1, 10)
DEVIATIONS = 3


class Agreement(Enum):
    EXACT = "exact"
    ROUNDING = "rounding"
    DOUBTFUL = "doubtful"  # rounding could have made it, and most likely did not
    DISAGREES = "disagrees"


@dataclass(frozen=True)
class ReportedFigure:
    """`computed` is None where it is unknown, `printed` None where the source prints none; either may be a word (순증).

    `terms` is how many figures, each rounded to `unit`, the computed one adds up; 0 where it is exact in itself and the
    printed one is it, rounded to `unit`, as a rate to a tenth of a percent.
    """

    computed: Number | str | None = None
    printed: Number | str | None = None
    terms: int = 1
    unit: Number = 1

    @property
    def shown(self) -> Number | str | None:
        return self.computed if self.printed is None else self.printed

    @cached_property
    def agreement(self) -> Agreement:
        """EXACT, too, where there is nothing to compare."""
        if self.printed is None or self.computed is None or self.printed == self.computed:
            return Agreement.EXACT
        if isinstance(self.printed, str) or isinstance(self.computed, str):
            return Agreement.DISAGREES
        difference = 2 * abs(Fraction(self.printed) - Fraction(self.computed))
        if self.terms == 0:
            return Agreement.EXACT if difference <= self.unit else Agreement.DISAGREES
        if difference > self.terms * self.unit:
            return Agreement.DISAGREES
        likely = (2 * DEVIATIONS * Fraction(self.unit)) ** 2 * Fraction(self.terms + 1, 12)
        return Agreement.ROUNDING if difference**2 <= likely else Agreement.DOUBTFUL

    @property
    def disagrees(self) -> bool:
        """Whether the printed figure differs beyond rounding: where ◆ stands."""
        return self.agreement is Agreement.DISAGREES

    @property
    def has_gap(self) -> bool:
        """Whether there are two numbers, and no word, to take one from the other."""
        return not any(value is None or isinstance(value, str) for value in (self.printed, self.computed))

    @property
    def number(self) -> Number | None:
        """What a chart draws: the figure as shown or, where a word stands for it, as computed."""
        values = (self.printed, self.computed)
        return next((value for value in values if value is not None and not isinstance(value, str)), None)

    def marked(self, form: Callable[..., str]) -> str:
        """The figure in a chart: `70.0% ◆` where the two disagree; the table beside it has both."""
        return f"{form(self.shown)}{self.mark}"

    @property
    def mark(self) -> str:
        return f" {MARK}" if self.disagrees else ""

    def text(self, form: Callable[..., str], unit: str = "") -> str:
        """The figure in a sentence: `1,500억 원`, with `(◆ 계산 1,432억 원)` behind it where the two disagree."""
        text, computed = f"{form(self.shown)}{unit}", f"{form(self.computed)}{unit}"
        if not self.disagrees:
            return text
        from django.utils.translation import gettext as _  # the sandbox of imports has no Django

        beside = _("계산 %(computed)s") % {"computed": computed} if computed != text else _("계산과 다름")
        return f"{text}({MARK} {beside})"


def total_of(figures: Iterable[ReportedFigure]) -> ReportedFigure | None:
    """One alone as it stands; several added up as they are shown. None of none; unknown where one is."""
    figures = list(figures)
    if len(figures) < 2:
        return figures[0] if figures else None
    shown = [figure.shown for figure in figures]
    return ReportedFigure(None if None in shown else sum(cast(list[int], shown)))


def reported_rate(
    computed: Number | str | None, printed: Number | str | None = None, slack: Number = 0
) -> ReportedFigure:
    """A percentage, printed to one decimal, or the word in its place; `slack` is what the rounding of its amounts may change."""
    return ReportedFigure(computed, printed, terms=0, unit=TENTH + 2 * Fraction(slack))


def rate_slack(rate: Number | str | None, whole: Number | None, unit: Number, terms: int = 1) -> Fraction:
    """By how many percent a rate may be off whose whole, and the `terms` of whose part, are each rounded to `unit`.

    Of amounts in 천원 nothing that a tenth of a percent shows.
    """
    if isinstance(rate, str) or rate is None or not whole or unit <= 1_000:
        return Fraction(0)
    return Fraction(unit) * 50 * (terms + abs(Fraction(rate)) / 100) / abs(Fraction(whole))
