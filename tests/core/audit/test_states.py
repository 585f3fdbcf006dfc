"""The values that a record has of an object, and putting them back."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from core.audit import states
from core.models import Source
from departments.models import Department, Staffing, User
from projects.models import Project
from tests.audit import records_of

pytestmark = pytest.mark.django_db


def field(model, name):
    return model._meta.get_field(name)


def test_tracked_fields_leave_out_what_is_no_history():
    names = {field.name for field in states.tracked_fields(User)}
    assert "password" not in names
    assert "username" in names


def test_python_value_has_the_field_s_type():
    assert states.python_value(field(Source, "as_of"), {"as_of": "2022-08-29"}) == date(2022, 8, 29)
    received = states.python_value(field(Source, "received_at"), {"received_at": "2022-08-29T01:02:03"})
    assert received == datetime(2022, 8, 29, 1, 2, 3, tzinfo=UTC)
    assert states.python_value(field(Source, "bureau"), {"bureau_id": 7}) == 7
    assert states.python_value(field(Source, "as_of"), {}) is None


def test_restore_gives_old_values_back_by_a_change_of_its_own(seeded):
    row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
    first = records_of(row).first()
    Staffing.objects.filter(pk=row.pk).update(authorized=99)
    assert states.restore(first).authorized == 69
    row.refresh_from_db()
    assert row.authorized == 69
    assert records_of(row).count() == 3


def test_restore_brings_back_what_was_deleted_with_its_links(seeded):
    project = Project.objects.create(slug="roofs", name="옥상 정원")
    line = project.budget_lines.model.objects.first()
    project.budget_lines.add(line)
    key = project.pk
    project.delete()
    deletion = records_of(Project).filter(object_id=key).first()
    assert states.instance_of(deletion).name == "옥상 정원"
    assert states.links_of(deletion) == {"budget_lines": [line.pk]}
    states.restore(deletion)
    assert list(Project.objects.get(slug="roofs").budget_lines.all()) == [line]


def test_restore_refuses_values_that_no_longer_fit(seeded):
    unit = Department.objects.create(slug="lost", name="없어질 과", kind="division")
    source = Source.objects.get(scope="staffing", as_of="2022-08-29")
    row = Staffing.objects.create(source=source, department=unit, authorized=1)
    created = records_of(row).first()
    row.delete()
    unit.delete()
    with pytest.raises(ValidationError):
        states.restore(created)


def test_restore_refuses_what_is_never_put_back(seeded):
    record = records_of(User.objects.create(username="hana")).first()
    record.model = "core.changerecord"
    with pytest.raises((ValueError, AttributeError)):
        states.restore(record)
