"""Whether each row says what the newest record of its changes says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Exists, OuterRef, QuerySet

from ..models.changes import ChangeRecord
from .changes import shown_value
from .imported_rows import ImportedStates, baselines, unsettled_sources
from .recording import recorded_state, tracked_models
from .states import State, linked_keys, python_value, tracked_fields
from .verification import Discrepancy, Verified

if TYPE_CHECKING:
    from ..models.tracked import TrackedModel

AT_ONCE = 2_000
AT_MOST = 100  # looks at a row that is written all the while
NOTHING = "없음"
LONG = 60
UNRECORDED = "바뀐 내역이 없습니다. 프로그램을 거치지 않고 넣은 줄입니다."
GONE = "바뀐 내역에는 있는데 줄이 없습니다. 프로그램을 거치지 않고 지웠습니다."
DIFFERS = "바뀐 내역에는 {}, 지금은 {}입니다."


def verify_stored_facts(verified: Verified) -> Iterator[Discrepancy]:
    imported = ImportedStates()
    yield from imported.broken
    for model in tracked_models():
        yield from verify_rows(model, imported, verified)
    yield from imported.gone()


def verify_rows(
    model: type[TrackedModel], imported: ImportedStates, verified: Verified
) -> Iterator[Discrepancy]:
    """Of one model: those that are there, then those that are gone."""
    rows, last = model._base_manager.order_by("pk").annotate(stored=recorded_state(model)), 0
    while batch := dict(rows.filter(pk__gt=last).values_list("pk", "stored")[:AT_ONCE]):
        newest = ChangeRecord.objects.newest_ids(model, batch)
        records = ChangeRecord.objects.in_bulk(list(newest.values()))
        kept = imported.states(model, {key: batch[key] for key in batch.keys() - newest.keys()})
        for key, stored in batch.items():
            record = records.get(newest.get(key, 0))
            known = record.after if record else kept.get(key)
            name = record.name if record else f"#{key}"
            if any(_row(model, name, known, stored)):
                yield from _once_more(model, key, kept.get(key))
        yield from _baselines(model, imported, batch)
        verified.number += len(batch)
        last = max(batch)
    yield from (Discrepancy(_subject(model), record.name, GONE) for record in _gone(model))


def _once_more(model: type[TrackedModel], key: int, kept: State | None) -> Iterator[Discrepancy]:
    """Of a row that was not as it should be: it may have been written, or be coming in by a file, while this looked at it."""
    rows = model._base_manager.filter(pk=key).order_by(
        "pk"
    )  # no table joined: what a link leads to may be gone
    records = ChangeRecord.objects.of(model).filter(object_id=key).order_by("pk")
    record, looks = records.last(), AT_MOST
    while looks:  # until no record came in between
        stored = rows.annotate(stored=recorded_state(model)).values_list("stored", flat=True).first()
        earlier, record = record, records.last()
        looks = 0 if record == earlier else looks - 1
    known = record.after if record else kept
    if stored is not None and (known is not None or not _is_unsettled(model, rows)):
        yield from _row(model, record.name if record else f"#{key}", known, stored)


def _is_unsettled(model: type[TrackedModel], rows: QuerySet[TrackedModel]) -> bool:
    sources = unsettled_sources()
    paths = filter(None, (model.source_path(), *model.source_paths)) if sources else ()
    return any(rows.filter(**{f"{path}__in": sources}).exists() for path in paths)


def _row(model: type[TrackedModel], name: str, known: State | None, stored: State) -> Iterator[Discrepancy]:
    if known is None:
        yield Discrepancy(_subject(model), name, UNRECORDED)
    elif known != stored:
        yield from differences(model, name, known, stored)


def _baselines(
    model: type[TrackedModel], imported: ImportedStates, keys: Iterable[int]
) -> Iterator[Discrepancy]:
    """What came by file and was changed past the program before somebody changed it by the program."""
    if model._meta.label_lower not in imported.labels():
        return
    records = {record.object_id: record for record in baselines(model, keys)}
    firsts = {key: cast(State, record.after) for key, record in records.items()}
    for key, kept in imported.states(model, firsts).items():
        yield from differences(model, records[key].name, kept, firsts[key])


def differences(model: type[TrackedModel], name: str, known: State, stored: State) -> Iterator[Discrepancy]:
    """The fields of a row whose stored value is not the recorded one; what a record of earlier days does not know is left out."""
    for field in (*tracked_fields(model), *model._meta.many_to_many):
        key = field.name if field.many_to_many else field.attname
        if key not in known:
            continue
        was, now = _value(field, known), _value(field, stored)
        if was != now:
            shown = DIFFERS.format(_shown(field, was, now), _shown(field, now, was))
            yield Discrepancy(_subject(model), name, shown, str(field.verbose_name))


def _value(field: Any, state: State) -> Any:
    return linked_keys(field, state) if field.many_to_many else python_value(field, state)


def _shown(field: Any, value: Any, other: Any) -> str:
    """In words; of a long text what lies around its first difference."""
    if field.is_relation:
        keys = value if field.many_to_many else [value] if value is not None else []
        return ", ".join(f"#{key}" for key in keys) or NOTHING
    try:
        text, compared = shown_value(field, value), shown_value(field, other)
    except (
        LookupError,
        TypeError,
        ValueError,
    ):  # what somebody has put there past the program may be no value of the field
        text = compared = ""
    if text == compared:
        text, compared = repr(value), repr(other)
    if len(text) > LONG:
        pairs = enumerate(zip(text, compared, strict=False))
        first = next((place for place, (a, b) in pairs if a != b), min(len(text), len(compared)))
        start = max(0, first - LONG // 3)
        text = f"{'…' if start else ''}{text[start : start + LONG]}…"
    return f"‘{text}’" if text else NOTHING


def _gone(model: type[TrackedModel]) -> Iterator[ChangeRecord]:
    of_object = ChangeRecord.objects.of(model).order_by().filter(object_id=OuterRef("object_id"))
    present = model._base_manager.filter(pk=OuterRef("object_id"))
    records = ChangeRecord.objects.of(model).filter(after__isnull=False)
    later = of_object.filter(pk__gt=OuterRef("pk"))
    return records.exclude(Exists(present)).exclude(Exists(later)).defer("before").iterator(AT_ONCE)


def _subject(model: type[TrackedModel]) -> str:
    return str(model._meta.verbose_name)
