"""What an edition reports: its drafts with what is in force, and the report before it."""

from dataclasses import replace
from datetime import date

from django.db.models import Q

from budgets.models import BudgetImport
from core.models import Source
from core.snapshot import Snapshot
from departments.models import Department
from seoul_digital.lib.query_params import AskedDate

from ..assembly import assemble
from ..models import PublishedReport
from ..report import Report
from ..serial import from_json

State = Source.State
BUDGET = (Source.Scope.REVENUE, Source.Scope.EXPENDITURE)


class EditionRefused(Exception):
    """What was asked for cannot be done; says in Korean why."""


def _own_drafts(edition) -> Q:
    """The drafts of its bureau and base date, however they came; of budget files those that have been read to their end."""
    read = Q(budget_import__isnull=True) | Q(budget_import__state=BudgetImport.State.STAGED)
    return Q(state=State.DRAFT, bureau=edition.bureau_id, as_of=edition.as_of) & read


def drafts_of(edition) -> list[Source]:
    """The newest first."""
    return list(
        Source.objects.filter(_own_drafts(edition)).select_related("bureau", "budget_import").newest_first()
    )


def snapshot_of(edition) -> Snapshot:
    """As readers will see its base date once it is published."""
    found = Source.objects.of_lineage(edition.bureau).filter(Q(state=State.IN_FORCE) | _own_drafts(edition))
    sources = list(found.newest_first())
    return Snapshot(
        edition.bureau,
        [edition.bureau],
        sources,
        AskedDate(edition.as_of),
        executed_after=last_report_date(edition, sources),
    )


def own_sources(edition, snapshot: Snapshot) -> list[Source]:
    """Those of its bureau and base date, drafts or in force already: where people write."""
    return [
        source
        for source in snapshot.sources
        if (source.bureau_id, source.as_of) == (edition.bureau_id, edition.as_of)
    ]


def reports_of(edition, snapshot: Snapshot) -> tuple[Report, Report | None]:
    """The report of an edition that is not published, and the one before it. The reading must not be empty."""
    return assemble(snapshot, edition.title, edition.council_session), before(edition, snapshot)


def before(edition, snapshot: Snapshot) -> Report | None:
    """The newest published report of an earlier date, as it was handed out; while there is none, what is in force of the date before."""
    if published := last_published(edition):
        return from_json(published.report)
    earlier = last_report_date(edition, snapshot.sources)
    return assemble(replace(snapshot.at(earlier), executed_after=None)) if earlier else None


def last_report_date(edition, sources: list[Source]) -> date | None:
    """The day of the report before: of the last that was published, else of the newest facts before it but for the budget,
    whose files come between reports."""
    if published := last_published(edition):
        return published.edition.as_of
    days = [source.as_of for source in sources if source.scope not in BUDGET and source.as_of < edition.as_of]
    return max(days, default=None)


def last_published(edition) -> PublishedReport | None:
    earlier = PublishedReport.objects.filter(
        edition__bureau__in=Department.objects.lineage_of(edition.bureau), edition__as_of__lt=edition.as_of
    )
    return earlier.select_related("edition").order_by("-edition__as_of", "-published_at", "-pk").first()
