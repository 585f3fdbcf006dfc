"""What an edition collects of a chapter: from each unit, or from the bureau as a whole."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from django.db.models import Model

from core.snapshot import Snapshot
from departments.models import Department
from projects.indicators.tree import exact
from projects.models import Measurement, Project
from seoul_digital.lib.periods import PartialDate

from ..models.published import digest

WHOLE = 0  # the subject of a part that is the bureau's as a whole


@dataclass(frozen=True)
class Watched:
    """A model whose changes are changes of the part: `subject` is the way from a row to the key of what it is about
    (a unit, a project, a term; None: the bureau's whole). `comes_in_files`: of the finance system, past the audit trail."""

    model: type[Model]
    subject: str | None = None
    _: KW_ONLY
    comes_in_files: bool = False


@dataclass(frozen=True)
class PartRequest:
    """What is asked of a unit. `subjects`: the keys that its changes are watched by; `names`: what rows about it are called
    in a comparison, where not as the unit; `is_whole`: all of the chapter's rows are about it; `row`: its one row in admin."""

    subjects: tuple[int, ...]
    title: str = ""
    project: Project | None = None
    row: int | None = None
    names: tuple[str, ...] = ()
    is_whole: bool = False


@dataclass(frozen=True)
class Requested:
    """Whom an edition asks: `units` are the divisions and offices, of whom every part is asked for, whether it is there or not."""

    snapshot: Snapshot
    bureau: Department
    units: frozenset[int]


@dataclass(frozen=True)
class PastValue:
    """A value of an earlier day that an edition carries forward. `name` is the indicator's under those that it is told under."""

    measurement: Measurement
    name: str

    @property
    def unit(self) -> str:
        return self.measurement.indicator.unit

    @property
    def day(self) -> str:
        """`2022. 8. 29.`, to the day, month or year as it is known."""
        return PartialDate.parse(self.measurement.measured_on).in_text()

    @property
    def text(self) -> str:
        """What is kept: `28006 28,006대 (2022-07-01)`."""
        row = self.measurement
        return f"{exact(row.value)} {row.printed} ({row.measured_on})"

    @property
    def version_token(self) -> str:
        return f"{self.measurement.pk}-{digest(self.text)[:16]}"


@dataclass(frozen=True, kw_only=True)
class EditionPart:
    """`model` is what it is written in, `admin_filter` narrows that model's list in admin to a unit. `label` where it is not
    called as its chapter; `column`: the chapter in whose column of the grid it stands, its own where empty; `unclaimed_of`: the
    chapter whose rows about nothing that is asked for (an indicator without a project) belong to the bureau's own part of this."""

    model: type[Model]
    watched: Sequence[Watched]
    label: str = ""
    admin_filter: str = ""
    column: str = ""
    unclaimed_of: str = ""

    def requests(self, asked: Requested, scope: str) -> dict[int, list[PartRequest]]:
        """By the key of the unit."""
        raise NotImplementedError

    def lacking(self, snapshot: Snapshot) -> tuple[str, Sequence[Department]]:
        """What has not been delivered of the part, in words, and by which units."""
        return "", ()

    def past_values(self, snapshot: Snapshot) -> dict[int, list[PastValue]]:
        """Values of an earlier day that nobody has kept or renewed, by the subject that the part's changes are watched by."""
        return {}


@dataclass(frozen=True, kw_only=True)
class UnitPart(EditionPart):
    """Asked of every division and office, and of the units that its facts name; `unit` is the way from a row to the key of its unit."""

    unit: str

    def requests(self, asked: Requested, scope: str) -> dict[int, list[PartRequest]]:
        # Of limited sources those of the newest fiscal year.
        years = (None, asked.snapshot.fiscal_year)
        in_force = asked.snapshot.in_force
        sources = [source for source in in_force if source.scope == scope and source.fiscal_year in years]
        rows = self.model._base_manager.filter(source__in=sources).order_by()
        units = asked.units | set(rows.values_list(self.unit, flat=True).distinct())
        return {unit: [PartRequest((unit,))] for unit in units}


@dataclass(frozen=True, kw_only=True)
class BureauPart(EditionPart):
    """Asked of the bureau as a whole."""

    def requests(self, asked: Requested, scope: str) -> dict[int, list[PartRequest]]:
        return {asked.bureau.pk: [PartRequest((WHOLE,), is_whole=True)]}
