"""All that a part of an edition says otherwise than the last report, row by row: what handing the part in confirms."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django.db.models import F, JSONField, Q, Value

from core.audit.changes import ChangedField, shown_value
from core.models import ControlTotal, NaturalKeyModel, Source
from core.plausibility.last_report import LIMITS
from core.plausibility.rules import remembered, remembering
from core.snapshot import Snapshot
from departments.models import Department
from projects.models import Brief, Milestone
from seoul_digital.lib.fields import KeyField

from ...models.published import digest
from ..activity import watched
from ..part import WHOLE, Watched
from ..parts import CollectedPart, Key, collected
from ..snapshot import last_report_date, reported_sources

Row = dict[str, Any]
EMPTY: tuple[Any, ...] = (None, "", [])
OF = "part_key"  # of a row: what it is about
NEW, GONE = "새로 생김", "없어짐"
MOST_SHOWN = 300
LISTINGS = Milestone.Listing


@dataclass(frozen=True)
class HeldRow:
    """A row of the list: what it is about, and how its fields differ. `word` where the last report or the edition lacks it."""

    model: type[NaturalKeyModel]
    subject: str
    fields: tuple[ChangedField, ...]
    word: str = ""
    listing: str = ""  # of a milestone


@dataclass(frozen=True)
class HeldList:
    """`since` is the last report's day; None where there is none to hold the edition against."""

    rows: Sequence[HeldRow] = ()
    since: Any = None
    project: bool = False

    @property
    def shown(self) -> Sequence[HeldRow]:
        """What a page can hold; the digest is of all."""
        return self.rows[:MOST_SHOWN]

    @property
    def hidden(self) -> int:
        return len(self.rows) - len(self.shown)

    @property
    def count(self) -> int:
        return sum(max(len(row.fields), 1) for row in self.rows)

    @property
    def digest(self) -> str:
        said = [
            [row.model.__name__, row.subject, row.word, [[f.label, f.old, f.new] for f in row.fields]]
            for row in self.rows
        ]
        return digest(repr([str(self.since), said]))

    @property
    def confirmation(self) -> dict[str, Any]:
        """What the event of handing the part in keeps."""
        return {"held_count": self.count, "held_digest": self.digest} if self.since else {}

    @property
    def untouched(self) -> list[str]:
        """What every report says anew, and this one does not: achievements and schedule."""
        if not (self.project and self.since):
            return []
        changed = {row.listing for row in self.rows if row.listing}
        texts = {field.label for row in self.rows if row.model is Brief for field in row.fields}
        own = str(Brief._meta.get_field("achievements").verbose_name)
        unchanged = (
            [] if own in texts or LISTINGS.ACHIEVEMENT in changed else [str(LISTINGS.ACHIEVEMENT.label)]
        )
        return unchanged if LISTINGS.SCHEDULE in changed else [*unchanged, str(LISTINGS.SCHEDULE.label)]


def held_lists(edition: Any, snapshot: Snapshot, places: Collection[CollectedPart]) -> dict[Any, HeldList]:
    """By the key of each place; some queries a model of the places' chapters."""
    since = last_report_date(edition, snapshot.sources)
    if since is None:
        return {place.key: HeldList(project=bool(place.project)) for place in places}
    before = reported_sources(replace(snapshot.at(since), executed_after=None))
    keys_of = {place.key: dict.fromkeys([*place.watched, (place.part, WHOLE)]) for place in places}
    subjects: dict[str, set[int | None]] = defaultdict(set)
    for chapter, subject in (key for keys in keys_of.values() for key in keys):
        subjects[chapter].add(subject)
    with remembering():  # the names of what rows refer to
        found = _by_part(subjects, before, reported_sources(snapshot))
    lists = {}
    for place in places:
        rows = tuple(row for key in keys_of[place.key] for row in found.get(key, ()))
        lists[place.key] = HeldList(rows, since, bool(place.project))
    return lists


def _by_part(
    subjects: Mapping[str, set[int | None]], before: list[Source], after: list[Source]
) -> dict[Key, list[HeldRow]]:
    found: dict[Key, list[HeldRow]] = defaultdict(list)
    for chapter, entry in watched():
        if chapter in subjects:
            model = cast("type[NaturalKeyModel]", entry.model)
            sides = [_rows(model, entry, sources, subjects[chapter]) for sources in (before, after)]
            for of, row in _differing(model, *sides):
                found[chapter, of].append(row)
    for key, row in _printed(before, after):
        if key[0] in subjects:
            found[key].append(row)
    return found


def _rows(
    model: type[NaturalKeyModel], entry: Watched, sources: list[Source], subjects: set[int | None]
) -> list[Row]:
    """Of the subjects the tracked values with the words and keys of each row; of figures that come in several files one row a line."""
    path = model.source_path()
    names = {field.attname for field in _compared(model)} | set(model.called_by)
    names |= {*model.natural_key_fields[1:], *model.lasting_fields()}
    extra = {"listing"} if model is Milestone else set()
    rows = model._base_manager.filter(**{f"{path}__in": sources}).annotate(
        **{OF: F(entry.subject) if entry.subject else Value(WHOLE)}
    )
    of_subjects = Q(**{f"{OF}__in": subjects - {None}})
    rows = rows.filter(of_subjects | Q(**{f"{OF}__isnull": True}) if None in subjects else of_subjects)
    found = list(rows.order_by("pk").values(OF, f"{path}_id", *sorted(names | extra)))
    return _merged(model, found, f"{path}_id", sources) if entry.comes_in_files else found


def _merged(model: type[NaturalKeyModel], rows: list[Row], source: str, sources: list[Source]) -> list[Row]:
    """What the newest source says of each field, else an older one."""
    rank = {known.pk: place for place, known in enumerate(sources)}
    merged: dict[Any, Row] = {}
    for row in sorted(rows, key=lambda row: rank[row[source]]):
        kept = merged.setdefault(tuple(row[name] for name in model.lasting_fields()), dict(row))
        kept |= {name: value for name, value in row.items() if kept[name] is None}
    return list(merged.values())


def _compared(model: type[NaturalKeyModel]) -> list[Any]:
    """The fields that people know: not keys of the system, nor what says to which source a row belongs."""
    parent = model.source_path().split("__")[0]
    return [
        field
        for field in model._meta.concrete_fields
        if not (
            field.primary_key or isinstance(field, KeyField | JSONField) or field.name in (parent, "order")
        )
    ]


def _differing(
    model: type[NaturalKeyModel], before: list[Row], after: list[Row]
) -> Iterator[tuple[int | None, HeldRow]]:
    """Rows that are equal are paired first, then those of one natural key, then of one lasting key."""
    fields = _compared(model)
    old, new = before, after
    for names in ([field.attname for field in fields], model.natural_key_fields[1:], model.lasting_fields()):
        pairs, old, new = _paired(old, new, (OF, *names))
        for was, row in pairs:
            changes = tuple(_changes(fields, was, row))
            if changes:
                yield row[OF], _held(model, row, changes)
    for rows, word in ((new, NEW), (old, GONE)):
        for row in rows:
            sides = ({}, row) if word == NEW else (row, {})
            yield row[OF], _held(model, row, tuple(_changes(fields, *sides)), word)


def _paired(
    old: list[Row], new: list[Row], names: Sequence[str]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pairs that agree in the values of the names, and what is left of both sides."""
    waiting: dict[Any, list[Row]] = defaultdict(list)
    for row in old:
        waiting[tuple(row[name] for name in names)].append(row)
    pairs, left = [], []
    for row in new:
        same = waiting.get(tuple(row[name] for name in names))
        if same:
            pairs.append((same.pop(0), row))
        else:
            left.append(row)
    return pairs, [row for rows in waiting.values() for row in rows], left


def _changes(fields: Sequence[Any], old: Row, new: Row) -> Iterator[ChangedField]:
    for field in fields:
        was, now = old.get(field.attname), new.get(field.attname)
        # Of a row that is new or gone zeros tell nothing; of one that stays nothing and zero are two.
        is_other = (was or now) if not (old and new) else (was not in EMPTY or now not in EMPTY)
        if was != now and is_other:
            label = str(field.verbose_name).removesuffix("(원)")
            yield ChangedField.of(label, _words(field, was), _words(field, now))


def _words(field: Any, value: Any) -> str:
    if field.is_relation and value is not None:
        related = field.related_model._base_manager
        return remembered((field.related_model, value), lambda: str(related.get(pk=value)))
    return "" if value is None else shown_value(field, value)


def _held(
    model: type[NaturalKeyModel], row: Row, changes: tuple[ChangedField, ...], word: str = ""
) -> HeldRow:
    called = " ".join(str(row[name]) for name in model.called_by if row[name] not in (None, ""))
    subject = f"{model._meta.verbose_name} {called}".strip()
    return HeldRow(model, subject, changes, word, row.get("listing", ""))


def _printed(before: list[Source], after: list[Source]) -> Iterator[tuple[Key, HeldRow]]:
    """Totals that the edition prints otherwise than the last report, or anew; none is carried, so that none is missed."""
    parts = {chapter.scope: chapter.key for chapter, _ in collected()}
    units = dict(Department.objects.values_list("slug", "pk"))
    known = {_key(total): total for total in _totals(before)}
    for total in _totals(after):
        old = known.get(_key(total))
        changes = tuple(_total_changes(old, total))
        if total.source.scope in parts and changes:
            of = units.get(total.subject.partition("/")[0], WHOLE)
            year = f"{total.fiscal_year} " if total.fiscal_year else ""
            name = f"{ControlTotal._meta.verbose_name} {year}{total.subject.partition('/')[2]}".strip()
            yield (parts[total.source.scope], of), HeldRow(ControlTotal, name, changes, "" if old else NEW)
    yield from _headed(before, after, parts)


def _total_changes(old: Any, total: Any) -> Iterator[ChangedField]:
    label = str(total.get_measure_display())
    was = old.printed if old else ""
    if was != total.printed:
        yield ChangedField(label, was, total.printed)
    elif old and old.value != total.value:
        field = ControlTotal._meta.get_field("value")
        yield ChangedField(f"{label} 값", _words(field, old.value), _words(field, total.value))


def _headed(
    before: list[Source], after: list[Source], parts: Mapping[str, str]
) -> Iterator[tuple[Key, HeldRow]]:
    """What the sources themselves say otherwise: their unit, heading and notes."""
    fields = [Source._meta.get_field(name) for name in ("unit", "heading", "notes")]
    known = {_limits(source): source for source in reversed(before)}
    for source in after:
        old = known.get(_limits(source))
        if old and old.pk != source.pk and source.scope in parts:
            changes = tuple(_changes(fields, vars(old), vars(source)))
            if changes:
                subject = f"{Source._meta.verbose_name} {source.get_scope_display()}"
                yield (parts[source.scope], WHOLE), HeldRow(Source, subject, changes)


def _limits(source: Source) -> tuple[Any, ...]:
    return tuple(getattr(source, name) for name in LIMITS)


def _key(total: ControlTotal) -> tuple[Any, ...]:
    return total.source.scope, total.measure, total.subject, total.fiscal_year


def _totals(sources: list[Source]) -> list[Any]:
    return list(ControlTotal.objects.filter(source__in=sources).select_related("source").order_by("pk"))
