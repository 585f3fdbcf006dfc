"""What all apps register together: literal identities, terms that are facts, a fixed number of queries."""

from decimal import Decimal
from fractions import Fraction

import pytest

from core.stated_facts import stated, stated_fact, stated_facts
from departments.models import Department
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.reported import ReportedFigure
from tests.factories import snapshot_of

pytestmark = pytest.mark.engine


@pytest.fixture
def snapshot(seeded):
    return snapshot_of(Department.objects.get(slug="digital-policy-bureau"))


def test_all_kinds_are_read_with_a_fixed_number_of_queries(snapshot, django_assert_num_queries):
    with django_assert_num_queries(3):
        facts = stated_facts(snapshot)
    assert len(facts) == 731
    with django_assert_num_queries(0):
        assert stated_facts(snapshot) == facts
    with django_assert_num_queries(1):
        assert stated_facts(snapshot.anew()) is facts


def test_every_term_is_a_fact_and_every_fact_names_its_page(snapshot):
    facts = stated_facts(snapshot)
    assert {term.identity for fact in facts.values() for term in fact.terms} <= facts.keys()
    without_page = {identity for identity, fact in facts.items() if not fact.url}
    assert {identity.partition(":")[0] for identity in without_page} == {"base_date"}


def test_terms_add_up_to_what_is_computed(snapshot):
    """Those apart (in 천원) are the report's own: 임시적세외수입 is printed too small, executed amounts are rounded one by one."""
    facts = stated_facts(snapshot)
    apart = {
        fact.identity: int(fact.value - total) // 1_000
        for fact in facts.values()
        if fact.terms and fact.value is not None
        for total in [sum(term.factor * (facts[term.identity].value or 0) for term in fact.terms)]
        if total != fact.value
    }
    assert apart == {
        "expenditure:/committed": 1,
        "revenue:non-tax-revenue/current": 4_923_712,
        "revenue:non-tax-revenue/previous": 1_529_459,
        "revenue:temporary-non-tax-revenue/current": -4_923_712,
        "revenue:temporary-non-tax-revenue/previous": -1_529_459,
    }


def test_a_source_without_a_kind_of_facts_states_none(seeded):
    nowhere = snapshot_of(Department.objects.get(slug="digital-policy-bureau"), "1999-01-01")
    assert stated_facts(nowhere) == {}


def test_the_fact_of_an_identity(snapshot):
    assert stated_fact(snapshot, "staffing:/headcount").value == Decimal(258)
    assert stated_fact(snapshot, "staffing:nowhere/headcount") is None
    assert stated_fact(snapshot, "weather:today") is None


def test_base_dates_of_each_scope_and_of_the_report(snapshot):
    facts = stated_facts(snapshot, "base_date")
    assert len(facts) == 10
    assert facts["base_date:staffing"].period == facts["base_date:report"].period == PartialDate(2022, 8, 29)
    assert facts["base_date:staffing"].source.scope == "staffing"


@pytest.mark.parametrize(
    "figure, unit, fields",
    [
        (ReportedFigure(Fraction(2, 3) * 100), "%", {"value": Decimal("66.7")}),
        (ReportedFigure(Fraction(-1, 3), None), "%p", {"value": Decimal("-0.3")}),
        (ReportedFigure(61, 60), "명", {"value": Decimal(60)}),
        (ReportedFigure(None), "원", {"value": None}),
        (ReportedFigure("순증"), "%", {"printed": "순증"}),
    ],
)
def test_a_figure_is_stated_as_printed_and_a_rate_to_a_tenth(figure, unit, fields):
    assert stated(figure, unit) == {"figure": figure, "unit": unit, **fields}
