"""The choices of a filter of a list in admin, written without a template: a city's units are four hundred."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.encoding import iri_to_uri
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
PLAIN = "<li>", ""
SELECTED = '<li class="selected">', ' aria-current="true"'


@register.simple_tag
def filter_items(choices: Iterable[dict[str, Any]]) -> SafeString:
    items = []
    for choice in choices:
        begun, mark = SELECTED if choice["selected"] else PLAIN
        address = escape(iri_to_uri(choice["query_string"]))
        items.append(f'{begun}<a href="{address}"{mark}>{escape(choice["display"])}</a></li>')
    return mark_safe("\n".join(items))  # noqa: S308 (escaped)
