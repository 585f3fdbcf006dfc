from decimal import Decimal

import pytest

from core.models import ControlTotal
from core.stated_facts import FormulaTerm, stated_facts
from departments.models import Department, FoundationProfile, Placement, Staffing
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.tables import Record
from tests.factories import snapshot_of


@pytest.fixture
def facts(seeded):
    return stated_facts(snapshot_of(Department.objects.get(slug="digital-policy-bureau")))


def test_staff_of_the_whole_is_printed_and_the_sum_of_its_units(facts):
    fact = facts["staffing:/headcount"]
    assert (fact.label, fact.value, fact.unit, fact.printed) == (
        "디지털정책관 현원",
        Decimal(258),
        "명",
        "258",
    )
    assert (fact.on, fact.source.scope, fact.url) == ("2022. 8. 29.", "staffing", "/departments/")
    assert (fact.formula, len(fact.terms)) == ("현원 계 = 부서 8곳의 합", 8)
    assert facts["staffing:/variance"].value == Decimal(-8)
    assert facts["staffing:/variance"].printed == "△8"
    assert facts["staffing:/임기제"].value == Decimal(26)


def test_staff_of_a_unit_is_the_sum_of_its_series(facts):
    fact = facts["staffing:data-center/headcount"]
    assert (fact.value, fact.printed, fact.department) == (Decimal(63), "63", "data-center")
    assert fact.terms == tuple(
        FormulaTerm(f"staffing:data-center/{series}") for series in ("일반직", "임기제", "관리운영직")
    )
    assert fact.words == ("데이터센터", "현원")
    assert facts["staffing:data-center/variance"].terms == (
        FormulaTerm("staffing:data-center/headcount"),
        FormulaTerm("staffing:data-center/authorized", Decimal(-1)),
    )
    row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
    assert facts["staffing:data-center/authorized"].record == Record(Staffing, row.pk, "authorized")
    assert facts["staffing:data-center/headcount"].record is None


def test_a_printed_total_that_disagrees_is_what_is_stated(seeded):
    ControlTotal.objects.filter(
        source__slug="digital-policy/2022-08-29/staffing", measure="headcount", subject="data-center"
    ).update(value=64)
    fact = stated_facts(snapshot_of(Department.objects.get(slug="digital-policy-bureau")), "staffing")[
        "staffing:data-center/headcount"
    ]
    assert (fact.value, fact.figure.computed, fact.figure.disagrees) == (Decimal(64), 63, True)


def test_units_by_kind_are_those_printed_else_those_in_the_tree(facts):
    """27 teams are printed and few are named; sections are named and not printed."""
    units = {identity: fact for identity, fact in facts.items() if identity.startswith("units:")}
    assert {identity: (int(fact.value), fact.unit) for identity, fact in units.items()} == {
        "units:bureaus": (1, "정책관"),
        "units:divisions": (6, "담당관"),
        "units:offices": (2, "사업소"),
        "units:sections": (8, "과"),
        "units:teams": (27, "팀"),
    }
    assert units["units:teams"].figure.computed is None
    assert not units["units:teams"].formula
    assert units["units:divisions"].printed == "6담당관"
    assert units["units:sections"].printed == ""


def test_more_named_than_printed_disagree(seeded):
    Placement.objects.filter(department__slug="big-data", source__as_of="2022-08-29").delete()
    fact = stated_facts(snapshot_of(Department.objects.get(slug="digital-policy-bureau")), "units")
    assert (fact["units:divisions"].figure.printed, fact["units:divisions"].figure.computed) == (6, 5)


def test_a_foundation_states_its_founding_its_staff_and_its_structure(facts):
    known = {
        identity.removeprefix("foundation:seoul-digital-foundation/"): fact
        for identity, fact in facts.items()
        if identity.startswith("foundation:")
    }
    assert known["founded_year"].period == PartialDate(2016)
    assert {key: (int(fact.value), fact.unit) for key, fact in known.items() if fact.value is not None} == {
        "authorized": (45, "명"),
        "seconded": (1, "명"),
        "실": (1, "실"),
        "본부": (1, "본부"),
        "팀": (7, "팀"),
    }
    profile = FoundationProfile.objects.get()
    assert known["팀"].record == Record(FoundationProfile, profile.pk, "structure")
