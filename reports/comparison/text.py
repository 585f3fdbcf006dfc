"""개조식 texts compared item by item: siblings are aligned, and in an item that was reworded the words are marked."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from seoul_digital.lib.outline import parser

from .changes import Kind

INSERTED, DELETED = "ins", "del"
# From this share of common words on, two items are one that was reworded; below the other, its words are not told apart.
ALIKE, WORD_BY_WORD = 0.4, 0.3
MOST_MATCHES, MOST_PAIRS = 100_000, 20_000  # so that no comparison of two texts takes a second

_TOKEN = re.compile(r"\s+|[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+|.", re.DOTALL)
_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+")


@dataclass(frozen=True)
class Piece:
    """`mark` is `ins`, `del` or empty for what stands in both."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class DiffLine:
    """An item of the text; one that is the SAME is shown only to say where those below it stand."""

    level: int
    mark: str
    kind: Kind
    pieces: tuple[Piece, ...]

    @property
    def word(self) -> str:
        """What happened to it; nothing to what is the same."""
        return {Kind.ADDED: _("추가"), Kind.REMOVED: _("삭제"), Kind.CHANGED: _("고침")}.get(self.kind, "")

    @property
    def before(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.mark != INSERTED)

    @property
    def after(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.mark != DELETED)

    @property
    def marked(self) -> list[str]:
        """Before and after with the item's mark, empty where the text lacks it."""
        return [f"{self.mark} {text}".strip() if text else "" for text in (self.before, self.after)]


@dataclass(frozen=True)
class TextDiff:
    """`lines` differ or lead to such; `same` counts the other lines that both texts have."""

    label: str
    lines: tuple[DiffLine, ...] = ()
    same: int = 0

    def __bool__(self):
        return bool(self.lines)

    @property
    def differing(self) -> list[DiffLine]:
        return [line for line in self.lines if line.kind is not Kind.SAME]


@dataclass(frozen=True)
class OutlineNode:
    """An item, note, table or row of a table with what stands below it; the mark as typed does not tell two apart."""

    kind: str
    text: str
    children: "tuple[OutlineNode, ...]" = ()
    level: int = 0
    mark: str = field(default="", compare=False)


def diff_outlines(label: str, before: str, after: str) -> TextDiff:
    """Two 개조식 texts. Raises outline.OutlineError for one that is not."""
    return diff_nodes(label, _nodes(parser.parse(before).blocks), _nodes(parser.parse(after).blocks))


def diff_lines(label: str, before: Sequence[str], after: Sequence[str]) -> TextDiff:
    """Two lists of plain texts."""
    return diff_nodes(label, *(tuple(OutlineNode("line", text) for text in side) for side in (before, after)))


def diff_nodes(label: str, before: Sequence[OutlineNode], after: Sequence[OutlineNode]) -> TextDiff:
    lines = tuple(_lines(before, after))
    shown = tuple(
        line for index, line in enumerate(lines) if line.kind is not Kind.SAME or _leads_on(lines, index)
    )
    return TextDiff(label, shown, len(lines) - len(shown))  # what is not shown is the same


def _leads_on(lines: Sequence[DiffLine], index: int) -> bool:
    """Whether a line below this one differs."""
    for line in lines[index + 1 :]:
        if line.level <= lines[index].level:
            return False
        if line.kind is not Kind.SAME:
            return True
    return False


def _nodes(blocks: Sequence[parser.Block], depth: int = 0) -> tuple[OutlineNode, ...]:
    return tuple(_node(block, depth) for block in blocks)


def _node(block: parser.Block, depth: int) -> OutlineNode:
    match block:
        case parser.Item():
            return OutlineNode(
                "item", block.full_text, _nodes(block.children, depth + 1), depth, block.printed_mark
            )
        case parser.Section():
            return OutlineNode("section", block.text, level=depth, mark=block.printed_mark)
        case parser.Note():
            return OutlineNode("note", block.text, level=depth, mark=block.mark)
        case parser.Picture():
            return OutlineNode("picture", block.caption, level=depth, mark="[그림]")
        case parser.Table():
            return _table(block, depth)
        case _:
            return OutlineNode("paragraph", block.text, level=depth)


def _table(table: parser.Table, depth: int) -> OutlineNode:
    unit = f"(단위: {table.unit})" if table.unit else ""
    cells = [[cell.text.replace("\n", " ") for cell in row] for row in (*table.header, *table.body)]
    rows = tuple(OutlineNode("row", " | ".join(row), level=depth + 1, mark="|") for row in cells)
    return OutlineNode("table", f"{table.caption} {unit}".strip(), rows, depth, "[표]")


def _lines(before: Sequence[OutlineNode], after: Sequence[OutlineNode]) -> Iterator[DiffLine]:
    for old, new in _aligned(before, after):
        if old is None:
            yield from _whole(new, Kind.ADDED)
        elif new is None:
            yield from _whole(old, Kind.REMOVED)
        elif old == new:
            yield from _whole(new, Kind.SAME)
        else:
            kind = Kind.SAME if old.text == new.text else Kind.CHANGED
            yield DiffLine(new.level, new.mark, kind, tuple(pieces(old.text, new.text)))
            yield from _lines(old.children, new.children)


def _whole(node: OutlineNode, kind: Kind) -> Iterator[DiffLine]:
    mark = {Kind.ADDED: INSERTED, Kind.REMOVED: DELETED}.get(kind, "")
    yield DiffLine(node.level, node.mark, kind, (Piece(node.text, mark),))
    for child in node.children:
        yield from _whole(child, kind)


def _aligned(
    before: Sequence[OutlineNode], after: Sequence[OutlineNode]
) -> Iterator[tuple[OutlineNode | None, OutlineNode | None]]:
    """Siblings side by side, in order: equal ones, then among the rest the most alike."""
    for tag, first, last, start, end in _steps(before, after):
        if tag == "equal":
            yield from zip(before[first:last], after[start:end], strict=True)
        else:
            yield from _paired(before[first:last], after[start:end])


def _steps(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[str, int, int, int, int]]:
    """SequenceMatcher's; where there is too much to match, what both begin and end with is equal and the rest replaced."""
    in_old, in_new = Counter(old), Counter(new)
    if sum(count * in_new[part] for part, count in in_old.items()) <= MOST_MATCHES:
        return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    shorter = min(len(old), len(new))
    start = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    end = next(
        (place for place in range(shorter - start) if old[-1 - place] != new[-1 - place]), shorter - start
    )
    left, right = len(old) - end, len(new) - end
    return [
        ("equal", 0, start, 0, start),
        ("replace", start, left, start, right),
        ("equal", left, len(old), right, len(new)),
    ]


def _paired(
    before: Sequence[OutlineNode], after: Sequence[OutlineNode]
) -> Iterator[tuple[OutlineNode | None, OutlineNode | None]]:
    """Pairs that keep the order and are the most alike on the whole; the others, and all of too many, stand alone."""
    old, new = 0, 0
    for left, right in _best_pairs(before, after) if len(before) * len(after) <= MOST_PAIRS else ():
        yield from ((node, None) for node in before[old:left])
        yield from ((None, node) for node in after[new:right])
        yield before[left], after[right]
        old, new = left + 1, right + 1
    yield from ((node, None) for node in before[old:])
    yield from ((None, node) for node in after[new:])


def _best_pairs(before: Sequence[OutlineNode], after: Sequence[OutlineNode]) -> list[tuple[int, int]]:
    """By the best sum of likenesses over the first i and the first j nodes (the longest common subsequence, weighted)."""
    old, new = (
        [(node.kind, _words(node.text), _words(_text(node))) for node in side] for side in (before, after)
    )
    above: list[tuple] = [(0.0, None)] * (len(new) + 1)
    for left, before_node in enumerate(old):
        row: list[tuple] = [(0.0, None)]
        for right, after_node in enumerate(new):
            choices = [above[right + 1], row[right]]
            if (likeness := _likeness(before_node, after_node)) >= ALIKE:
                choices.append((above[right][0] + likeness, (above[right][1], left, right)))
            row.append(max(choices, key=lambda choice: choice[0]))
        above = row
    pairs, chain = [], above[-1][1]
    while chain:
        chain, left, right = chain
        pairs.append((left, right))
    return pairs[::-1]


def _likeness(one: tuple, other: tuple) -> float:
    """By the words of the items themselves, or of all below them too."""
    if one[0] != other[0]:
        return 0
    return max(_share(one[1], other[1]), _share(one[2], other[2]))


def _share(one: Counter, other: Counter) -> float:
    """Common words among all: 1 where they are the same, 0 where they share none."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _words(text: str) -> Counter:
    return Counter(_WORD.findall(text))


def _text(node: OutlineNode) -> str:
    return "\n".join([node.text, *map(_text, node.children)])


def pieces(before: str, after: str) -> list[Piece]:
    """The text with what was deleted and what was inserted."""
    if before == after:
        return [Piece(after)]
    if _share(_words(before), _words(after)) < WORD_BY_WORD:
        return [piece for piece in (Piece(before, DELETED), Piece(after, INSERTED)) if piece.text]
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    runs = [
        (tag == "equal", "".join(old[first:last]), "".join(new[start:end]))
        for tag, first, last, start, end in _steps(old, new)
    ]
    marked = (
        (text, mark)
        for same, old, new in _without_splinters(runs)
        for text, mark in ([(new, "")] if same else [(old, DELETED), (new, INSERTED)])
    )
    return [Piece(text, mark) for text, mark in marked if text]


def _without_splinters(runs: list[tuple[bool, str, str]]) -> list[tuple[bool, str, str]]:
    """Blanks and punctuation between two changes go with them, so that the marks do not fall to pieces."""
    inner = range(1, len(runs) - 1)
    is_equal = [
        same and not (index in inner and not _WORD.search(old)) for index, (same, old, _) in enumerate(runs)
    ]
    together = groupby(zip(is_equal, runs, strict=True), key=lambda pair: pair[0])
    return [
        (same, *("".join(part) for part in zip(*((old, new) for _, (_, old, new) in group), strict=True)))
        for same, group in together
    ]
