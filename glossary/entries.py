"""The terms in force for a snapshot, with their definitions."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import conditional_escape

from core.mentions.linking import NumberLinker, StatedNumber, stated_numbers
from core.models import Source
from core.remembered.ahead import reading, rows_of_snapshot
from core.snapshot import Snapshot, remembered_on_snapshot
from seoul_digital.lib.outline import html, parser

from .linking import LinkedTerm, Linker
from .models import Definition


@remembered_on_snapshot
@rows_of_snapshot
def rows_in_force(snapshot: Snapshot) -> Any:
    rows = Definition.objects.of(snapshot.source(Source.Scope.GLOSSARY))
    return rows.select_related("term").order_by("order", "pk")


@reading(rows_in_force)
def definitions(snapshot: Snapshot) -> list[Definition]:
    """Return the definitions in the report's order, read once a request."""
    source = snapshot.source(Source.Scope.GLOSSARY)
    for definition in (found := rows_in_force(snapshot)):
        definition.source = source
    return list(found)


def entry_of(
    definition: Definition,
    snapshot: Snapshot,
    linker: Linker | None = None,
    numbers: Sequence[StatedNumber] = (),
) -> LinkedTerm:
    """Build the entry; a linker links the other terms in its definition, `numbers` lead to what they state."""
    term = definition.term
    parsed = parser.parse(definition.text)
    link = linker.section(term.slug).link if linker else conditional_escape
    return LinkedTerm(
        slug=term.slug,
        name=term.name,
        forms=term.written_forms,
        other_names=tuple(filter(None, [term.abbreviation, term.english])),
        heading=definition.heading,
        page_printed=definition.page_printed,
        page=definition.page,
        text=parser.plain_text(parsed),
        html=html.render(parsed, NumberLinker(link, numbers).link, term.name),
        url=f"{snapshot.url('glossary:list')}#term-{term.slug}",
    )


def linked_entries(
    defined: Iterable[Definition], shown: Iterable[LinkedTerm], snapshot: Snapshot
) -> list[LinkedTerm]:
    """The entries shown on a page, with links to each other in their definitions, whose numbers lead to what they state."""
    linker, slugs = Linker(shown), {entry.slug for entry in shown}
    chosen = [definition for definition in defined if definition.term.slug in slugs]
    numbers = stated_numbers(snapshot, chosen)
    return [
        entry_of(definition, snapshot, linker, numbers.get((definition, "text"), ())) for definition in chosen
    ]
