"""What readers will see change when sources come into force or are withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.admin.checks import serious_findings
from core.copying import counts_of
from core.integrity import Finding
from core.models import Source
from core.snapshot import Snapshot, lineage_sources
from seoul_digital.lib.query_params import AskedDate

from .assembly import assemble
from .comparison.compare import compare
from .comparison.page import page_of
from .comparison.section import Section
from .report import Report

State = Source.State


@dataclass(frozen=True)
class ImpactPreview:
    """`sections` are the subjects whose figures change on `on`; `first` says of the sources whose scope readers had, or will have, nothing of."""

    on: date
    default_before: date | None
    default_after: date | None
    sections: Sequence[Section] = ()
    first: Sequence[tuple[Source, Sequence[tuple[str, int]]]] = ()
    findings: Sequence[Finding] = ()

    @property
    def moves_default(self) -> bool:
        return self.default_before != self.default_after


def impact_preview(
    sources: Sequence[Source], state, *, checked: bool = True, report: Report | None = None
) -> ImpactPreview:
    """Of sources of one bureau that shall be in `state`: in force or withdrawn. `checked`: with what would not agree, source by source;
    `report`: what readers will see, where that is put together already."""
    bureau, on = sources[0].bureau, max(source.as_of for source in sources)
    known = lineage_sources(bureau)
    keys = {source.pk for source in sources}
    others = [source for source in known if source.pk not in keys]
    wanted = [*others, *sources] if state == State.IN_FORCE else others
    now, then = (Snapshot(bureau, [bureau], newest_first(held), AskedDate(on)) for held in (known, wanted))
    before, after = _default(now), _default(then)
    if before and before < on == after:
        now = now.at(before)  # what readers see today, their statuses of that day included
    scopes = {source.scope for source in sources}
    return ImpactPreview(
        on,
        before,
        after,
        _sections(now, then, report, scopes),
        [
            (source, counts_of(source))
            for source in sources
            if None in (now.source(source.scope), then.source(source.scope))
        ],
        _findings(sources) if checked and state == State.IN_FORCE else (),
    )


def newest_first(sources):
    return sorted(sources, key=lambda source: (source.as_of, source.received_at, source.pk), reverse=True)


def _default(snapshot):
    return snapshot.base_dates[0] if snapshot.base_dates else None


def _sections(now, then, report, scopes):
    if now.is_empty or then.is_empty:
        return []
    compared = page_of(compare(assemble(now), report or assemble(then)))
    return [section for section in compared.shown if section.slug in scopes]


def _findings(sources):
    found: dict[tuple[str, str], Finding] = {}
    for source in sources:
        found |= serious_findings(source)
    return list(found.values())
