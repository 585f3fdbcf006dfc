"""What breaks with rows that are deleted: asked about before they are gone. What breaks nothing stands in the list of changes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from .. import integrity
from ..integrity import Finding, Level
from ..models import NaturalKeyModel, Source
from ..page_links import source_reached
from ..snapshot import snapshot_with
from .held_totals import MovedTotals
from .rules import remembering

Found = Mapping[tuple[str, str], Finding]
Heard = Callable[[Source, Found], Found]
SERIOUS = (Level.ERROR, Level.WARNING)
NUMBERING = "row.numbering/"


def removal_doubts(
    rows: Sequence[NaturalKeyModel], heard: Heard, *, are_renumbered: bool = False
) -> list[str]:
    """Sentences on sums that were the last report's, and on what checks find without the rows, of it what is `heard`.

    `are_renumbered`: the rows behind them close the gap."""
    totals = MovedTotals()
    with remembering():
        for row in rows:
            totals.remove(row)
        broken = list(totals.broken())
    return [*broken, *contradictions_without(rows, heard, are_renumbered=are_renumbered)]


def contradictions_without(
    rows: Sequence[NaturalKeyModel], heard: Heard, *, are_renumbered: bool = False
) -> Iterator[str]:
    """What checks find where the rows are gone, of it what is `heard`: tried in a savepoint. Whole sources are another matter."""
    by_source: dict[Source, list[NaturalKeyModel]] = {}
    for row in rows:
        source = None if isinstance(row, Source) else source_reached(row)
        if source is not None:
            by_source.setdefault(source, []).append(row)
    for source, removed in by_source.items():
        for finding in heard(source, _new_findings(source, removed)).values():
            if not (are_renumbered and finding.id.startswith(NUMBERING)):
                yield f"지우면 맞지 않게 됩니다. {finding.subject}: {finding.formula}"


def _new_findings(source: Source, rows: Sequence[NaturalKeyModel]) -> Found:
    """None where others protect a row: the page says so itself."""
    before, after = _serious(integrity.run(snapshot_with(source), [source.scope])), {}
    with suppress(ProtectedError, RestrictedError), transaction.atomic():
        for row in rows:
            type(row)._base_manager.get(pk=row.pk).delete()
        after = _serious(integrity.run(snapshot_with(source), [source.scope]))
        transaction.set_rollback(True)
    return {key: finding for key, finding in after.items() if key not in before}


def _serious(found: Iterable[Finding]) -> dict[tuple[str, str], Finding]:
    return {(finding.id, finding.fingerprint): finding for finding in found if finding.level in SERIOUS}
