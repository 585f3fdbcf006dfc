"""Filters of projects, milestones and indicators. A value that no option has is ignored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Choices
from django.utils.translation import gettext as _

from core.templatetags.language import counted
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


def labelled(choices: type[Choices]) -> list[Option]:
    """The options of a field in the reader's language."""
    return [(value, str(label)) for value, label in choices.choices]


def _distinct(options: Iterable[Option]) -> list[Option]:
    return list(dict.fromkeys(options))


def by_strategy(parameters, briefs: Iterable[Brief]) -> Filter:
    options = _distinct((brief.strategy.slug, brief.strategy.name) for brief in briefs if brief.strategy)
    return asked(parameters, "strategy", _("추진전략"), options)


def by_department(parameters, briefs: Iterable[Brief]) -> Filter:
    options = _distinct((brief.lead_department.slug, brief.lead_department.name) for brief in briefs)
    return asked(parameters, "department", _("주관 부서"), options)


def by_status(parameters) -> Filter:
    options = [(key, str(STATUSES[key])) for key in (*statuses.KEYS, statuses.WARN)]
    return asked(parameters, "status", _("상태"), options)


def by_listing(parameters) -> Filter:
    return asked(parameters, "listing", _("적힌 곳"), labelled(Milestone.Listing))


def by_project(parameters, options: Iterable[Option]) -> Filter:
    return asked(parameters, "project", _("사업"), _distinct(options))


def by_kind(parameters) -> Filter:
    return asked(parameters, "kind", _("성격"), labelled(Indicator.Kind))


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


WITHOUT_PROJECT = "none"


@dataclass(frozen=True)
class IndicatorSelection(Filtered):
    """The indicators that the filters leave, under their projects: option (slug, heading) and trees."""

    groups: Sequence[tuple[Option, Sequence[Entry]]]

    @property
    def roots(self) -> list[Entry]:
        return [root for _option, roots in self.groups for root in roots]

    @property
    def places(self) -> str:
        """The projects of the indicators in words: `사업 11건과 용어 설명`."""
        projects = sum(slug != WITHOUT_PROJECT for (slug, _heading), _roots in self.groups)
        if not projects:
            return _("용어 설명")
        if len(self.groups) > projects:
            return counted("사업 %(count)s건과 용어 설명", projects) % {"count": projects}
        return counted("사업 %(count)s건", projects) % {"count": projects}


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
        return WITHOUT_PROJECT, _("용어 설명")
    return headings.get(project.pk, (project.slug, project.name))
