"""The terms in force for a reading, with their definitions."""

from departments.models import Source
from seoul_digital import outline, outline_html

from .linking import Entry
from .models import Definition


def definitions(reading):
    """In the order of the report."""
    source = reading.source(Source.Scope.GLOSSARY)
    return Definition.objects.of(source).select_related("term").order_by("order", "pk")


def entry_of(definition, reading, link=None) -> Entry:
    """`link` links other terms in the definition; without it, the definition is plain."""
    term = definition.term
    parsed = outline.parse(definition.text)
    return Entry(
        slug=term.slug,
        name=term.name,
        forms=term.written_forms,
        heading=definition.heading,
        page_printed=definition.page_printed,
        html=outline_html.render(parsed, link, term.name) if link else outline_html.render(parsed, name=term.name),
        url=f"{reading.url('glossary:list')}#term-{term.slug}",
    )
