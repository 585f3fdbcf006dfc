"""Texts that are most likely the same text, typed twice or with a slip."""

import re
from difflib import SequenceMatcher

from .hangul import fold

TWICE, SLIP = 0.93, 0.9  # of a long text a few letters may differ, of a title one or two
SHORTEST = 10  # letters; shorter texts are alike by chance
_NUMBERS = re.compile("[0-9]+")


def is_twice(first: str, second: str) -> bool:
    """Whether two texts are the same but for a letter or two; other numbers make another text, and so does shortness."""
    folded, against = fold(first), fold(second)
    if min(len(folded), len(against)) < SHORTEST or _NUMBERS.findall(folded) != _NUMBERS.findall(against):
        return False
    return folded == against or _ratio(folded, against) >= TWICE


def is_slip(first: str, second: str) -> bool:
    """Whether one is the other with a letter or two wrong."""
    folded, against = fold(first), fold(second)
    return (
        folded != against
        and len(folded) >= SHORTEST
        and abs(len(folded) - len(against)) <= 2
        and _ratio(folded, against) >= SLIP
    )


def _ratio(folded: str, against: str) -> float:
    matcher = SequenceMatcher(None, folded, against, autojunk=False)
    return matcher.ratio() if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= SLIP else 0
