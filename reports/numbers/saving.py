"""What a person answers about the numbers of a text, saved with its row."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import Model

from core.mentions.mention import Kind, Mention
from core.mentions.states import State, TextState, TokenState, states_of
from core.mentions.writing import accept, confirm, forget
from core.snapshot import Snapshot

from ..models.published import digest
from .derived import Derivation, derivations_from
from .questions import ACCEPT, FACT, LOST, NUMBER, lost_name, options_of

_PLACE = re.compile("[0-9]{1,5}")
ACCEPT_ALL, ONLY_HERE_ALL = "accept_all", "only_here_all"  # besides saving what was chosen
CHANGED = "그 사이에 값이 바뀌어 ‘{}’에 고른 것을 저장하지 않았습니다. 지금 값을 보고 다시 골라 주십시오."
NOTHING = "고른 것이 없어 저장하지 않았습니다. 숫자마다 무엇을 뜻하는지 고르고 저장해 주십시오."
LOST_CHANGED = (
    "그 사이에 본문에서 사라진 숫자가 바뀌어 아무것도 저장하지 않았습니다. 지금 것을 보고 다시 골라 주십시오."
)
OTHERS_OFFERED = (
    "그 사이에 글이나 값이 바뀌어 아무것도 저장하지 않았습니다. 지금 값을 보고 다시 눌러 주십시오."
)


class NotSavedError(Exception):
    """Why nothing was saved, in Korean."""


@dataclass(frozen=True)
class Answers:
    """`chosen`: what was chosen by the place of its number; `lost`: the controls of lost mentions that may go; `offers`: the mark
    of the new values that were shown."""

    chosen: Mapping[int, str]
    derived: Mapping[int, Derivation] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    action: str = ""
    offers: str = ""

    @classmethod
    def from_form(cls, sent: Mapping[str, str]) -> "Answers":
        numbers = ((name.removeprefix(NUMBER), sent[name]) for name in sent if name.startswith(NUMBER))
        return cls(
            {int(place): value for place, value in numbers if value and _PLACE.fullmatch(place)},
            derivations_from(sent),
            frozenset(name for name in sent if name.startswith(LOST)),
            sent.get("action", ""),
            sent.get("offers", ""),
        )

    def of(self, text: TextState) -> dict[int, str]:
        """What is answered of each number; what holds for all of a kind included."""
        if self.action == ACCEPT_ALL:
            return _answer_all(text, State.STALE, lambda token: token.offered and f"{ACCEPT}{token.offered}")
        if self.action == ONLY_HERE_ALL:
            return _answer_all(
                text, State.UNBOUND, lambda token: "" if token.mention else Kind.ONLY_HERE.value
            )
        return {**self.chosen, **{place: made.words for place, made in self.derived.items()}}


def _answer_all(text: TextState, state: State, answer: Callable[[TokenState], str]) -> dict[int, str]:
    answers = {place: answer(token) for place, token in enumerate(text.tokens) if token.state is state}
    return {place: value for place, value in answers.items() if value}


def save(text: TextState, answers: Answers, snapshot: Snapshot) -> str:
    """Saves the answers within the caller's transaction and says what was saved. Raises NotSavedError, ValidationError."""
    given = answers.of(text)
    if answers.action == ACCEPT_ALL and answers.offers != offers_token([text]):
        raise NotSavedError(OTHERS_OFFERED)
    lost = [mention for mention in text.lost if lost_name(mention) in answers.lost]
    if answers.lost - set(map(lost_name, lost)):
        raise NotSavedError(LOST_CHANGED)
    if not (given or lost):
        raise NotSavedError(NOTHING)
    derived = answers.derived if not answers.action else {}
    for place, value in given.items():
        _require_offered(text, place, value, snapshot, is_derived=place in derived)
    if lost:
        forget(text.row, [replace(mention, is_lost=True) for mention in lost])
    formulas = {text.tokens[place].place: made.formula(snapshot) for place, made in derived.items()}
    at_places = {text.tokens[place].place: value for place, value in given.items()}
    if (
        choices := {
            place: value.removeprefix(FACT) if value.startswith(FACT) else Kind(value)
            for place, value in at_places.items()
            if not _is_new(value) and place not in formulas
        }
        | formulas
    ):
        confirm(text.row, choices, snapshot)
    if accepted := [place for place, value in at_places.items() if _is_new(value)]:
        accept(text.row, snapshot, accepted)
    return _words(given, lost)


def _require_offered(
    text: TextState, place: int, value: str, snapshot: Snapshot, *, is_derived: bool
) -> None:
    if place >= len(text.tokens):
        raise NotSavedError(CHANGED.format(text.label))
    token = text.tokens[place]
    if not is_derived and value not in dict(options_of(text, token, snapshot)):
        raise NotSavedError(CHANGED.format(token.token.printed))


def _is_new(value: str) -> bool:
    """Whether the text takes a new value."""
    return value.startswith(ACCEPT)


def _words(given: Mapping[int, str], lost: Sequence[Mention]) -> str:
    """`숫자 3개를 저장했습니다(연결 2개, 본문에만 있음 1개).`"""
    counts = Counter(_word(value) for value in given.values())
    if lost:
        counts["지움"] = len(lost)
    listed = ", ".join(f"{word} {number:,}개" for word, number in counts.items())
    return f"숫자 {counts.total():,}개를 저장했습니다({listed})."


def _word(value: str) -> str:
    if _is_new(value):
        return "새 값으로 바꿈"
    if value.startswith(FACT):
        return "연결"
    if value not in list(Kind):
        return "셈한 값"
    return {Kind.ONLY_HERE: "본문에만 있음", Kind.NO_FACT: "사실 아님"}[Kind(value)]


def fresh(text: TextState, snapshot: Snapshot) -> TextState | None:
    """The text as its row is in the database now; None where that has no such numbers any more. What pages remember stays as it is."""
    row = type(text.row)._base_manager.filter(pk=text.row.pk).first()
    found = states_of(row, snapshot) if row else ()
    state = next((state for state in found if state.field == text.field), None)
    return state and replace(state, title=text.title, department=text.department)


def offers_of(texts: Iterable[TextState]) -> list[tuple[TextState, list[TokenState]]]:
    """The stale numbers for which the texts' own notation of the new value is known."""
    offers = ((text, [token for token in text.tokens if token.offered]) for text in texts)
    return [(text, tokens) for text, tokens in offers if tokens]


def offers_token(texts: Iterable[TextState]) -> str:
    """The mark of what is offered: whoever takes it all takes what was shown."""
    shown = [
        (
            text.row._meta.label_lower,
            text.row.pk,
            text.field,
            token.token.start,
            token.token.printed,
            token.offered,
        )
        for text, tokens in offers_of(texts)
        for token in tokens
    ]
    return digest(repr(sorted(shown)))[:32]


@transaction.atomic
def accept_everything(texts: Iterable[TextState], snapshot: Snapshot, token: str) -> int:
    """Takes the new value of every stale number into its text; how many. Raises NotSavedError where others are offered than shown."""
    offered = [text for text, _ in offers_of(texts)]
    keys: dict[type[Model], set[int]] = defaultdict(set)
    for text in offered:
        keys[type(text.row)].add(text.row.pk)
    for model in sorted(keys, key=lambda model: model._meta.label_lower):
        rows = model._base_manager.filter(pk__in=keys[model]).order_by("pk")
        list(rows.select_for_update(no_key=True).values_list("pk"))
    now = [found for text in offered if (found := fresh(text, snapshot))]
    if offers_token(now) != token:
        raise NotSavedError(OTHERS_OFFERED)
    by_row: dict[Any, list[TokenState]] = defaultdict(list)
    for text, tokens in offers_of(now):
        by_row[text.row] += tokens
    for row, tokens in by_row.items():
        accept(row, snapshot, [token.place for token in tokens])
    return sum(map(len, by_row.values()))
