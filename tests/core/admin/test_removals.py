"""What a deletion breaks is asked about singly; what breaks nothing is deleted as ever."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from core.admin.plausibility import plausible_rows
from core.models import Source
from departments.models import Duty, Staffing
from projects.models import Brief, Contact, Milestone
from tests.factories import make_member
from tests.forms import plain, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(client, seeded):
    client.force_login(make_member("기획 담당", unit="digital-policy-bureau"))
    return client


def confirmed(page):
    return {"confirmed_doubts": page.context["request"].page_doubts.token}


def test_a_row_that_a_sum_counts_is_deleted_on_confirmation_alone(planner):
    row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
    page = f"/admin/departments/staffing/{row.pk}/delete/"
    asking = planner.get(page)
    content = asking.content.decode()
    assert "지우면 맞지 않게 됩니다. 정원 계: 정원 계 = 부서 7곳의 합" in content
    assert "확인했습니다. 그대로 지웁니다." in content
    again = planner.post(page, plain(sent(asking)))
    assert "확인하지 않은 것이 있어 지우지 않았습니다." in again.content.decode()
    assert Staffing.objects.filter(pk=row.pk).exists()
    assert planner.post(page, plain(sent(again)) | confirmed(again)).status_code == 302
    assert not Staffing.objects.filter(pk=row.pk).exists()


def test_a_row_that_nothing_counts_is_deleted_without_a_question(planner):
    """Of duties those behind it move on."""
    row = Duty.objects.get(department__slug="big-data", order=2)
    page = f"/admin/departments/duty/{row.pk}/delete/"
    asking = planner.get(page)
    assert "confirmed_doubts" not in asking.content.decode()
    assert planner.post(page, plain(sent(asking))).status_code == 302
    assert not Duty.objects.filter(pk=row.pk).exists()


def test_rows_picked_from_a_list_are_asked_about_together(planner):
    row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
    page = "/admin/departments/staffing/"
    picked = {"action": "delete_selected", "_selected_action": row.pk}
    asking = planner.post(page, picked)
    assert "정원 계 = 부서 7곳의 합" in asking.content.decode()
    fields = plain(sent(asking)) | picked
    again = planner.post(page, fields | {"post": "yes"})
    assert "확인하지 않은 것이 있어 지우지 않았습니다." in again.content.decode()
    assert Staffing.objects.filter(pk=row.pk).exists()
    assert planner.post(page, fields | {"post": "yes"} | confirmed(asking)).status_code == 302
    assert not Staffing.objects.filter(pk=row.pk).exists()


def test_a_row_of_a_form_that_something_counts_is_asked_about(planner):
    """The person who leads the project's list is its unit's head."""
    brief = Brief.objects.get(project__slug="public-wifi")
    first = brief.contacts.get(order=1)
    page = f"/admin/projects/brief/{brief.pk}/change/"
    form = planner.get(page)
    fields = plain(sent(form, "brief_form"))
    (prefix,) = [
        name.removesuffix("-id")
        for name, value in fields.items()
        if name.startswith("contacts-") and name.endswith("-id") and value == str(first.pk)
    ]
    asked = planner.post(page, fields | {f"{prefix}-DELETE": "on"})
    assert asked.status_code == 200
    assert "지우면 맞지 않게 됩니다." in asked.content.decode()
    assert Contact.objects.filter(pk=first.pk).exists()
    again = plain(sent(asked, "brief_form")) | {f"{prefix}-DELETE": "on"} | confirmed(asked)
    assert planner.post(page, again).status_code == 302
    assert not Contact.objects.filter(pk=first.pk).exists()


def test_a_step_that_no_text_repeats_is_deleted_with_its_form(planner):
    brief = Brief.objects.get(project__slug="public-wifi")
    last = brief.milestones.filter(listing="schedule").order_by("order").last()
    page = f"/admin/projects/brief/{brief.pk}/change/"
    fields = plain(sent(planner.get(page), "brief_form"))
    (prefix,) = [
        name.removesuffix("-id")
        for name, value in fields.items()
        if name.startswith("milestones-") and name.endswith("-id") and value == str(last.pk)
    ]
    assert planner.post(page, fields | {f"{prefix}-DELETE": "on"}).status_code == 302
    assert not Milestone.objects.filter(pk=last.pk).exists()


class Rows:
    """A formset that deletes one row."""

    form, forms, data = type("Form", (), {}), [], {}

    def __init__(self, row):
        self.deleted_forms = [SimpleNamespace(instance=row)]

    def clean(self):
        pass


@pytest.mark.parametrize(
    ("role", "unit", "is_asked"),
    [("기획 담당", "digital-policy-bureau", True), ("부서 담당", "data-center", False)],
)
def test_who_edits_a_unit_of_a_draft_hears_nothing_of_the_whole(seeded, role, unit, is_asked):
    Source.objects.update(state="draft")
    row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
    rows = plausible_rows(SimpleNamespace(user=make_member(role, unit=unit)), Rows)(row)
    asked = []
    try:
        rows.clean()
    except ValidationError as error:
        asked = error.messages
    assert ("지우면 맞지 않게 됩니다. 정원 계: 정원 계 = 부서 7곳의 합" in asked, bool(asked)) == (
        is_asked,
        is_asked,
    )
