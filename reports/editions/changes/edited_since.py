"""What was edited in what is in force since the last edition was published: its readers see other values than were handed out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KT

from core.audit.changes import Change, changes
from core.copying import COPIED
from core.models import ChangeRecord, Source
from core.page_links import page_urls
from core.snapshot import Snapshot
from departments.models import Department

from ...models import PublishedReport

SHOWN = 20


@dataclass(frozen=True)
class EditedSince:
    """`shown` are the newest changes, each with the page that shows it ('' where none does); `count` is of all."""

    published_at: datetime
    count: int
    shown: list[tuple[Change, str]]

    def __bool__(self) -> bool:
        return bool(self.count)


def edited_since_publication(bureau: Department, snapshot: Snapshot) -> EditedSince | None:
    """None where nothing was published yet. What is confirmed anew is no edit: a source of its own brings it."""
    lineage = Department.objects.lineage_of(bureau)
    published = PublishedReport.objects.filter(edition__bureau__in=lineage).order_by("-published_at", "-pk")
    last = published.values_list("published_at", flat=True).first()
    if last is None:
        return None
    earlier = ChangeRecord.objects.of(Source).filter(object_id=OuterRef("source_id"), pk__lt=OuterRef("pk"))
    # What is typed into a draft is handed out with it.
    states_then = earlier.order_by("-pk").annotate(state_then=KT("after__state")).values("state_then")
    records = (
        ChangeRecord.objects.filter(
            at__gt=last,
            source__in=Source.objects.in_force().filter(bureau__in=lineage).values("pk"),
        )
        .annotate(state_then=Subquery(states_then[:1]))
        .exclude(state_then=Source.State.DRAFT)
        .exclude(user=None, user_name="")
        .exclude(model=Source._meta.label_lower)
        .exclude(reason__endswith=COPIED)
        .order_by("-at", "-pk")
    )
    found = changes(records[: SHOWN + 1])
    count = len(found) if len(found) <= SHOWN else records.count()
    return EditedSince(last, count, _with_pages(found[:SHOWN], snapshot))


def _with_pages(found: list[Change], snapshot: Snapshot) -> list[tuple[Change, str]]:
    keys: dict[Any, set[int]] = {}
    for change in found:
        keys.setdefault(change.model, set()).add(change.record.object_id)
    pages = page_urls(keys, snapshot)
    return [(change, pages.get(change.model, {}).get(change.record.object_id, "")) for change in found]
