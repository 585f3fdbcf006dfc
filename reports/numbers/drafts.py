"""Which report a source's texts belong to: the edition's that it is a draft of, its own while it is nobody's, what is in force."""

from django.db.models import Model
from django.urls import reverse
from django.utils.http import urlencode

from core.models import Source
from core.page_links import register_numbers_page
from core.snapshot import BUREAU_PARAMETER, Snapshot, register_draft_snapshot
from seoul_digital.lib.query_params import PARAMETER

from ..editions.snapshot import snapshot_of
from ..models import Edition


def edition_of(source: Source) -> Edition | None:
    """The edition that is being written with the draft."""
    if source.state != Source.State.DRAFT:
        return None
    unpublished = Edition.objects.exclude(state=Edition.State.PUBLISHED).filter(
        edition_sources__source=source
    )
    return unpublished.select_related("bureau").first()


@register_draft_snapshot
def draft_snapshot(source: Source) -> Snapshot | None:
    edition = edition_of(source)
    return snapshot_of(edition) if edition else None


@register_numbers_page
def numbers_address(source: Source, row: Model) -> str:
    """The page on which a row's numbers are decided on, at those of the row that are asked about."""
    asked = {"state": "asked", "row": f"{row._meta.label_lower}.{row.pk}"}
    if edition := edition_of(source):
        return f"{reverse('reports:numbers', args=[edition.pk])}?{urlencode(asked)}"
    if source.state != Source.State.IN_FORCE:
        asked |= {"source": str(source.pk)}
    asked |= {PARAMETER: source.as_of.isoformat(), BUREAU_PARAMETER: source.bureau.slug}
    return f"{reverse('document-numbers')}?{urlencode(asked)}"
