"""The marks that lines of 개조식 text open with, as Hangul, Word and Excel write them, and the level that each takes."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .errors import Choice, OutlineError

DEFINITION, SECTION, NOTE = "▪", "□", "※"
ROW, TABLE, PICTURE, TAB = "|", "[표]", "[그림]", "\t"
PRINTED_MARKS = {0: SECTION, 1: "ㅇ", 2: "-", 3: "‣"}
DEEPEST = 3

_RINGS, _DISCS = "○◯❍⚪￮◦o", "•●⦁\uf0b7\uf06c"
_DASHES = "-–—‐‑‒―−－﹣"
_DOTS = "‣›․·∙‧･・ㆍ▪\uf0a7"
_SECTIONS = "□■▣◻◼⬜⬛❏❐❑❒☐\uf06e\uf06f\uf071\uf0a8\U000f03da"
_POINTERS = "▶▷►▸▹▻◆◇◈❖★☆◎◉⊙☞☛✓✔✦✧"
_ARROWS = "⇒⇨⇛➔➜➡➢➤"
_STARS = "*＊∗"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd"  # what the fonts of Hangul and Wingdings draw as they like
_LEVELS = {"ㅇ": 1} | dict.fromkeys(_RINGS, 1) | dict.fromkeys(_DASHES, 2) | dict.fromkeys(_DOTS, 3)
KNOWN = _LEVELS.keys() - {"\uf0a7"}  # which a reader's font draws too

# A mark may touch its text, except those that also open words or point on (`o`, `-`, `⇒`); doubled, as in ○○구, it is no mark.
_MARK = re.compile(
    rf"([ㅇ{_RINGS[:-1]}{_DISCS}{_DOTS}{_SECTIONS}{_POINTERS}{_PRIVATE}{NOTE}])(?!\1)\ufe0f?"
    rf"|[o{_DASHES[1:]}{_ARROWS}-](?!\S)\ufe0f?|[{_STARS}]+|\||\[표\]|\[그림\]"
)
_SYLLABLES = "가나다라마바사아자차카타파하"
# `8. 29.` is a date.
_COUNTED = re.compile(
    rf"(\()?(?:([0-9]{{1,2}})|([{_SYLLABLES}])|([a-z])|([A-Z]))(?:(\))|(?(1)(?!)|\.(?!\S)(?!\s{{1,3}}[0-9]{{1,2}}\.)))"
)
_ENCLOSED = {"①": 20, "❶": 10, "➀": 10, "➊": 10, "⓵": 10, "⑴": 20, "⒈": 20, "⒜": 26, "Ⓐ": 26, "ⓐ": 26}
_ENCLOSED |= {"㉠": 14, "㉮": 14, "㈀": 14, "㈎": 14, "Ⅰ": 12, "ⅰ": 12, "\U000f02b1": 10}
_PLACES = {
    chr(ord(first) + place): (first, place + 1)
    for first, length in _ENCLOSED.items()
    for place in range(length)
}
_CLOSED = "([{<〈《「『【〔〖〘〚‘’“”'\"`´)]}〉》」』】〕〗〙〛"
CHOICES = (
    *(Choice(PRINTED_MARKS[level], f"{level}층 {PRINTED_MARKS[level]}") for level in (1, 2, 3)),
    Choice(SECTION, f"제목 {SECTION}"),
    Choice(NOTE, f"주 {NOTE}"),
    Choice("", "윗줄에 잇기"),
)


class Ordinal(NamedTuple):
    """A number that a line opens with, as typed; `kind` is alike for those of one sequence."""

    mark: str
    kind: str
    place: int


def mark_of(line: str) -> str:
    """The mark that a line, stripped, opens with; '' for none."""
    match = _MARK.match(line)
    return match.group() if match else ""


def ordinal_of(line: str) -> Ordinal | None:
    """The number that a line opens with: `1)`, `가.`, `(1)` or `①`."""
    if place := _PLACES.get(line[:1]):
        dot = "." if line[1:2] == "." else ""
        return Ordinal(line[0] + dot, place[0] + dot, place[1])
    if not (match := _COUNTED.match(line)):
        return None
    _, digits, syllable, small, capital, _ = match.groups()
    letter = small or capital
    place_ = (
        int(digits)
        if digits
        else _SYLLABLES.index(syllable) + 1
        if syllable
        else ord(letter) - ord("a" if small else "A") + 1
    )
    script = "1" if digits else "가" if syllable else "a" if small else "A"
    kind = match.group().replace(digits or syllable or letter, script)
    return Ordinal(match.group(), kind, place_)


def printed(mark: str, level: int) -> str:
    """The report's own mark of a level; a number stays, a private one as a number that every font has."""
    if not (ordinal := ordinal_of(f"{mark} ")):
        return PRINTED_MARKS[level]
    return chr(ord("①") + ordinal.place - 1) if mark >= "\U000f0000" else mark


def sequences(ordinals: Iterable[tuple[int, Ordinal]]) -> set[int]:
    """The keys of those that count: a first that a second follows, and each that is one more than the last of its kind."""
    counted: set[int] = set()
    last: dict[str, tuple[int, int]] = {}
    for key, (_, kind, place) in ordinals:
        before, place_before = last.get(kind, (key, 0))
        if place == 1:
            last[kind] = key, 1
        elif place == place_before + 1:
            counted |= {before, key}
            last[kind] = key, place
    return counted


def unknown_mark(line: str) -> str:
    """The symbols, before a blank, that a line opens with; '' where it goes on with the line above, as letters and brackets do."""
    mark = line.split(maxsplit=1)[0][:4] if line else ""
    if not 0 < len(mark) < 4 or mark == line or (len(mark) > 1 and len(set(mark)) == 1):
        return ""
    return mark if all(map(_is_symbol, mark)) else ""


def _is_symbol(character: str) -> bool:
    first = unicodedata.normalize("NFKC", character)[:1]
    return unicodedata.category(first)[0] in "SPM" and first not in _CLOSED


def question(line: int, mark: str, why: str = "알 수 없는 표시") -> OutlineError:
    message = f"{why} ‘{mark}’입니다. ㅇ(1층), -(2층), ‣(3층), □(제목), ※(주) 가운데 하나로 바꾸거나, 윗줄에서 이어지는 글이면 윗줄 끝에 붙여 주세요."
    return OutlineError(line, message, mark, CHOICES)


def is_section(mark: str) -> bool:
    return mark[:1] in _SECTIONS


def is_note(mark: str) -> bool:
    return mark[:1] in (NOTE, *_STARS)


def footnote(mark: str) -> str:
    """Footnote marks as the report prints them."""
    return mark if mark == NOTE else "*" * len(mark)


class Levels:
    """The level of each mark of a text.

    Known marks keep theirs. Others, and numbers, take one below what they first stand under; opening a text whose lines
    of level 1 follow, they head its sections (0). A disc that opens the text makes the rings others, as Word nests them.
    """

    def __init__(self, kinds: Sequence[str]) -> None:
        opening = next(iter(kinds), "")
        self.levels: dict[str, int] = {}
        self.others = set(_RINGS) if opening[:1] in _DISCS else set()
        if (
            opening
            and not is_section(opening)
            and not self._is_known(opening)
            and self._circles_follow(kinds[1:])
        ):
            self.levels[opening] = 0

    def _is_known(self, kind: str) -> bool:
        return kind[:1] in _LEVELS and kind not in self.others

    def _circles_follow(self, kinds: Sequence[str]) -> bool:
        for kind in kinds:
            if is_section(kind):
                return False
            if self._is_known(kind) and _LEVELS[kind] == 1:
                return True
        return False

    def level(self, kind: str, above: int) -> int:
        """The level of a mark below an item of level `above` (0: none); DEEPEST + 1 where there is no room for it."""
        if is_section(kind):
            return 0
        if self._is_known(kind):
            return _LEVELS[kind]
        return (
            self.levels.setdefault(kind, above + 1) if above < DEEPEST else self.levels.get(kind, above + 1)
        )
