"""개조식 text in templates, with the glossary's terms linked."""

from django import template

from seoul_digital import outline, outline_html

register = template.Library()


@register.filter("outline")
def outline_filter(text, linker):
    """`{{ brief.overview|outline:linker }}`: nested marks, notes and tables as HTML. `linker` has `link(text)`."""
    return outline_html.render(outline.parse(text), linker.link)
