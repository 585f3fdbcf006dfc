"""The document as the site shows it, with the places at which each fact stands in it; both are remembered with the data."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from core.data_version import Memory
from core.mentions.states import states
from core.snapshot import Snapshot
from core.stated_facts import stated_facts

from ..assembly import reports_of, reports_version
from ..document import document_of
from ..render.blocks import (
    Bars,
    Block,
    ChartUnit,
    Document,
    DocumentChapter,
    FactMark,
    HeadingBlock,
    OrganisationChart,
    TableBlock,
    TermEntry,
)
from .fact_marks import FactMarks

COVER = "표지"


@dataclass(frozen=True)
class FactPlace:
    """A block that states a fact, `count` times; `key` is the nearest place that an address can lead to, `text` what the line says."""

    section: str
    key: str
    text: str
    count: int = 1


@dataclass(frozen=True)
class SiteDocument:
    document: Document
    places: Mapping[str, tuple[FactPlace, ...]]


_remembered: Memory[SiteDocument] = Memory(4)


def site_document(snapshot: Snapshot) -> SiteDocument:
    """What is in force on the snapshot's date, which must not be empty. Raises ReportTooLargeError."""
    return _remembered.once(snapshot, _site_document, reports_version(snapshot))


def is_remembered(snapshot: Snapshot) -> bool:
    """Whether the document is there without being put together."""
    return _remembered.knows(snapshot, reports_version(snapshot))


def _site_document(snapshot: Snapshot) -> SiteDocument:
    document = marked(document_of(*reports_of(snapshot)), snapshot)
    return SiteDocument(document, places_of(document))


def marked(document: Document, snapshot: Snapshot) -> Document:
    """The numbers of its prose lead to what they state in the snapshot."""
    steps = stated_facts(snapshot, "milestone").values()
    return FactMarks(states(snapshot), steps, _times(snapshot)).marked(document)


def _times(snapshot: Snapshot) -> dict[str, str]:
    """Base dates, this report's and earlier ones, and years of account: what each states."""
    years = {str(fact.period): fact.identity for fact in stated_facts(snapshot, "fiscal_year").values()}
    report = "base_date:report"
    days = {str(on): f"{report}#{on}" for on in snapshot.base_dates}
    return years | days | ({str(snapshot.base_date): report} if snapshot.base_date else {})


def places_of(document: Document) -> dict[str, tuple[FactPlace, ...]]:
    """By identity, in the order of the document; what a comparison says of another day, or of a change, is no place of it."""
    found: dict[str, dict[tuple[str, str, str], int]] = defaultdict(lambda: defaultdict(int))
    cover = (
        (COVER, "main", text, fact) for text, fact in _facts_of(document.occasion, document.occasion_marks)
    )
    for section, key, text, fact in chain(cover, *map(_stated, document.chapters)):
        identity, _, day = fact.partition("#")
        if not day or day == document.as_of.isoformat():
            found[identity][section, key, text] += 1
    return {
        identity: tuple(FactPlace(*place, count) for place, count in places.items())
        for identity, places in found.items()
    }


def _stated(chapter: DocumentChapter) -> Iterator[tuple[str, str, str, str]]:
    """(section's title, key, text, fact) of every number of a chapter that states one."""
    section, place = chapter.heading.title, chapter.heading.key
    for block in chapter.blocks:
        if isinstance(block, HeadingBlock) and block.level <= 2:
            section = f"{chapter.heading.title} › {block.title}"
        place = getattr(block, "key", "") or place
        yield from ((section, place, text, fact) for text, fact in _facts(block))


def _facts(block: Block) -> Iterator[tuple[str, str]]:
    """(text, fact) of a block."""
    match block:
        case TermEntry():
            for inner in block.body:
                yield from _facts(inner)
        case OrganisationChart():
            yield from _facts_of_units(block.root)
        case Bars():
            yield from ((block.title, fact) for fact in block.facts)
        case TableBlock():
            name = block.caption or block.name
            yield from _facts_of(name, block.unit_marks)
            for cell in (cell for row in (*block.header, *block.body) for cell in row):
                yield from ((name, fact) for fact in [cell.fact] if fact)
                yield from _facts_of(name, cell.marks)
        case _:
            text = getattr(block, "text", "")
            yield from _facts_of(text, getattr(block, "marks", ()))
            yield from _facts_of(text, getattr(block, "remark_marks", ()))


def _facts_of(text: str, marks: tuple[FactMark, ...]) -> Iterator[tuple[str, str]]:
    return ((text, mark.fact) for mark in marks)


def _facts_of_units(unit: ChartUnit) -> Iterator[tuple[str, str]]:
    yield from _facts_of(f"{unit.name} {unit.note}", unit.note_marks)
    for below in unit.below:
        yield from _facts_of_units(below)
