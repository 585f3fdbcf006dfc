"""Searching Korean as people type it, and the particle that fits a word.

`민·관 융합데이터` is found as `민관융합데이터`, `공공와이파이를` finds 공공와이파이, and so does `ㄱㄱㅇㅇㅍㅇ`.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from .language import is_english

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
LONGEST_QUERY = 100

_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_SYLLABLES_PER_INITIAL = 588
_FINALS = 28
_RIEUL = 8

# Normalising takes a typed consonant for a conjoining one.
_LETTERS = {0x1100 + index: letter for index, letter in enumerate(INITIALS)}
# Dots and apostrophes that Unicode counts among the letters.
_LETTERLIKE_MARKS = "ㆍᆞᆢʹʻʼʽ"
# The Revised Romanisation, letter by letter.
_ROMAN_INITIALS, _ROMAN_VOWELS, _ROMAN_FINALS = (
    letters.split()
    for letters in (
        "g kk n d tt r m b pp s ss _ j jj ch k t p h",
        "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i",
        "_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t",
    )
)
# What normalises as one: a syllable typed as its parts, or a letter with its accents.
_CLUSTER = re.compile(r"[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?|.[\u0300-\u036f]*", re.DOTALL)

_PARTICLES_BY_FINAL = (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"), ("이나", "나"))
_OTHER_PARTICLES = ("에서", "에게", "까지", "부터", "보다", "처럼", "의", "에", "도", "만")
_FOLLOWING_PARTICLES = ("은", "는", "도", "만", "의")
_PARTICLES = sorted((*_OTHER_PARTICLES, *chain(*_PARTICLES_BY_FINAL)), key=len, reverse=True)

# The last sound of what is read out in Korean: 0 영 (and 십, 백, 천, 만), 1 일, …, L 엘, M 엠, N 엔, R 알.
_READ_WITH_RIEUL = "178lr"
_READ_WITH_FINAL = "036mn"
# A date to the day or month: 30일, 8월.
_DATE = re.compile(
    r"['’‘`´] ?[0-9]{2}(?: ?[./-] ?[0-9]{1,2}){1,2}\.?$"
    r"|(?<![0-9])(?:19|20)[0-9]{2}(?:(?: ?[./-] ?[0-9]{1,2}){2}\.?| ?[/-] ?[0-9]{1,2}|\. ?[0-9]{1,2}\.|\. [0-9]{1,2})$"
    r"|(?<![0-9])[0-9]{1,2}\. ?[0-9]{1,2}\.$|[~∼～] ?[0-9]{1,2}\.$"
)
_UNITS = {
    "%": "퍼센트", "%p": "퍼센트포인트", "㎡": "제곱미터", "㎢": "제곱킬로미터", "㎥": "세제곱미터",
    "m": "미터", "km": "킬로미터", "㎞": "킬로미터", "cm": "센티미터", "mm": "밀리미터",
    "g": "그램", "kg": "킬로그램", "㎏": "킬로그램", "t": "톤", "L": "리터", "ℓ": "리터",
}  # fmt: skip
_UNIT = re.compile(rf"(?<=[0-9]) ?({'|'.join(sorted(_UNITS, key=len, reverse=True))})$")


def fold(text: str) -> str:
    """The letters and digits of `text` alone, in one spelling: no spaces, punctuation, dots, quotation marks, case."""
    size = len(text)
    folded = _fold_again if size <= _SHORT else _fold_text if size <= _LONG else _fold
    return folded(text)


def _fold(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text).translate(_LETTERS).casefold()
    return "".join(
        character for character in normal if character.isalnum() and character not in _LETTERLIKE_MARKS
    )


_SHORT = 100  # characters of a name or value, which is folded again and again
_fold_again = lru_cache(4_096)(_fold)
_LONG = 10_000  # of a text that several checks look through
_fold_text = lru_cache(128)(_fold)


def initials(text: str) -> str:
    """`text` folded, with every syllable as its first consonant: `ㄱㄱㅇㅇㅍㅇ`; one character for one folded."""
    return "".join(map(_initial, fold(text)))


def _initial(character: str) -> str:
    if not _is_syllable(character):
        return character
    return INITIALS[(ord(character) - _FIRST_SYLLABLE) // _SYLLABLES_PER_INITIAL]


def _is_syllable(character: str) -> bool:
    return _FIRST_SYLLABLE <= ord(character) <= _LAST_SYLLABLE


def romanised(text: str) -> str:
    """`text` in ASCII words with hyphens between: `gonggong-waipai`; empty where nothing of it can be written so."""
    letters = "".join(map(_romanised, unicodedata.normalize("NFKC", text).casefold()))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def _romanised(character: str) -> str:
    if not _is_syllable(character):
        return character
    initial, rest = divmod(ord(character) - _FIRST_SYLLABLE, _SYLLABLES_PER_INITIAL)
    vowel, final = divmod(rest, _FINALS)
    return f"{_ROMAN_INITIALS[initial]}{_ROMAN_VOWELS[vowel]}{_ROMAN_FINALS[final]}".replace("_", "")


def is_initials(query: str) -> bool:
    """Whether nothing but consonants (and spaces) was typed."""
    folded = fold(query)
    return bool(folded) and all(character in INITIALS for character in folded)


def stems(token: str) -> tuple[str, ...]:
    """The token, and what it is without a particle at its end, if that leaves two characters and the particle fits.

    Where the particle is one that follows others (에서는, 에게만), also without the other.
    """
    stem, particle = _without_particle(token)
    if not particle:
        return (token,)
    inner, other = _without_particle(stem) if particle in _FOLLOWING_PARTICLES else (stem, "")
    return (token, stem, inner) if other else (token, stem)


def _without_particle(token: str) -> tuple[str, str]:
    """The token without its particle, and the particle, empty where it has none."""
    for particle in _PARTICLES:
        stem = token.removesuffix(particle)
        if stem != token and len(stem) >= 2 and not stem[-1].isdigit():
            pairs = [pair for pair in _PARTICLES_BY_FINAL if particle in pair]
            if not pairs or postposition(stem, pairs[0]) == particle:
                return stem, particle
    return token, ""


@lru_cache(1_024)
def postposition(word: str, pair: tuple[str, str]) -> str:
    """The one of `pair`, such as 을/를 or 으로/로, that follows `word` as it is read out; brackets at its end are not."""
    after_final, after_vowel = pair
    final = _final(_without_brackets(word))
    if not final or (pair == ("으로", "로") and final == _RIEUL):
        return after_vowel
    return after_final


def with_particle(word: object, pair: str) -> str:
    """The word with the particle that its last sound asks for: `with_particle(name, "을/를")`; in English the word."""
    if is_english():
        return str(word)
    after_final, after_vowel = pair.split("/")
    return f"{word}{postposition(str(word), (after_final, after_vowel))}"


def quoted(word: object, pair: str) -> str:
    """The word in quotation marks, which are not read, with its particle: `‘공공와이파이’를`."""
    return with_particle(f"‘{word}’", pair)


def _without_brackets(word: str) -> str:
    """The word without the brackets at its end, if anything stands before them."""
    start, end = word.rfind("("), word.rfind(")")
    if 0 < start < end and not fold(word[end:]) and (before := word[:start].rstrip()):
        return before
    return word


def _final(word: str) -> int:
    """The number of the final consonant, 0 for a vowel; for digits, dates, units and Latin letters, of their reading."""
    word = word.rstrip("’”'\"」』》〉 ")
    unit = _UNIT.search(word)
    read = _UNITS[unit[1]] if unit else "일" if _DATE.search(word) else fold(word)
    last = read[-1:]
    if last and _is_syllable(last):
        return (ord(last) - _FIRST_SYLLABLE) % _FINALS
    if last and last in _READ_WITH_RIEUL:
        return _RIEUL
    return int(bool(last) and last in _READ_WITH_FINAL)


# What may not stand between two characters that are read as neighbours.
_READ = "0-9A-Za-z가-힣ㄱ-ㅎ"


def pattern(token: str) -> str:
    """A regular expression, for a database to search with, that finds what `Query` finds for one of its tokens; case is not told.

    Both SQLite (Python's) and PostgreSQL read it. No character of the token may stand between two of them: the search
    would try every way to divide a run of such characters.
    """
    between = f"[^{_READ}{''.join(map(_both_cases, sorted(set(token))))}]*"
    if is_initials(token):
        return between.join(map(_syllables_of, token))
    return "|".join(between.join(map(_letter, stem)) for stem in stems(token))


def _letter(character: str) -> str:
    both = _both_cases(character)
    return f"[{both}]" if len(both) > 1 else character


def _both_cases(character: str) -> str:
    """A letter in both its cases, which PostgreSQL takes for one only in ASCII where its locale is C."""
    other = character.upper()
    is_cased = not character.isascii() and len(other) == 1 and other != character
    return character + other if is_cased else character


def _syllables_of(initial: str) -> str:
    first = chr(_FIRST_SYLLABLE + INITIALS.index(initial) * _SYLLABLES_PER_INITIAL)
    return f"[{initial}{first}-{chr(ord(first) + _SYLLABLES_PER_INITIAL - 1)}]"


def asked_words(text: str) -> tuple[str, str]:
    """What is looked for of a text that somebody typed, and a sentence that says what is not ('' where all is)."""
    words = text.strip()
    rest = len(words) - LONGEST_QUERY
    notice = f"찾을 말은 {LONGEST_QUERY}자까지 읽습니다. 그 뒤의 {rest:,}자는 찾지 않았습니다."
    return words[:LONGEST_QUERY], notice if rest > 0 else ""


class Query:
    """Search words that must all be found, in any order; a longer text is cut."""

    def __init__(self, text: str):
        self.tokens = tuple(filter(None, map(fold, text[:LONGEST_QUERY].split())))

    def __bool__(self) -> bool:
        return bool(self.tokens)

    def matches(self, *texts: str) -> bool:
        """Whether every word is in one of `texts`; never so where nothing was asked."""
        return self.matches_folded([fold(text) for text in texts])

    def matches_folded(self, folded: Sequence[str]) -> bool:
        """The same of texts that are folded already."""
        return bool(self.tokens) and all(any(_find(token, text) for text in folded) for token in self.tokens)


def _find(token: str, folded: str) -> tuple[int, int] | None:
    """Find the token in a folded text, or its stem, or the syllables whose initials it gives."""
    if is_initials(token):
        folded = "".join(map(_initial, folded))
    for stem in stems(token):
        start = folded.find(stem)
        if start >= 0:
            return start, start + len(stem)
    return None


class Snippet(NamedTuple):
    """A piece of text around what was found; `match` is empty where nothing was."""

    before: str
    match: str
    after: str


def snippet(text: str, query: Query, width: int = 80) -> Snippet:
    """About `width` characters of `text` around its first match, cut ends marked `…`."""
    text = " ".join(text.split())
    start, end = _first_match(text, query)
    room = max(width - (end - start), 0)
    left = max(start - room // 2, 0)
    right = min(max(left + width, end), len(text))
    left = max(min(left, right - width), 0)
    before = ("…" if left else "") + text[left:start].lstrip() if start > left else ""
    return Snippet(before, text[start:end], text[end:right].rstrip() + ("…" if right < len(text) else ""))


def _first_match(text: str, query: Query) -> tuple[int, int]:
    """Find the first of the query's words in the text as written; (0, 0) for none."""
    folded, places = _fold_with_places(text)
    found = [place for place in (_find(token, folded) for token in query.tokens) if place]
    if not found:
        return 0, 0
    start, end = min(found)
    return places[start][0], places[end - 1][1]


def _fold_with_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The folded text and, for each of its characters, where the written one begins and ends."""
    folded, places = [], []
    for cluster in _CLUSTER.finditer(text):
        kept = fold(cluster.group())
        folded.append(kept)
        places += [cluster.span()] * len(kept)
    return "".join(folded), places
