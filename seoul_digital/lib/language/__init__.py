"""The language of what is being made: Korean, or English on a page of a reader who chose it.

Amounts and dates ask it, which processes without Django also write: there all is Korean.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

KOREAN, ENGLISH = "ko", "en"
_HANGUL = re.compile(r"[ㄱ-ㆎ가-힣]")


def is_english() -> bool:
    translation = sys.modules.get("django.utils.translation")
    return translation is not None and translation.get_language() == ENGLISH


def has_hangul(text: str) -> bool:
    return _HANGUL.search(text) is not None


@contextmanager
def in_korean() -> Iterator[None]:
    """For what is stored, sent or remembered, whoever reads; a decorator too."""
    from django.utils import translation

    with translation.override(KOREAN):
        yield
