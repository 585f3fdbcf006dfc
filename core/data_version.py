"""The data version: what was worked out from a snapshot holds as long as it has the same one."""

import hashlib

from django.db.models import Value

from .models.revisions import EVERY_BUREAU, BureauRevision, SourceRevision
from .snapshot import Snapshot


def data_version(snapshot: Snapshot) -> str:
    """The revisions of the sources that the snapshot reads and of its bureaus, as one short text; one query.

    Read it before the rows: what is remembered under it is then at worst newer than it says, never older.
    """
    sources = [source.pk for source in snapshot.known]
    bureaus = {EVERY_BUREAU, *(source.bureau_id for source in snapshot.known)}
    found = (
        SourceRevision.objects.filter(source__in=sources)
        .values_list(Value("source"), "source_id", "revision")
        .union(
            BureauRevision.objects.filter(bureau_id__in=bureaus).values_list(
                Value("bureau"), "bureau_id", "revision"
            )
        )
    )
    text = repr((sources, str(snapshot.as_of), sorted(found)))
    return hashlib.sha256(text.encode()).hexdigest()
