"""What an edition reports: its drafts with what is in force, and the report before it."""

from collections import Counter
from dataclasses import replace
from datetime import date

from budgets.expenditure.in_force import execution_sources, sources_in_force, sources_of_year
from core.models import Source
from core.snapshot import Snapshot, lineage_sources
from departments.models import Department
from seoul_digital.lib.query_params import AskedDate

from ..assembly import assemble
from ..models import PublishedReport, Submission
from ..report import Report
from ..serial import from_json
from .parts import labels, lacking_words
from .sources import BUDGET, newest_first, sources_of

MOST_NAMED = 6  # parts on the cover


def snapshot_of(edition) -> Snapshot:
    """As readers will see its base date once it is published; what was executed is what was delivered since the report before."""
    known = lineage_sources(edition.bureau)
    since = last_report_date(edition, known)
    sources = newest_first([*known, *sources_of(edition, since).drafts])
    asked = AskedDate(edition.as_of)
    return Snapshot(edition.bureau, [edition.bureau], sources, asked, executed_after=since)


def own_sources(edition, snapshot: Snapshot) -> list[Source]:
    """Those of its bureau and base date, drafts or in force already: where people write. What a table of many bureaus says is not."""
    return [
        source
        for source in snapshot.sources
        if (source.bureau_id, source.as_of) == (edition.bureau_id, edition.as_of)
        and source.budget_kind != Source.BudgetKind.OVERVIEW
    ]


def reported_sources(snapshot: Snapshot) -> list[Source]:
    """Those whose facts the edition's report tells."""
    year = snapshot.fiscal_year
    last_year = sources_of_year(snapshot, year - 1) if year else []
    budget = [*sources_in_force(snapshot), *execution_sources(snapshot), *last_year]
    others = [source for source in snapshot.in_force if source.scope != Source.Scope.EXPENDITURE]
    return list(dict.fromkeys([*others, *budget]))


def reports_of(edition, snapshot: Snapshot) -> tuple[Report, Report | None]:
    """The report of an edition that is not published, and the one before it. The snapshot must not be empty."""
    report = assemble(snapshot, edition.title, edition.council_session)
    return replace(report, cover_notes=(*report.cover_notes, *cover_notes(edition, snapshot))), before(
        edition, snapshot
    )


def cover_notes(edition, snapshot: Snapshot) -> tuple[str, ...]:
    """What the cover says: what a correction puts right, what was not delivered, and which parts were confirmed in their owner's place."""
    corrected = [f"정정: {edition.correction}"] if edition.correction else []
    return (*corrected, *lacking_words(snapshot), *confirmed_in_place(edition))


def confirmed_in_place(edition) -> list[str]:
    """`기획 담당이 대신 확인한 부분: 데이터센터 인력 (까닭)`, a line a reason."""
    by_reason: dict[str, list[Submission]] = {}
    for row in (
        edition.submissions.filter(in_place=True).select_related("department", "project").order_by("pk")
    ):
        by_reason.setdefault(row.note, []).append(row)
    return [f"기획 담당이 대신 확인한 부분: {_listed(rows)} ({reason})" for reason, rows in by_reason.items()]


def _listed(rows: list[Submission]) -> str:
    """`데이터센터 인력`; of many how many each unit has: `데이터센터 3개`."""
    if len(rows) <= MOST_NAMED:
        names = labels()
        return ", ".join(
            f"{row.department.name} {row.project.name if row.project else names.get(row.part, row.part)}"
            for row in rows
        )
    units = Counter(row.department.name for row in rows)
    return ", ".join(f"{unit} {number}개" for unit, number in units.items())


def before(edition, snapshot: Snapshot) -> Report | None:
    """The newest published report of an earlier date, as it was handed out; while there is none, what is in force of the date before."""
    if published := last_published(edition):
        return from_json(published.intact_report)
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
