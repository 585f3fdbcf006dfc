from decimal import Decimal

import pytest

from core.stated_facts import FormulaTerm, stated_facts
from projects.models import Brief, Milestone
from seoul_digital.lib.periods import PartialDate, Period
from seoul_digital.lib.tables import Record


@pytest.fixture
def facts(snapshot):
    return stated_facts(snapshot)


def test_a_projects_budget_and_what_it_is_made_of(facts):
    fact = facts["project_budget:digital-inclusion"]
    assert (fact.value, fact.unit) == (Decimal(1073000000), "원")
    assert fact.printed == "1,073백만원(市 183백만원, 재단 890백만원)"
    assert fact.terms == (
        FormulaTerm("funding:digital-inclusion/市"),
        FormulaTerm("funding:digital-inclusion/재단"),
    )
    assert facts["funding:digital-inclusion/재단"].value == Decimal(890000000)
    brief = Brief.objects.get(project__slug="digital-inclusion")
    assert fact.record == Record(Brief, brief.pk, "budget")
    assert (fact.project, fact.department) == ("digital-inclusion", "digital-policy")


def test_the_budgets_of_all_projects_together(facts):
    fact = facts["project_budget:/"]
    assert (fact.value, len(fact.terms), fact.url) == (Decimal(36248000000), 11, "/projects/")


def test_a_dated_step_states_its_period(facts):
    fact = facts["milestone:public-wifi/first-phase-installation"]
    assert fact.period == Period(PartialDate(2021, 11), PartialDate(2022, 4))
    assert fact.printed == "’21.11.~’22.4."
    row = Milestone.objects.get(key="first-phase-installation")
    assert fact.record == Record(Milestone, row.pk, "start")
    assert "milestone:public-wifi/city-bus-5g-first-replacement" not in facts


def test_a_project_without_dates_of_its_own_states_no_period(snapshot, facts):
    assert not [identity for identity in facts if identity.startswith("project_period:")]
    Brief.objects.filter(project__slug="public-wifi").update(start="2021", end="2024-12")
    fact = stated_facts(snapshot.at(snapshot.as_of), "project_period")["project_period:public-wifi"]
    assert fact.period == Period(PartialDate(2021), PartialDate(2024, 12))


def test_counts_of_what_pages_list(facts):
    known = {
        identity.removeprefix("count:"): int(fact.value)
        for identity, fact in facts.items()
        if identity.startswith("count:")
    }
    assert {key: number for key, number in known.items() if "/" not in key} == {
        "projects": 11,
        "strategies": 4,
        "values": 6,
        "indicators": 116,
    }
    assert (known["projects/digital-policy"], known["strategy/innovation-base"]) == (4, 3)
    assert (known["milestones/public-wifi/done"], known["milestones/public-wifi/planned"]) == (3, 2)
    assert (known["milestones/public-wifi"], known["children/public-wifi-ap-fixed"]) == (6, 7)
