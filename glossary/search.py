"""What of the glossary can be found: terms with their definitions."""

from django.urls import reverse

from seoul_digital import outline
from seoul_digital.texts import Text, register

from .entries import definitions

KIND = "용어"


@register
def term_texts(reading):
    for definition in definitions(reading):
        term = definition.term
        words = outline.plain_text(outline.parse(definition.text))
        body = "\n".join([words, " ".join(filter(None, [term.english, term.abbreviation, *term.spellings.splitlines()]))])
        yield Text(KIND, definition.heading, f"{reverse('glossary:list')}#term-{term.slug}", body)
