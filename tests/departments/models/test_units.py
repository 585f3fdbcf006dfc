from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError

from departments.models import Department
from tests.factories import make_bureau, succeed
from tests.plans import read_whole


@pytest.mark.parametrize("code", ["02", "031", ""])
def test_a_bureau_has_an_area_code_or_none(seeded, code):
    Department(name="주택정책국", kind="bureau", area_code=code).full_clean(exclude=["slug"])


@pytest.mark.parametrize(
    ("kind", "code", "message"),
    [
        ("bureau", "2", "지역번호는 02, 031처럼 0으로 시작하는 두세 자리 숫자로 적습니다."),
        ("bureau", "공이", "지역번호는 02, 031처럼 0으로 시작하는 두세 자리 숫자로 적습니다."),
        ("division", "02", "지역번호는 국·정책관에만 적습니다."),
    ],
)
def test_what_is_no_area_code_of_a_bureau_is_refused(seeded, kind, code, message):
    with pytest.raises(ValidationError) as refused:
        Department(name="주택정책과", kind=kind, area_code=code).full_clean(exclude=["slug"])
    assert refused.value.message_dict["area_code"] == [message]


@pytest.mark.engine
def test_present_bureaus_are_found_without_a_look_at_all_sources(seeded):
    assert [str(bureau) for bureau in Department.objects.present_bureaus()] == ["디지털정책관"]
    assert read_whole(Department.objects.present_bureaus()) <= {"departments_department"}


@pytest.fixture
def line(db):
    """Four bureaus, each of which became the next, and one beside them."""
    bureaus = [make_bureau(f"bureau-{number}", f"{number}국") for number in range(5)]
    for before, after in pairwise(bureaus[:4]):
        succeed(before, after)
    return [bureau.pk for bureau in bureaus]


def keys(units):
    return sorted(units.values_list("pk", flat=True))


def test_kin_are_those_before_and_those_after(line):
    first, second, third, fourth, alone = line
    units = Department.objects
    assert keys(units.lineage_of(third)) == [first, second, third]
    assert keys(units.heirs_of([second])) == [third, fourth] and keys(units.heirs_of([alone])) == []
    assert keys(units.kin_of(second)) == [first, second, third, fourth] and keys(units.kin_of(alone)) == [
        alone
    ]


@pytest.mark.engine
def test_lineages_are_read_at_once(line, django_assert_num_queries):
    first, second, third, fourth, alone = line
    with django_assert_num_queries(1):
        found = Department.objects.lineages()
    assert {unit: found.get(unit) for unit in line} == {
        first: None,
        second: {first, second},
        third: {first, second, third},
        fourth: {first, second, third, fourth},
        alone: None,
    }
