"""How large a demonstration city is, and what of it falls to each bureau."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from core.remembered.demonstration import SLUG

from .names import bureau_names, division_names, field_of

LAST_YEAR = 2022  # that of the seeded report
EDITION_DAYS = ((1, 31), (8, 31))  # of each year
TEAMS = 3  # of a division


@dataclass(frozen=True)
class CityPlan:
    """`bureaus` counts the seeded one; `figures` and `pages` (briefs over the editions) are about how many the others have in all."""

    bureaus: int = 43
    divisions: int = 400
    years: int = 5
    figures: int = 1_800_000
    pages: int = 4_000
    seed: int = 14

    @property
    def fiscal_years(self) -> range:
        return range(LAST_YEAR - self.years + 1, LAST_YEAR + 1)

    @property
    def months(self) -> list[date]:
        """The last days of all months."""
        return [
            date(year, month, monthrange(year, month)[1])
            for year in self.fiscal_years
            for month in range(1, 13)
        ]

    @property
    def editions(self) -> list[date]:
        return [date(year, month, day) for year in self.fiscal_years for month, day in EDITION_DAYS]


@dataclass(frozen=True)
class BureauPlan:
    """One bureau: its divisions by name, the budget lines of a year, the projects of an edition."""

    number: int
    name: str
    divisions: tuple[str, ...]
    lines: int
    projects: int

    @property
    def slug(self) -> str:
        return f"{SLUG}-{self.number:03d}"


def bureau_plans(city: CityPlan) -> Iterator[BureauPlan]:
    """All but the seeded one, among which lines and projects are divided by their divisions."""
    others = city.bureaus - 1
    for place, name in enumerate(islice(bureau_names(), others)):
        share = city.divisions * (place + 1) // others - city.divisions * place // others
        yield BureauPlan(
            place + 1,
            name,
            tuple(division_names(field_of(name), share)),
            _share(city.figures, share, city.divisions, len(city.months)),
            _share(city.pages, share, city.divisions, len(city.editions)),
        )


def _share(whole: int, part: int, of: int, times: int) -> int:
    return max(round(whole * part / of / times), 1)
