"""The form of one figure, opened from a page: the way back, and nowhere else."""

import pytest

from departments.models import Staffing
from tests.factories import make_member
from tests.forms import plain, sent

pytestmark = pytest.mark.usefixtures("seeded")
PAGE = "/departments/?as_of=2022-08-29#table-staffing"


@pytest.fixture
def planner(client):
    client.force_login(make_member("기획 담당"))
    return client


@pytest.fixture
def staffing():
    return Staffing.objects.get(department__slug="digital-policy", source__as_of="2022-08-29")


def opened(client, staffing, page=PAGE, **query):
    address = f"/admin/departments/staffing/{staffing.pk}/change/"
    return client.get(address, {"next": page, **query})


def save(client, response, button="_save", **changed):
    fields = plain(sent(response, "staffing_form")) | {button: "1"} | changed
    return client.post(response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"], fields)


def test_the_figure_waits_for_the_new_value(planner, staffing):
    form = opened(planner, staffing, field="authorized")
    assert form.context["adminform"].form["authorized"].field.widget.attrs["autofocus"] is True
    page = form.content.decode()
    assert f'<a href="{PAGE}">‹ 보던 화면으로</a>' in page
    assert "nav-sidebar" not in page
    assert "_addanother" not in page and "_continue" not in page


def test_saving_leads_back_to_the_page(planner, staffing):
    response = save(planner, opened(planner, staffing), authorized="36", change_reason="정원 조정")
    assert (response.status_code, response["Location"]) == (302, PAGE)
    staffing.refresh_from_db()
    assert staffing.authorized == 36
    assert "바뀐 값이 보이는 화면" in planner.get(PAGE).content.decode()


def test_what_is_refused_stays_in_the_form(planner, staffing):
    response = save(planner, opened(planner, staffing), authorized="많음")
    assert response.status_code == 200
    assert "‹ 보던 화면으로" in response.content.decode()


@pytest.mark.parametrize(
    "page", ["https://example.com/", "//example.com/", "javascript:alert(1)", "http:///example.com", ""]
)
def test_no_other_site_is_returned_to(planner, staffing, page):
    form = opened(planner, staffing, page)
    assert "보던 화면으로" not in form.content.decode()
    assert save(planner, form, authorized="36")["Location"] == "/admin/departments/staffing/"


def test_an_unknown_field_is_passed_over(planner, staffing):
    assert opened(planner, staffing, field="no_such").status_code == 200


def test_without_a_page_the_form_is_as_ever(planner, staffing):
    response = planner.get(f"/admin/departments/staffing/{staffing.pk}/change/")
    assert "_addanother" in response.content.decode()
