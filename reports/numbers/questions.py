"""What is asked about the numbers of a text, and what may be answered."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.mentions.candidates import candidates
from core.mentions.marking import ASKED, fact_words
from core.mentions.mention import Kind, Mention
from core.mentions.states import State, TextState, TokenState, context_of
from core.snapshot import Snapshot
from core.stated_facts import StatedFact, fact_text
from seoul_digital.lib.hangul import quoted

from ..models.published import digest

NUMBER, LOST = (
    "number-",
    "lost-",
)  # in the names of controls, before a number's place and the mark of a mention
FACT, ACCEPT = (
    "fact:",
    "accept:",
)  # before an identity and an offered text in their values; the others are those of `Kind`
AROUND = 24  # characters of the text on either side of a number


@dataclass(frozen=True)
class Question:
    """`place` is the number's among the text's, `options` are (value, word). `fact` is what the number is bound to; `fact_edit` the fact's form."""

    place: int
    state: State
    printed: str
    before: str
    after: str
    options: tuple[tuple[str, str], ...]
    fact: StatedFact | None = None
    fact_value: str = ""
    fact_edit: str = ""
    missing: str = ""  # what it is bound to and is not there on this day

    @property
    def name(self) -> str:
        """Its control's."""
        return f"{NUMBER}{self.place}"


def lost_name(mention: Mention) -> str:
    """Its control's: by what it says, since those before it may go meanwhile."""
    says = (*mention.key, mention.kind.value, mention.target, mention.formula)
    return f"{LOST}{digest(repr(says))[:16]}"


def questions_of(
    text: TextState, snapshot: Snapshot, edit_url: Callable[[StatedFact], str], *, every: bool
) -> list[Question]:
    """Of what is to be decided or, `every`, of all numbers of the text."""
    return [
        _question(text, place, token, edit_url, options_of(text, token, snapshot))
        for place, token in enumerate(text.tokens)
        if every or token.state in ASKED
    ]


def _question(
    text: TextState,
    place: int,
    token: TokenState,
    edit_url: Callable[[StatedFact], str],
    options: Sequence[tuple[str, str]],
) -> Question:
    start, end = token.token.start, token.token.end
    return Question(
        place=place,
        state=token.state,
        printed=token.token.printed,
        before=_without_table(text.text[:start].rpartition("\n")[2][-AROUND:]).lstrip(),
        after=_without_table(text.text[end:].partition("\n")[0][:AROUND]),
        options=tuple(options),
        fact=token.fact,
        fact_value=fact_text(token.fact) if token.fact else "",
        fact_edit=edit_url(token.fact) if token.fact else "",
        missing=token.mention.label if token.mention and not token.fact and token.state in ASKED else "",
    )


def _without_table(text: str) -> str:
    """A piece of a line without the bars of a table's cells."""
    return re.sub(r"[|>^\s]+", " ", text) if "|" in text else text


def options_of(text: TextState, token: TokenState, snapshot: Snapshot) -> list[tuple[str, str]]:
    """(value, word) of the answers that a number allows, the likeliest first; of one that is decided the others."""
    offered = (
        [(f"{ACCEPT}{token.offered}", f"본문을 {quoted(token.offered, '으로/로')} 바꿈")]
        if token.offered
        else []
    )
    fitting = token.candidates or candidates(
        snapshot, token.token, context_of(text.row, text.text, token.token)
    )
    facts = [(f"{FACT}{fact.identity}", fact_words(fact)) for fact in fitting if fact != token.fact]
    kinds = {Kind.ONLY_HERE: "본문에만 있음", Kind.NO_FACT: "사실이 아님(이름·차례)"}
    others = [(kind.value, word) for kind, word in kinds.items() if kind.value != token.state.value]
    return [*offered, *facts, *others]
