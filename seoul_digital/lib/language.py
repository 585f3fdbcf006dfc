"""The language of what is being made: Korean, or English on a page of a reader who chose it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation

KOREAN, ENGLISH = "ko", "en"
_HANGUL = re.compile(r"[ㄱ-ㆎ가-힣]")


def is_english() -> bool:
    return translation.get_language() == ENGLISH


def has_hangul(text: str) -> bool:
    return _HANGUL.search(text) is not None


@contextmanager
def in_korean() -> Iterator[None]:
    """For what is stored, sent or remembered, whoever reads; a decorator too."""
    with translation.override(KOREAN):
        yield
