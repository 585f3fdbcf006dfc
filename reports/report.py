"""The report as plain values: all that its documents print and that two reports are compared by.

Frozen, without anything of the database, and written to JSON and back by `serial.py`. Amounts are integers in 원,
staff are persons, rates exact percentages. Lists stand in the order of the report; what belongs together names each
other by slug.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from seoul_digital.lib.periods import PartialDate, Period


@dataclass(frozen=True)
class Source:
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
class Stated:
    """A figure as its parts add up, with the printed one where the source gives it; `disagrees`: beyond rounding."""

    computed: int | None = None
    printed: int | None = None
    disagrees: bool = False

    @property
    def shown(self) -> int | None:
        """What is printed wins."""
        return self.computed if self.printed is None else self.printed


@dataclass(frozen=True)
class Rate:
    """An exact percentage, with the printed one; `word` (순증) stands where there is no percentage."""

    exact: Fraction | None = None
    word: str = ""
    printed: Decimal | None = None
    disagrees: bool = False


# Organisation


@dataclass(frozen=True)
class Name:
    """Something that lasts, as its report calls it."""

    slug: str
    name: str


@dataclass(frozen=True)
class Unit:
    """A unit in the order of the tree; `parent` is empty and `level` 0 at the top, `kind` as Department.Kind has it."""

    slug: str
    name: str
    kind: str
    kind_word: str
    level: int = 0
    parent: str = ""
    note: str = ""


@dataclass(frozen=True)
class UnitCount:
    """How many units of a kind the source states, as a number and as printed."""

    kind: str
    word: str
    number: int
    printed: str


@dataclass(frozen=True)
class Foundation:
    """What is printed of a supervised foundation, which no total counts."""

    slug: str
    name: str
    founded_year: int | None = None
    structure: str = ""
    authorized: int | None = None
    seconded: int | None = None
    printed: str = ""


@dataclass(frozen=True)
class Succession:
    """One unit came after another; `kind` as Succession.Kind has it, `note` how that is known."""

    predecessor: Name
    successor: Name
    kind: str
    kind_word: str
    on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Strength:
    """Staff of a unit, or of all."""

    slug: str
    name: str
    authorized: Stated
    headcount: Stated
    variance: Stated
    general: Stated
    fixed_term: Stated
    management: Stated


@dataclass(frozen=True)
class Staffing:
    total: Strength
    units: tuple[Strength, ...]


@dataclass(frozen=True)
class Duties:
    """What a unit is charged with."""

    slug: str
    name: str
    texts: tuple[str, ...]


# Budget


@dataclass(frozen=True)
class RevenueRow:
    """An item of revenue or, without a slug, the whole; `level` 0 is the whole, `parent` empty right below it."""

    slug: str
    name: str
    level: int
    parent: str
    is_leaf: bool
    current: Stated
    previous: Stated
    change: Stated
    rate: Rate


@dataclass(frozen=True)
class Revenue:
    """The tree in the order of the report, the whole first; `previous` is the year before, by its final budget."""

    fiscal_year: int
    as_of: date
    rows: tuple[RevenueRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExpenditureRow:
    """A department, one of its accounts (`account`) or, without a slug, the whole; executed is the 원인행위액."""

    slug: str
    name: str
    account: str
    department: str
    current: Stated
    previous: Stated
    change: Stated
    change_rate: Rate
    executed: Stated
    execution_rate: Rate


@dataclass(frozen=True)
class Expenditure:
    """The whole first, then departments, each with its accounts; `pace` is the share of the year gone by on `as_of`."""

    fiscal_year: int
    as_of: date
    pace: Fraction
    rows: tuple[ExpenditureRow, ...]
    notes: tuple[str, ...] = ()


# Vision and projects


@dataclass(frozen=True)
class Strategy:
    """`number` as the vision gives it, None for one that it does not name; `projects` by slug."""

    slug: str
    name: str
    number: int | None = None
    projects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vision:
    statement: tuple[str, ...]
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contact:
    role: str
    names: str
    phone: str = ""
    department: Name | None = None


@dataclass(frozen=True)
class Funding:
    name: str
    amount: int
    printed: str = ""


@dataclass(frozen=True)
class Milestone:
    """`listing` as Milestone.Listing has it, `status` a key of tables.STATUSES on the report's date, `warn`: to be looked at."""

    key: str
    listing: str
    title: str
    period: Period
    printed: str = ""
    recorded: str = ""
    recorded_in: str = ""
    note: str = ""
    status: str = ""
    status_word: str = ""
    warn: bool = False


@dataclass(frozen=True)
class Project:
    """`overview`, `achievements` and the milestones' notes are 개조식 text; `schedule` the part under its heading."""

    slug: str
    number: int
    title: str
    lead_department: Name
    title_in_vision: str = ""
    strategy: Name | None = None
    period: Period = Period()
    contacts: tuple[Contact, ...] = ()
    purpose: str = ""
    overview: str = ""
    achievements: str = ""
    budget: int | None = None
    budget_printed: str = ""
    fundings: tuple[Funding, ...] = ()
    schedule_heading: str = ""
    schedule: str = ""
    milestones: tuple[Milestone, ...] = ()


# Indicators


@dataclass(frozen=True)
class OtherStatement:
    """Another figure that the same report gives for the same quantity and time."""

    place: str
    printed: str
    value: Decimal


@dataclass(frozen=True)
class Measured:
    """A figure of an indicator at one time, as printed, and where the report says it."""

    on: PartialDate
    when: str
    value: Decimal
    printed: str
    places: tuple[str, ...] = ()
    others: tuple[OtherStatement, ...] = ()


@dataclass(frozen=True)
class Target:
    """`due` is None where the report gives no time."""

    due: PartialDate | None
    value: Decimal
    printed: str
    place: str = ""


@dataclass(frozen=True)
class Indicator:
    """`series` from the oldest to the newest; `parent` is the indicator that this one is told under."""

    slug: str
    name: str
    kind: str
    unit: str = ""
    level: int = 0
    parent: str = ""
    project: str = ""
    parts_add_up: bool = False
    series: tuple[Measured, ...] = ()
    targets: tuple[Target, ...] = ()


# Glossary


@dataclass(frozen=True)
class Term:
    """`text` is 개조식; `page` the page of the report that the heading refers to; `forms` how the term is written in texts."""

    slug: str
    name: str
    heading: str
    text: str
    english: str = ""
    abbreviation: str = ""
    page: int | None = None
    page_printed: str = ""
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """A bureau's report at its base date. A part that no source speaks of is None or empty."""

    title: str
    bureau: Name
    as_of: date
    sources: tuple[Source, ...] = ()
    units: tuple[Unit, ...] = ()
    unit_counts: tuple[UnitCount, ...] = ()
    foundations: tuple[Foundation, ...] = ()
    successions: tuple[Succession, ...] = ()
    staffing: Staffing | None = None
    duties: tuple[Duties, ...] = ()
    revenue: Revenue | None = None
    expenditure: Expenditure | None = None
    vision: Vision | None = None
    strategies: tuple[Strategy, ...] = ()
    projects: tuple[Project, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    glossary: tuple[Term, ...] = ()
    council_session: str = ""

    def source(self, scope: str) -> Source | None:
        """The newest source of the scope."""
        return next((source for source in self.sources if source.scope == scope), None)
