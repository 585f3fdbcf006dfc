"""Which facts a number in a text may state."""

import pytest

from core.mentions.candidates import only_fit, unit_of, value_of
from core.mentions.states import context_of
from core.snapshot import snapshots_at
from core.stated_facts import StatedFact
from projects.models import Brief
from seoul_digital.lib.number_tokens import number_tokens
from seoul_digital.lib.query_params import AskedDate

TOTAL = "measurement:public-wifi-ap"


@pytest.fixture
def snapshot(seeded):
    (found,) = snapshots_at(AskedDate())
    return found


@pytest.fixture
def brief(snapshot):
    return Brief.objects.get(project__slug="public-wifi", source__as_of="2022-08-29")


def test_a_fact_in_another_unit_has_its_plain_value():
    fact = StatedFact("a:b", "예산", value=8_617, unit="백만원")
    assert (value_of(fact), unit_of(fact)) == (8_617_000_000, "원")


def test_a_number_that_several_facts_fit_is_bound_to_none(brief, snapshot):
    text = "담당관 세 곳의 현원은 24명"
    (token,) = [token for token in number_tokens(text) if token.unit == "명"]
    assert only_fit(snapshot, token, context_of(brief, text, token)) is None


def test_a_number_that_one_fact_fits_is_bound_to_it(brief, snapshot):
    text = "서울시 공공와이파이 운영현황(AP대수) : 총 28,006대"
    (token,) = number_tokens(text)
    assert only_fit(snapshot, token, context_of(brief, text, token)).identity == TOTAL
