"""A unit's staffing with a field for each job series; tests/test_job_series.py has it in admin."""

from types import SimpleNamespace

import pytest

from departments.models import JobSeries, StaffingCount
from departments.staffing_form import CountForm, _form_of
from tests.factories import counts_of, make_bureau, make_source, make_staffing, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def staffing():
    return make_staffing(make_source(make_bureau(), "staffing", "2022-06-01"), make_unit("rent"), 12, 8, 2)


def form_of(staffing, **typed):
    series = list(JobSeries.objects.all())
    form = _form_of(SimpleNamespace(job_series=series))
    fields = {job_series.name: job_series.form_field for job_series in series}
    known = counts_of(staffing)
    counts = {field: str(typed.get(name, known.get(name, ""))) for name, field in fields.items()}
    first = {f"initial-{field}": str(known.get(name, "")) for name, field in fields.items()}
    own = {"order": staffing.order, "department": staffing.department_id, "authorized": staffing.authorized}
    return form(own | counts | first, instance=staffing)


def test_form_has_the_series_by_name(staffing):
    form = form_of(staffing)
    assert [part.fields["count"].label for part in form.parts] == ["일반직", "임기제", "관리운영직"]


def test_only_the_count_that_was_typed_is_saved(staffing):
    form = form_of(staffing, 임기제=5)
    assert form.is_valid(), form.errors
    form.save()
    assert counts_of(staffing)["임기제"] == 5
    assert counts_of(staffing)["일반직"] == 8


def test_count_that_is_none_is_told_at_its_field(staffing):
    form = form_of(staffing, 임기제=-1)
    field = JobSeries.objects.get(name="임기제").form_field
    assert list(form.errors) == [field]


def test_count_left_empty_is_zero():
    form = CountForm({"x": ""}, instance=StaffingCount(), prefix="x")
    assert (form.is_valid(), form.cleaned_data["count"]) == (True, 0)
