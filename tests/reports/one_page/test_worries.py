"""The worries of the seeded report."""

import pytest

from dashboard.home import Home

pytestmark = pytest.mark.django_db  # the seeded report


def test_one_of_each_kind_comes_first(sheet):
    assert [(worry.kind, worry.title, worry.figure) for worry in sheet.worries] == [
        ("진도선 미달", "정보통신보안담당관 특별회계", "18.3%"),
        ("자료 불일치", "임시적세외수입 2022", "4,923,712천원"),
        ("시점을 확인할 일정", "어린이 안전지킴이/어린이집15개소", "’23년"),
        ("결원", "데이터센터", "△6명"),
        ("진도선 미달", "데이터센터", "54.9%"),
    ]
    assert [worry.is_warning for worry in sheet.worries] == [True, True, False, False, True]


def test_the_first_are_those_of_the_home_page_word_for_word(sheet, seeded_snapshot):
    seen = Home(seeded_snapshot)
    assert [(one.kind, one.title, one.figure, one.detail) for one in sheet.worries[:3]] == [
        (group.title, item.title, item.figure, item.detail) for group, item in seen.foremost
    ]
    vacancy, most = sheet.worries[3], seen.attention[-1].items[0]
    assert (vacancy.kind, vacancy.title, vacancy.figure, vacancy.detail) == (
        seen.attention[-1].title, most.title, most.figure, most.detail,
    )  # fmt: skip
