"""Indicators at two dates, matched by slug: the newest figure, its target, and earlier figures that were put right."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from ...comparison.changes import (
    Counts,
    FieldChange,
    Kind,
    ReportPair,
    count,
    fields_that_differ,
    kind_of,
    pairs_by_key,
)
from .data import IndicatorRow, IndicatorsData, MeasuredFigure


@dataclass(frozen=True)
class IndicatorChange:
    """`revised`: figures of a time that both reports know, given otherwise in the later; `fields`: name, unit, target."""

    kind: Kind
    before: IndicatorRow | None
    after: IndicatorRow | None
    fields: tuple[FieldChange, ...] = ()
    revised: tuple[FieldChange, ...] = ()

    @property
    def indicator(self) -> IndicatorRow:
        return cast(IndicatorRow, self.after or self.before)

    @property
    def old(self) -> MeasuredFigure | None:
        return newest(self.before)

    @property
    def new(self) -> MeasuredFigure | None:
        return newest(self.after)

    @property
    def difference(self) -> Decimal | None:
        """None where either is unknown or they are not of one unit."""
        if self.old is None or self.new is None or self.before.unit != self.after.unit:
            return None
        return self.new.value - self.old.value


def newest(indicator: IndicatorRow | None) -> MeasuredFigure | None:
    return indicator.series[-1] if indicator and indicator.series else None


@dataclass(frozen=True)
class IndicatorChanges:
    indicators: tuple[IndicatorChange, ...]

    @property
    def shown(self) -> list[IndicatorChange]:
        return [change for change in self.indicators if change.kind is not Kind.SAME]

    @property
    def counts(self) -> Counts:
        return count(change.kind for change in self.indicators)

    def name_of(self, change: IndicatorChange) -> str:
        """Under the names of those that it is told under: `공공와이파이 운영현황 › 고정형 › 주요거리`."""
        known = {other.indicator.slug: other.indicator for other in self.indicators}
        names: list[str] = []
        indicator: IndicatorRow | None = change.indicator
        while indicator and indicator.name not in names:
            names.insert(0, indicator.name)
            indicator = known.get(indicator.parent)
        return " › ".join(names)


def compare(before: IndicatorsData, after: IndicatorsData, pair: ReportPair) -> IndicatorChanges:
    pairs = pairs_by_key(before.indicators, after.indicators, "slug")
    return IndicatorChanges(tuple(_indicator(old, new) for old, new in pairs))


def _indicator(old: IndicatorRow | None, new: IndicatorRow | None) -> IndicatorChange:
    if old is None or new is None:
        return IndicatorChange(kind_of(old, new, True), old, new)
    fields = fields_that_differ(
        [
            FieldChange("이름", old.name, new.name),
            FieldChange("단위", old.unit, new.unit),
            FieldChange("목표", _targets(old), _targets(new)),
        ]
    )
    revised = tuple(_revised(old, new))
    differs = bool(fields or revised or _measured(newest(old)) != _measured(newest(new)))
    return IndicatorChange(kind_of(old, new, differs), old, new, fields, revised)


def _measured(figure: MeasuredFigure | None) -> tuple | None:
    """The same figure measured at another time is a change too."""
    return (figure.on, *_values(figure)) if figure else None


def _values(figure: MeasuredFigure) -> tuple:
    return figure.value, figure.printed, figure.others


def _targets(indicator: IndicatorRow) -> str:
    return ", ".join(target.text for target in indicator.targets)


def _revised(old: IndicatorRow, new: IndicatorRow) -> Iterable[FieldChange]:
    """Earlier times only: the newest figure is told by itself."""
    for before, after in pairs_by_key(old.series, new.series, "on"):
        is_newest = before is newest(old) and after is newest(new)
        if before and after and not is_newest and _values(before) != _values(after):
            yield FieldChange(after.when, before.printed, after.printed)
