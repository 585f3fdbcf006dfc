"""What a number may state, tried on the seeded report with its mentions taken away."""

from collections import Counter

import pytest

from core.mentions.candidates import candidates, only_fit
from core.mentions.mention import Kind
from core.mentions.states import context_of, states
from departments.models import Department
from tests.factories import snapshot_of


@pytest.fixture
def snapshot(seeded):
    return snapshot_of(Department.objects.get(slug="digital-policy-bureau"))


@pytest.fixture
def proposals(snapshot):
    """Of every number: what it was said to be, the one fact that fits, and the candidates."""
    return [
        (
            token.mention,
            only_fit(snapshot, token.token, context),
            [fact.identity for fact in candidates(snapshot, token.token, context)],
        )
        for text in states(snapshot)
        for token in text.tokens
        for context in [context_of(text.row, text.text, token.token)]
    ]


def test_what_alone_fits_is_what_a_person_said(proposals):
    fitting = [(mention, fact.identity) for mention, fact, _ in proposals if fact]
    assert [(mention.target, identity) for mention, identity in fitting if mention.target != identity] == []
    assert len(fitting) == 40


def test_what_is_meant_stands_among_the_candidates_mostly_first(proposals):
    places = Counter(
        found.index(mention.target) if mention.target in found else "missing"
        for mention, _, found in proposals
        if mention.kind == Kind.BOUND
    )
    assert places == {0: 182, 1: 11, 4: 1, 6: 1}
