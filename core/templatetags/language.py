"""How pages in English write the report's facts, which stay Korean: nothing else writes `lang="ko"`."""

from collections.abc import Iterable
from html import unescape
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from seoul_digital.lib.language import ENGLISH, KOREAN, has_hangul, is_english
from seoul_digital.lib.language.sentences import html_of, marked, marked_html, text_of

register = template.Library()


def fact_html(value: Any) -> SafeString:
    """The value as HTML; in English what holds Hangul says that it is Korean, once."""
    html = marked_html(value)
    if is_english() and has_hangul(html) and 'lang="ko"' not in html:
        return html_of(f'<span lang="ko">{html}</span>')
    return html_of(html)


register.filter("fact", fact_html)


@register.filter
def attribute_text(value: Any) -> str:
    """A sentence with marked facts as the words of an attribute, which has no marks."""
    return unescape(strip_tags(value)) if isinstance(value, SafeString) else str(value)


@register.simple_tag
def fact_lang(*values: Any) -> SafeString:
    """The attribute of an element whose whole text, or any of the `values` of its attributes, is a fact; nothing in Korean."""
    is_fact = is_english() and (not values or any(has_hangul(str(value)) for value in values))
    return mark_safe(' lang="ko"' if is_fact else "")  # noqa: S308


def fact_block(html: SafeString) -> SafeString:
    """A whole block of facts."""
    return format_html('<div lang="ko">{}</div>', html) if is_english() else html


def with_facts(text: str, **values: Any) -> str:
    """A sentence of ours with values of the report in it; HTML in English alone, so that files get plain text."""
    if not is_english():
        return text_of(text % {key: marked(value) for key, value in values.items()})
    facts = {key: marked_html(fact_html(value)) for key, value in values.items()}
    return html_of(conditional_escape(text) % facts)


def join_facts(separator: str, parts: Iterable[str]) -> str:
    """Sentences and names one after the other, facts among them marked."""
    if not is_english():
        return text_of(separator.join(map(marked, parts)))
    return html_of(conditional_escape(separator).join(marked_html(fact_html(part)) for part in parts))


def counted(text: str, number: int) -> str:
    """The text for so many: Korean has one form, English two."""
    return ngettext(text, text, number)


@register.simple_tag
def page_lang() -> str:
    return ENGLISH if is_english() else KOREAN


def name_text(named: Any, korean: str = "") -> str:
    """What a unit or a project is called, for charts and cells: in English by its English name, where it has one."""
    return (is_english() and named.name_english) or korean or str(named)


register.filter("name_text", name_text)


@register.filter("name")
def name_html(named: Any, korean: str = "") -> SafeString:
    """As `name_text`, with the Korean name as the title of an English one."""
    if is_english() and named.name_english:
        shown = '<span lang="ko" title="{}"><span lang="en">{}</span></span>'
        return format_html(shown, korean or str(named), named.name_english)
    return fact_html(korean or str(named))
