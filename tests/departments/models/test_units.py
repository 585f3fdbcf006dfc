import pytest
from django.core.exceptions import ValidationError

from departments.models import Department
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
