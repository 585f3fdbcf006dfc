"""The totals that sources print, as every page reads them: all of a snapshot by one query."""

from collections import defaultdict
from collections.abc import Sequence

from ..models import ControlTotal, Source
from ..snapshot import Snapshot
from . import parts


def totals_printed(snapshot: Snapshot, sources: Sequence[Source | None]) -> list[ControlTotal]:
    """What some of the snapshot's sources print, each with its source, in the order of the sources and then of their keys."""
    named = {source.pk: source for source in sources if source}
    found = parts.of_each("totals", ControlTotal, snapshot, [*named.values()], _read)
    totals = []
    for key, source in named.items():
        for total in found[key]:
            total.source = source
            totals.append(total)
    return totals


def _read(sources: Sequence[int]) -> dict[int, list[ControlTotal]]:
    found = defaultdict[int, list[ControlTotal]](list)
    for total in ControlTotal.objects.filter(source__in=sources).order_by("pk"):
        found[total.source_id].append(total)
    return found
