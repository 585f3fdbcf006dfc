"""What an edition reports: its drafts with what is in force, and the report before it."""

from django.db.models import Q

from budgets.models import BudgetImport
from departments.models import Department, Source
from departments.reading import Reading
from seoul_digital.asof import AskedDate

from ..assembly import Report, assemble, from_json
from ..models import FrozenReport

State = Source.State


class NotNowError(Exception):
    """What was asked for cannot be done; says in Korean why."""


def _own_drafts(edition) -> Q:
    """The drafts of its bureau and base date, however they came; of budget files those that have been read to their end."""
    read = Q(budget_import__isnull=True) | Q(budget_import__state=BudgetImport.State.STAGED)
    return Q(state=State.DRAFT, bureau=edition.bureau_id, as_of=edition.as_of) & read


def drafts_of(edition) -> list[Source]:
    """The newest first."""
    return list(Source.objects.filter(_own_drafts(edition)).select_related("bureau", "budget_import").newest_first())


def reading_of(edition) -> Reading:
    """As readers will see its base date once it is published."""
    held = Source.objects.of_lineage(edition.bureau).filter(Q(state=State.IN_FORCE) | _own_drafts(edition))
    return Reading(edition.bureau, [edition.bureau], list(held.newest_first()), AskedDate(edition.as_of))


def own_sources(edition, reading: Reading) -> list[Source]:
    """Those of its bureau and base date, drafts or in force already: where people write."""
    return [source for source in reading.sources if (source.bureau_id, source.as_of) == (edition.bureau_id, edition.as_of)]


def reports_of(edition, reading: Reading) -> tuple[Report, Report | None]:
    """The report of an edition that is not published, and the one before it. The reading must not be empty."""
    return assemble(reading, edition.title, edition.council_session), before(edition, reading)


def before(edition, reading: Reading) -> Report | None:
    """The newest published report of an earlier date, as it was handed out; while there is none, what is in force of the date before."""
    if frozen := last_published(edition):
        return from_json(frozen.report)
    earlier = next((known for known in reading.base_dates if known < edition.as_of), None)
    return assemble(reading.at(earlier)) if earlier else None


def last_published(edition) -> FrozenReport | None:
    earlier = FrozenReport.objects.filter(
        edition__bureau__in=Department.objects.lineage_of(edition.bureau), edition__as_of__lt=edition.as_of
    )
    return earlier.select_related("edition").order_by("-edition__as_of", "-frozen_at", "-pk").first()
