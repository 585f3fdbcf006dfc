"""Numbers of texts as facts of their own: what a text alone says, what it works out, and what nobody has decided on.

They are found by their identity alone: `text:` and a hash of their place, which lasts from report to report.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import Record

from ..page_links import source_reached
from ..snapshot import Snapshot
from ..stated_facts import StatedFact, register_earlier_facts, stated_fact, value_text
from .formula import identities
from .mention import Kind
from .states import State, TextState, TokenState, states

SIGNS = str.maketrans("-*/", "−×÷")
IDENTITY = re.compile(r"\{([^{}]+)\}")
NOTES = {
    State.ONLY_HERE: "이 글에만 적힌 값입니다. 다른 자료에는 없습니다.",
    State.UNBOUND: "무엇을 뜻하는지 아직 정하지 않은 값입니다.",
    State.DERIVED: "글에서 셈한 값입니다.",
    State.STALE: "글에 적힌 값이 셈한 값과 다릅니다.",
}


@register_earlier_facts("text")
def facts_of_texts(snapshot: Snapshot) -> Iterator[StatedFact]:
    for text in states(snapshot):
        for token in text.tokens:
            if token.identity and token.identity == token.own:
                yield _fact(text, token, snapshot)


def _fact(text: TextState, token: TokenState, snapshot: Snapshot) -> StatedFact:
    row: Any = text.row
    return StatedFact(
        token.own,
        f"{token.token.printed}: {text.title} {text.label}",
        printed=token.token.printed,
        source=source_reached(row),
        record=Record(type(row), row.pk, text.field),
        words=(text.title, text.label),
        department=text.department,
        note=NOTES[token.state],
        **_value(token),
        **_formula(token, snapshot),
    )


def _value(token: TokenState) -> dict[str, Any]:
    number = token.token
    if number.value is None:
        return {"figure": ReportedFigure(None, number.printed)}
    computed = token.value if token.state is State.STALE and isinstance(token.value, Decimal) else None
    figure = ReportedFigure(computed, number.value)
    return {"value": number.value, "unit": number.unit, "figure": figure}


def _formula(token: TokenState, snapshot: Snapshot) -> dict[str, Any]:
    """Of a derived number, in words and as parts."""
    mention = token.mention
    if mention is None or mention.kind is not Kind.DERIVED:
        return {}
    value = value_text(token.value, token.token.unit) if isinstance(token.value, Decimal) else ""
    words = formula_words(mention.formula, snapshot)
    return {
        "formula": f"{words} = {value}" if value else words,
        "parts": tuple(dict.fromkeys(identities(mention.formula))),
    }


def formula_words(formula: str, snapshot: Snapshot) -> str:
    """`{a} - {b}` with what they are called: `2022 예산현액 − 2021 최종예산`."""
    words = []
    for at, part in enumerate(IDENTITY.split(formula)):
        fact = stated_fact(snapshot, part) if at % 2 else None
        words.append(fact.label if fact else "지금은 없는 값" if at % 2 else part.translate(SIGNS))
    return "".join(words)
