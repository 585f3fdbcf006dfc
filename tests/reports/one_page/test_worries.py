"""The worries of the seeded report."""

import pytest

pytestmark = pytest.mark.django_db  # the seeded report


def test_one_of_each_kind_comes_first(sheet):
    assert [worry.kind for worry in sheet.worries] == [
        "진도선 미달",
        "자료 불일치",
        "일정 확인",
        "결원",
        "진도선 미달",
    ]
    assert sheet.worries[1].detail == "원문 954,794 ≠ 계산 5,878,506천원"
