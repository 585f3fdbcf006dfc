"""Pages in English: what of them stays Korean because it is a fact of the report, marked as such."""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

register = template.Library()
_HANGUL = re.compile("[ㄱ-ㆎ가-힣]")
_LANG = mark_safe(' lang="ko"')


def is_english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter("fact")
def fact_html(value: Any) -> Any:
    """A value of the report; in English marked as Korean where it is. What is HTML already has its marks."""
    if isinstance(value, SafeString) or not is_english() or not _HANGUL.search(str(value)):
        return value
    return format_html('<span lang="ko">{}</span>', value)


@register.simple_tag
def fact_lang(value: Any = "가") -> SafeString:
    """The attribute of an element that holds a fact, or has one in an attribute; with a value, where that is Korean."""
    return _LANG if is_english() and _HANGUL.search(str(value)) else mark_safe("")


def fact_block(html: SafeString) -> SafeString:
    """A whole block of facts."""
    return format_html('<div lang="ko">{}</div>', html) if is_english() else html


def with_facts(text: str, **values: Any) -> str:
    """A sentence of ours with values of the report in it; HTML in English alone, so that files get plain text."""
    if not is_english():
        return text % values
    marked = {key: conditional_escape(fact_html(value)) for key, value in values.items()}
    return mark_safe(conditional_escape(text) % marked)  # noqa: S308


def join_facts(separator: str, parts: Iterable[str]) -> str:
    """Sentences and names one after the other, facts among them marked."""
    if not is_english():
        return separator.join(parts)
    return format_html_join(separator, "{}", ((fact_html(part),) for part in parts))


def counted(text: str, number: int) -> str:
    """The text for so many: Korean has one form, English two."""
    return ngettext(text, text, number)
