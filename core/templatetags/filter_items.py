"""The choices of a filter, of a list in admin or of a page, written without a template: a city's units are four hundred."""

import html
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe

from seoul_digital.lib.language import is_english

from .language import fact_lang

register = template.Library()
PLAIN = "<li>", ""
SELECTED = '<li class="selected">', ' aria-current="true"'


@register.simple_tag
def filter_items(choices: Iterable[dict[str, Any]]) -> SafeString:
    items = []
    for choice in choices:
        begun, mark = SELECTED if choice["selected"] else PLAIN
        address = choice["query_string"]
        if not isinstance(address, SafeString):  # as those of many choices
            address = html.escape(iri_to_uri(address))
        items.append(f'{begun}<a href="{address}"{mark}>{html.escape(str(choice["display"]))}</a></li>')
    return mark_safe("\n".join(items))  # noqa: S308 (escaped)


@register.simple_tag
def filter_options(options: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """Of (value, words) what may be picked in a `<select>`."""
    items, may_be_facts = [], is_english()
    for value, word in options:
        marks = fact_lang(word) if may_be_facts else ""
        marks += " selected" if value == chosen else ""
        items.append(f'<option value="{html.escape(value)}"{marks}>{html.escape(str(word))}</option>')
    return mark_safe("\n".join(items))  # noqa: S308 (escaped)
