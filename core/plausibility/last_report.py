"""What the report before says of the same: the source of the same limits before one's own, and its row of the same lasting key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import attrgetter
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q

from seoul_digital.lib.slips import Slip, slip_between
from seoul_digital.lib.tables import day

from ..models import NaturalKeyModel, Source
from .rules import remembered
from .thresholds import PLACES, register_threshold, thresholds

LIMITS = ("scope", "fiscal_year", "department_id", "account", "budget_kind")
SLIP_LEAST = register_threshold(
    "slip-least",
    "숫자를 잘못 적었는지 묻는 가장 작은 값",
    10,
    "",
    "지난 보고와 이번 값이 모두 이보다 작으면 숫자가 바뀌거나 빠졌는지 묻지 않습니다.",
)


@dataclass(frozen=True)
class LastRow:
    """What the last report says of a row: its values by the fields' names."""

    source: Source
    values: Mapping[str, Any]

    def says(self, value: str) -> str:
        return f"지난 보고({day(self.source.as_of)})에는 {value}"


def source_of(row: NaturalKeyModel) -> Source | None:
    """The row's source; None while nobody has said which."""
    try:
        source: Source = attrgetter(row.source_path().replace("__", "."))(row)
    except ObjectDoesNotExist:
        return None
    return source


def last_source(source: Source | None) -> Source | None:
    """The newest in force of the same limits before it; of a draft also that of its own date, which it corrects."""
    if source is None or not source.bureau_id:
        return None
    return remembered(("last source", source.pk, source.as_of), lambda: _last_source(source))


def _last_source(source: Source) -> Source | None:
    before = Q(as_of__lt=source.as_of)
    if source.state == Source.State.DRAFT:
        before |= Q(as_of=source.as_of)
    limits = {name: getattr(source, name) for name in LIMITS}
    known = Source.objects.in_force().of_lineage(source.bureau).filter(before, **limits)
    found: Source | None = known.exclude(pk=source.pk).newest_first().first()
    return found


def last_row(row: NaturalKeyModel, *names: str) -> LastRow | None:
    """Of several that only their dates tell apart, the newest."""
    source = last_source(source_of(row))
    if source is None:
        return None
    key = {path: reduce(getattr, path.split("__"), row) for path in type(row).lasting_fields()}
    rows = type(row)._default_manager.filter(**{row.source_path(): source}, **key)
    found = rows.values(*names).last()
    return LastRow(source, found) if found else None


def stored_values(row: NaturalKeyModel, *names: str) -> Mapping[str, Any]:
    """What is stored of the row before it is saved; nothing of a new one. A file's row brings it along."""
    if "stored_before" in vars(row):
        before = vars(row)["stored_before"]
        return {name: getattr(before, name) for name in names} if before else {}
    stored = type(row)._base_manager.filter(pk=row.pk).values(*names).first() if row.pk else None
    return stored or {}


def changed_fields(row: NaturalKeyModel, *names: str) -> list[str]:
    """Those that somebody filled in otherwise than they are stored."""
    stored = stored_values(row, *names)
    values = ((name, getattr(row, name)) for name in names)
    return [name for name, value in values if value not in (None, "") and value != stored.get(name)]


def slip_doubts(row: NaturalKeyModel, shown: Mapping[str, Any]) -> Iterator[str]:
    """Numbers that were typed otherwise than the last report has them, and smell of a slip. `shown` gives words for a field's value."""
    changed = changed_fields(row, *shown)
    last = last_row(row, *changed) if changed else None
    for name in changed if last else ():
        new, old = getattr(row, name), last.values[name]
        slip = None if old is None else likely_slip(old, new)
        if slip:
            label, show = label_of(row, name), shown[name]
            yield slip_sentence(f"{label} {show(new)}", last.says(show(old)), slip)


def slip_sentence(subject: str, before: str, slip: Slip) -> str:
    return f"{subject}: {before}입니다. {slip.words} 것이 아닌지 확인하십시오."


def likely_slip(old: Any, new: Any) -> Slip | None:
    limits = thresholds()
    if max(abs(old), abs(new)) < limits[SLIP_LEAST]:
        return None
    return slip_between(old, new, limits[PLACES])


def label_of(row: NaturalKeyModel, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name).removesuffix("(원)")
