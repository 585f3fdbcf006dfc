"""Who last changed what of an edition's drafts: told by history, so that nobody has to say that he has begun."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, Value

from budgets.models import BudgetFigure, RevenueFigure
from core.audit.history_rows import union
from core.audit.recording import history_of
from core.copying import COPIED
from departments.models import Duty, FoundationProfile, Placement, Staffing
from glossary.models import Definition
from projects.models import (
    Brief,
    Contact,
    Funding,
    Measurement,
    Milestone,
    Target,
    Vision,
    VisionStrategy,
    VisionValue,
)

from ..models import Submission

Part = Submission.Part
WHOLE = 0  # the key of a part that is the bureau's as a whole
Key = tuple[str, int]  # the part and: the unit of figures, the project, the term, or WHOLE


@dataclass(frozen=True)
class Change:
    at: datetime
    user_id: int


# Part, model, the way to the source, the way to what the row is of.
WATCHED = (
    (Part.STAFFING, Staffing, "source", "department_id"),
    (Part.DUTIES, Duty, "source", "department_id"),
    (Part.BUDGET, BudgetFigure, "source", "line__department_id"),
    (Part.PROJECT, Brief, "source", "project_id"),
    (Part.PROJECT, Contact, "brief__source", "brief__project_id"),
    (Part.PROJECT, Funding, "brief__source", "brief__project_id"),
    (Part.PROJECT, Milestone, "brief__source", "brief__project_id"),
    (Part.PROJECT, Measurement, "source", "indicator__project_id"),
    (Part.PROJECT, Target, "source", "indicator__project_id"),
    (Part.TERMS, Definition, "source", "term_id"),
    (Part.ORGANISATION, Placement, "source", None),
    (Part.ORGANISATION, FoundationProfile, "source", None),
    (Part.REVENUE, RevenueFigure, "source", None),
    (Part.VISION, Vision, "source", None),
    (Part.VISION, VisionValue, "vision__source", None),
    (Part.VISION, VisionStrategy, "vision__source", None),
)


def last_changes(sources, since) -> dict[Key, Change]:
    """What people changed in the sources after `since`, the last of each part; three queries."""
    keys = [source.pk for source in sources]
    newest: dict[Key, Change] = {}
    for key, change in (*_edited(keys, since), *_brought(keys, since)):
        if key not in newest or newest[key].at < change.at:
            newest[key] = change
    return newest


def _edited(keys, since) -> Iterator[tuple[Key, Change]]:
    found = list(union([_newest_rows(number, keys, since) for number in range(len(WATCHED))]))
    rows = {(number, history_id): of for number, of, history_id in found if of is not None}
    if not rows:
        return
    wanted: dict[str, list[int]] = {}
    for number, history_id in rows:
        wanted.setdefault(number, []).append(history_id)
    for number, history_id, at, user in union([_rows(number, ids) for number, ids in wanted.items()]):
        yield (WATCHED[int(number)][0], rows[number, history_id]), Change(at, user)


def _newest_rows(number, keys, since):
    """(number, what it is of, the newest row of history) of one model; what was copied is nobody's change."""
    _, model, source, of = WATCHED[number]
    changed = history_of(model)._base_manager.filter(
        **{f"{source}__in": keys}, history_date__gt=since, history_user__isnull=False
    )
    changed = changed.exclude(history_change_reason__endswith=COPIED).order_by()
    named = changed.annotate(of_watch=Value(str(number)), of_key=F(of) if of else Value(WHOLE))
    return (
        named.values("of_watch", "of_key")
        .annotate(newest_row=Max("history_id"))
        .values_list("of_watch", "of_key", "newest_row")
    )


def _rows(number, ids):
    rows = history_of(WATCHED[int(number)][1])._base_manager.filter(history_id__in=ids).order_by()
    return rows.annotate(of_watch=Value(number)).values_list(
        "of_watch", "history_id", "history_date", "history_user_id"
    )


def _brought(keys, since) -> Iterator[tuple[Key, Change]]:
    """What files of the finance system brought, whose rows come in past history."""
    by_file = {
        "source__in": keys,
        "source__budget_import__created_at__gt": since,
        "source__budget_import__uploader__isnull": False,
    }
    columns = ("source__budget_import__created_at", "source__budget_import__uploader_id")
    spent = (
        BudgetFigure.objects.filter(**by_file)
        .order_by()
        .annotate(of_part=Value(str(Part.BUDGET)), of_key=F("line__department_id"))
    )
    earned = (
        RevenueFigure.objects.filter(**by_file)
        .order_by()
        .annotate(of_part=Value(str(Part.REVENUE)), of_key=Value(WHOLE))
    )
    # UNION ALL of distinct rows: a line a unit, not a line a figure.
    for part, of, at, user in union(
        [rows.values_list("of_part", "of_key", *columns).distinct() for rows in (spent, earned)]
    ):
        yield (Part(part), of), Change(at, user)
