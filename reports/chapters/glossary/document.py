"""용어 설명: each term with the place in this document that it is about."""

from collections.abc import Iterator, Sequence

from glossary.linking import Entry, Finder

from ...render.blocks import Block, Chapter, Heading, Term
from ...render.outline import blocks_of, texts_of
from ...report import Report


def term_blocks(report: Report, chapters: Sequence[Chapter]) -> list[Block]:
    places = _places(report, chapters)
    return [
        Term(one.heading, tuple(blocks_of(one.text)), f"term-{one.slug}", *places.get(one.slug, ("", "")))
        for one in report.glossary
    ]


def _places(report: Report, chapters: Sequence[Chapter]) -> dict[str, tuple[str, str]]:
    """For each term (key, section's title): the project that has it in its title, else where it is first said."""
    finder = Finder(Entry(one.slug, one.name, one.forms or _forms(one)) for one in report.glossary)
    found: dict[str, tuple[str, str]] = {}
    for key, title, texts in sorted(_spoken(chapters), key=_rank):
        for text in texts:
            for _, _, entry in finder.find(text):
                found.setdefault(entry.slug, (key, title))
    return found


def _forms(term) -> tuple[str, ...]:
    return tuple(filter(None, (term.name, term.abbreviation, term.english)))


def _rank(place: tuple[str, str, Sequence[str]]) -> int:
    """Titles of projects, then their texts, then the rest; the order of the document among these."""
    key, title, texts = place
    if not key.startswith("project-"):
        return 2
    return 0 if texts == (title,) else 1


def _spoken(chapters: Sequence[Chapter]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(key, section's title, texts) of all that has a key."""
    for chapter in chapters:
        section = chapter.heading
        for block in chapter.blocks:
            if isinstance(block, Heading) and block.level == 2:
                section = block
                yield block.key, block.title, (block.title,)
            elif key := getattr(block, "key", ""):
                yield key, section.title, tuple(texts_of(block))
