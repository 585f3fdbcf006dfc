"""Writes that pass by `save` leave records too, or are refused."""

import pytest
from django.db import NotSupportedError

from departments.models import Department
from tests.audit import newest, records_of, values

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def test_update_records_old_and_new_values(seeded):
    unit = Department.objects.get(slug="data-center")
    assert Department.objects.filter(pk=unit.pk).update(name="자료센터") == 1
    assert values(unit, "name")[:2] == ["자료센터", "데이터센터"]


def test_update_of_no_row_records_nothing(seeded):
    before = records_of(Department).count()
    assert Department.objects.filter(slug="none").update(name="x") == 0
    assert records_of(Department).count() == before


def test_bulk_create_records_what_is_new(seeded):
    made = Department.objects.bulk_create([Department(slug="ai", name="인공지능과", kind="division")])
    assert newest(made[0])[0] == "created"


def test_bulk_create_that_would_hide_rows_is_refused(seeded):
    with pytest.raises(NotSupportedError):
        Department.objects.bulk_create([Department(slug="ai", name="x")], ignore_conflicts=True)
