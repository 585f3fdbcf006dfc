"""용어 설명: each term with the place in this document that it is about."""

from ...chapter import DocumentSoFar
from ...render.blocks import Block, TermEntry
from ...render.outline import blocks_of
from .data import GlossaryData
from .references import places_of


def blocks(data: GlossaryData, document: DocumentSoFar) -> list[Block]:
    places = places_of(data.terms, document.chapters)
    return [
        TermEntry(term.heading, tuple(blocks_of(term.text)), f"term-{term.slug}", *places.get(term.slug, ()))
        for term in data.terms
    ]
