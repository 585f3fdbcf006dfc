"""Integrity of projects and indicators: parts and wholes, printed forms, money by source, periods."""

import re
from collections.abc import Iterator
from fractions import Fraction

from budgets.expenditure import execution
from core import integrity
from core.models import Source
from core.plausibility.thresholds import PLACES, thresholds_of
from core.snapshot import Snapshot, address
from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.number_parsing import number_in
from seoul_digital.lib.slips import is_off_by_places

from . import data
from .budget import CITY
from .indicators.tree import flat
from .plausibility import SERIES_JUMP
from .spending import spendings_of


@integrity.register_check("projects", scope=Source.Scope.PROJECTS, rows=[data.briefs_of])
def funding(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """A project's budget is what was printed, and what its sources of money add up to."""
    for brief in data.briefs_of(snapshot):
        about = {"department": brief.lead_department.slug, "url": _url(brief.project), "unit": "백만원"}
        if brief.budget is not None and brief.budget_printed:
            yield _printed(
                brief.budget,
                brief.budget_printed,
                id=f"project.budget/{brief.project.slug}",
                subject=f"{brief} 사업예산",
                **about,
            )
        parts = list(brief.fundings.all())
        for part in parts:
            if part.printed:
                name = f"project.funding-printed/{brief.project.slug}/{part.order}"
                yield _printed(part.amount, part.printed, id=name, subject=f"{brief} {part.name}", **about)
        if parts and brief.budget is not None:
            yield integrity.sum_holds(
                _million(brief.budget),
                _million(sum(part.amount for part in parts)),
                id=f"project.funding/{brief.project.slug}",
                subject=f"{brief} 재원",
                formula=f"사업예산 = 재원 {len(parts)}가지의 합",
                **about,
            )


@integrity.register_check(
    "projects", Source.Scope.PROJECTS, Source.Scope.EXPENDITURE, rows=[execution.summary, data.briefs_of]
)
def within_department(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """A project's budget, its city part where it has several sources of money, is no larger than that of the unit that leads it."""
    summary = execution.summary(snapshot)
    for brief in data.briefs_of(snapshot) if summary else ():
        whole = summary.department(brief.lead_department.slug)
        if brief.budget is not None and whole and whole.current:
            own = [part.amount for part in brief.fundings.all() if part.name == CITY]
            budget = sum(own) if own else brief.budget
            yield integrity.condition_holds(
                budget <= whole.current,
                otherwise=integrity.Level.WARNING,
                id=f"project.within/{brief.project.slug}",
                subject=f"{brief} 사업예산",
                formula=f"사업예산 ≤ 주관 부서({brief.lead_department.name})의 예산현액",
                printed=_million(whole.current),
                computed=_million(budget),
                unit="백만원",
                names=("부서의 예산현액", "사업예산"),
                hint="사업예산의 단위나 주관 부서를 확인하십시오.",
                department=brief.lead_department.slug,
                url=_url(brief.project),
            )


@integrity.register_check("projects", Source.Scope.PROJECTS, Source.Scope.EXPENDITURE, rows=[data.briefs_of])
def budget_lines(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """A project's printed budget is that of the lines that are linked to it, or somebody says why not."""
    for spending in spendings_of(snapshot, data.briefs_of(snapshot)).values():
        if spending.finding:
            yield spending.finding


def _printed(won, printed, **finding):
    number = number_in(printed)
    return integrity.condition_holds(
        number == won,
        formula=f"저장한 금액 = 원문 표기 ‘{printed}’",
        printed=None if number is None else _million(number),
        computed=_million(won),
        names=integrity.STORED,
        hint="원문 표기와 금액을 함께 고치십시오.",
        **finding,
    )


def _million(won):
    return Fraction(won) / amounts.MILLION


@integrity.register_check("projects", scope=Source.Scope.PROJECTS, rows=[data.briefs_of])
def periods(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    for brief in data.briefs_of(snapshot):
        for milestone in brief.milestones.all():
            about = {
                "subject": f"{brief.number}. {milestone.title}",
                "department": brief.lead_department.slug,
                "url": _url(brief.project),
            }
            yield from _order(milestone, f"{brief.project.slug}/{milestone.key}", about)
            yield from _within(brief, milestone, f"{brief.project.slug}/{milestone.key}", about)


def _order(milestone, key, about):
    period = milestone.period
    if period.start and period.end:
        yield integrity.condition_holds(
            not period.is_reversed,
            id=f"milestone.period/{key}",
            formula=f"시작({period.start.in_text()})이 끝({period.end.in_text()})보다 늦지 않다",
            hint="일정의 시작과 끝을 확인하십시오.",
            **about,
        )


def _within(brief, milestone, key, about):
    """A scheduled step lies inside the project's own dates, where the report gives them."""
    project, step = brief.period, milestone.period
    if milestone.is_achievement or not project or not step or step.all_year:
        return
    early = project.first() and step.first() and step.first() < project.first()
    late = project.last() and step.last() and step.last() > project.last()
    yield integrity.condition_holds(
        not (early or late),
        id=f"milestone.within/{key}",
        formula=f"일정({step.in_text()})은 사업기간({project.in_text()}) 안에 있다",
        hint="사업기간이나 일정을 확인하십시오.",
        **about,
    )


@integrity.register_check(
    "projects",
    Source.Scope.PROJECTS,
    scope=Source.Scope.INDICATORS,
    rows=[data.lead_departments, data.indicators_of, thresholds_of],
)
def indicators(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    leads, limits = data.lead_departments(snapshot), thresholds_of(snapshot)
    for entry in flat(data.indicators_of(snapshot)):
        about = _about(entry, leads)
        yield from _parts(entry, about)
        yield from _part_of_whole(entry, about)
        yield from _jumps(entry, about, limits)
        for statement in entry.series:
            yield from _statements(entry, statement, about)


def _parts(entry, about):
    parts = [child.value for child in entry.children]
    if entry.indicator.children_are_parts and parts and entry.value is not None and None not in parts:
        yield integrity.sum_holds(
            entry.value,
            sum(parts),
            id=f"indicator.sum/{entry.indicator.slug}",
            formula=f"전체 = 하위 지표 {len(parts)}개의 합",
            **about,
        )


def _part_of_whole(entry, about):
    whole = entry.parent
    if whole is None or None in (entry.value, whole.value) or entry.indicator.unit != whole.indicator.unit:
        return
    yield integrity.condition_holds(
        entry.value <= whole.value,
        id=f"indicator.part/{entry.indicator.slug}",
        formula=f"부분 ≤ 전체(‘{whole.indicator.name}’)",
        printed=whole.value,
        computed=entry.value,
        names=("전체", "부분"),
        hint="부분과 전체 가운데 잘못 적힌 값이 있는지 확인하십시오.",
        **about,
    )


def _jumps(entry, about, limits):
    """A series that jumps a thousandfold was most likely entered in another unit."""
    jump = limits[SERIES_JUMP]
    for before, after in zip(entry.series, entry.series[1:], strict=False):
        if before.value and after.value:
            yield integrity.condition_holds(
                1 / jump < abs(Fraction(after.value) / Fraction(before.value)) < jump
                and not is_off_by_places(after.value, before.value, limits[PLACES]),
                otherwise=integrity.Level.WARNING,
                id=f"indicator.jump/{entry.indicator.slug}/{after.on}",
                formula=f"앞의 값({before.on.in_text()})과 {jump}배 넘게, 또는 한 자리쯤 다르지 않다",
                printed=before.value,
                computed=after.value,
                names=(before.on.in_text(), after.on.in_text()),
                hint="값의 단위와 자릿수를 확인하십시오.",
                **about,
            )


def _statements(entry, statement, about):
    """Two statements of one quantity at one time are the same."""
    agreement = {"formula": "같은 때의 같은 값은 어디에서나 같게 적는다", **about}
    if len(statement.places) > 1 and not statement.others:
        yield integrity.condition_holds(
            True, id=f"indicator.statements/{entry.indicator.slug}/{statement.on}", **agreement
        )
    for place, value in statement.other_values:
        yield integrity.condition_holds(
            False,
            id=f"indicator.statements/{entry.indicator.slug}/{statement.on}/{place}",
            printed=statement.value,
            computed=value,
            names=(", ".join(statement.places), place),
            hint=_differently(statement.printed, dict(statement.others)[place]),
            **agreement,
        )


def _differently(first, second):
    return (
        f"한쪽에는 {quoted(first, '으로/로')}, 다른 쪽에는 {quoted(second, '으로/로')} "
        "적혀 있습니다. 어느 쪽이 맞는지 확인하십시오."
    )


@integrity.register_check(
    "projects",
    Source.Scope.PROJECTS,
    scope=Source.Scope.INDICATORS,
    rows=[data.lead_departments, data.statements_of],
)
def printed_values(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """The stored value is the number of its printed form."""
    leads = data.lead_departments(snapshot)
    for row in data.statements_of(snapshot):
        number = _number_of(row.printed)
        if number is not None:
            yield integrity.condition_holds(
                number == row.value,
                id=f"indicator.printed/{statement_key(row)}",
                subject=str(row.indicator),
                formula=f"저장한 값 = 원문 표기 ‘{row.printed}’",
                printed=number,
                computed=row.value,
                names=integrity.STORED,
                unit=row.indicator.unit,
                hint="원문 표기와 값을 함께 고치십시오.",
                department=leads.get(row.indicator.project_id, ""),
                url=place_of(row.indicator),
            )


def _number_of(printed):
    """The number that is printed, or that of the names that stand for it: `광진, 동작, 강남` is 3."""
    names = [name for name in re.split("[,、]", printed) if name.strip()]
    number = number_in(printed)
    return len(names) if number is None and len(names) > 1 else number


def statement_key(row):
    """Return a key of a measurement or target that is stable from run to run."""
    when = getattr(row, "measured_on", None) or getattr(row, "due", "")
    return f"{row._meta.model_name}/{row.indicator.slug}/{when}/{row.place}"


def _about(entry, leads):
    """What is said of every formula of an indicator; a part without a project of its own stands with its whole."""
    indicator = entry.indicator
    above = f"{entry.parent.indicator.name} › " if entry.parent else ""
    project = indicator.project_id or (entry.parent and entry.parent.indicator.project_id)
    return {
        "subject": above + indicator.name,
        "unit": indicator.unit,
        "department": leads.get(project, ""),
        "url": place_of(indicator),
    }


def place_of(indicator):
    """Return the address of the page that shows the indicator."""
    return _url(indicator.project) if indicator.project else address("projects:indicators")


def _url(project):
    return address("projects:detail", project.slug)
