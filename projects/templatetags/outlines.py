"""개조식 text in templates, with the glossary's terms linked."""

from django import template
from django.utils.safestring import SafeString

from core.mentions.linking import NumberLinker
from core.templatetags.language import fact_block
from seoul_digital.lib.outline import html, parser

register = template.Library()


@register.simple_tag
def outline(text, linker, numbers=()) -> SafeString:
    """`{% outline brief.overview linker numbers %}`: nested marks, notes and tables as HTML. `linker` has `link(text)`, `numbers`
    are those of the text with what they state."""
    return fact_block(html.render(parser.parse(text), NumberLinker(linker.link, numbers).link))
