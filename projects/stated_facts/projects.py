"""What the numbers of projects state: budgets by source of money, periods, and counts of lists.

Identities: `project_budget:<project>` (`project_budget:/` of all), `funding:<project>/<source of money>`, `project_period:<project>`,
`milestone:<project>/<key>`, `count:projects`, `count:projects/<unit>`, `count:strategy/<strategy>`, `count:milestones/<project>[/<status>]`,
`count:children/<indicator>`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from core.models import Source
from core.remembered.ahead import reading
from core.snapshot import Snapshot, address, cached_on_snapshot
from core.stated_facts import FormulaTerm, StatedFact, register_stated_facts, stated
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import STATUSES, Record, day

from .. import data
from ..milestones.progress import milestones_on, progress_of
from ..models import Brief, Funding, Milestone
from ..portfolio import STATUS_KEYS

WON = "원"
SCOPES = (Source.Scope.PROJECTS, Source.Scope.INDICATORS, Source.Scope.VISION)


@cached_on_snapshot
@reading(data.briefs_of)
def _briefs(snapshot: Snapshot) -> list[tuple[Brief, StatedFact]]:
    """Briefs, each with what all its facts have."""
    source = snapshot.source(Source.Scope.PROJECTS)
    return [
        (
            brief,
            StatedFact(
                "",
                brief.title,
                on=day(source.as_of),
                source=source,
                words=(brief.title,),
                project=brief.project.slug,
                department=brief.lead_department.slug,
                url=address("projects:detail", brief.project.slug),
            ),
        )
        for brief in data.briefs_of(snapshot)
    ]


@register_stated_facts("project_budget", *SCOPES)
@reading(_briefs)
def budgets(snapshot: Snapshot) -> Iterator[StatedFact]:
    known = [(brief, fact) for brief, fact in _briefs(snapshot) if brief.budget is not None]
    for brief, fact in known:
        parts = list(brief.fundings.all())
        total = sum(part.amount for part in parts) if parts else brief.budget
        yield replace(
            fact,
            **stated(ReportedFigure(total, brief.budget), WON) | {"printed": brief.budget_printed},
            identity=f"project_budget:{fact.project}",
            label=f"{fact.label} 사업예산",
            record=Record(Brief, brief.pk, "budget"),
            words=(*fact.words, "사업예산"),
            formula=f"사업예산 = 재원 {len(parts)}가지의 합" if parts else "",
            terms=tuple(FormulaTerm(f"funding:{fact.project}/{part.name}") for part in parts),
        )
    if known:
        yield replace(
            known[0][1],
            **stated(ReportedFigure(sum(brief.budget or 0 for brief, _ in known)), WON),
            identity="project_budget:/",
            label="주요 사업 사업예산의 합",
            words=("주요 사업", "사업예산"),
            project="",
            department="",
            formula=f"주요 사업 {len(known)}건의 합",
            terms=tuple(FormulaTerm(f"project_budget:{fact.project}") for _, fact in known),
            url=address("projects:list"),
        )


@register_stated_facts("funding", *SCOPES)
@reading(_briefs)
def fundings(snapshot: Snapshot) -> Iterator[StatedFact]:
    for brief, fact in _briefs(snapshot):
        for part in brief.fundings.all():
            yield replace(
                fact,
                **stated(ReportedFigure(part.amount), WON) | {"printed": part.printed},
                identity=f"funding:{fact.project}/{part.name}",
                label=f"{fact.label} 사업예산({part.name})",
                record=Record(Funding, part.pk, "amount"),
                words=(*fact.words, part.name),
            )


@register_stated_facts("project_period", *SCOPES)
@reading(_briefs)
def periods(snapshot: Snapshot) -> Iterator[StatedFact]:
    for brief, fact in _briefs(snapshot):
        if brief.period:
            yield replace(
                fact,
                identity=f"project_period:{fact.project}",
                label=f"{fact.label} 사업기간",
                period=brief.period,
                record=Record(Brief, brief.pk, "start"),
            )


@register_stated_facts("milestone", *SCOPES)
@reading(_briefs)
def milestones(snapshot: Snapshot) -> Iterator[StatedFact]:
    """The periods of steps."""
    for brief, fact in _briefs(snapshot):
        for step in brief.milestones.all():
            if step.is_dated:
                yield replace(
                    fact,
                    identity=f"milestone:{fact.project}/{step.key}",
                    label=f"{step.title} 기간",
                    period=step.period,
                    printed=step.period_printed,
                    record=Record(Milestone, step.pk, "start"),
                    words=(step.title, *fact.words),
                )


@register_stated_facts("count", *SCOPES)
@reading(_briefs, data.vision_of, data.statements_of)
def counts(snapshot: Snapshot) -> Iterator[StatedFact]:
    """How many there are of what pages count."""
    briefs = _briefs(snapshot)
    if briefs:
        whole = replace(briefs[0][1], project="", department="", url=address("projects:list"))
        yield _count(whole, "projects", "주요 사업", len(briefs), "건")
        led = Counter(brief.lead_department for brief, _ in briefs)
        for unit, number in led.items():
            fact = replace(whole, department=unit.slug)
            yield _count(fact, f"projects/{unit.slug}", f"{unit.name} 주요 사업", number, "건")
        for strategy, number in Counter(brief.strategy for brief, _ in briefs if brief.strategy).items():
            yield _count(whole, f"strategy/{strategy.slug}", f"{strategy.name} 사업", number, "건")
        yield from _steps(snapshot, briefs)
    if vision := data.vision_of(snapshot):
        source = snapshot.source(Source.Scope.VISION)
        fact = StatedFact("", "", on=day(source.as_of), source=source, url=address("projects:list"))
        yield _count(fact, "strategies", "추진전략", len(vision.strategies.all()), "개")
        yield _count(fact, "values", "핵심가치", len(vision.values.all()), "개")
    if statements := data.statements_of(snapshot):
        source = snapshot.source(Source.Scope.INDICATORS)
        fact = StatedFact("", "", on=day(source.as_of), source=source, url=address("projects:indicators"))
        found = {row.indicator_id: row.indicator for row in statements}
        yield _count(fact, "indicators", "지표", len(found), "개")
        for parent, number in Counter(indicator.parent_id for indicator in found.values()).items():
            if above := found.get(parent):
                yield _count(fact, f"children/{above.slug}", f"{above.name} 하위 지표", number, "개")


def _steps(snapshot: Snapshot, briefs: list[tuple[Brief, StatedFact]]) -> Iterator[StatedFact]:
    """Milestones of each project, and of each status as it is judged on the date."""
    judged_on = snapshot.judged_on(Source.Scope.PROJECTS)
    if judged_on is None:
        return
    for brief, fact in briefs:
        states, name = milestones_on([brief], judged_on), f"{fact.label} 실적·일정"
        progress, key = progress_of(states), f"milestones/{fact.project}"
        yield _count(fact, key, name, len(states), "건")
        for status in STATUS_KEYS:
            label = f"{name}({STATUSES[status]})"
            yield _count(fact, f"{key}/{status}", label, getattr(progress, status), "건")


def _count(fact: StatedFact, key: str, label: str, number: int, unit: str) -> StatedFact:
    return replace(
        fact,
        identity=f"count:{key}",
        label=f"{label} 수",
        value=Decimal(number),
        unit=unit,
        figure=ReportedFigure(number),
        words=(label,),
    )
