"""The totals that sources print, as every page reads them: all of a snapshot by one query."""

from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter

from ..models import ControlTotal, Source
from ..snapshot import Snapshot
from .ahead import RowsOfSources, reading
from .together import SharedQuery


def _by_source(sources: Sequence[int], totals: Sequence[ControlTotal]) -> dict[int, list[ControlTotal]]:
    found = defaultdict[int, list[ControlTotal]](list)
    for total in totals:
        found[total.source_id].append(total)
    return found


_totals = RowsOfSources(
    "totals",
    ControlTotal,
    attrgetter("in_force"),
    lambda sources: SharedQuery(ControlTotal.objects.filter(source__in=sources).order_by("pk")),
    _by_source,
)


@reading(_totals)
def totals_printed(snapshot: Snapshot, sources: Sequence[Source | None]) -> list[ControlTotal]:
    """What some of the snapshot's sources print, each with its source, in the order of the sources and then of their keys."""
    named = {source.pk: source for source in sources if source}
    found = _totals(snapshot, [*named.values()])
    totals = []
    for key, source in named.items():
        for total in found[key]:
            total.source = source
            totals.append(total)
    return totals
