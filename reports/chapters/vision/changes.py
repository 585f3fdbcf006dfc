"""The vision at two dates."""

from dataclasses import dataclass

from ...comparison.changes import (
    Counts,
    FieldChange,
    ReportPair,
    count,
    fields_that_differ,
    kind_of,
    pairs_by_key,
)
from .data import StrategyRow, VisionData, strategies_of


@dataclass(frozen=True)
class VisionChanges:
    """The statement, the values and the strategies."""

    fields: tuple[FieldChange, ...]

    @property
    def counts(self) -> Counts:
        return count(kind_of(field.before, field.after, True) for field in self.fields)


def compare(before: VisionData, after: VisionData, pair: ReportPair) -> VisionChanges:
    statements = [" ".join(vision.statement) for vision in (before, after)]
    values = [", ".join(vision.values) for vision in (before, after)]
    strategies = pairs_by_key(strategies_of(pair.before), strategies_of(pair.after), "slug")
    fields = [FieldChange("정책목표", *statements), FieldChange("핵심가치", *values)]
    for old, new in strategies:
        fields.append(FieldChange(f"추진전략 ‘{(new or old).name}’", _strategy(old), _strategy(new)))
    return VisionChanges(fields_that_differ(fields))


def _strategy(strategy: StrategyRow | None) -> str:
    """`1. 미래 스마트도시 혁신기반 구축`"""
    if strategy is None:
        return ""
    return f"{strategy.number}. {strategy.name}" if strategy.number else strategy.name
