"""Units in which amounts are written: 원, 천원, 백만원, 억원."""

import re
from dataclasses import dataclass
from fractions import Fraction

from . import amounts


@dataclass(frozen=True)
class MoneyUnit:
    name: str
    won: int

    def of(self, won: amounts.Number | None) -> Fraction | None:
        """An amount of 원 in this unit."""
        return None if won is None else Fraction(won) / self.won

    def text(self, won: amounts.Number | str | None) -> str:
        """`143,205`, rounded to the unit; `-` for none and unknown; a word stands as it is."""
        return won if isinstance(won, str) else amounts.plain(self.of(won))


MONEY_UNITS = {
    name: MoneyUnit(name, won)
    for name, won in (
        ("원", 1),
        ("천원", amounts.THOUSAND),
        ("백만원", amounts.MILLION),
        ("억원", amounts.HUNDRED_MILLION),
    )
}
THOUSANDS = MONEY_UNITS["천원"]
_NAMED = re.compile("백만원|억원|천원|원")


def money_unit(text: str) -> MoneyUnit | None:
    """The unit that a source says (`천원, %`), None where it says none."""
    named = _NAMED.search(text.replace(" ", ""))
    return MONEY_UNITS[named[0]] if named else None


def unit_of_won(won: int) -> MoneyUnit:
    """The unit of so many 원."""
    return next(unit for unit in MONEY_UNITS.values() if unit.won == won)
