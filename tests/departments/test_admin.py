"""Printed totals in admin, filtered by what they are of, with all its accounts."""

from types import SimpleNamespace

import pytest
from django.contrib import admin

from core.models import ControlTotal
from departments.admin import SubjectFilter
from tests.factories import make_bureau, make_source, make_unit, print_total


@pytest.fixture
def source(db):
    make_unit("rent", "임대과")
    source = make_source(make_bureau(), "staffing", "2022-06-01")
    for subject in ("", "/general", "rent", "rent/general", "rental"):
        print_total(source, "headcount", 1, "1", subject)
    return source


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("rent", ["rent", "rent/general"]),
        ("-", ["", "/general"]),
        (None, ["", "/general", "rent", "rent/general", "rental"]),
    ],
)
def test_subject_has_its_accounts_with_it(source, rf, asked, found):
    request = rf.get("/")
    request.user = SimpleNamespace(is_superuser=True)
    totals = ControlTotal.objects.filter(source=source)
    model_admin = SimpleNamespace(get_queryset=lambda request: totals)
    params = {"of": [asked]} if asked else {}
    subject = SubjectFilter(request, params, ControlTotal, model_admin)
    rows = subject.queryset(request, totals)
    assert sorted(rows.values_list("subject", flat=True)) == found
    assert subject.lookups(request, model_admin)[0][0] == "-"


def test_total_is_listed_with_its_value():
    assert "value_shown" in admin.site._registry[ControlTotal].list_display
