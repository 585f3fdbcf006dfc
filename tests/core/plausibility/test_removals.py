"""What breaks with rows that are gone is told before they are, and nothing else."""

import pytest

from core.models import ChangeRecord, Source
from core.plausibility.removals import contradictions_without, removal_doubts
from departments.models import Duty, Staffing

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def hears_all(source, found):
    return found


def test_what_a_sum_counts_is_told_and_stays(seeded):
    row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
    records = ChangeRecord.objects.count()
    assert "지우면 맞지 않게 됩니다. 정원 계: 정원 계 = 부서 7곳의 합" in removal_doubts([row], hears_all)
    assert Staffing.objects.filter(pk=row.pk).exists()
    assert ChangeRecord.objects.count() == records


def test_what_nobody_hears_of_is_not_told(seeded):
    row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
    assert removal_doubts([row], lambda source, found: {}) == []


def test_a_hole_that_the_next_rows_close_is_none(seeded):
    row = Duty.objects.get(department__slug="big-data", order=2)
    assert list(contradictions_without([row], hears_all)) == [
        "지우면 맞지 않게 됩니다. 주요업무의 차례: 주요업무의 차례는 1부터 6까지 빠짐없이 이어진다"
    ]
    assert list(contradictions_without([row], hears_all, are_renumbered=True)) == []


def test_a_whole_source_and_what_has_none_are_no_rows_of_a_table(seeded):
    assert (
        removal_doubts([Source.objects.get(scope="duties"), Duty.objects.first().department], hears_all) == []
    )
