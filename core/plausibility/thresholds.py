"""From where on a number is doubted: kinds that the apps register, with values that administrators may change."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS

from ..audit.context import change_reason
from ..models import Threshold
from ..remembered.ahead import reading, rows_of_snapshot
from ..snapshot import Snapshot, remembered_on_snapshot
from .rules import remembered


@dataclass(frozen=True)
class ThresholdKind:
    """`value` is what holds until somebody chooses another."""

    kind: str
    name: str
    value: int | str
    unit: str
    note: str


_kinds: dict[str, ThresholdKind] = {}


def register_threshold(kind: str, name: str, value: int | str, unit: str, note: str) -> str:
    """Gives the kind, to ask for its value by."""
    _kinds[kind] = ThresholdKind(kind, name, value, unit, note)
    return kind


def thresholds() -> Mapping[str, Fraction]:
    """The values of all kinds: one query, of rules about many rows one for all."""
    stored = remembered(Threshold, lambda: dict(Threshold.objects.values_list("kind", "value")))
    return _with_usual(stored)


def _with_usual(stored: Mapping[str, Any]) -> Mapping[str, Fraction]:
    return {name: Fraction(stored.get(name, kind.value)) for name, kind in _kinds.items()}


@rows_of_snapshot
def _stored(snapshot: Snapshot) -> Any:
    return Threshold.objects.values_list("kind", "value")


@remembered_on_snapshot
@reading(_stored)
def thresholds_of(snapshot: Snapshot) -> Mapping[str, Fraction]:
    """The same, asked for once by all checks of a snapshot."""
    return _with_usual(dict(_stored(snapshot)))


def install_thresholds(app_config: AppConfig, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Receives `post_migrate`: a row for every kind that has none. A value that somebody chose stays."""
    rows = Threshold.objects.using(using)
    known = set(rows.values_list("kind", flat=True))
    with change_reason("처음 정한 점검 기준"):
        for kind in _kinds.values():
            if kind.kind not in known:
                rows.create(kind=kind.kind, name=kind.name, value=kind.value, unit=kind.unit, note=kind.note)


PLACES = register_threshold(
    "place-tolerance",
    "자릿수가 다른 값으로 보는 폭",
    "1.25",
    "배",
    "두 값이 10배, 100배…에서 이 폭 안이면 자릿수를 잘못 적은 것으로 봅니다.",
)
