"""Authorised staff and counts by job series; the names that a series may bear."""

import pytest
from django.core.exceptions import ValidationError

from core.models import ControlTotal
from departments.models import Department, JobSeries, Staffing, StaffingCount
from tests.factories import plain_staffing

pytestmark = pytest.mark.django_db


def test_headcount_and_variance_are_sums_of_the_counts():
    row = plain_staffing(Department(pk=1, name="데이터센터"), 69, 51, 9, 3)
    assert (row.headcount, row.variance) == (63, -6)
    assert str(row) == "데이터센터 정원 69명"


def test_counts_of_the_whole_report_take_one_query(seeded, django_assert_num_queries):
    JobSeries.objects.filter(name="관리운영직").update(order=0)
    with django_assert_num_queries(1):
        rows, series = Staffing.objects.filter(source__as_of="2022-08-29").counted()
        assert sum(row.headcount for row in rows) == 258
        assert [(row.order, row.department.slug) for row in rows[:2]] == [
            (1, "digital-policy"),
            (2, "big-data"),
        ]
        assert [one.name for one in series] == ["관리운영직", "일반직", "임기제"]
        assert [(count.series.name, count.count) for count in rows[0].counts.all()] == [
            ("관리운영직", 1),
            ("일반직", 31),
            ("임기제", 3),
        ]


def test_unit_without_counts_is_among_those_counted(seeded):
    StaffingCount.objects.filter(staffing__department__slug="data-center").delete()
    rows, _ = Staffing.objects.filter(source__as_of="2022-08-29").counted()
    (center,) = [row for row in rows if row.department.slug == "data-center"]
    assert (center.authorized, center.headcount, center.variance) == (69, 0, -69)


@pytest.mark.parametrize("name", ["정원", "계", "별/정직", " 현원 "])
def test_series_name_that_files_could_not_tell_is_refused(name):
    with pytest.raises(ValidationError, match="직종의 이름으로 쓸 수 없습니다"):
        JobSeries(name=name).clean()


def test_series_name_is_one_line():
    series = JobSeries(name="  별정직  공무원 ")
    series.clean()
    assert (series.name, series.subject) == ("별정직 공무원", "/별정직 공무원")


def test_renamed_series_takes_its_printed_totals_along(seeded):
    series = JobSeries.objects.get(name="임기제")
    printed = ControlTotal.objects.filter(subject__endswith="/임기제").count()
    series.name = "임기제공무원"
    series.save()
    assert printed
    assert ControlTotal.objects.filter(subject__endswith="/임기제공무원").count() == printed
    assert not ControlTotal.objects.filter(subject__endswith="/임기제").exists()


def test_count_says_unit_series_and_number(seeded):
    count = StaffingCount.objects.get(
        staffing__department__slug="data-center", staffing__source__as_of="2022-08-29", series__name="일반직"
    )
    assert str(count) == "데이터센터 일반직 51명"
