"""Computed sentences whose numbers lead to what they state: plain words for files and labels, with marks that pages draw."""

import re
from collections.abc import Iterable
from html import escape
from typing import Any

from django.utils.safestring import SafeString

_OPEN, _MIDDLE, _CLOSE = "\ue000", "\ue001", "\ue002"  # of a mark: identity, words
_MARK = re.compile(f"{_OPEN}[^{_OPEN}{_MIDDLE}]*+{_MIDDLE}|{_CLOSE}")
_ANY = f"{_OPEN}{_MIDDLE}{_CLOSE}"
# A text may have such letters of its own, as Hangul's fonts do: what is no whole mark would open an attribute that nothing closes.
_WHOLE = re.compile(f'{_OPEN}([^{_ANY}<>"]*+){_MIDDLE}([^{_ANY}]*+){_CLOSE}')
_STRAY = re.compile(f"[{_ANY}]")


class Sentence(str):
    """`marked` is the same text with its marks."""

    marked: str

    @classmethod
    def of(cls, marked: str) -> "Sentence":
        sentence = cls(_MARK.sub("", marked))
        sentence.marked = marked
        return sentence


class HtmlSentence(SafeString, Sentence):
    """One that is HTML already."""


def escaped(value: Any) -> SafeString:
    """As Django's `conditional_escape`, which looks for lazy texts at a cost that pages with a thousand cells feel."""
    is_html = hasattr(value, "__html__")
    return SafeString(value.__html__() if is_html else escape(str(value)))


def linked_number(text: str, identity: str, after: str = "") -> str:
    """A number in a sentence that opens the sheet of its fact, with the particle that follows it; without a fact the text."""
    if not identity or not text:
        return text + after
    return Sentence.of(f"{_OPEN}{identity}{_MIDDLE}{text}{_CLOSE}{after}")


def marked(value: Any) -> str:
    """With its marks, where it has any."""
    return value.marked if isinstance(value, Sentence) else str(value)


def marked_html(value: Any) -> SafeString:
    if isinstance(value, Sentence):
        return SafeString(value.marked if isinstance(value, SafeString) else escape(value.marked))
    return escaped(value)


def sentence_html(text: str, **values: Any) -> SafeString:
    """As `format_html`, with the marks of what is put in."""
    return html_of(text.format(**{key: marked_html(value) for key, value in values.items()}))


def join_html(separator: str, parts: Iterable[Any]) -> SafeString:
    """As `format_html_join` of whole parts, with their marks."""
    return html_of(separator.join(map(marked_html, parts)))


def html_of(html: str) -> SafeString:
    """HTML with marks, as a sentence where it has any."""
    return HtmlSentence.of(html) if _OPEN in html else SafeString(html)  # type: ignore[return-value]


def text_of(text: str) -> str:
    return Sentence.of(text) if _OPEN in text else text


def with_links(value: Any) -> Any:
    """A sentence as a page draws it; anything else as it is."""
    if not isinstance(value, Sentence):
        return value
    html = _WHOLE.sub(r'<span data-fact="\1">\2</span>', marked_html(value))
    return SafeString(_STRAY.sub("", html))
