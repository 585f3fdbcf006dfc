"""The targets that the report sets, each beside the last value that it gives."""

from dataclasses import dataclass
from fractions import Fraction

from ..chapters.indicators.data import IndicatorRow, IndicatorsData

MOST = 5


@dataclass(frozen=True)
class Bullet:
    """`share`: the last value as a share of the target, at most 1; None where there is no value or it is not counted up to it."""

    name: str
    target: str
    value: str
    share: Fraction | None


def targets(data: IndicatorsData) -> tuple[list[Bullet], int]:
    """The first of them in the order of the report, and how many there are."""
    found = [row for row in data.indicators if row.targets]
    return [_bullet(row) for row in found[:MOST]], len(found)


def _bullet(row: IndicatorRow) -> Bullet:
    target, last = (
        max(row.targets, key=lambda target: str(target.due or "9999")),
        row.series[-1] if row.series else None,
    )
    share = None
    if last and target.value > 0 and last.value >= 0:
        share = min(Fraction(last.value) / Fraction(target.value), Fraction(1))
    return Bullet(
        row.name, target.text, f"{last.printed}({last.when})" if last else "보고서에 값 없음", share
    )
