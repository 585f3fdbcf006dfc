"""Who last changed what of an edition's drafts: told by history, so that nobody has to say that he has begun."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, Value

from core.audit.history_rows import union
from core.audit.recording import history_of
from core.copying import COPIED

from .part import WHOLE, Watched
from .parts import Key, collected


@dataclass(frozen=True)
class Change:
    at: datetime
    user_id: int


def watched() -> list[tuple[str, Watched]]:
    """With the key of its chapter."""
    return [(chapter.key, one) for chapter, part in collected() for one in part.watched]


def last_changes(sources, since) -> dict[Key, Change]:
    """What people changed in the sources after `since`, the last of each part; three queries."""
    keys = [source.pk for source in sources]
    newest: dict[Key, Change] = {}
    for key, change in (*_edited(keys, since), *_brought(keys, since)):
        if key not in newest or newest[key].at < change.at:
            newest[key] = change
    return newest


def _edited(keys, since) -> Iterator[tuple[Key, Change]]:
    found = list(union([_newest_rows(number, keys, since) for number in range(len(watched()))]))
    rows = {(number, history_id): of for number, of, history_id in found if of is not None}
    if not rows:
        return
    wanted: dict[str, list[int]] = {}
    for number, history_id in rows:
        wanted.setdefault(number, []).append(history_id)
    for number, history_id, at, user in union([_rows(number, ids) for number, ids in wanted.items()]):
        yield (watched()[int(number)][0], rows[number, history_id]), Change(at, user)


def _newest_rows(number, keys, since):
    """(number, what it is of, the newest row of history) of one model; what was copied is nobody's change."""
    _, one = watched()[number]
    changed = history_of(one.model)._base_manager.filter(
        **{f"{one.source}__in": keys}, history_date__gt=since, history_user__isnull=False
    )
    changed = changed.exclude(history_change_reason__endswith=COPIED).order_by()
    named = changed.annotate(of_watch=Value(str(number)), of_key=_key(one))
    return (
        named.values("of_watch", "of_key")
        .annotate(newest_row=Max("history_id"))
        .values_list("of_watch", "of_key", "newest_row")
    )


def _rows(number, ids):
    rows = history_of(watched()[int(number)][1].model)._base_manager.filter(history_id__in=ids).order_by()
    return rows.annotate(of_watch=Value(number)).values_list(
        "of_watch", "history_id", "history_date", "history_user_id"
    )


def _key(one: Watched):
    return F(one.subject) if one.subject else Value(WHOLE)


def _brought(keys, since) -> Iterator[tuple[Key, Change]]:
    """What files of the finance system brought, whose rows come in past history."""
    by_file = {
        "source__in": keys,
        "source__budget_import__created_at__gt": since,
        "source__budget_import__uploader__isnull": False,
    }
    columns = ("source__budget_import__created_at", "source__budget_import__uploader_id")
    rows = [
        one.model.objects.filter(**by_file)
        .order_by()
        .annotate(of_part=Value(part), of_key=_key(one))
        .values_list("of_part", "of_key", *columns)
        .distinct()
        for part, one in watched()
        if one.comes_in_files
    ]
    # UNION ALL of distinct rows: a line a unit, not a line a figure.
    for part, of, at, user in union(rows):
        yield (part, of), Change(at, user)
