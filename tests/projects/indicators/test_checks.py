import pytest

from core.integrity import Level
from projects.indicators.checks import briefed, dates, units
from projects.models import Brief, Indicator, Measurement, Target
from tests.slips import change, found_by

pytestmark = pytest.mark.django_db


def test_dates_of_the_report_hold(seeded):
    assert found_by(dates) == {}
    assert found_by(briefed) == {}


@pytest.mark.parametrize(
    ("slug", "slip", "level"),
    [
        ("public-wifi-first-phase-ap", {"measured_on": "2022-05"}, Level.ERROR),
        ("public-wifi-first-phase-ap", {"measured_printed": "’21.11.~’22.3."}, Level.ERROR),
        ("internet-of-things-s-dot-sensors", {"measured_on": "2021-08"}, Level.ERROR),
        ("public-wifi-city-bus-5g", {"measured_on": "2022-08-28"}, Level.WARNING),
        ("public-wifi-city-bus-5g", {"measured_on": "2022"}, Level.WARNING),
        ("big-data-administration-fellowship-analyses", {"measured_on": "2022-08-28"}, Level.ERROR),
    ],
)
def test_a_slip_in_the_day_of_a_value_is_found(seeded, slug, slip, level):
    change(Measurement.objects.filter(indicator__slug=slug), **slip)
    ((name, found),) = found_by(dates).items()
    assert name.startswith(f"indicator.measured/measurement/{slug}/")
    assert found is level


def test_a_period_that_goes_on_may_be_measured_at_its_end(seeded):
    slug = "big-data-administration-fellowship-analyses"
    change(Measurement.objects.filter(indicator__slug=slug), measured_on="2022-12")
    assert found_by(dates) == {}


@pytest.mark.parametrize(("printed", "due"), [("7,393대", "2025"), ("12개 자치구", "2023-12")])
def test_a_slip_in_a_due_date_is_found(seeded, printed, due):
    change(Target.objects.filter(printed=printed), due=due)
    ((name, level),) = found_by(dates).items()
    assert name.startswith("indicator.due/target/") and level is Level.WARNING


def test_a_due_date_that_only_the_text_has_left_is_information(seeded):
    change(Target.objects.filter(printed="12개 자치구"), due="")
    ((name, level),) = found_by(dates).items()
    assert name.startswith("indicator.due-missing/target/") and level is Level.INFO


def test_indicators_of_a_project_that_nobody_reports_are_found(seeded):
    wifi, other = (Brief.objects.get(project__slug=slug) for slug in ("public-wifi", "metaverse-seoul"))
    Brief.objects.filter(pk=wifi.pk).delete()
    Indicator.objects.filter(pk=other.pk)
    assert found_by(briefed) == {"indicator.brief/public-wifi": Level.WARNING}


@pytest.mark.parametrize(
    ("slug", "unit"), [("public-wifi-ap", "개소"), ("internet-of-things-hackathon-people", "개팀")]
)
def test_another_unit_than_the_printed_is_found(seeded, slug, unit):
    change(Indicator.objects.filter(slug=slug), unit=unit)
    assert set(found_by(units).values()) == {Level.WARNING}


def test_units_of_the_report_hold(seeded):
    assert found_by(units) == {}
