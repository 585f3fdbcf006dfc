"""Changes as people read them: who did what to which object, and each field's old and new value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import SequenceMatcher
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from seoul_digital.lib import amounts, tables
from seoul_digital.lib.fields import PartialDateField
from seoul_digital.lib.language import in_korean
from seoul_digital.lib.periods import full_text

from ..bureau_names import bureau_name, has_several_bureaus
from ..models import Source
from ..models.changes import ChangeRecord
from ..models.mentions import MentionsField
from ..remembered.together import SharedQuery, ask, read_together
from .recording import is_tracked
from .states import State, instance_of, linked_keys, python_value, tracked_fields

if TYPE_CHECKING:
    from django.contrib.auth.models import Group, Permission

    from ..models.tracked import TrackedModel

NOBODY = gettext_noop("명령")  # a command such as `seed`, with nobody signed in
LONG = 60  # characters of a value that is compared line by line
Key = tuple[type[models.Model], int]


@dataclass(frozen=True)
class ChangedField:
    """`lines` are the changed lines of a long text, each with its mark: `-` gone, `+` new."""

    label: str
    old: str
    new: str
    lines: Sequence[tuple[str, str]] = ()

    @classmethod
    def of(cls, label: str, old: str, new: str, is_text: bool = True) -> ChangedField:
        is_compared = is_text and old and new and is_long(old, new)
        return cls(label, old, new, tuple(line_changes(old, new)) if is_compared else ())


@dataclass(frozen=True)
class Change:
    """`instance` is the object as it was after the change, or before it was deleted; `is_gone` says that it is deleted now.

    `bureau` is the name of the bureau that it is of, where there are several.
    """

    record: ChangeRecord
    model: type[TrackedModel]
    instance: models.Model
    name: str
    fields: Sequence[ChangedField]
    is_gone: bool
    bureau: str = ""

    @property
    def at(self) -> datetime:
        return self.record.at

    @property
    def kind(self) -> str:
        return self.record.kind

    @property
    def kind_label(self) -> str:
        return self.record.kind_label

    @property
    def model_label(self) -> str:
        return f"{self.bureau} {self.model._meta.verbose_name}".strip()

    @property
    def when(self) -> str:
        return moment(self.at)

    @property
    def who(self) -> str:
        return self.record.user_name or gettext(NOBODY)

    @property
    def reason(self) -> str:
        return self.record.reason

    @property
    def unchanged_note(self) -> str:
        """What is said where no tracked value has changed."""
        if self.model.untracked_fields:
            return "비밀번호처럼 값을 남기지 않는 항목이 바뀌었거나, 바뀐 값이 없습니다."
        return "바뀐 값이 없습니다."


@in_korean()
def changes(records: Iterable[ChangeRecord]) -> list[Change]:
    """The changes that the records tell of, in their order; a few queries for any number."""
    listed = list(records)
    sources = {record.source_id for record in listed} - {None} if has_several_bureaus() else ()
    of_sources = Source._base_manager.filter(pk__in=sources).order_by()
    bureaus = SharedQuery(of_sources.values_list("pk", "bureau"))
    names = RecordNames(listed, [bureaus])
    bureau_of = dict(bureaus.answer())
    return [
        Change(
            record,
            record.model_class,
            instance := instance_of(record),
            record.name,
            field_changes(record.model_class, record.before, record.after, names),
            names.is_gone(record),
            bureau_name(instance.__dict__.get("bureau_id") or bureau_of.get(record.source_id)),
        )
        for record in listed
    ]


def difference(current: ChangeRecord, wanted: ChangeRecord) -> list[ChangedField]:
    """What putting an object back to a record would change."""
    return field_changes(current.model_class, current.after, wanted.state, RecordNames([current, wanted]))


def field_changes(
    model: type[TrackedModel], old: State | None, new: State | None, names: RecordNames
) -> list[ChangedField]:
    """The fields whose shown value differs; `old` or `new` is None where the object was not there."""
    shown_fields = [
        (field, shown(field, old, names), shown(field, new, names))
        for field in (*tracked_fields(model), *model._meta.many_to_many)
        if not field.primary_key
    ]
    return [
        ChangedField.of(
            str(field.verbose_name),
            was,
            now,
            isinstance(field, models.TextField | models.CharField | MentionsField) and not field.choices,
        )
        for field, was, now in shown_fields
        if was != now
    ]


class RecordNames:
    """What the objects are called that records speak of: as their newest records say, or as they are. `also` is asked by the same query."""

    def __init__(self, records: Sequence[ChangeRecord], also: Sequence[SharedQuery] = ()):
        keys = {(record.model_class, record.object_id) for record in records}
        keys |= {
            key
            for record in records
            for state in (record.before, record.after)
            for key in _references(record, state)
        }
        query = SharedQuery(_newest_records(keys))
        ask([query, *also])
        newest = {(record.model_class, record.object_id): record for record in query.answer()}
        self._gone = {key for key, record in newest.items() if record.kind == ChangeRecord.Kind.DELETED}
        self._names = {key: record.name for key, record in newest.items()} | _present_names(
            keys - newest.keys()
        )

    def of(self, model: type[models.Model], key: int) -> str:
        return self._names.get((model, key), f"#{key}")

    def is_gone(self, record: ChangeRecord) -> bool:
        return (record.model_class, record.object_id) in self._gone


def _references(record: ChangeRecord, state: State | None) -> Iterator[Key]:
    if state is None:
        return
    for field in tracked_fields(record.model_class):
        if field.is_relation and state.get(field.attname) is not None:
            yield field.related_model, state[field.attname]
    for link in record.model_class._meta.many_to_many:
        yield from ((link.related_model, key) for key in linked_keys(link, state))


def _by_model(keys: Iterable[Key]) -> dict[type[models.Model], list[int]]:
    found: dict[type[models.Model], list[int]] = defaultdict(list)
    for model, key in keys:
        found[model].append(key)
    return found


def _newest_records(keys: Iterable[Key]) -> Any:
    wanted = _by_model(key for key in keys if is_tracked(key[0]))
    if not wanted:
        return ChangeRecord.objects.none()
    conditions = (Q(model=model._meta.label_lower, object_id__in=keys) for model, keys in wanted.items())
    records = ChangeRecord.objects.filter(reduce(or_, conditions)).order_by()
    newest = records.values("model", "object_id").annotate(newest=Max("pk")).values("newest")
    return ChangeRecord.objects.filter(pk__in=newest).defer("before", "after")


def _present_names(keys: Iterable[Key]) -> dict[Key, str]:
    """Groups, permissions and what came in without a record."""
    models = _by_model(keys)
    found = read_together(model._base_manager.filter(pk__in=of_model) for model, of_model in models.items())
    return {
        (model, instance.pk): str(instance)
        if is_tracked(model)
        else cast("Group | Permission", instance).name
        for model, instances in zip(models, found, strict=True)
        for instance in instances
    }


def is_long(*texts: str) -> bool:
    return any("\n" in text or len(text) > LONG for text in texts)


def line_changes(old: str, new: str) -> Iterator[tuple[str, str]]:
    """(mark, line) of the lines that are gone (`-`) and new (`+`), in the order of the text."""
    before, after = old.splitlines(), new.splitlines()
    for tag, start, end, new_start, new_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            yield from (("-", line) for line in before[start:end])
            yield from (("+", line) for line in after[new_start:new_end])


def shown(field: Any, state: State | None, names: RecordNames) -> str:
    """A field's value in words, of links the names of what is linked; `''` where there is none."""
    if state is None:
        return ""
    if field.many_to_many:
        return ", ".join(sorted(names.of(field.related_model, key) for key in linked_keys(field, state)))
    value = python_value(field, state)
    return (
        names.of(field.related_model, value)
        if value is not None and field.is_relation
        else shown_value(field, value)
    )


def shown_value(field: models.Field[Any, Any], value: Any) -> str:
    """A field's value in words; `''` where there is none."""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value)) if value not in (None, "") else ""
    if isinstance(field, MentionsField):
        return "\n".join(field.words(value))
    match value:
        case None | "":
            return ""
        case bool():
            return "예" if value else "아니요"
        case datetime():
            return moment(value)
        case date():
            return tables.day(value)
        case Decimal():
            return number(value)
        case int() if isinstance(field, models.BigIntegerField):
            return won(value)
        case int() if not isinstance(field, models.PositiveSmallIntegerField):
            return number(value)
    return full_text(value) if isinstance(field, PartialDateField) else str(value)


def won(value: int) -> str:
    """An amount in 천원 where it is a whole number of them: `46,706,677천원`, `1,234원`."""
    return (
        f"{number(value // amounts.THOUSAND)}천원"
        if value % amounts.THOUSAND == 0 and value
        else f"{number(value)}원"
    )


def number(value: int | Decimal) -> str:
    """`△1,234.5`; zero is zero here, not `none`."""
    decimals = max(0, -int(Decimal(value).normalize().as_tuple().exponent))
    return amounts.plain(value, decimals=decimals) if value else "0"


def moment(value: datetime) -> str:
    """`2022. 8. 29. 14:05`"""
    local = timezone.localtime(value)
    return f"{tables.day(local)} {local:%H:%M}"
