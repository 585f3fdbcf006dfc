"""The projects on the report's date, by number."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from core.models import Source
from core.remembered.ahead import reading
from core.snapshot import Snapshot
from departments.models import Department
from projects.data import whole_briefs
from projects.detail import schedule_text
from projects.milestones.progress import MilestoneStatus, milestones_on
from projects.models import Brief
from projects.spending import ProjectSpending, spendings_of
from seoul_digital.lib.periods import Period

from ...chapter import UnitExtract
from ...report import Name, Report


@dataclass(frozen=True)
class ContactRow:
    role: str
    names: str
    phone: str = ""
    department: Name | None = None


@dataclass(frozen=True)
class FundingRow:
    name: str
    amount: int
    printed: str = ""


@dataclass(frozen=True)
class MilestoneRow:
    """`listing` as MilestoneRow.Listing has it, `status` a key of tables.STATUSES on the report's date, `warn`: to be looked at."""

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
class LineRow:
    """A line of the budget that is linked to the project, in 원; None where nothing is known."""

    name: str
    current: int | None = None
    committed: int | None = None
    rate: Fraction | None = None


@dataclass(frozen=True)
class ProjectRow:
    """`overview`, `achievements` and the milestones' notes are 개조식 text; `schedule` the part under its heading."""

    slug: str
    number: int
    title: str
    lead_department: Name
    title_in_vision: str = ""
    strategy: Name | None = None
    period: Period = Period()
    contacts: tuple[ContactRow, ...] = ()
    purpose: str = ""
    overview: str = ""
    achievements: str = ""
    budget: int | None = None
    budget_printed: str = ""
    fundings: tuple[FundingRow, ...] = ()
    schedule_heading: str = ""
    schedule: str = ""
    milestones: tuple[MilestoneRow, ...] = ()
    lines: tuple[LineRow, ...] = ()
    lines_on: str = ""  # the days of the lines' budget and execution

    def concerns(self, units: frozenset[str]) -> bool:
        """Whether one of the units leads it or stands in its people line."""
        named = {contact.department.slug for contact in self.contacts if contact.department}
        return bool(units & {self.lead_department.slug, *named})


@dataclass(frozen=True)
class ProjectsData:
    """`judged_on`: the date of the milestones' statuses, the report's where there is none."""

    projects: tuple[ProjectRow, ...] = ()
    judged_on: date | None = None


@reading(whole_briefs)
def assemble(snapshot: Snapshot, report: Report) -> ProjectsData:
    found = whole_briefs(snapshot)
    spendings = spendings_of(snapshot, found)
    judged_on = snapshot.judged_on(Source.Scope.PROJECTS) or report.as_of
    rows = tuple(_project(brief, judged_on, spendings.get(brief.pk)) for brief in found)
    return ProjectsData(rows, judged_on if found else None)


def _project(brief: Brief, as_of: date, spending: ProjectSpending | None) -> ProjectRow:
    lines = spending.linked.lines if spending else ()
    states = milestones_on([brief], as_of)
    strategy = brief.strategy
    return ProjectRow(
        slug=brief.project.slug,
        number=brief.number,
        title=brief.title,
        title_in_vision=brief.title_in_vision,
        lead_department=_name(brief.lead_department),
        strategy=Name(strategy.slug, strategy.name) if strategy else None,
        period=brief.period,
        contacts=tuple(
            ContactRow(row.role, row.names, row.phone, _name(row.department) if row.department else None)
            for row in brief.contacts.all()
        ),
        purpose=brief.purpose,
        overview=brief.overview,
        achievements=brief.achievements,
        budget=brief.budget,
        budget_printed=brief.budget_printed,
        fundings=tuple(FundingRow(row.name, row.amount, row.printed) for row in brief.fundings.all()),
        schedule_heading=brief.schedule_heading,
        schedule=schedule_text(states),
        milestones=tuple(map(_milestone, states)),
        lines=tuple(LineRow(line.name, line.current, line.committed, line.rate) for line in lines),
        lines_on=spending.linked.days if spending else "",
    )


def _name(department: Department) -> Name:
    return Name(department.slug, department.name)


def _milestone(state: MilestoneStatus) -> MilestoneRow:
    row = state.milestone
    return MilestoneRow(
        key=row.key,
        listing=row.listing,
        title=row.title,
        period=state.period,
        printed=state.printed,
        recorded=row.recorded,
        recorded_in=row.recorded_in,
        note=row.note,
        status=state.status.key,
        status_word=state.word,
        warn=state.status.warn,
    )


def of_unit(data: ProjectsData, extract: UnitExtract) -> ProjectsData:
    own = tuple(project for project in data.projects if project.concerns(extract.own))
    return ProjectsData(own, data.judged_on if own else None)
