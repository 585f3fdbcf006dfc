"""Names of the demonstration city."""

from itertools import islice

from reports.demo_city.names import bureau_names, division_names, field_of, programme_name


def test_bureau_names_are_known_or_say_that_they_are_made_up():
    names = list(islice(bureau_names(), 60))
    assert names[0] == "대변인" and names[12] == "도시교통실"
    assert names[13] == "가상물순환국" and names[41] == "가상감사국"
    assert names[42:44] == ["가상물순환국 2", "가상공원국 2"]
    assert len(set(names)) == 60
    assert "디지털정책관" not in names and "스마트도시정책관" not in names


def test_field_of_a_bureau():
    words = [field_of(name) for name in ("복지정책실", "대변인", "가상공원국", "가상공원국 2", "기획조정실")]
    assert words == ["복지", "대변인", "공원", "공원", "기획"]


def test_division_names_are_numbered_beyond_the_subjects():
    names = division_names("복지", 18)
    assert names[:2] == ["복지정책과", "복지기획과"]
    assert names[16:] == ["복지정책2과", "복지기획2과"]


def test_programme_names_of_a_division_differ():
    assert programme_name("복지정책과", 2) == "복지정책 공원 개선"
    assert len({programme_name("복지정책과", place) for place in range(192)}) == 192
