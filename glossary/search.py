"""Search entries of the glossary: terms with their definitions."""

from collections.abc import Iterator

from core.models import Source
from core.search import SearchEntry, register_search_entries
from core.snapshot import Snapshot, address
from seoul_digital.lib.outline import parser

from .entries import definitions

KIND = "용어"


@register_search_entries(Source.Scope.GLOSSARY, rows=[definitions])
def term_texts(snapshot: Snapshot) -> Iterator[SearchEntry]:
    for definition in definitions(snapshot):
        term = definition.term
        words = parser.plain_text(parser.parse(definition.text))
        body = "\n".join(
            [words, " ".join(filter(None, [term.english, term.abbreviation, *term.spellings.splitlines()]))]
        )
        yield SearchEntry(
            KIND,
            definition.heading,
            f"{address('glossary:list')}#term-{term.slug}",
            body,
            scope=Source.Scope.GLOSSARY,
        )
