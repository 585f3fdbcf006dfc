"""추가 from a filtered list keeps the source and the unit that the list is filtered by."""

import re
from html import unescape

import pytest

from core.models import Source
from departments.models import Department
from tests.factories import make_member


@pytest.fixture
def planning(client, seeded):
    client.force_login(make_member("기획 담당"))
    return client


def test_the_form_begins_with_the_lists_source_and_unit(planning):
    source = Source.objects.get(scope="staffing", as_of="2022-08-29")
    unit = Department.objects.get(slug="data-center")
    listed = f"/admin/departments/staffing/?source__id__exact={source.pk}&department__id__exact={unit.pk}"
    page = planning.get(listed).content.decode().split('class="object-tools"')[1]
    link = unescape(re.search(r'href="([^"]*)" class="addlink"', page)[1])
    form = planning.get(link).context["adminform"].form
    assert (form.initial["source"], form.initial["department"]) == (str(source.pk), str(unit.pk))
    chosen = planning.get(link).content.decode()
    assert f'<option value="{source.pk}" selected>' in chosen
    assert f'<option value="{unit.pk}" selected>' in chosen


@pytest.mark.parametrize(
    ("filters", "days"),
    [
        ("source__as_of=2022-08-29", "2022-08-29"),
        ("source__as_of=2022-08-29&source__state__exact=in_force", "2022-08-29"),
        ("source__as_of__year=2020&source__as_of__month=1", "2020-01-31"),
        ("source__state__exact=in_force", None),  # there are several
        ("source__as_of=2022-08-30", None),
        ("source__as_of=x", None),
    ],
)
def test_the_form_begins_with_the_one_source_that_a_lists_filters_leave(planning, filters, days):
    form = (
        planning.get("/admin/departments/staffing/add/", {"_changelist_filters": filters})
        .context["adminform"]
        .form
    )
    source = form.initial.get("source")
    assert (str(Source.objects.get(pk=source, scope="staffing").as_of) if source else None) == days


@pytest.mark.parametrize(
    "filters", ["source__id__exact=x", "source__state=draft", "nothing__id__exact=1", "%00=%"]
)
def test_other_filters_fill_in_nothing(planning, filters):
    response = planning.get("/admin/departments/staffing/add/", {"_changelist_filters": filters})
    assert response.status_code == 200
    assert response.context["adminform"].form.initial.keys() <= {"_changelist_filters"}


def test_what_the_address_says_itself_wins(planning):
    asked = {"_changelist_filters": "department__id__exact=1", "department": "2"}
    form = planning.get("/admin/departments/duty/add/", asked).context["adminform"].form
    assert form.initial["department"] == "2"
