"""Finding the numbers again that mentions speak of: in the text that they were made for, and in one that was edited."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import count
from typing import Any

from seoul_digital.lib.number_tokens import (
    DATE,
    LONGEST_REMEMBERED,
    NumberToken,
    number_tokens,
    rounds,
    same_unit,
)

from ..grouping import grouped
from .mention import Kind, Mention, mentions_of

WORDS = 2  # on each side of a number that are kept to know it by
LONGEST_WORDS = 40
MOST_COMPARED = (
    4_000_000  # pairs of pieces; of longer texts that were rewritten equal numbers are paired alone
)
REWRITTEN = 12  # pieces of a stretch; of a longer one numbers that differ are others
Piece = tuple[Any, int | None]  # what is compared, and which token it is


@dataclass(frozen=True)
class Placed:
    """The mentions of a text by the place of their token in it, and those without one."""

    tokens: Sequence[NumberToken]
    found: Mapping[int, Mention]
    lost: Sequence[Mention]


def placed(text: str, mentions: Iterable[Mention]) -> Placed:
    """Where the mentions of a field stand in its text; the first of two for one number holds. Remembered where it is not long."""
    known = tuple(mentions)
    return _placed_again(text, known) if len(text) <= LONGEST_REMEMBERED else _placed(text, known)


def _placed(text: str, mentions: tuple[Mention, ...]) -> Placed:
    tokens, found, lost = number_tokens(text), dict[int, Mention](), list[Mention]()
    by_number: dict[str, list[int]] = defaultdict(list)
    for index, token in enumerate(tokens):
        by_number[token.number].append(index)
    beside = cache(lambda index: _words_beside(text, tokens[index]))
    for mention in mentions:
        equal = [index for index in by_number[mention.number] if same_unit(tokens[index].unit, mention.unit)]
        free = [index for index in equal if index not in found]
        if free:
            found[_likeliest(equal, free, mention, beside)] = mention
        else:
            lost.append(mention)
    return Placed(tokens, found, lost)


_placed_again = lru_cache(1_024)(_placed)


def _likeliest(
    equal: list[int], free: list[int], mention: Mention, beside: Callable[[int], tuple[str, str]]
) -> int:
    """Of equal numbers the one with the words, else the one at its turn."""
    turn = equal[mention.nth] if mention.nth < len(equal) else -1
    words = (mention.before, mention.after)

    def fitness(index: int) -> tuple[int, bool]:
        return sum(
            bool(word) and word == at for word, at in zip(words, beside(index), strict=True)
        ), index == turn

    return free[0] if len(free) == 1 else max(free, key=fitness)


def described(
    field: str, text: str, tokens: Sequence[NumberToken], found: Mapping[int, Mention]
) -> list[Mention]:
    """The mentions with their places as they are in this text, in its order."""
    turns = _turns(tokens)
    return [
        replace(
            _place(field, text, tokens[index], turns[index]),
            kind=mention.kind,
            target=mention.target,
            formula=mention.formula,
            label=mention.label,
            rounded=mention.rounded,
        )
        for index, mention in sorted(found.items())
    ]


def places_in(field: str, text: str, tokens: Sequence[NumberToken]) -> list[Mention]:
    """Of every number the mention that has its place and says nothing yet."""
    return [_place(field, text, token, nth) for token, nth in zip(tokens, _turns(tokens), strict=True)]


def _turns(tokens: Iterable[NumberToken]) -> list[int]:
    """Of each number how many equal ones stand before it."""
    counts: dict[tuple[str, str], Iterator[int]] = defaultdict(count)
    return [next(counts[_number_and_unit(token)]) for token in tokens]


def _place(field: str, text: str, token: NumberToken, nth: int) -> Mention:
    return Mention(field, token.number, token.unit, nth, *_words_beside(text, token))


def _words_beside(text: str, token: NumberToken) -> tuple[str, str]:
    before = text[max(0, token.start - LONGEST_WORDS) : token.start].split()[-WORDS:]
    after = text[token.end : token.end + LONGEST_WORDS].split()[:WORDS]
    return " ".join(before), " ".join(after)


def renewed(
    texts: Mapping[str, str], mentions: Iterable[Mapping[str, Any]], before: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """What a row is to store of its mentions: with `before`, its texts until now, aligned to how they were edited."""
    listed, kept = mentions_of(mentions), list[Mention]()
    for field, text in texts.items():
        own = [mention for mention in listed if mention.field == field]
        if own:
            old = text if before is None else before.get(field, text)
            kept += _renewed_field(field, old, text, own)
    return [mention.stored for mention in kept]


def _renewed_field(field: str, old: str, new: str, mentions: list[Mention]) -> Iterator[Mention]:
    stood = placed(old, [mention for mention in mentions if not mention.is_lost])
    tokens = number_tokens(new)
    pairs = {index: index for index in stood.found} if old == new else paired(old, stood.tokens, new, tokens)
    found = {
        pairs[index]: _respelt(mention, tokens[pairs[index]])
        for index, mention in stood.found.items()
        if index in pairs
        # What was said to be no fact (5G) was said of that number: of another one (6G) nobody has said anything.
        and (mention.kind is not Kind.NO_FACT or mention.number == tokens[pairs[index]].number)
    }
    left_out = {index: mention for index, mention in stood.found.items() if index not in pairs}
    lost = [
        *described(field, old, stood.tokens, left_out),
        *stood.lost,
        *(mention for mention in mentions if mention.is_lost),
    ]
    waiting = _by_words(new, tokens, found.keys())
    for mention in list(lost):
        keys = [
            ((mention.number, mention.unit), side, words)
            for side, words in enumerate((mention.before, mention.after))
        ]
        index = next(
            (index for key in keys if key[2] for index in waiting.get(key, ()) if index not in found), None
        )
        if index is not None:
            found[index] = mention
            lost.remove(mention)
    yield from described(field, new, tokens, found)
    yield from (replace(mention, is_lost=True) for mention in lost)


def _respelt(mention: Mention, token: NumberToken) -> Mention:
    """A number that is now written to fewer places (86억 for 8,617백만) is rounded from here on; 20명 for 24명 is another."""
    if token.value is None or token.number == mention.number or is_date(mention):
        return mention
    return replace(mention, rounded=mention.rounded or rounds(token, Decimal(mention.number)))


def is_date(mention: Mention) -> bool:
    return mention.unit == DATE


def _by_words(text: str, tokens: Sequence[NumberToken], taken: Collection[int]) -> dict[Any, list[int]]:
    """The other numbers of a text, by themselves and the words on either side."""
    free: dict[Any, list[int]] = defaultdict(list)
    for index, token in enumerate(tokens):
        if index not in taken:
            for side, words in enumerate(_words_beside(text, token)):
                free[_number_and_unit(token), side, words].append(index)
    return free


def paired(
    old: str, old_tokens: Sequence[NumberToken], new: str, new_tokens: Sequence[NumberToken]
) -> dict[int, int]:
    """Which token of the new text each of the old one became, by the words around them; what was left out has none."""
    pairs: dict[int, int] = {}
    left, right = list(_pieces(old, old_tokens)), list(_pieces(new, new_tokens))
    for removed, written in _changed(left, right, pairs):
        _pair_within(removed, written, old_tokens, new_tokens, pairs)
    _pair_moved(old, old_tokens, new, new_tokens, pairs)
    return pairs


def _pieces(text: str, tokens: Sequence[NumberToken]) -> Iterator[Piece]:
    """Words, ends of lines, and numbers."""
    at = 0
    for index, token in enumerate(tokens):
        yield from _words(text[at : token.start])
        yield (token.number, token.unit), index
        at = token.end
    yield from _words(text[at:])


def _words(text: str) -> Iterator[Piece]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield "\n", None
        yield from ((word, None) for word in line.split())


def _changed(
    left: Sequence[Piece], right: Sequence[Piece], pairs: dict[int, int]
) -> list[tuple[Sequence[Piece], Sequence[Piece]]]:
    """The stretches that differ; what is equal goes into `pairs`."""
    start = 0
    while start < min(len(left), len(right)) and left[start][0] == right[start][0]:
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end][0] == right[-1 - end][0]:
        end += 1
    _note(left[:start], right[:start], pairs)
    _note(left[len(left) - end :], right[len(right) - end :], pairs)
    inner = left[start : len(left) - end], right[start : len(right) - end]
    if [*map(_masked, inner[0])] == [*map(_masked, inner[1])]:  # nothing but numbers differs
        _note(*inner, pairs)
        return []
    if len(inner[0]) * len(inner[1]) > MOST_COMPARED:
        return [inner]
    changed = []
    keys: list[list[Any]] = [[key for key, _ in pieces] for pieces in inner]
    for tag, *bounds in SequenceMatcher(None, keys[0], keys[1]).get_opcodes():
        removed, written = inner[0][bounds[0] : bounds[1]], inner[1][bounds[2] : bounds[3]]
        if tag == "equal":
            _note(removed, written, pairs)
        else:
            changed.append((removed, written))
    return changed


def _masked(piece: Piece) -> Any:
    """A number as its unit alone."""
    key, index = piece
    return key if index is None else key[1:]


def _note(removed: Iterable[Piece], written: Iterable[Piece], pairs: dict[int, int]) -> None:
    for (_, index), (_, other) in zip(removed, written, strict=True):
        if index is not None and other is not None:
            pairs[index] = other


def _pair_within(
    removed: Sequence[Piece],
    written: Sequence[Piece],
    old_tokens: Sequence[NumberToken],
    new_tokens: Sequence[NumberToken],
    pairs: dict[int, int],
) -> None:
    """Numbers of a stretch that differs: equal ones first, then the first and the last beside the words that stayed; in a short
    one those of a unit in their order, where they are as many."""
    old = [index for _, index in removed if index is not None]
    new = [index for _, index in written if index is not None]
    is_short = max(len(removed), len(written)) <= REWRITTEN
    _pair_by(_number_and_unit, old, new, old_tokens, new_tokens, pairs)
    for edge in (0, -1) if removed and written else ():
        index, other = removed[edge][1], written[edge][1]
        if index in pairs or index is None or other is None or other in pairs.values():
            continue
        if old_tokens[index].unit == new_tokens[other].unit:
            pairs[index] = other
    if is_short:
        _pair_by(lambda token: token.unit, old, new, old_tokens, new_tokens, pairs)


def _pair_by(
    key_of: Callable[[NumberToken], Any],
    old: Iterable[int],
    new: Iterable[int],
    old_tokens: Sequence[NumberToken],
    new_tokens: Sequence[NumberToken],
    pairs: dict[int, int],
) -> None:
    """Those of a key in their order, where they are as many."""
    taken = set(pairs.values())
    left = grouped((key_of(old_tokens[index]), index) for index in old if index not in pairs)
    right = grouped((key_of(new_tokens[index]), index) for index in new if index not in taken)
    for key in left.keys() & right.keys():
        if len(left[key]) == len(right[key]):
            pairs.update(zip(left[key], right[key], strict=True))


def _number_and_unit(token: NumberToken) -> tuple[str, str]:
    return token.number, token.unit


def _pair_moved(
    old: str,
    old_tokens: Sequence[NumberToken],
    new: str,
    new_tokens: Sequence[NumberToken],
    pairs: dict[int, int],
) -> None:
    """Numbers that were moved together with the words on one side of them."""
    taken = set(pairs.values())
    free = _by_words(new, new_tokens, taken)
    for index, token in enumerate(old_tokens):
        if index in pairs or not free:
            continue
        keys = [
            (_number_and_unit(token), side, words)
            for side, words in enumerate(_words_beside(old, token))
            if words
        ]
        moved = next((place for key in keys for place in free.get(key, ()) if place not in taken), None)
        if moved is not None:
            pairs[index] = moved
            taken.add(moved)
