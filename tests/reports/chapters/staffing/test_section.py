import pytest
from django.utils.html import strip_tags

from reports.chapters.staffing import section as staffing_section
from reports.comparison.compare import compare
from reports.comparison.page import page_of
from tests.reports.plain import (
    staff_count,
    staffing,
    two,
)


def lead(before, after):
    return [strip_tags(sentence) for sentence in page_of(compare(before, after)).lead]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((10, 9), (12, 8), "정원은 10명에서 12명으로 2명 늘고, 현원은 9명에서 8명으로 1명 줄었습니다."),
        ((10, 9), (8, 9), "정원은 10명에서 8명으로 2명 줄고, 현원은 9명으로 같습니다."),
        ((10, 9), (10, 10), "정원은 10명으로 같고, 현원은 9명에서 10명으로 1명 늘었습니다."),
    ],
)
def test_staff_leads(before, after, expected):
    old, new = (staffing(staff_count("a", *numbers)) for numbers in (before, after))
    assert lead(*two("staffing", old, new)) == [expected]


def staff(before, after):
    return staffing_section.sentence(
        compare(*two("staffing", staffing(*before), staffing(*after))).changes["staffing"]
    )


def test_where_staff_rose_and_fell_the_most():
    before = staff_count("a", 10, 8), staff_count("b", 10, 8), staff_count("c", 10, 8)
    after = staff_count("a", 10, 10), staff_count("b", 10, 10), staff_count("c", 10, 5)
    assert (
        staff(before, after)
        == "현원이 가장 많이 늘어난 곳은 a, b(+2명)이고, 현원이 가장 많이 줄어든 곳은 c(△3명)입니다."
    )
    assert staff(before, before) == "달라진 것이 없습니다."
    assert staff(before, (*before[:2], staff_count("c", 11, 8))) == "달라진 것 1건입니다."


def test_who_left_is_named():
    before, after = (
        (staff_count("a", 10, 8), staff_count("gone", 5, 4, name="녹지과")),
        (staff_count("a", 10, 8),),
    )
    assert staff(before, after) == (
        "앞 날의 계에는 뒤 날에 없는 녹지과(정원 5, 현원 4)가 들어 있습니다. "
        "두 날에 모두 있는 부서만 더하면 정원 10(그대로), 현원 8(그대로)입니다."
    )
