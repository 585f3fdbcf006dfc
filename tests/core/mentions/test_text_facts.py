"""Numbers that stand in a text alone, or that it works out, as facts of their own."""

from decimal import Decimal

import pytest

from core.mentions.states import State, states
from core.mentions.text_facts import formula_words
from core.snapshot import snapshots_at
from core.stated_facts import is_identity, stated_fact, stated_facts
from seoul_digital.lib.query_params import asked_date

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture
def snapshot(seeded):
    return snapshots_at(asked_date("2022-08-29"))[0]


def own_of(snapshot, printed, state):
    return next(
        token.own
        for text in states(snapshot)
        for token in text.tokens
        if token.state is state and token.token.printed == printed
    )


def test_number_of_a_text_alone(snapshot):
    fact = stated_fact(snapshot, own_of(snapshot, "30미터", State.ONLY_HERE))
    assert (fact.value, fact.unit, fact.printed) == (Decimal(30), "m", "30미터")
    assert fact.label.startswith("30미터: ")
    assert fact.note == "이 글에만 적힌 값입니다. 다른 자료에는 없습니다."
    assert fact.source.scope == "glossary"
    assert fact.record.field == "text"


def test_date_of_a_text_alone_stands_as_it_is_printed(snapshot):
    fact = stated_fact(snapshot, own_of(snapshot, "’11년", State.ONLY_HERE))
    assert (fact.value, fact.period, fact.figure.shown) == (None, None, "’11년")


def test_name_is_no_fact(snapshot):
    tokens = [token for text in states(snapshot) for token in text.tokens if token.state is State.NO_FACT]
    assert "120" in [token.token.printed for token in tokens]
    assert {token.identity for token in tokens} == {""}


def test_derived_number_is_drawn_out_by_its_terms(snapshot):
    derived = [token for text in states(snapshot) for token in text.tokens if token.state is State.DERIVED]
    fact = stated_fact(snapshot, derived[0].own)
    assert fact.note == "글에서 셈한 값입니다."
    assert set(fact.parts) < derived[0].stated
    assert " = " in fact.formula and "{" not in fact.formula


def test_no_mention_may_be_bound_to_one(snapshot):
    own = own_of(snapshot, "30미터", State.ONLY_HERE)
    assert not is_identity(own)
    assert own not in stated_facts(snapshot)


def test_words_of_a_formula(snapshot):
    words = formula_words("({staffing:/headcount} - {staffing:gone/headcount}) / 2", snapshot)
    assert words == "(디지털정책관 현원 − 지금은 없는 값) ÷ 2"
