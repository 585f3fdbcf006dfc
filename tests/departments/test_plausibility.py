"""Staff that are improbable: over three times the posts or the heads, and ten more at least."""

import pytest

from core.plausibility.rules import doubts
from departments.models import Department, JobSeries, Staffing, StaffingCount

pytestmark = pytest.mark.django_db


def staffing(authorized, count):
    """Of 데이터센터, in no database, with a count of one job series."""
    row = Staffing(pk=1, department=Department(name="데이터센터"), authorized=authorized)
    counted = StaffingCount(staffing=row, series=JobSeries(pk=1, name="일반직"), count=count)
    row._prefetched_objects_cache = {"counts": [counted]}
    return row


@pytest.mark.parametrize(
    ("authorized", "count", "sentences"),
    [
        (10, 30, []),  # three times
        (10, 31, ["현원이 31명인데 정원은 10명입니다."]),
        (2, 11, []),  # nine more
        (2, 12, ["현원이 12명인데 정원은 2명입니다."]),
        (1_200, 300, ["정원이 1,200명인데 현원은 300명입니다."]),
        (69, 0, []),  # nobody is counted yet
    ],
)
def test_heads_beside_posts(authorized, count, sentences):
    assert doubts(staffing(authorized, count)) == sentences


def test_what_a_form_was_sent_counts_in_place_of_what_is_stored():
    row = staffing(10, 31)
    row.series_1 = 12
    assert doubts(row) == []
    row.series_2 = 19
    assert doubts(row) == ["현원이 31명인데 정원은 10명입니다."]


@pytest.mark.parametrize(
    ("count", "sentences"), [(30, []), (31, ["일반직이 31명인데 데이터센터의 정원은 10명입니다."])]
)
def test_a_count_beside_the_posts_of_its_unit(count, sentences):
    (row,) = staffing(10, count).counts.all()
    assert doubts(row) == sentences
