"""Indicators that may be compared: of one unit, kind and time, their names alike but for a word or two.

`S-DoT 일일 수집량` and `S-DoT 외 IoT센서 일일 수집량` are comparable; so are `해커톤 수상 우수` and `해커톤 수상 장려`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from .tree import Entry

SHARED_WORDS = 2


@dataclass
class ComparableGroup:
    """`shared` words begin the names of its members, or end them (`at_end`)."""

    members: list[Entry] = field(default_factory=list)
    shared: Sequence[str] = ()
    at_end: bool = False

    @property
    def title(self) -> str:
        return _bare(" ".join(self.shared))

    def label(self, member: Entry) -> str:
        """The part of the member's name that tells it from the others."""
        words, count = member.indicator.name.split(), len(self.shared)
        return _bare(" ".join(words[:-count] if self.at_end else words[count:]))

    def takes(self, entry: Entry) -> bool:
        """Whether the entry joins; the second member determines what is shared."""
        first = self.members[0]
        if _kind_of(first) != _kind_of(entry):
            return False
        ways = [self.at_end] if self.shared else [False, True]
        for at_end in ways:
            shared = _shared(
                self.shared or first.indicator.name.split(), entry.indicator.name.split(), at_end
            )
            if len(shared) >= SHARED_WORDS:
                self.shared, self.at_end = shared, at_end
                self.members.append(entry)
                return True
        return False


def _kind_of(entry: Entry) -> tuple:
    return entry.indicator.unit, entry.indicator.kind, entry.latest.on


def _shared(first: Sequence[str], second: Sequence[str], at_end: bool) -> list[str]:
    """The words that both begin (or end) with; of neither all of them, for then nothing would tell them apart."""
    step = -1 if at_end else 1
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(first[::step], second[::step], strict=False))
    words = [word for word, _ in pairs][: len(second) - 1]
    return words[::step]


def _bare(text: str) -> str:
    return text[1:-1] if text.startswith("(") and text.endswith(")") else text


def comparable_groups(roots: Iterable[Entry]) -> list[ComparableGroup]:
    """Groups of two members or more, of indicators that stand alone."""
    groups: list[ComparableGroup] = []
    for entry in roots:
        if entry.children or len(entry.series) != 1:
            continue
        if not any(group.takes(entry) for group in groups):
            groups.append(ComparableGroup([entry]))
    return [group for group in groups if len(group.members) > 1]
