import pytest
from django.core.exceptions import ValidationError

from core import integrity
from core.integrity import Level
from core.models import Source
from core.snapshot import snapshots_at
from departments import structure_checks
from departments.checks import foundations
from departments.models import Department, Duty, FoundationProfile, Placement, Succession
from seoul_digital.lib.query_params import AskedDate
from tests.factories import make_source
from tests.slips import change, found_by

pytestmark = pytest.mark.django_db


def test_the_organisation_of_the_report_holds(seeded):
    for check in (structure_checks.shape, structure_checks.counted_lines, structure_checks.duties):
        assert found_by(check) == {}, check


def test_successions_are_held_against_the_days_of_their_units_by_one_query(seeded, django_assert_num_queries):
    snapshot = snapshots_at(AskedDate(None))[0]
    with django_assert_num_queries(1):
        found = list(structure_checks.successions(snapshot))
    assert [(row.id, row.level) for row in found] == [
        ("succession.renamed/smart-city-bureau/digital-policy-bureau", Level.HOLDS),
        ("succession.renamed/smart-city/digital-policy", Level.HOLDS),
    ]


def test_a_unit_below_the_wrong_kind_is_found(seeded):
    team = Department.objects.get(slug="public-wifi-team")
    placed = Placement.objects.filter(department__name="정보통신보안담당관", source__as_of="2022-08-29")
    change(placed, parent=team)
    assert found_by(structure_checks.shape) == {"organisation.shape/ict-security": Level.WARNING}


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("1정책관 7담당관 27팀, 2사업소", ["담당관"]),
        ("1정책관 6담당관 26팀, 3사업소", ["사업소", "팀"]),
        ("조직 현황", []),
    ],
)
def test_a_heading_that_counts_otherwise_is_found(seeded, heading, words):
    change(Source.objects.filter(scope="organisation", as_of="2022-08-29"), heading=heading)
    assert sorted(name.rpartition("/")[2] for name in found_by(structure_checks.counted_lines)) == words


def test_a_duty_that_stands_twice_is_found(seeded):
    duty = Duty.objects.filter(department__slug="ict-security").order_by("order").first()
    Duty.objects.create(source=duty.source, department=duty.department, order=90, text=f"{duty.text} ")
    assert found_by(structure_checks.duties) == {"duty.twice/ict-security": Level.WARNING}


def test_a_renamed_unit_that_stood_before_is_found(seeded):
    assert found_by(structure_checks.successions) == {}
    change(
        Succession.objects.filter(predecessor__name="스마트도시담당관"),
        successor=Department.objects.get(slug="data-center"),
    )
    assert found_by(structure_checks.successions) == {
        "succession.renamed/smart-city/data-center": Level.WARNING
    }


@pytest.mark.parametrize("kind", ["merged", "split"])
def test_one_unit_alone_is_neither_merged_nor_split(seeded, kind):
    change(Succession.objects.filter(predecessor__name="스마트도시담당관"), kind=kind)
    assert found_by(structure_checks.successions) == {
        f"succession.{kind}/smart-city/digital-policy": Level.WARNING
    }


def test_units_that_are_merged_and_split_are_told_of_nowhere(seeded):
    old, new = (Department.objects.get(slug=slug) for slug in ("smart-city", "digital-policy"))
    other = Department.objects.get(slug="smart-city-bureau")
    Succession.objects.filter(predecessor=other).delete()
    change(Succession.objects.filter(predecessor=old), kind="merged")
    Succession.objects.create(predecessor=other, successor=new, kind="merged")
    Succession.objects.create(
        predecessor=other, successor=Department.objects.get(slug="big-data"), kind="split"
    )
    assert found_by(structure_checks.successions) == {}


def test_a_later_report_with_the_new_name_is_none(seeded):
    now = Source.objects.get(scope="organisation", as_of="2022-08-29")
    later = make_source(now.bureau, "organisation", "2022-11-01")
    for place in Placement.objects.filter(source=now):
        place.pk, place.source = None, later
        place.save()
    assert found_by(structure_checks.successions) == {}


def test_a_foundation_without_its_line_is_information(seeded):
    FoundationProfile.objects.all().delete()
    assert found_by(foundations) == {"foundation.profile/seoul-digital-foundation": Level.INFO}


@pytest.mark.parametrize("year", [20160, 216, 2023])
def test_a_foundation_of_an_impossible_year_is_refused_and_breaks_no_page(seeded, year):
    profile = FoundationProfile.objects.get()
    profile.founded_year = year
    with pytest.raises(ValidationError, match="설립 연도"):
        profile.full_clean()
    change(FoundationProfile.objects.all(), founded_year=year)
    assert "foundation.printed/seoul-digital-foundation/founded_year" in found_by(foundations)
    assert integrity.run(snapshots_at(AskedDate(None))[0])
