import pytest

from seoul_digital.lib.alike import is_letter_off, is_slip, is_twice


@pytest.mark.parametrize(
    ("first", "second", "twice"),
    [
        ("디지털 정책 종합계획 수립·시행", "디지털정책 종합계획 수립 · 시행", True),
        ("공공와이파이 확충 및 시민 이용편의 제고", "공공와이파이 확충 및 시민 이용편익 제고", True),
        ("스마트시티 안전망(통합플랫폼) 연계 : 15개구", "스마트시티 안전망(통합플랫폼) 연계 : 17개구", False),
        ("노후 구조물 위험관리서비스 실증", "소방시설 위험관리서비스 실증 추진", False),
        ("정식 오픈", "정식 오픈", False),  # too short to say
    ],
)
def test_is_twice(first, second, twice):
    assert is_twice(first, second) is twice


def test_is_slip_of_a_letter_only():
    assert is_slip("서울스마트시티 리더스포럼 개최", "서울스마트시티 리더스포룸 개최")
    assert not is_slip("서울스마트시티 리더스포럼 개최", "서울스마트시티 리더스포럼 개최")
    assert not is_slip("서울스마트시티 리더스포럼 개최", "시민의 알 권리 보장을 위한 정보공개제도 운영")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("담당", "담닥", True),
        ("공간정보담당관", "공간정보담당과관", True),
        ("공간정보담당관", "공간정담당관", True),
        ("담당", "담당", False),
        ("1팀장", "2팀장", False),
        ("담당", "팀장", False),
        ("국", "과", False),
    ],
)
def test_a_name_with_one_letter_otherwise(first, second, expected):
    assert is_letter_off(first, second) is is_letter_off(second, first) is expected
