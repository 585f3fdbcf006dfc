"""The facts of a snapshot that a number in a text may state: those of its value and unit, by the words beside it."""

import re
from collections import defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from seoul_digital.lib.hangul import fold
from seoul_digital.lib.number_tokens import (
    NumberToken,
    agrees_on_date,
    number_tokens,
    plain_number,
    same_unit,
)
from seoul_digital.lib.periods import PartialDate

from ..snapshot import Snapshot, cached_on_snapshot
from ..stated_facts import StatedFact, stated_facts

MOST_CANDIDATES = 8
_BRACKETS = re.compile(r"\([^()]*+\)")
Index = dict[str, list[StatedFact]]


@dataclass(frozen=True)
class TokenContext:
    """Where a number stands: the line and what the row of the text is about, both folded; `keys` are the keys of the row."""

    line: str
    about: str
    keys: AbstractSet[str] = frozenset()


@cached_on_snapshot
def facts_by_number(snapshot: Snapshot) -> Index:
    """Under the value in its plain unit, and under every end of a period, with its year and without."""
    index: Index = defaultdict(list)
    for fact in stated_facts(snapshot).values():
        for key in _keys(fact):
            index[key].append(fact)
    return index


def _keys(fact: StatedFact) -> set[str]:
    if fact.value is not None:
        return {plain_number(value_of(fact))}
    if fact.period is None:
        return set()
    ends = [fact.period] if isinstance(fact.period, PartialDate) else [fact.period.start, fact.period.end]
    return {text for end in ends if end for text in (str(end), f"-{str(end)[4:]}")}


@lru_cache(256)
def _plain_unit(unit: str) -> tuple[Decimal, str]:
    """(1,000,000, 원) of 백만원."""
    tokens = number_tokens(f"1{unit}")
    token = tokens[0] if len(tokens) == 1 and tokens[0].end == len(unit) + 1 else None
    return (token.value, token.unit) if token and token.value else (Decimal(1), unit)


def value_of(fact: StatedFact) -> Decimal:
    """Its value in the plain unit, as texts are read: 원 of 백만원."""
    return (fact.value or Decimal(0)) * _plain_unit(fact.unit)[0]


def unit_of(fact: StatedFact) -> str:
    """As texts are read: that of its printed form (개 of `15개 자치구`), else of its plain unit."""
    return _printed_unit(fact.printed, value_of(fact)) or _plain_unit(fact.unit)[1]


@lru_cache(4_096)
def _printed_unit(printed: str, value: Decimal) -> str:
    return next((token.unit for token in number_tokens(printed) if token.value == value), "")


def candidates(snapshot: Snapshot, token: NumberToken, context: TokenContext) -> tuple[StatedFact, ...]:
    """Facts of the same value and unit, the likeliest by the words first."""
    found = sorted(_equal(snapshot, token), key=lambda fact: -_nearness(fact, context))
    return tuple(found[:MOST_CANDIDATES])


def only_fit(snapshot: Snapshot, token: NumberToken, context: TokenContext) -> StatedFact | None:
    """The one fact that fits in number, unit and subject; None where there is none, or several do."""
    fitting = [
        fact
        for fact in _equal(snapshot, token)
        if (token.is_date or unit_of(fact) == token.unit) and _is_subject(fact, context)
    ]
    meant = {
        fact.identity.partition("@")[0] for fact in fitting
    }  # of one quantity at several places the one that counts
    return min(fitting, key=lambda fact: len(fact.identity)) if len(meant) == 1 else None


def _equal(snapshot: Snapshot, token: NumberToken) -> list[StatedFact]:
    index = facts_by_number(snapshot)
    if token.period is None:
        return [fact for fact in index.get(token.number, ()) if same_unit(unit_of(fact), token.unit)]
    ends = (token.period.start, token.period.end)
    keys = dict.fromkeys(str(end).removesuffix("-말") for end in ends if end)
    found = {fact.identity: fact for key in keys for fact in index.get(key, ())}
    return [fact for fact in found.values() if fact.period and agrees_on_date(token, fact.period)]


def _nearness(fact: StatedFact, context: TokenContext) -> int:
    near = sum(
        2 * (word in context.line) + (word in context.about) for word in map(_folded, fact.words) if word
    )
    return near + (fact.project in context.keys) + (fact.department in context.keys)


def _is_subject(fact: StatedFact, context: TokenContext) -> bool:
    """Whether the line names it: a word of it stands there, and every other there or in what the text is about."""
    words = [word for word in map(_folded, fact.words) if word]
    in_line = [word for word in words if word in context.line]
    return bool(in_line) and all(word in context.line or word in context.about for word in words)


@lru_cache(4_096)
def _folded(word: str) -> str:
    return fold(_BRACKETS.sub("", word)) or fold(word)
