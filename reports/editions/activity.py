"""Who last changed what of an edition's drafts: told by change records, so that nobody has to say that they have begun."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import Case, CharField, F, Max, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from core.copying import COPIED
from core.models import ChangeRecord

from .part import WHOLE, Watched
from .parts import Key, collected

TEXT = partial(CharField, max_length=20)


@dataclass(frozen=True)
class PartChange:
    at: datetime
    user_id: int | None
    user_name: str = ""


def watched() -> list[tuple[str, Watched]]:
    """With the key of its chapter."""
    return [(chapter.key, model) for chapter, part in collected() for model in part.watched]


def last_changes(sources, since) -> dict[Key, PartChange]:
    """What people changed in the sources after `since`, the last of each part; a few queries."""
    keys = [source.pk for source in sources]
    newest: dict[Key, PartChange] = {}
    for key, change in (*_edited(keys, since), *_brought(keys, since)):
        if key not in newest or newest[key].at < change.at:
            newest[key] = change
    return newest


def _edited(keys, since) -> Iterator[tuple[Key, PartChange]]:
    """What was copied is nobody's change."""
    models = {entry.model._meta.label_lower: (chapter, entry) for chapter, entry in watched()}
    changed = ChangeRecord.objects.filter(model__in=models, source__in=keys, at__gt=since)
    changed = changed.exclude(user=None, user_name="").exclude(reason__endswith=COPIED)
    of_rows = changed.annotate(of=_first_step([entry for _, entry in models.values()]))
    newest = of_rows.order_by().values("model", "of").annotate(newest=Max("pk")).values("newest")
    found: dict[str, dict[int, PartChange]] = defaultdict(dict)
    columns = ("model", "of", "at", "user_id", "user_name")
    for label, of, *change in of_rows.filter(pk__in=newest).values_list(*columns):
        found[label][int(of)] = PartChange(*change)
    for label, by_key in found.items():
        chapter, entry = models[label]
        yield from (((chapter, key), by_key[first]) for first, key in _subjects(entry, list(by_key)))


def _first_step(all_watched):
    """The first key on the way to what a row is of: of a figure its line's."""
    whens = []
    for entry in all_watched:
        if entry.subject:
            first, _, rest = entry.subject.partition("__")
            field = f"{first}_id" if rest else first
            key = Cast(Coalesce(KT(f"after__{field}"), KT(f"before__{field}")), TEXT())
            whens.append(When(model=entry.model._meta.label_lower, then=key))
    return Case(*whens, default=Value(str(WHOLE)), output_field=TEXT())


def _subjects(entry: Watched, keys) -> list[tuple[int, int]]:
    """(first key, key of what the row is of); without those of which the way is gone."""
    first, _, rest = (entry.subject or "").partition("__")
    if not rest:
        return [(key, key) for key in keys]
    related = entry.model._meta.get_field(first).related_model
    return list(related._base_manager.filter(pk__in=keys).values_list("pk", rest))


def _brought(keys, since) -> Iterator[tuple[Key, PartChange]]:
    """What files of the finance system brought, whose rows come in without records."""
    by_file = {
        "source__in": keys,
        "source__budget_import__created_at__gt": since,
        "source__budget_import__uploader__isnull": False,
    }
    columns = ("source__budget_import__created_at", "source__budget_import__uploader_id")
    first, *others = (
        entry.model._default_manager.filter(**by_file)
        .order_by()
        .annotate(of_part=Value(part), of_key=F(entry.subject) if entry.subject else Value(WHOLE))
        .values_list("of_part", "of_key", *columns)
        .distinct()
        for part, entry in watched()
        if entry.comes_in_files
    )
    # UNION ALL of distinct rows: a line a unit, not a line a figure.
    for part, of, at, user in first.union(*others, all=True):
        yield (part, of), PartChange(at, user)
