"""Writes of mentions: what a person says of a number, and new values taken into the texts.

Each reads the row anew and holds it, changes it and saves it as any form does: whole, with its change record. Who may is for
the caller to ask (`access_scope(user).may_change(row)`). A ValidationError says in Korean what no longer fits.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from seoul_digital.lib.number_tokens import NumberToken, agrees

from ..snapshot import Snapshot
from ..stated_facts import StatedFact, stated_facts
from .alignment import placed, places_in, renewed
from .candidates import only_fit, value_of
from .formula import FormulaError, identities
from .mention import Kind, Mention, Place
from .states import State, context_of, states_of

TEXT_CHANGED = "그 사이에 글이 바뀌어 ‘{}’ 자리를 찾을 수 없습니다. 새로 연 화면에서 다시 골라 주세요."
NO_FACT_THERE = "‘{}’의 근거로 고른 값이 이 자료에 없습니다. 다시 골라 주세요."


@transaction.atomic
def confirm(row: Any, choices: Mapping[Place, str | Kind], snapshot: Snapshot) -> Any:
    """Save what a person says of numbers of a row: an identity, a formula of identities in braces, `Kind.ONLY_HERE` or
    `Kind.NO_FACT`. Returns the row as saved."""
    row = _held(row)
    facts, numbers = (
        stated_facts(snapshot),
        {place.key: (token, place) for token, place, _ in _numbers_of(row)},
    )
    mentions = {place.key: mention for _, place, mention in _numbers_of(row) if mention}
    for key, choice in choices.items():
        if key not in numbers:
            raise ValidationError(TEXT_CHANGED.format(key[1]))
        mentions[key] = _chosen(*numbers[key], choice, facts)
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


def _chosen(
    token: NumberToken, mention: Mention, choice: str | Kind, facts: Mapping[str, StatedFact]
) -> Mention:
    if isinstance(choice, Kind):
        return replace(mention, kind=choice)
    try:
        named = identities(choice) if "{" in choice else [choice]
    except FormulaError as error:
        raise ValidationError(str(error)) from None
    if not named or any(identity not in facts for identity in named):
        raise ValidationError(NO_FACT_THERE.format(token.printed))
    if "{" in choice:
        return replace(
            mention, kind=Kind.DERIVED, formula=choice, label=", ".join(facts[name].label for name in named)
        )
    return _bound(token, mention, facts[choice])


def _bound(token: NumberToken, mention: Mention, fact: StatedFact) -> Mention:
    """What says the value to its last place alone is rounded from here on."""
    value = value_of(fact) if fact.value is not None else None
    rounded = value is not None and not agrees(token, value) and agrees(token, value, rounded=True)
    return replace(mention, kind=Kind.BOUND, target=fact.identity, label=fact.label, rounded=rounded)


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
        raise ValidationError(TEXT_CHANGED.format(gone.pop()[1]))
    before = row.mentioned_texts
    for field, token in reversed(accepted):
        text, number = getattr(row, field), token.token
        setattr(row, field, text[: number.start] + token.offered + text[number.end :])
    row.mentions = renewed(row.mentioned_texts, row.mentions, before)
    targets = {token.mention.target for _, token in accepted if token.mention}
    return _saved(row, _rounded(row, targets, stated_facts(snapshot)))


def _rounded(row: Any, targets: Collection[str], facts: Mapping[str, StatedFact]) -> Iterator[Mention]:
    """The mentions; those of the targets know whether the new text gives the value to its last place alone."""
    tokens = {mention: token for token, _, mention in _numbers_of(row) if mention}
    for mention in row.all_mentions:
        is_new = mention in tokens and mention.target and mention.target in targets
        yield _bound(tokens[mention], mention, facts[mention.target]) if is_new else mention


def propose(row: Any, snapshot: Snapshot) -> list[StatedFact]:
    """Bind each unbound number of a row, in memory, that one fact alone fits in number, unit and subject; gives those facts."""
    row.renew_mentions()
    bound: dict[Mention, StatedFact] = {}
    for token, place, mention in _numbers_of(row):
        text = getattr(row, place.field)
        if not mention and (fact := only_fit(snapshot, token, context_of(row, text, token))):
            bound[_bound(token, place, fact)] = fact
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
