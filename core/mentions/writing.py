"""Writes of mentions: what a person says of a number, and new values taken into the texts.

Each reads the row anew and holds it, changes it and saves it as any form does: whole, with its change record. Who may is for
the caller to ask (`access_scope(user).may_change(row)`). A ValidationError says in Korean what no longer fits.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from seoul_digital.lib.hangul import quoted, with_particle
from seoul_digital.lib.number_tokens import NumberToken, number_tokens, rounds

from ..snapshot import Snapshot
from ..stated_facts import StatedFact, stated_facts, value_text
from .alignment import described, placed, places_in, renewed
from .candidates import only_fit
from .formula import FormulaError, identities
from .mention import Kind, Mention, Place
from .states import State, context_of, holds, meant, states_of

TEXT_CHANGED = "그 사이에 글이 바뀌어 ‘{}’ 자리를 찾을 수 없습니다. 새로 연 화면에서 다시 골라 주세요."
NO_RESULT = "{} 고른 값으로 셈할 수 없습니다. 나누는 값이 0이 아닌지 보고 다시 골라 주세요."
OTHER_RESULT = "고른 대로 셈하면 {} 글의 {} 다릅니다. 셈할 값이나 셈하는 법을 다시 골라 주세요."
NO_FACT_THERE = "‘{}’의 근거로 고른 값이 이 자료에 없습니다. 다시 골라 주세요."


@transaction.atomic
def confirm(row: Any, choices: Mapping[Place, str | Kind], snapshot: Snapshot) -> Any:
    """Save what a person says of numbers of a row: an identity, a formula of identities in braces, `Kind.ONLY_HERE` or
    `Kind.NO_FACT`. Returns the row as saved."""
    row = _held(row)
    numbers = {place.key: (token, place) for token, place, _ in _numbers_of(row)}
    mentions = {place.key: mention for _, place, mention in _numbers_of(row) if mention}
    for key, choice in choices.items():
        if key not in numbers:
            raise ValidationError(TEXT_CHANGED.format(Mention(*key).shown))
        mentions[key] = _chosen(*numbers[key], choice, snapshot)
    return _saved(row, [*mentions.values(), *(mention for mention in row.all_mentions if mention.is_lost)])


def _numbers_of(row: Any) -> Iterator[tuple[NumberToken, Mention, Mention | None]]:
    """Every number of a row's texts: its token, a mention that has its place alone, and its own if it has one."""
    for field in row.mention_fields:
        text = getattr(row, field)
        stood = placed(
            text, [known for known in row.all_mentions if known.field == field and not known.is_lost]
        )
        for index, place in enumerate(places_in(field, text, stood.tokens)):
            yield stood.tokens[index], place, stood.found.get(index)


def _chosen(token: NumberToken, mention: Mention, choice: str | Kind, snapshot: Snapshot) -> Mention:
    if isinstance(choice, Kind):
        return replace(mention, kind=choice)
    facts = stated_facts(snapshot)
    try:
        named = identities(choice) if "{" in choice else [choice]
    except FormulaError as error:
        raise ValidationError(str(error)) from None
    if not named or any(identity not in facts for identity in named):
        raise ValidationError(NO_FACT_THERE.format(token.printed))
    label = ", ".join(facts[name].label for name in named)
    bound = replace(mention, label=label, target=choice)
    if "{" not in choice:
        return _with_rounding(token, bound, snapshot)
    derived = _with_rounding(
        token, replace(mention, label=label, kind=Kind.DERIVED, formula=choice), snapshot
    )
    _require_fitting(token, derived, snapshot)
    return derived


def _require_fitting(token: NumberToken, derived: Mention, snapshot: Snapshot) -> None:
    """Nobody says that a number is worked out in a way that gives another."""
    _, value = meant(derived, snapshot)
    if value is None:
        raise ValidationError(NO_RESULT.format(quoted(token.printed, "은/는")))
    if not holds(token, derived, value):
        words = value_text(value, "" if token.is_date else token.unit)
        raise ValidationError(
            OTHER_RESULT.format(with_particle(words, "이라/라"), quoted(token.printed, "과/와"))
        )


def _with_rounding(token: NumberToken, mention: Mention, snapshot: Snapshot) -> Mention:
    """What says the value to its last place alone is rounded from here on."""
    _, value = meant(mention, snapshot)
    is_rounded = isinstance(value, Decimal) and rounds(token, value)
    return replace(mention, rounded=mention.rounded or is_rounded)


@transaction.atomic
def forget(row: Any, lost: Collection[Mention]) -> Any:
    """Drop mentions whose number is gone from the text (지움)."""
    row = _held(row)
    return _saved(row, [mention for mention in row.all_mentions if not (mention.is_lost and mention in lost)])


@transaction.atomic
def accept(row: Any, snapshot: Snapshot, places: Collection[Place] | None = None) -> Any:
    """Rewrite stale numbers of a row's texts, or those at the places alone, to what their facts say, all in one save."""
    row = _held(row)
    accepted = [
        (text.field, token)
        for text in states_of(row, snapshot)
        for token in text.tokens
        if token.state == State.STALE and token.offered and (places is None or token.place in places)
    ]
    if gone := {*(places or ())} - {token.place for _, token in accepted}:
        raise ValidationError(TEXT_CHANGED.format(Mention(*gone.pop()).shown))
    before = row.mentioned_texts
    for field, token in reversed(accepted):
        text, number = getattr(row, field), token.token
        setattr(row, field, text[: number.start] + token.offered + text[number.end :])
    places = {token.place for _, token in accepted}
    return _saved(
        row, [found for field, old in before.items() for found in _after(row, field, old, places, snapshot)]
    )


def _after(
    row: Any, field: str, old: str, accepted: Collection[Place], snapshot: Snapshot
) -> Iterable[Mention]:
    """The mentions of a text, in which every number is still at its turn; those of the places may be rounded now."""
    own = [mention for mention in row.all_mentions if mention.field == field]
    stood = placed(old, [mention for mention in own if not mention.is_lost])
    new = getattr(row, field)
    tokens = number_tokens(new)
    if len(tokens) != len(stood.tokens):
        stored = renewed({field: new}, [mention.stored for mention in own], {field: old})
        return map(Mention.of, stored)
    places = places_in(field, old, stood.tokens)
    found = {
        index: _with_rounding(tokens[index], mention, snapshot) if places[index].key in accepted else mention
        for index, mention in stood.found.items()
    }
    lost = [
        *(replace(mention, is_lost=True) for mention in stood.lost),
        *(mention for mention in own if mention.is_lost),
    ]
    return [*described(field, new, tokens, found), *lost]


def propose(row: Any, snapshot: Snapshot) -> list[StatedFact]:
    """Bind each unbound number of a row, in memory, that one fact alone fits in number, unit and subject; gives those facts."""
    row.renew_mentions()
    bound: dict[Mention, StatedFact] = {}
    for token, place, mention in _numbers_of(row):
        text = getattr(row, place.field)
        if not mention and (fact := only_fit(snapshot, token, context_of(row, text, token))):
            proposed = replace(place, target=fact.identity, label=fact.label)
            bound[_with_rounding(token, proposed, snapshot)] = fact
    row.mentions = [*row.mentions, *(mention.stored for mention in bound)]
    return list(bound.values())


def _held(row: Any) -> Any:
    """The row as it is now, held until the transaction ends."""
    held: Any = type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
    held.mentions = renewed(held.mentioned_texts, held.mentions)
    return held


def _saved(row: Any, mentions: Iterable[Mention]) -> Any:
    row.mentions = [mention.stored for mention in mentions]
    row.full_clean()
    row.save()
    return row
