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


def is_letter_off(first: str, second: str) -> bool:
    """Whether one letter is another, one too many or one too few: a slip in a name, however short. Other numbers make another name."""
    short, long = sorted((fold(first), fold(second)), key=len)
    if short == long or len(long) - len(short) > 1 or len(short) < 2:
        return False
    if _NUMBERS.findall(short) != _NUMBERS.findall(long):
        return False
    start = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    return long[start + 1 :] == short[start + (len(long) == len(short)) :]


def _ratio(folded: str, against: str) -> float:
    matcher = SequenceMatcher(None, folded, against, autojunk=False)
    return matcher.ratio() if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= SLIP else 0
