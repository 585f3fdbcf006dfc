"""Sums and shares that pages work out for their sentences."""

from decimal import Decimal

import pytest

from core.mentions.computed_facts import computed_fact, sum_fact
from core.snapshot import Snapshot
from core.stated_facts import stated_fact
from tests.factories import NOBODY

HEADS = ("staffing:data-center/headcount", "staffing:big-data/headcount")


@pytest.fixture
def snapshot(seeded):
    return Snapshot.from_query(NOBODY, {"as_of": "2022-08-29"})


def test_a_sum_has_its_terms(snapshot):
    fact = stated_fact(snapshot, sum_fact(HEADS, "명"))
    assert (fact.label, fact.value, fact.unit) == ("데이터센터 현원 등 2개의 합", 92, "명")
    assert [term.identity for term in fact.terms] == list(HEADS)
    assert fact.on == "2022. 8. 29." and fact.source.scope == "staffing"


def test_a_share_has_its_parts(snapshot):
    identity = computed_fact("{expenditure:data-center/unexecuted} / {expenditure:/unexecuted} * 100", "%")
    fact = stated_fact(snapshot, identity)
    assert fact.value == Decimal("44.5")
    assert fact.formula == "데이터센터 집행잔액 ÷ 세출 계 집행잔액 × 100"
    assert fact.parts == ("expenditure:data-center/unexecuted", "expenditure:/unexecuted")


def test_a_sum_of_one_is_itself():
    assert sum_fact(["count:projects"], "건") == "count:projects"
    assert sum_fact([], "건") == ""
    assert sum_fact(["count:projects", ""], "건") == ""


def test_what_is_too_long_is_no_identity():
    assert computed_fact("1+" * 500 + "1", "%") == ""


@pytest.mark.parametrize(
    "identity",
    [
        "computed:%={a:b",
        "computed:%=",
        "computed:%={nothing:1}/2",
        "computed:%={staffing:/headcount}/0",
        "computed:%=1/2",
        "computed:마리={staffing:/headcount}*2",
    ],
)
def test_what_gives_no_value_is_no_fact(snapshot, identity):
    assert stated_fact(snapshot, identity) is None
