"""What every number and date of a snapshot's texts states, and whether it still holds."""

from dataclasses import dataclass
from enum import StrEnum

from seoul_digital.lib.number_tokens import NumberToken

from ..models.mentions import MentionedText
from ..snapshot import Snapshot
from ..stated_facts import StatedFact
from .mention import Mention


class State(StrEnum):
    BOUND = "bound"
    DERIVED = "derived"
    ONLY_HERE = "only_here"
    NO_FACT = "no_fact"
    STALE = "stale"
    UNBOUND = "unbound"

    @property
    def label(self) -> str:
        return {
            "bound": "연결됨", "derived": "셈한 값", "only_here": "본문에만 있음",
            "no_fact": "사실 아님", "stale": "값이 달라짐", "unbound": "확인 안 됨",
        }[self.value]  # fmt: skip


@dataclass(frozen=True)
class TokenState:
    """A number or date of a text. `fact` is what it is bound to, of a derived one the first of its formula; `offered` how the text
    would say the fact's value in its own notation where it is stale; `candidates` what an unbound one may state, the likeliest first."""

    token: NumberToken
    state: State
    mention: Mention | None = None
    fact: StatedFact | None = None
    offered: str = ""
    candidates: tuple[StatedFact, ...] = ()


@dataclass(frozen=True)
class TextState:
    """A text of a row with its numbers in their order. `lost` are the mentions that no number of it is any more.

    `row` is the row itself, `label` the text's name (추진실적), `title` what the row is called; `department` the slug of its unit.
    """

    row: MentionedText
    field: str
    label: str
    title: str
    text: str
    tokens: tuple[TokenState, ...]
    lost: tuple[Mention, ...] = ()
    department: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether anything of it is to be decided."""
        return bool(self.lost) or any(token.state in (State.STALE, State.UNBOUND) for token in self.tokens)


def states(snapshot: Snapshot) -> tuple[TextState, ...]:
    """Of every text with numbers, in the order of the models and rows."""
    raise NotImplementedError


def states_of(row: MentionedText, snapshot: Snapshot) -> tuple[TextState, ...]:
    """Of one row's texts, as it stands in memory, against a snapshot's facts."""
    raise NotImplementedError
