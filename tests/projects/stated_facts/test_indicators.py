from datetime import date
from decimal import Decimal

import pytest

from core.models import Source
from core.stated_facts import FormulaTerm, stated_fact, stated_facts
from departments.models import Department
from projects.models import Indicator, Measurement, Target
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.tables import Record
from tests.factories import snapshot_of


def facts_of_the_report(*kinds):
    return stated_facts(snapshot_of(Department.objects.get(slug="digital-policy-bureau")), *kinds)


@pytest.fixture
def facts(seeded):
    return facts_of_the_report()


def test_a_measurement_with_its_own_time_and_printed_form(facts):
    fact = facts["measurement:public-wifi-ap"]
    assert (fact.value, fact.unit, fact.printed, fact.on) == (Decimal(28006), "대", "28,006대", "’22.7.1.")
    assert (fact.project, fact.department) == ("public-wifi", "ict-security")
    assert fact.terms == (
        FormulaTerm("measurement:public-wifi-ap-fixed"),
        FormulaTerm("measurement:public-wifi-ap-mobile"),
    )
    row = Measurement.objects.get(indicator__slug="public-wifi-ap", place="추진실적")
    assert fact.record == Record(Measurement, row.pk, "value")
    assert facts["measured:public-wifi-ap"].period == PartialDate(2022, 7, 1)


def test_a_part_is_named_under_its_whole(facts):
    fact = facts["measurement:public-wifi-ap-fixed-streets"]
    assert fact.label == "공공와이파이 운영현황(AP대수) › 고정형 › 주요거리"
    assert fact.words == (
        "주요거리",
        "고정형",
        "공공와이파이 운영현황(AP대수)",
        "공공와이파이 확충 및 시민 이용편의 제고",
    )


def test_another_place_is_another_statement(facts):
    assert facts["measurement:5g-maximum-speed-ratio"].value == Decimal(200)
    assert facts["measurement:5g-maximum-speed-ratio@정보화 용어 설명 5G 표"].value == Decimal(20)
    assert facts["measurement:public-wifi-ap@추진실적 표"].terms == ()


def test_the_newest_of_several_times_needs_no_time(facts):
    slug = "measurement:internet-of-things-s-pole-installed"
    known = {identity: int(fact.value) for identity, fact in facts.items() if identity.startswith(slug)}
    assert known == {f"{slug}@2020": 26, f"{slug}@2021": 116, slug: 158}
    assert facts["measured:internet-of-things-s-pole-installed@2020"].period == PartialDate(2020)


def test_an_identity_outlives_the_day_of_a_value(seeded):
    source = Source.objects.get(slug="digital-policy/2022-08-29/indicators")
    later = Source.objects.create(
        bureau=source.bureau, scope="indicators", as_of=date(2022, 11, 1), state="in_force", slug="later"
    )
    Measurement.objects.create(
        source=later,
        indicator=Indicator.objects.get(slug="public-wifi-ap"),
        measured_on="2022-10-01",
        value=29000,
        printed="29,000대",
        place="추진실적",
    )
    snapshot = snapshot_of(Department.objects.get(slug="digital-policy-bureau"))
    facts = stated_facts(snapshot, "measurement")
    assert {identity: int(fact.value) for identity, fact in facts.items()} == {
        "measurement:public-wifi-ap": 29000
    }
    before = stated_fact(snapshot, "measurement:public-wifi-ap@2022-07-01")
    assert (before.value, before.source, before.terms) == (Decimal(28006), source, ())
    assert stated_fact(snapshot, "measured:public-wifi-ap@2022-07-01").period == PartialDate(2022, 7, 1)
    assert stated_fact(snapshot, "measurement:public-wifi-ap@2021") is None
    assert (
        stated_fact(snapshot, "measurement:public-wifi-ap-fixed") is None
    )  # the newest source is silent of it


def test_a_target_with_its_due_date_and_how_far_it_is_reached(facts):
    fact = facts["target:public-wifi-city-bus-5g"]
    assert (fact.value, fact.printed, fact.on) == (Decimal(7393), "7,393대", "2024년까지")
    assert facts["due:public-wifi-city-bus-5g"].period == PartialDate(2024)
    assert facts["achieved:public-wifi-city-bus-5g"].value == Decimal("3.7")
    assert "due:work-management-system-opened-districts" not in facts


def test_of_several_targets_the_last_needs_no_due_date(seeded):
    target = Target.objects.get(indicator__slug="public-wifi-city-bus-5g")
    Target.objects.create(
        source=target.source, indicator=target.indicator, due="2023", value=4000, printed="4,000대"
    )
    slug = "target:public-wifi-city-bus-5g"
    facts = {
        key: int(fact.value) for key, fact in facts_of_the_report("target").items() if key.startswith(slug)
    }
    assert facts == {slug: 7393, f"{slug}@2023": 4000}


def test_shares_are_of_the_topmost_whole(facts):
    assert facts["share:public-wifi-ap-fixed-streets"].value == Decimal("11.9")
    assert "share:public-wifi-city-bus-5g" not in facts


def test_how_many_indicators_a_project_has(facts):
    keys = ("indicators", "targets", "reached")
    assert [int(facts[f"indicators:intelligent-cctv/{key}"].value) for key in keys] == [7, 1, 0]  # 2022 lasts
    assert (
        facts["indicators:public-wifi/targets"].label
        == "공공와이파이 확충 및 시민 이용편의 제고 목표 있는 지표 수"
    )
