"""The report as plain values: all that its documents print and that two reports are compared by.

Frozen, without anything of the database, and written to JSON and back by `serial.py`. Amounts are integers in 원,
staff are persons, rates exact percentages. Lists stand in the order of the report; what belongs together names each
other by slug.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from core.base_dates import later_dates
from seoul_digital.lib.tables import day

Data = TypeVar("Data")


@dataclass(frozen=True)
class ReportSource:
    """Where the facts of one scope come from."""

    slug: str
    scope: str
    as_of: date
    document: str = ""
    heading: str = ""
    unit: str = ""
    notes: tuple[str, ...] = ()
    fiscal_year: int | None = None
    budget_kind: str = ""


@dataclass(frozen=True)
class Name:
    """Something that lasts, as its report calls it."""

    slug: str
    name: str


@dataclass(frozen=True)
class UnitSuccession:
    """One unit came after another; `kind` as Succession.Kind has it, `note` how that is known."""

    predecessor: Name
    successor: Name
    kind: str
    kind_word: str
    on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Report:
    """A bureau's report at its base date. `chapters` maps a chapter's key to its data; what no source speaks of is not there.
    `cover_notes` are printed on its cover: what was not delivered, and what was confirmed in its owner's place."""

    title: str
    bureau: Name
    as_of: date
    sources: tuple[ReportSource, ...] = ()
    chapters: Mapping[str, Any] = field(default_factory=dict)
    council_session: str = ""
    cover_notes: tuple[str, ...] = ()
    base_date: date | None = None  # what it is headed with, where that is not `as_of`

    @property
    def date_printed(self) -> str:
        """`2022. 8. 29.(예산 2022. 9. 30.)`: its base date, and those of subjects with newer figures."""
        base = self.base_date or self.as_of
        dates = {source.scope: source.as_of for source in reversed(self.sources)}
        later = ", ".join(f"{subject} {day(on)}" for subject, on in later_dates(dates, base))
        return f"{day(base)}({later})" if later else day(base)

    def source(self, scope: str) -> ReportSource | None:
        """The newest source of the scope."""
        return next((source for source in self.sources if source.scope == scope), None)

    def date_of(self, scope: str) -> date:
        """The base date of the scope's source, the report's where it has none."""
        source = self.source(scope)
        return source.as_of if source else self.as_of

    def heading_of(self, scope: str) -> str:
        """What the scope's source is headed with; empty where it has no heading or there is no source."""
        source = self.source(scope)
        return source.heading if source else ""

    def get(self, kind: type[Data]) -> Data | None:
        """The data of the chapter that is of this class."""
        return next((data for data in self.chapters.values() if isinstance(data, kind)), None)
