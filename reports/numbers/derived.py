"""A number that a person declares worked out (셈한 값): how, and of which values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from core.mentions.marking import fact_words
from core.snapshot import Snapshot
from core.stated_facts import StatedFact, stated_facts
from seoul_digital.lib.hangul import Query, quoted

DERIVE, MOST_TERMS = "derive-", 3
# Word and formula of each way, of two values or, of a sum and a difference, of three.
SHAPES: Mapping[str, tuple[str, str]] = {
    "sum": ("합", "{{{0}}} + {{{1}}}"),
    "difference": ("차", "{{{0}}} - {{{1}}}"),
    "ratio": ("배수(앞 ÷ 뒤)", "{{{0}}} / {{{1}}}"),
    "share": ("비중·비율(앞 ÷ 뒤 × 100)", "{{{0}}} / {{{1}}} * 100"),
    "growth": ("증감률((앞 − 뒤) ÷ 뒤 × 100)", "({{{0}}} - {{{1}}}) / {{{1}}} * 100"),
}
THIRD = {"sum": " + {{{2}}}", "difference": " - {{{2}}}"}
_NAME = re.compile(rf"{DERIVE}([0-9]{{1,5}})")
NO_SHAPE = "셈한 값으로 정하려면 셈하는 법도 고르십시오."
TOO_FEW = "셈할 값을 둘 이상 고르십시오."
TOO_MANY = "{}에는 셈할 값이 둘입니다. 셋째 값을 지우십시오."
UNKNOWN = "{} 맞는 값이 이 자료에 없습니다. 목록에서 골라 주십시오."
SEVERAL = "{} 맞는 값이 {:,}개입니다({} …). 목록에서 하나를 골라 주십시오."
SHOWN = 3


@dataclass(frozen=True)
class Derivation:
    """`terms` are words of values: as the list offers them, or such as only one value has."""

    shape: str
    terms: tuple[str, ...]

    @property
    def words(self) -> str:
        """`셈한 값: 차(가, 나)`"""
        return f"셈한 값: {SHAPES[self.shape][0] if self.shape in SHAPES else '?'}({', '.join(self.terms)})"

    def formula(self, snapshot: Snapshot) -> str:
        """`{kind:key} - {kind:key}`. Raises ValidationError."""
        if self.shape not in SHAPES:
            raise ValidationError(NO_SHAPE)
        word, formula = SHAPES[self.shape]
        if len(self.terms) < 2:
            raise ValidationError(TOO_FEW)
        if len(self.terms) == MOST_TERMS:
            if self.shape not in THIRD:
                raise ValidationError(TOO_MANY.format(word.partition("(")[0]))
            formula += THIRD[self.shape]
        return formula.format(*(_fact(term, snapshot).identity for term in self.terms))


def derivations_from(sent: Mapping[str, str]) -> dict[int, Derivation]:
    """What is chosen of each number of a form, by its place."""
    found = {}
    for match in filter(None, map(_NAME.fullmatch, sent)):
        words = (" ".join(sent.get(f"{match[0]}-{nth}", "").split())[:300] for nth in range(MOST_TERMS))
        found[int(match[1])] = Derivation(sent[match[0]], tuple(filter(None, words)))
    return {place: chosen for place, chosen in found.items() if chosen.shape or chosen.terms}


def derivable_facts(snapshot: Snapshot) -> list[StatedFact]:
    """Those with a number, in their order."""
    return [fact for fact in stated_facts(snapshot).values() if fact.value is not None]


def _fact(words: str, snapshot: Snapshot) -> StatedFact:
    facts = derivable_facts(snapshot)
    found = [fact for fact in facts if words in (fact_words(fact), fact.label)]
    found = found or [fact for fact in facts if Query(words).matches(fact.label)]
    if not found:
        raise ValidationError(UNKNOWN.format(quoted(words, "과/와")))
    if len(found) > 1:
        shown = ", ".join(fact_words(fact) for fact in found[:SHOWN])
        raise ValidationError(SEVERAL.format(quoted(words, "과/와"), len(found), shown))
    return found[0]
