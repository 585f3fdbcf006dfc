"""Where in a document each term is spoken of."""

from collections.abc import Iterator, Sequence

from glossary.linking import Finder, LinkedTerm

from ...chapter import UnitExtract
from ...render.blocks import DocumentChapter, HeadingBlock
from ...render.outline import texts_of
from .data import GlossaryData, TermRow


def places_of(terms: Sequence[TermRow], chapters: Sequence[DocumentChapter]) -> dict[str, tuple[str, str]]:
    """For each term (key, section's title): the project that has it in its title, else where it is first said."""
    finder = Finder(
        LinkedTerm(
            term.slug, term.name, term.forms or (term.name, *filter(None, (term.abbreviation, term.english)))
        )
        for term in terms
    )
    found: dict[str, tuple[str, str]] = {}
    for key, title, texts in sorted(_spoken(chapters), key=_rank):
        for text in texts:
            for _, _, entry in finder.find(text):
                found.setdefault(entry.slug, (key, title))
    return found


def _rank(place: tuple[str, str, Sequence[str]]) -> int:
    """Titles of projects, then their texts, then the rest; the order of the document among these."""
    key, title, texts = place
    if not key.startswith("project-"):
        return 2
    return 0 if texts == (title,) else 1


def _spoken(chapters: Sequence[DocumentChapter]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(key, section's title, texts) of all that has a key."""
    for chapter in chapters:
        section = chapter.heading
        for block in chapter.blocks:
            if isinstance(block, HeadingBlock) and block.level == 2:
                section = block
                yield block.key, block.title, (block.title,)
            elif key := getattr(block, "key", ""):
                yield key, section.title, tuple(texts_of(block))


def of_unit(data: GlossaryData, extract: UnitExtract) -> GlossaryData:
    """The terms that what is said of the unit speaks of."""
    spoken = places_of(data.terms, extract.document())
    return GlossaryData(tuple(term for term in data.terms if term.slug in spoken))
