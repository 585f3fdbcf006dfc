"""The form of an upload."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from budgets.imports.forms import BudgetUploadForm
from departments.models import User
from tests.factories import make_bureau, make_source, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return User.objects.create_superuser("root")


def filled(user, viewed, **fields):
    files = {"file": SimpleUploadedFile("집행.csv", b"x")}
    return BudgetUploadForm(user, viewed, {"as_of": "2022. 8. 29."} | fields, files)


def test_bureau_is_asked_for_where_none_is_looked_at(user):
    form = filled(user, None)
    assert form.errors["bureau"] == ["어느 국·정책관의 파일인지 고르십시오."]


def test_bureau_that_is_looked_at_is_fallen_back_on(user):
    bureau = make_bureau()
    form = filled(user, bureau)
    assert form.is_valid(), form.errors
    assert (form.target, form.options().find_bureau) == (bureau, True)
    assert form.fields["bureau"].empty_label == "파일의 부서로 알아냄(없으면 주택정책관)"


def test_options_are_what_was_typed(user):
    bureau = make_bureau()
    make_source(bureau, "organisation", "2022-01-31")
    make_unit("rent", "임대과")
    form = filled(user, bureau, unit="천원", department="rent", fiscal_year="2022", hidden="on")
    assert form.is_valid(), form.errors
    found = form.options()
    assert (found.as_of, found.unit, found.department, found.fiscal_year, found.hidden) == (
        date(2022, 8, 29).isoformat(),
        "천원",
        "rent",
        2022,
        True,
    )


@pytest.mark.parametrize("as_of", ["", "1850-01-01"])
def test_day_that_is_none_is_told(user, as_of):
    assert "as_of" in filled(user, make_bureau(), as_of=as_of).errors


def test_what_is_asked_first_comes_first(user):
    form = BudgetUploadForm(user, None)
    assert [field.name for field in form.first_fields()] == ["file", "as_of", "bureau", "unit"]
    assert {field.name for field in form.further_fields()}.isdisjoint(form.asked_first)
