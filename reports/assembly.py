"""Puts a report together from what is in force for a snapshot: every chapter in turn, by the apps' own queries."""

from dataclasses import replace
from functools import partial

from core.data_version import Memory, data_version
from core.models import Source
from core.remembered import parts
from core.remembered.ahead import read_ahead
from core.remembered.demonstration import NOTE, is_demonstration
from core.snapshot import Snapshot
from departments.models import Department

from .chapters import CHAPTERS
from .report import Name, Report, ReportSource

_remembered: Memory[Report] = Memory(8)


def assemble(snapshot: Snapshot, title: str = "", council_session: str = "") -> Report:
    """The report of the snapshot's bureau on its date, put together once for each version of the data; a fixed number of queries.
    Raises ValueError where either is unknown."""
    work = partial(_assemble, title=title, council_session=council_session)
    return _remembered.once(snapshot, work, title, council_session, [chapter.key for chapter in CHAPTERS])


def _assemble(snapshot: Snapshot, title: str, council_session: str) -> Report:
    bureau, as_of = snapshot.bureau, snapshot.as_of
    if not isinstance(bureau, Department) or as_of is None:
        raise ValueError("a report needs a bureau and a date")
    cover = Report(
        title=title or f"{bureau.name} 업무보고",
        bureau=Name(bureau.slug, bureau.name),
        as_of=as_of,
        sources=tuple(map(_source, _sources(snapshot))),
        council_session=council_session,
        base_date=snapshot.base_date,
        cover_notes=(NOTE,) if is_demonstration() else (),
    )
    chapters = {}
    names = {
        chapter: ("chapter", chapter.key, title, council_session, snapshot.question) for chapter in CHAPTERS
    }
    unknown = [chapter for chapter, name in names.items() if not parts.knows(name, snapshot)]
    read_ahead([snapshot], *(chapter.assemble for chapter in unknown))
    for (
        chapter,
        name,
    ) in names.items():  # each remembered by itself, and made anew after changes of what it rests on
        data = parts.rows(name, snapshot, partial(chapter.assemble, snapshot, cover))[0]
        if data is not None and data != chapter.empty:
            chapters[chapter.key] = data
    return replace(cover, chapters=chapters)


def reports_of(snapshot: Snapshot) -> tuple[Report, Report | None]:
    """What is in force on the date, and on the newest base date before the one that it shows. The snapshot must not be empty."""
    earlier = _earlier(snapshot)
    return assemble(snapshot), assemble(earlier) if earlier else None


def _earlier(snapshot: Snapshot) -> Snapshot | None:
    shown = snapshot.known[0].as_of
    before = next((known for known in snapshot.base_dates if known < shown), None)
    return snapshot.at(before, is_asked=bool(snapshot.is_asked and snapshot.asked.on)) if before else None


def reports_version(snapshot: Snapshot) -> tuple[object, ...]:
    """Equal where `reports_of` gives the same. Read it before them."""
    earlier = _earlier(snapshot)
    versions = [data_version(each) for each in (snapshot, earlier) if each]
    return snapshot.chosen.pk if snapshot.chosen else None, snapshot.is_asked, snapshot.asked.on, *versions


def _sources(snapshot: Snapshot) -> list[Source]:
    """Newest first; of expenditure those of the fiscal year and of the one before."""
    years = {snapshot.fiscal_year, snapshot.fiscal_year - 1} if snapshot.fiscal_year else set()
    return [
        source for source in snapshot.in_force if source.fiscal_year is None or source.fiscal_year in years
    ]


def _source(row: Source) -> ReportSource:
    return ReportSource(
        slug=row.slug,
        scope=str(row.scope),
        as_of=row.as_of,
        document=row.document,
        heading=row.heading,
        unit=row.unit,
        notes=row.note_lines,
        fiscal_year=row.fiscal_year,
        budget_kind=str(row.budget_kind),
    )
