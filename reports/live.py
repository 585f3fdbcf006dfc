"""The live report of a snapshot, and the one before it."""

from core.snapshot import Snapshot

from .assembly import assemble
from .report import Report


def reports_of(snapshot: Snapshot) -> tuple[Report, Report | None]:
    """What is in force on the date, and on the newest base date before the one that it shows. The reading must not be empty."""
    shown = snapshot.known[0].as_of
    before = next((known for known in snapshot.base_dates if known < shown), None)
    return assemble(snapshot), assemble(snapshot.at(before)) if before else None
