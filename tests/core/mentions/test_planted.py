"""Stale sentences planted in the report's texts are found, and innocent rewordings are not."""

from copy import deepcopy
from decimal import Decimal

import pytest

from core.mentions.states import State, mentioned_rows, states_of
from core.snapshot import snapshots_at
from seoul_digital.lib.number_notation import same_notation
from seoul_digital.lib.query_params import AskedDate

PLANTED = 50


@pytest.fixture
def snapshot(seeded):
    (found,) = snapshots_at(AskedDate())
    return found


def places(snapshot):
    """(row, field, token) of every bound number, from texts of every kind."""
    for row in mentioned_rows(snapshot):
        for text in states_of(row, snapshot):
            for found in text.tokens:
                if found.state == State.BOUND and found.token.value is not None:
                    yield row, text.field, found.token


def planted(row, field, token, *, reworded):
    """The row with another number there; `reworded`: in a line that is written anew around it, too."""
    edited = deepcopy(row)
    text = getattr(row, field)
    number = same_notation(token, (token.value or Decimal(0)) * 2 + 10)
    assert number != token.printed
    before, after = text[: token.start], text[token.end :]
    if reworded:
        before, after = f"{before}지난 보고에 적은 ", f"(다시 확인){after}"
    setattr(edited, field, f"{before}{number}{after}")
    edited.renew_mentions()
    return edited, number


def stale(row, field, snapshot):
    return [
        token.token.printed
        for text in states_of(row, snapshot)
        if text.field == field
        for token in text.tokens
        if token.state == State.STALE
    ]


@pytest.mark.parametrize("reworded", [False, True])
def test_planted_stale_sentences_are_found(snapshot, reworded):
    known = list(places(snapshot))
    chosen = known[:: max(1, len(known) // PLANTED)][:PLANTED]
    assert len(chosen) == PLANTED
    missed = []
    for row, field, token in chosen:
        edited, number = planted(row, field, token, reworded=reworded)
        if stale(edited, field, snapshot) != [number]:
            missed.append((field, token.printed, number, stale(edited, field, snapshot)))
    assert missed == []


def test_rewordings_make_nothing_stale_and_lose_nothing(snapshot):
    for row in mentioned_rows(snapshot):
        for field, text in row.mentioned_texts.items():
            if text:
                edited = deepcopy(row)
                setattr(
                    edited,
                    field,
                    f"ㅇ 새로 쓴 첫 줄\n{text.replace('설치', '구축').replace(' 및 ', '과 ')}\nㅇ 덧붙인 줄",
                )
                edited.renew_mentions()
                assert stale(edited, field, snapshot) == []
                assert [mention for mention in edited.all_mentions if mention.is_lost] == []
