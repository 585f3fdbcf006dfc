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
    user_id: int


def watched() -> list[tuple[str, Watched]]:
    """With the key of its chapter."""
    return [(chapter.key, one) for chapter, part in collected() for one in part.watched]


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
    models = {one.model._meta.label_lower: (chapter, one) for chapter, one in watched()}
    changed = ChangeRecord.objects.filter(
        model__in=models, source__in=keys, at__gt=since, user__isnull=False
    ).exclude(reason__endswith=COPIED)
    of_rows = changed.annotate(of=_first_step([one for _, one in models.values()]))
    newest = of_rows.order_by().values("model", "of").annotate(newest=Max("pk")).values("newest")
    found = defaultdict(dict)
    for label, of, at, user in of_rows.filter(pk__in=newest).values_list("model", "of", "at", "user_id"):
        found[label][int(of)] = PartChange(at, user)
    for label, by_key in found.items():
        chapter, one = models[label]
        yield from (((chapter, key), by_key[first]) for first, key in _subjects(one, list(by_key)))


def _first_step(all_watched):
    """The first key on the way to what a row is of: of a figure its line's."""
    return Case(
        *(
            When(model=one.model._meta.label_lower, then=Cast(Coalesce(*_stated(one)), TEXT()))
            for one in all_watched
            if one.subject
        ),
        default=Value(str(WHOLE)),
        output_field=TEXT(),
    )


def _stated(one):
    first, *others = one.subject.split("__")
    return [KT(f"{state}__{first}_id" if others else f"{state}__{first}") for state in ("after", "before")]


def _subjects(one: Watched, keys) -> list[tuple[int, int]]:
    """(first key, key of what the row is of); without those of which the way is gone."""
    first, _, rest = one.subject.partition("__") if one.subject else ("", "", "")
    if not rest:
        return [(key, key) for key in keys]
    related = one.model._meta.get_field(first).related_model
    return list(related._base_manager.filter(pk__in=keys).values_list("pk", rest))


def _key(one: Watched):
    return F(one.subject) if one.subject else Value(WHOLE)


def _brought(keys, since) -> Iterator[tuple[Key, PartChange]]:
    """What files of the finance system brought, whose rows come in without records."""
    by_file = {
        "source__in": keys,
        "source__budget_import__created_at__gt": since,
        "source__budget_import__uploader__isnull": False,
    }
    columns = ("source__budget_import__created_at", "source__budget_import__uploader_id")
    first, *others = (
        one.model.objects.filter(**by_file)
        .order_by()
        .annotate(of_part=Value(part), of_key=_key(one))
        .values_list("of_part", "of_key", *columns)
        .distinct()
        for part, one in watched()
        if one.comes_in_files
    )
    # UNION ALL of distinct rows: a line a unit, not a line a figure.
    for part, of, at, user in first.union(*others, all=True):
        yield (part, of), PartChange(at, user)
