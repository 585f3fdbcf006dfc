"""개조식 text in templates, with the glossary's terms linked."""

from django import template

from seoul_digital.lib.outline import html, parser

register = template.Library()


@register.filter("outline")
def outline_filter(text, linker):
    """`{{ brief.overview|outline:linker }}`: nested marks, notes and tables as HTML. `linker` has `link(text)`."""
    return html.render(parser.parse(text), linker.link)
