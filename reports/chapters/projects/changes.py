"""Projects at two dates, matched by slug: their fields, texts and milestones."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from seoul_digital.lib import amounts
from seoul_digital.lib.reported import ReportedFigure

from ...comparison.changes import (
    Counts,
    FieldChange,
    FigureChange,
    Kind,
    ReportPair,
    count,
    fields_that_differ,
    kind_of,
    pairs_by_key,
)
from ...comparison.text import TextDiff, diff_lines, diff_outlines
from ...report import Name
from .data import ContactRow, FundingRow, MilestoneRow, ProjectRow, ProjectsData


@dataclass(frozen=True)
class MilestoneChange:
    kind: Kind
    before: MilestoneRow | None
    after: MilestoneRow | None
    note: TextDiff

    @property
    def title(self) -> str:
        return (self.after or self.before).title


@dataclass(frozen=True)
class ProjectChange:
    kind: Kind
    before: ProjectRow | None
    after: ProjectRow | None
    fields: tuple[FieldChange, ...] = ()
    texts: tuple[TextDiff, ...] = ()
    milestones: tuple[MilestoneChange, ...] = ()

    @property
    def slug(self) -> str:
        return (self.after or self.before).slug

    @property
    def title(self) -> str:
        return (self.after or self.before).title

    @property
    def number(self) -> int:
        return (self.after or self.before).number

    @property
    def budget(self) -> FigureChange:
        return FigureChange(
            *(ReportedFigure(project.budget) if project else None for project in (self.before, self.after))
        )

    @property
    def diffs(self) -> list[TextDiff]:
        """Every text that differs, the milestones' notes too."""
        return [*self.texts, *(milestone.note for milestone in self.milestones if milestone.note)]


@dataclass(frozen=True)
class ProjectChanges:
    projects: tuple[ProjectChange, ...]

    @property
    def shown(self) -> list[ProjectChange]:
        return [project for project in self.projects if project.kind is not Kind.SAME]

    @property
    def counts(self) -> Counts:
        return count(project.kind for project in self.projects)

    def of_kind(self, kind: Kind) -> list[ProjectChange]:
        return [project for project in self.projects if project.kind is kind]


def compare(before: ProjectsData, after: ProjectsData, pair: ReportPair) -> ProjectChanges:
    pairs = pairs_by_key(before.projects, after.projects, "slug")
    shown = _written if pair.edits_only else _shown
    return ProjectChanges(tuple(_project(old, new, shown) for old, new in pairs))


def _project(
    old: ProjectRow | None, new: ProjectRow | None, shown: Callable[[MilestoneRow], Any]
) -> ProjectChange:
    if old is None or new is None:
        return ProjectChange(kind_of(old, new, True), old, new)
    people, people_now = _by_role(old.contacts), _by_role(new.contacts)
    contacts = [
        FieldChange(f"담당자({role})", people.get(role, ""), people_now.get(role, ""))
        for role in {**people_now, **people}
    ]
    fields = fields_that_differ([*_fields(old, new), *contacts, *_fundings(old.fundings, new.fundings)])
    compared = (
        diff_lines("목적", old.purpose.splitlines(), new.purpose.splitlines()),
        diff_outlines("사업개요", old.overview, new.overview),
        diff_outlines("추진실적", old.achievements, new.achievements),
    )
    texts = tuple(filter(None, compared))
    pairs = pairs_by_key(old.milestones, new.milestones, "key")
    changes = [_milestone(before, after, shown) for before, after in pairs]
    milestones = tuple(change for change in changes if change.kind is not Kind.SAME)
    differs = bool(fields or texts or milestones or old.budget != new.budget)
    return ProjectChange(kind_of(old, new, differs), old, new, fields, texts, milestones)


def _fields(old: ProjectRow, new: ProjectRow) -> list[FieldChange]:
    return [
        FieldChange("번호", str(old.number), str(new.number)),
        FieldChange("제목", old.title, new.title),
        FieldChange("추진전략 그림의 제목", old.title_in_vision, new.title_in_vision),
        FieldChange("추진전략", _name(old.strategy), _name(new.strategy)),
        FieldChange("주관 부서", old.lead_department.name, new.lead_department.name),
        FieldChange("사업기간", old.period.printed(), new.period.printed()),
        FieldChange("사업예산 표기", old.budget_printed, new.budget_printed),
        FieldChange("일정의 제목", old.schedule_heading, new.schedule_heading),
    ]


def _name(name: Name | None) -> str:
    return name.name if name else ""


def _by_role(contacts: Iterable[ContactRow]) -> dict[str, str]:
    roles: dict[str, list[str]] = {}
    for contact in contacts:
        roles.setdefault(contact.role, []).append(f"{contact.names} {contact.phone}".strip())
    return {role: ", ".join(people) for role, people in roles.items()}


def _fundings(before: Iterable[FundingRow], after: Iterable[FundingRow]) -> list[FieldChange]:
    return [
        FieldChange(f"재원({(old or new).name})", _money(old), _money(new))
        for old, new in pairs_by_key(before, after, "name")
    ]


def _money(funding: FundingRow | None) -> str:
    return f"{amounts.million(funding.amount)}백만원" if funding else ""


def _milestone(
    old: MilestoneRow | None, new: MilestoneRow | None, shown: Callable[[MilestoneRow], Any]
) -> MilestoneChange:
    title = (new or old).title
    note = diff_outlines(f"‘{title}’의 아랫줄", old.note if old else "", new.note if new else "")
    differs = bool(old and new and (shown(old) != shown(new) or note))
    return MilestoneChange(kind_of(old, new, differs), old, new, note if old and new else TextDiff(title))


WRITTEN = ("title", "listing", "period", "printed", "recorded", "recorded_in")
_written = attrgetter(*WRITTEN)  # what people write of a milestone
_shown = attrgetter(*WRITTEN, "status", "warn")  # and what a reader sees, who is told its state on the day
