"""The sources of an edition: its own drafts, what stands in for them, and what is waiting outside."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from budgets.models import BudgetImport
from core.audit.recording import change_reason
from core.models import Source
from core.models.revisions import SourceRevision
from core.models.sources import ACCOUNT_NAMES
from departments.models import Department

from ..models import Edition, EditionEvent, EditionSource

State = Source.State
READ = Q(budget_import__isnull=True) | Q(budget_import__state=BudgetImport.State.STAGED)
BUDGET = (Source.Scope.REVENUE, Source.Scope.EXPENDITURE)
NOT_WAITING = "이 회차에 넣을 수 있는 초안이 아니거나, 그 사이 다른 회차의 자료가 되었거나 확정·철회되었습니다. 지금 목록을 보고 다시 해 주십시오."
Limits = tuple[str, int | None, int | None, str, str]


class EditionRefused(Exception):
    """What was asked for cannot be done; says in Korean why."""


def limits_of(source: Source) -> Limits:
    """What a source speaks for: two of the same limits would say the same twice."""
    return source.scope, source.fiscal_year, source.department_id, source.account, source.budget_kind


@dataclass(frozen=True)
class EditionSources:
    """`drafts` come into force by publishing, newest first; `set_aside` are carried lines that nobody touched and that a confirmed
    execution file stands in for; `deliveries` are the budget's sources in force since the report before; `carried` are the drafts that
    nobody has touched since they were carried forward; `unwritten` those that the edition began empty and that still are."""

    drafts: list[Source]
    set_aside: list[Source]
    deliveries: list[Source]
    carried: list[Source]
    unwritten: list[Source]

    @property
    def reported(self) -> list[Source]:
        """The deliveries that the report tells: of each limits the newest."""
        own = [source for source in self.deliveries if source.budget_kind != Source.BudgetKind.OVERVIEW]
        return list({limits_of(source): source for source in reversed(own)}.values())

    @property
    def not_taken_over(self) -> list[Source]:
        """Confirmed files of one division or account whose budgets the report does not have: the carried lines were edited meanwhile."""
        return [
            delivery
            for delivery in self.reported
            if (delivery.department_id or delivery.account)
            and any(has_lines_of(draft, delivery) for draft in self.drafts if draft not in self.carried)
            and not any(
                limits_of(draft) == limits_of(delivery) and draft.received_at > delivery.received_at
                for draft in self.drafts
            )
        ]

    @property
    def conflicts(self) -> list[list[Source]]:
        """Sources that speak for the same: only one of each may come into force with the edition."""
        by_limits: dict[Limits, list[Source]] = defaultdict(list)
        for source in self.drafts:
            by_limits[limits_of(source)].append(source)
        for delivery in self.deliveries:
            for limits, drafts in by_limits.items():
                if stands_in(delivery, drafts[0]):
                    by_limits[limits] = [*drafts, delivery]
        return [sources for sources in by_limits.values() if len(sources) > 1]


def sources_of(edition: Edition, since: date | None) -> EditionSources:
    """`since` is the day of the report before."""
    held = edition.edition_sources.filter(source__state=State.DRAFT).select_related(
        "source__bureau", "source__budget_import", "source__brought_by", "source__department"
    )
    rows = {row.source: row for row in held}
    deliveries = deliveries_of(edition.bureau, since, edition.as_of)
    untouched = _untouched(rows.values())
    unwritten = [source for source in untouched if rows[source].is_new]
    set_aside = [
        source for source in untouched if any(stands_in(delivery, source) for delivery in deliveries)
    ]
    drafts = [source for source in rows if source not in {*set_aside, *unwritten}]
    carried = [source for source in untouched if source not in {*set_aside, *unwritten}]
    return EditionSources(newest_first(drafts), set_aside, deliveries, carried, unwritten)


def deliveries_of(bureau: Department, since: date | None, as_of: date) -> list[Source]:
    """The budget's sources in force that came for a day since the report before, newest first."""
    known = Source.objects.in_force().filter(bureau=bureau, scope__in=BUDGET, as_of__lte=as_of)
    return list((known.filter(as_of__gt=since) if since else known).newest_first())


def newest_first(sources: Iterable[Source]) -> list[Source]:
    return sorted(sources, key=lambda source: (source.as_of, source.received_at, source.pk), reverse=True)


def _untouched(rows: Iterable[EditionSource]) -> list[Source]:
    """Carried forward, and since then as they were."""
    carried = {row.source_id: row for row in rows if row.carried_revision}
    revisions = SourceRevision.objects.filter(source__in=carried).values_list("source_id", "revision")
    return [carried[key].source for key, revision in revisions if carried[key].carried_revision == revision]


def stands_in(delivery: Source, draft: Source) -> bool:
    """Whether a delivery of the whole budget speaks for all that a draft of it does."""
    scope, year, _, _, kind = limits_of(draft)
    return scope in BUDGET and limits_of(delivery) == (scope, year, None, "", kind)


def has_lines_of(draft: Source, delivery: Source) -> bool:
    """Whether a draft of the budget has the lines of a delivery of one division or account."""
    scope, year, *_, kind = limits_of(delivery)
    return limits_of(draft) in (limits_of(delivery), (scope, year, None, "", kind))


def outside(edition: Edition, since: date | None) -> list[Source]:
    """Drafts for the edition's day, or for one since the report before, that are no edition's: they stay waiting."""
    drafts = Source.objects.filter(
        READ, state=State.DRAFT, bureau=edition.bureau_id, as_of__lte=edition.as_of, edition_sources=None
    )
    drafts = drafts.filter(as_of__gt=since) if since else drafts.filter(as_of=edition.as_of)
    return list(drafts.select_related("budget_import", "brought_by", "department").newest_first())


def carry(edition: Edition, copies: Sequence[Source], *, is_new: bool = False) -> None:
    """Makes what was carried forward, or begun empty, the edition's own."""
    revisions = dict(SourceRevision.objects.filter(source__in=copies).values_list("source_id", "revision"))
    EditionSource.objects.bulk_create(
        EditionSource(edition=edition, source=copy, carried_revision=revisions[copy.pk], is_new=is_new)
        for copy in copies
    )


@transaction.atomic
def take_in(edition: Edition, source: Source, *, user) -> None:
    """A draft of somebody becomes the edition's own. Raises EditionRefused."""
    locked = Source.objects.select_for_update().filter(pk=source.pk, state=State.DRAFT).first()
    file = locked and getattr(locked, "budget_import", None)
    if locked is None or (file and not file.is_draft) or EditionSource.objects.filter(source=locked).exists():
        raise EditionRefused(NOT_WAITING)
    EditionSource.objects.create(edition=edition, source=locked)
    _keep(edition, f"‘{named(locked)}’ 초안을 이 회차에 넣음", user)


@transaction.atomic
def take_out(edition: Edition, source: Source, *, reason: str, user) -> None:
    """What was taken in waits for its own confirmation again; what was carried forward is withdrawn. Raises EditionRefused."""
    if not reason:
        raise EditionRefused("회차에서 빼는 까닭을 적어 주십시오.")
    row = edition.edition_sources.filter(source=source, source__state=State.DRAFT).first()
    if row is None:
        raise EditionRefused("이 회차의 초안이 아닙니다.")
    with change_reason(f"회차에서 뺌. {reason}"):
        if row.carried_revision:
            source.state = State.WITHDRAWN
            source.save()
        row.delete()
    _keep(edition, f"‘{named(source)}’ 초안을 이 회차에서 뺌: {reason}", user)


def _keep(edition: Edition, note: str, user) -> None:
    EditionEvent.objects.create(edition=edition, kind=EditionEvent.Kind.SOURCE, note=note, by=user)


def named(source: Source) -> str:
    """`세출 2022 (2022. 11. 1.), 데이터센터 일반회계, 집행현황.xlsx`"""
    account = ACCOUNT_NAMES.get(source.account, source.account)
    limits = " ".join(filter(None, [source.department.name if source.department else "", account]))
    return ", ".join(filter(None, [str(source), limits, source.document]))
