"""What the tests ask of an edition's drafts."""

from core.snapshot import lineage_sources
from reports.editions.snapshot import last_report_date
from reports.editions.sources import sources_of


def drafts_of(edition):
    """What publishing brings into force, the newest first."""
    return sources_of(edition, last_report_date(edition, lineage_sources(edition.bureau))).drafts
