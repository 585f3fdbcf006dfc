"""Changes as people read them: who did what to which object, and each field's old and new value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import SequenceMatcher

from django.db import models
from django.utils import timezone

from departments.models import User
from seoul_digital.lib import amounts, tables

from . import history_rows
from .recording import CHANGED, CREATED, DELETED, tracked_fields

KINDS = {CREATED: "추가", CHANGED: "수정", DELETED: "삭제"}
NOBODY = "명령"  # a command such as `seed`, with nobody signed in
LONG = 60  # characters of a value that is compared line by line


@dataclass(frozen=True)
class FieldChange:
    """`lines` are the changed lines of a long text, each with its mark: `-` gone, `+` new."""

    label: str
    old: str
    new: str
    lines: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Change:
    model: type
    history_id: int
    instance: models.Model  # as it was after the change, or before it was deleted
    name: str
    at: datetime
    kind: str
    who: str
    reason: str
    fields: Sequence[FieldChange]
    is_gone: bool  # whether the object has been deleted since, and not restored

    @property
    def kind_label(self):
        return KINDS[self.kind]

    @property
    def model_label(self):
        return str(self.model._meta.verbose_name)

    @property
    def when(self):
        return moment(self.at)

    @property
    def unchanged_note(self):
        """What is said where no value that is kept has changed."""
        if {one.name for one in self.model._meta.fields} - {one.name for one in tracked_fields(self.model)}:
            return "비밀번호처럼 값을 남기지 않는 항목이 바뀌었거나, 바뀐 값이 없습니다."
        return "바뀐 값이 없습니다."


def changes(keys):
    """The changes that `keys`, pairs of a model's label and a history_id, name, in that order."""
    found = history_rows.rows(keys)
    objects = history_rows.Objects(found)
    return [_change(row, objects) for row in found]


def _change(row, objects):
    instance = objects.relate(row.model(**row.now.values))
    old, new = (row.now, None) if row.kind == DELETED else (row.before, row.now)
    if row.kind == CREATED:
        old = None
    user = objects.get(User, row.user_id)
    return Change(
        model=row.model,
        history_id=row.history_id,
        instance=instance,
        name=history_rows.name_of(instance),
        at=row.at,
        kind=row.kind,
        who=user.display_name if user else (f"#{row.user_id}" if row.user_id else NOBODY),
        reason=row.reason,
        fields=field_changes(row.model, old, new, objects),
        is_gone=row.latest_kind == DELETED,
    )


def difference(model, current_id, wanted_id):
    """What putting an object back to a row of its history would change."""
    label = history_rows.label_of(model)
    found = history_rows.rows(dict.fromkeys([(label, current_id), (label, wanted_id)]))
    objects = history_rows.Objects(found)
    current, wanted = found[0], found[-1]
    return field_changes(model, None if current.kind == DELETED else current.now, wanted.now, objects)


def field_changes(model, old, new, objects):
    """The fields whose shown value differs; `old` or `new` is None where the object was not there."""
    pairs = [
        (one, shown(one, old, objects), shown(one, new, objects))
        for one in (*tracked_fields(model), *model._meta.many_to_many)
    ]
    return [
        _field_change(one, before, after)
        for one, before, after in pairs
        if before != after and not one.primary_key
    ]


def _field_change(one, before, after):
    is_text = isinstance(one, models.TextField | models.CharField) and not one.choices
    lines = (
        tuple(line_changes(before, after)) if is_text and before and after and is_long(before, after) else ()
    )
    return FieldChange(str(one.verbose_name), before, after, lines)


def is_long(*texts):
    return any("\n" in text or len(text) > LONG for text in texts)


def line_changes(old: str, new: str):
    """(mark, line) of the lines that are gone (`-`) and new (`+`), in the order of the text."""
    before, after = old.splitlines(), new.splitlines()
    for tag, start, end, new_start, new_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            yield from (("-", line) for line in before[start:end])
            yield from (("+", line) for line in after[new_start:new_end])


def shown(one, state, objects):
    if state is None:
        return ""
    if one.many_to_many:
        return ", ".join(
            sorted(objects.name_of(one.related_model, key) for key in state.links.get(one.name, ()))
        )
    value = state.values[one.attname]
    if value is not None and one.is_relation:
        return objects.name_of(one.related_model, value)
    return shown_value(one, value)


def shown_value(one, value) -> str:
    """A field's value in words; `''` where there is none."""
    if one.choices:
        return str(dict(one.flatchoices).get(value, value)) if value not in (None, "") else ""
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
        case int() if isinstance(one, models.BigIntegerField):
            return won(value)
        case int() if not isinstance(one, models.PositiveSmallIntegerField):
            return number(value)
    return str(value)


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
