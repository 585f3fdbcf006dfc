"""What the numbers of indicators state: measurements, targets, their dates, shares and achievement.

Identities: `measurement:<indicator>` of what its newest source states of its newest time, at the place that counts; `…@<place>` at
another place, `…@<time>` of an earlier time that the same source states beside it, so that an identity outlives the day of
a value. Likewise `measured:` for the time of a value, `target:` and `due:` (`…@<due>` where another target is due later), `share:` and
`achieved:`; `indicators:<project>/reached` counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from core.models import Source
from core.remembered.ahead import reading
from core.snapshot import Snapshot, cached_on_snapshot
from core.stated_facts import FormulaTerm, StatedFact, register_earlier_facts, register_stated_facts, stated
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import Record, day

from .. import data
from ..checks import place_of
from ..indicators.tree import Entry, entries, exact, flat, targets_summary
from ..models import Measurement, Target

SCOPES = (Source.Scope.PROJECTS, Source.Scope.INDICATORS)


@dataclass(frozen=True)
class _Statements:
    """What the newest source states of an indicator; `common` is what all its facts have."""

    entry: Entry
    common: StatedFact
    times: Sequence[Sequence[Measurement]]  # the oldest first; of each time the row that counts first

    @property
    def slug(self) -> str:
        return self.entry.indicator.slug

    def key(self, time: int, row: int) -> str:
        parts = [self.slug]
        if time < len(self.times) - 1:
            parts.append(self.times[time][0].measured_on)
        if row:
            parts.append(self.times[time][row].place)
        return "@".join(parts)

    def fact(self, identity: str, label: str = "", **fields: Any) -> StatedFact:
        """`label` goes behind the indicator's name."""
        name = f"{self.common.label} {label}".strip()
        return replace(self.common, identity=identity, label=name, **fields)


@cached_on_snapshot
@reading(data.statements_of, data.lead_departments)
def _statements(snapshot: Snapshot) -> list[_Statements]:
    source = snapshot.source(Source.Scope.INDICATORS)
    rows = data.statements_of(snapshot)
    measurements = [row for row in rows if isinstance(row, Measurement)]
    targets = [row for row in rows if isinstance(row, Target)]
    leads = data.lead_departments(snapshot)
    by_indicator: dict[int, dict[str, list[Measurement]]] = {}
    for row in measurements:
        by_indicator.setdefault(row.indicator_id, {}).setdefault(row.measured_on, []).append(row)
    found = []
    for entry in flat(entries(measurements, targets, [source] if source else [])):
        times = by_indicator.get(entry.indicator.pk, {})
        order = sorted(times, key=lambda on: (PartialDate.parse(on).last(), PartialDate.parse(on).first()))
        found.append(_Statements(entry, _common(entry, source, leads), [times[on] for on in order]))
    return found


def _common(entry: Entry, source: Source | None, leads: dict[int, str]) -> StatedFact:
    above = [entry]
    while above[-1].parent:
        above.append(above[-1].parent)
    project = next((place.indicator.project for place in above if place.indicator.project), None)
    names = [place.indicator.name for place in above]
    return StatedFact(
        "",
        " › ".join(reversed(names)),
        unit=entry.indicator.unit,
        source=source,
        words=(*names, *([project.name] if project else [])),
        project=project.slug if project else "",
        department=leads.get(project.pk, "") if project else "",
        url=place_of(entry.indicator),
    )


def _day(row: Measurement) -> str:
    return row.measured_printed or PartialDate.parse(row.measured_on).full()


@register_stated_facts("measurement", *SCOPES)
@reading(_statements)
def measurements(snapshot: Snapshot) -> Iterator[StatedFact]:
    for indicator in _statements(snapshot):
        for time, rows in enumerate(indicator.times):
            for number, row in enumerate(rows):
                is_newest = time == len(indicator.times) - 1
                yield _measurement(indicator, row, indicator.key(time, number), is_newest and not number)


def _measurement(indicator: _Statements, row: Measurement, key: str, counts: bool) -> StatedFact:
    """`counts`: whether it is what pages show as the indicator's figure, which its parts add up to."""
    entry = indicator.entry
    parts = entry.children if counts and entry.indicator.children_are_parts else []
    is_sum = bool(parts) and all(part.value is not None for part in parts)
    return indicator.fact(
        f"measurement:{key}",
        value=Decimal(exact(row.value)),
        figure=entry.figure if is_sum else ReportedFigure(row.value, row.value),
        printed=row.printed,
        on=_day(row),
        record=Record(Measurement, row.pk, "value"),
        formula=f"{entry.indicator.name} = 하위 지표 {len(parts)}개의 합" if is_sum else "",
        terms=tuple(FormulaTerm(f"measurement:{part.indicator.slug}") for part in parts) if is_sum else (),
    )


@register_stated_facts("measured", *SCOPES)
@reading(_statements)
def measured(snapshot: Snapshot) -> Iterator[StatedFact]:
    """The times of values."""
    for indicator in _statements(snapshot):
        for time, (row, *_) in enumerate(indicator.times):
            yield _measured(indicator, row, indicator.key(time, 0))


def _measured(indicator: _Statements, row: Measurement, key: str) -> StatedFact:
    return indicator.fact(
        f"measured:{key}",
        "값의 때",
        period=PartialDate.parse(row.measured_on),
        unit="",
        printed=row.measured_printed,
        on=_day(row),
        record=Record(Measurement, row.pk, "measured_on"),
    )


@cached_on_snapshot
def _earlier(snapshot: Snapshot) -> list[tuple[_Statements, Measurement, str]]:
    """The times of series that older sources state, with their keys; of each time the row of the newest of them."""
    sources = snapshot.sources_of(Source.Scope.INDICATORS)[1:]
    known = {indicator.entry.indicator.pk: indicator for indicator in _statements(snapshot)}
    ranks = {source.pk: rank for rank, source in enumerate(sources)}
    rows = Measurement.objects.of_sources(sources).with_indicators().filter(indicator__in=known)
    counted: dict[str, tuple[_Statements, Measurement, str]] = {}
    for row in sorted(rows, key=lambda row: (ranks[row.source_id], row.pk)):
        indicator, source = known[row.indicator_id], sources[ranks[row.source_id]]
        own = replace(indicator, common=replace(indicator.common, source=source))
        key = f"{indicator.slug}@{row.measured_on}"
        counted.setdefault(key, (own, row, key))
    return list(counted.values())


@register_earlier_facts("measurement")
def earlier_measurements(snapshot: Snapshot) -> Iterator[StatedFact]:
    for indicator, row, key in _earlier(snapshot):
        yield _measurement(indicator, row, key, counts=False)


@register_earlier_facts("measured")
def measured_earlier(snapshot: Snapshot) -> Iterator[StatedFact]:
    for indicator, row, key in _earlier(snapshot):
        yield _measured(indicator, row, key)


def _targets(indicator: _Statements) -> Iterator[tuple[str, Target]]:
    for target in indicator.entry.targets:
        is_last = target is indicator.entry.target
        yield indicator.slug if is_last else f"{indicator.slug}@{target.due}", target


@register_stated_facts("target", *SCOPES)
@reading(_statements)
def targets(snapshot: Snapshot) -> Iterator[StatedFact]:
    for indicator in _statements(snapshot):
        for key, row in _targets(indicator):
            yield indicator.fact(
                f"target:{key}",
                "목표",
                value=Decimal(exact(row.value)),
                figure=ReportedFigure(row.value, row.value),
                printed=row.printed,
                on=f"{PartialDate.parse(row.due).in_text()}까지" if row.due else "",
                record=Record(Target, row.pk, "value"),
            )


@register_stated_facts("due", *SCOPES)
@reading(_statements)
def due_dates(snapshot: Snapshot) -> Iterator[StatedFact]:
    for indicator in _statements(snapshot):
        for key, row in _targets(indicator):
            if row.due:
                yield indicator.fact(
                    f"due:{key}",
                    "목표의 기한",
                    period=PartialDate.parse(row.due),
                    unit="",
                    record=Record(Target, row.pk, "due"),
                )


@register_stated_facts("share", *SCOPES)
@reading(_statements)
def shares(snapshot: Snapshot) -> Iterator[StatedFact]:
    for indicator in _statements(snapshot):
        if (share := indicator.entry.share) is not None:
            whole = indicator.entry.whole.indicator
            formula = f"비중 = 값 ÷ {whole.name} × 100"
            yield _rate(indicator, "share", "비중", share, formula, f"measurement:{whole.slug}")


@register_stated_facts("achieved", *SCOPES)
@reading(_statements)
def achievements(snapshot: Snapshot) -> Iterator[StatedFact]:
    for indicator in _statements(snapshot):
        if (achieved := indicator.entry.achieved) is not None:
            target = f"target:{indicator.slug}"
            yield _rate(indicator, "achieved", "달성률", achieved, "달성률 = 값 ÷ 목표 × 100", target)


def _rate(
    indicator: _Statements, kind: str, label: str, rate: Fraction, formula: str, whole: str
) -> StatedFact:
    """Of the newest value in `whole`, an identity."""
    parts = tuple(dict.fromkeys((f"measurement:{indicator.slug}", whole)))
    figure = stated(ReportedFigure(rate), "%")
    on = _day(indicator.times[-1][0])
    return indicator.fact(f"{kind}:{indicator.slug}", label, on=on, formula=formula, parts=parts, **figure)


@register_stated_facts("indicators", *SCOPES)
@reading(_statements)
def summaries(snapshot: Snapshot) -> Iterator[StatedFact]:
    """How many indicators each project has and all have, with a target, at it, and with values that disagree."""
    roots = [indicator for indicator in _statements(snapshot) if indicator.entry.parent is None]
    own: dict[str, list[_Statements]] = {"": roots} if roots else {}
    for root in roots:
        if root.common.project:
            own.setdefault(root.common.project, []).append(root)
    for project, known in own.items():
        summary, common = targets_summary(root.entry for root in known), known[0].common
        if not project:
            common = replace(common, project="", department="", words=("모든 사업과 용어",))
        for key, label in (
            ("indicators", "지표 수"),
            ("targets", "목표 있는 지표 수"),
            ("reached", "목표를 이룬 지표 수"),
            ("disagreeing", "값이 어긋난 지표 수"),
        ):
            yield replace(
                common,
                **stated(ReportedFigure(getattr(summary, key)), "개"),
                identity=f"indicators:{project}/{key}",
                label=f"{common.words[-1]} {label}",
                on=day(common.source.as_of) if common.source else "",
                words=(common.words[-1], label),
            )
