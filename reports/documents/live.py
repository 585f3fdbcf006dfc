"""The live report of a reading, and the one before it."""

from departments.reading import Reading

from ..assembly import Report, assemble


def reports_of(reading: Reading) -> tuple[Report, Report | None]:
    """What is in force on the date, and on the newest base date before the one that it shows. The reading must not be empty."""
    shown = reading.known[0].as_of
    before = next((known for known in reading.base_dates if known < shown), None)
    return assemble(reading), assemble(reading.at(before)) if before else None
