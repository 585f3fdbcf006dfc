"""The language of what is being made: Korean, or English on a page of a reader who chose it.

Amounts and dates ask it, which processes without Django also write: there all is Korean.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

KOREAN, ENGLISH = "ko", "en"
_HANGUL = re.compile(r"[ㄱ-ㆎ가-힣]")
_is_korean: ContextVar[bool] = ContextVar(
    "language.korean", default=False
)  # `in_korean`, which is asked a thousand times a check


def is_english() -> bool:
    if _is_korean.get():
        return False
    translation = sys.modules.get("django.utils.translation")
    return translation is not None and translation.get_language() == ENGLISH


def has_hangul(text: str) -> bool:
    return _HANGUL.search(text) is not None


@contextmanager
def in_korean() -> Iterator[None]:
    """For what is stored, sent or remembered, whoever reads; a decorator too."""
    from django.utils import translation

    token = _is_korean.set(True)
    try:
        with translation.override(KOREAN):
            yield
    finally:
        _is_korean.reset(token)
