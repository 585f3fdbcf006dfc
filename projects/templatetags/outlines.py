"""개조식 text in templates, with the glossary's terms linked."""

from django import template

from core.mentions.linking import NumberLinker
from seoul_digital.lib.outline import html, parser

register = template.Library()


@register.simple_tag
def outline(text, linker, numbers=()):
    """`{% outline brief.overview linker numbers %}`: nested marks, notes and tables as HTML. `linker` has `link(text)`, `numbers`
    are those of the text with what they state."""
    return html.render(parser.parse(text), NumberLinker(linker.link, numbers).link)
