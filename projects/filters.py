"""Filters of projects, milestones and indicators. A value that no option has is ignored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from seoul_digital.lib.tables import STATUSES

from .indicators.tree import Entry
from .milestones import status as statuses
from .milestones.progress import MilestoneStatus, Progress, by_brief, milestones_on, progress_of
from .models import Brief, Indicator, Milestone

Option = tuple[str, str]  # value and what the reader sees


@dataclass(frozen=True)
class Filter:
    """One choice of a plain GET form; `value` is one of the options or empty."""

    name: str
    label: str
    options: Sequence[Option]
    value: str = ""


def asked(parameters, name: str, label: str, options: Sequence[Option]) -> Filter:
    value = parameters.get(name, "")
    return Filter(name, label, options, value if value in dict(options) else "")


def _distinct(options: Iterable[Option]) -> list[Option]:
    return list(dict.fromkeys(options))


def by_strategy(parameters, briefs: Iterable[Brief]) -> Filter:
    options = _distinct((brief.strategy.slug, brief.strategy.name) for brief in briefs if brief.strategy)
    return asked(parameters, "strategy", "추진전략", options)


def by_department(parameters, briefs: Iterable[Brief]) -> Filter:
    options = _distinct((brief.lead_department.slug, brief.lead_department.name) for brief in briefs)
    return asked(parameters, "department", "주관 부서", options)


def by_status(parameters) -> Filter:
    return asked(
        parameters, "status", "상태", [(key, STATUSES[key]) for key in (*statuses.KEYS, statuses.WARN)]
    )


def by_listing(parameters) -> Filter:
    return asked(parameters, "listing", "적힌 곳", Milestone.Listing.choices)


def by_project(parameters, options: Iterable[Option]) -> Filter:
    return asked(parameters, "project", "사업", _distinct(options))


def by_kind(parameters) -> Filter:
    return asked(parameters, "kind", "성격", Indicator.Kind.choices)


def _passes(filter_: Filter, value: Any) -> bool:
    return not filter_.value or filter_.value == value


def _wanted_briefs(briefs: Iterable[Brief], strategy: Filter, department: Filter) -> list[Brief]:
    return [
        brief
        for brief in briefs
        if _passes(strategy, brief.strategy and brief.strategy.slug)
        and _passes(department, brief.lead_department.slug)
    ]


def _has_status(state: MilestoneStatus, wanted: str) -> bool:
    """확인 필요 (warn) is asked for beside the status itself."""
    return not wanted or wanted == state.status.key or (state.status.warn and wanted == statuses.WARN)


@dataclass(frozen=True)
class Filtered:
    filters: Sequence[Filter]

    @property
    def is_any(self) -> bool:
        return any(filter_.value for filter_ in self.filters)


@dataclass(frozen=True)
class Selection(Filtered):
    """The briefs and milestones that the filters leave."""

    briefs: Sequence[Brief]
    states: Sequence[MilestoneStatus]

    @property
    def progress(self) -> Progress:
        return progress_of(self.states)


def select_projects(parameters, briefs: Sequence[Brief], as_of: date) -> Selection:
    """By strategy, department, and status: projects with at least one milestone of it, shown with all of theirs."""
    strategy, department, status = (
        by_strategy(parameters, briefs),
        by_department(parameters, briefs),
        by_status(parameters),
    )
    states = by_brief(milestones_on(_wanted_briefs(briefs, strategy, department), as_of))
    wanted = [
        brief
        for brief in _wanted_briefs(briefs, strategy, department)
        if not status.value or any(_has_status(state, status.value) for state in states.get(brief.pk, []))
    ]
    return Selection(
        (strategy, department, status),
        wanted,
        [state for brief in wanted for state in states.get(brief.pk, [])],
    )


def select_milestones(parameters, briefs: Sequence[Brief], as_of: date) -> Selection:
    """By strategy, department, status and where they are listed."""
    strategy, department, status = (
        by_strategy(parameters, briefs),
        by_department(parameters, briefs),
        by_status(parameters),
    )
    listing = by_listing(parameters)
    wanted = _wanted_briefs(briefs, strategy, department)
    states = [
        state
        for state in milestones_on(wanted, as_of)
        if _has_status(state, status.value) and _passes(listing, state.milestone.listing)
    ]
    return Selection((strategy, department, status, listing), wanted, states)


WITHOUT_PROJECT = ("none", "용어 설명")


@dataclass(frozen=True)
class IndicatorSelection(Filtered):
    """The indicators that the filters leave, under their projects: option (slug, heading) and trees."""

    groups: Sequence[tuple[Option, Sequence[Entry]]]

    @property
    def roots(self) -> list[Entry]:
        return [root for _, roots in self.groups for root in roots]

    @property
    def places(self) -> str:
        """The projects of the indicators in words: `사업 11건과 용어 설명`."""
        projects = sum(option != WITHOUT_PROJECT for option, _ in self.groups)
        text = f"사업 {projects}건" if projects else ""
        return "과 ".join(filter(None, [text, WITHOUT_PROJECT[1] if len(self.groups) > projects else ""]))


def select_indicators(parameters, roots: Sequence[Entry], briefs: Sequence[Brief]) -> IndicatorSelection:
    """By project, those without one under a heading of their own, and by kind."""
    headings = {brief.project_id: (brief.project.slug, str(brief)) for brief in briefs}
    groups: dict[Option, list[Entry]] = {option: [] for option in headings.values()}
    for root in roots:
        groups.setdefault(_option(root, headings), []).append(root)
    groups = {option: found for option, found in groups.items() if found}
    project, kind = by_project(parameters, groups), by_kind(parameters)
    wanted = [
        (
            option,
            [
                root
                for root in found
                if not kind.value or any(entry.indicator.kind == kind.value for entry, _ in root.walk())
            ],
        )
        for option, found in groups.items()
        if _passes(project, option[0])
    ]
    return IndicatorSelection((project, kind), [(option, found) for option, found in wanted if found])


def _option(root: Entry, headings: dict[int, Option]) -> Option:
    project = root.indicator.project
    if project is None:
        return WITHOUT_PROJECT
    return headings.get(project.pk, (project.slug, project.name))
