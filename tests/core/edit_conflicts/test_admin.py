"""Two people at once in the rows of a form and of a list, and whether every form and list is guarded."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.edit_conflicts.edit_conflicts import FormVersion, PostEdit
from departments.models import JobSeries, Staffing
from departments.staffing_form import CountForm
from projects.models import Contact
from tests.audit import RESTORABLE
from tests.core.edit_conflicts.two_people import address, fresh, opened, refused, row_of, saved, text_of
from tests.factories import counts_of
from tests.forms import plain, sent
from tests.samples import each

EDITED_IN_PLACE = [
    model
    for model in RESTORABLE
    if admin.site.is_registered(model) and admin.site.get_model_admin(model).list_editable
]


# Rows of a form


def test_rows_of_a_form_are_compared_too(first, second, brief):
    url, contact = address(brief), brief.contacts.all()[1]
    form = opened(second, url)
    row = row_of(form, "contacts", contact)
    saved(first, url, opened(first, url), **{f"{row}-phone": "1351"})
    response = refused(second, url, form, **{f"{row}-phone": "1352"})
    (conflict,) = response.context["conflicts"]
    assert (conflict.model_label, conflict.title, conflict.fields[0].label) == (
        "담당자",
        str(contact),
        "전화",
    )
    saved(second, url, plain(sent(response)), **{f"choice-{row}-phone": "submitted"})
    assert fresh(contact).phone == "1352"


def test_who_changes_one_row_keeps_what_others_did_to_the_rest(first, second, brief):
    url, contact = address(brief), brief.contacts.all()[1]
    form = opened(second, url)
    row = row_of(form, "contacts", contact)
    saved(first, url, opened(first, url), **{f"{row}-phone": "1351"})
    told = saved(second, url, form, purpose="두리의 목적")
    assert f"그 사이에 김하나 님이 수정한 것은 그대로 두었습니다: 담당자 ‘{contact}’" in told
    assert (fresh(contact).phone, fresh(brief).purpose) == ("1351", "두리의 목적")


def test_a_row_changed_elsewhere_is_compared_too(first, second, brief):
    contact = brief.contacts.all()[1]
    form = opened(second, address(brief))
    saved(first, address(contact), opened(first, address(contact)), phone="1351")
    refused(second, address(brief), form, **{row_of(form, "contacts", contact) + "-phone": "1352"})
    assert fresh(contact).phone == "1351"


@pytest.mark.parametrize(
    ("choice", "phones"), each(3, [("submitted", ["1352"]), ("current", []), (None, [])])
)
def test_a_row_that_was_deleted_while_i_changed_it(first, second, brief, choice, phones):
    url, contact = address(brief), brief.contacts.all()[1]
    count = brief.contacts.count()
    form = opened(second, url)
    row = row_of(form, "contacts", contact)
    saved(first, url, opened(first, url), **{f"{row}-DELETE": "on"})
    response = refused(second, url, form, **{f"{row}-phone": "1352"})
    assert response.context["conflicts"][0].is_gone
    assert "다른 사람이 지웠고 나는 고쳤습니다" in text_of(response)
    saved(second, url, plain(sent(response)), **{f"choice-{row}": choice})
    assert (
        list(Contact.objects.filter(brief=brief, order=contact.order).values_list("phone", flat=True))
        == phones
    )
    assert brief.contacts.count() == count - 1 + len(phones)


def test_a_row_deleted_by_others_that_i_left_alone_stays_deleted(first, second, brief):
    url, contact = address(brief), brief.contacts.all()[1]
    others = list(brief.contacts.exclude(pk=contact.pk))
    form = opened(second, url)
    saved(first, url, opened(first, url), **{row_of(form, "contacts", contact) + "-DELETE": "on"})
    told = saved(second, url, form, **{row_of(form, "contacts", others[-1]) + "-phone": "1359"})
    assert f"그 사이에 김하나 님이 삭제한 것은 그대로 두었습니다: 담당자 ‘{contact}’" in told
    assert list(brief.contacts.all()) == others
    assert fresh(others[-1]).phone == "1359"


@pytest.mark.parametrize(("choice", "phones"), [("submitted", []), ("current", ["1351"])])
def test_a_row_that_i_delete_while_another_changes_it(first, second, brief, choice, phones):
    url, contact = address(brief), brief.contacts.all()[1]
    form = opened(second, url)
    row = row_of(form, "contacts", contact)
    saved(first, url, opened(first, url), **{f"{row}-phone": "1351"})
    response = refused(second, url, form, **{f"{row}-DELETE": "on"})
    assert "나는 지웠고 다른 사람이 고쳤습니다" in text_of(response)
    saved(second, url, plain(sent(response)), **{f"choice-{row}": choice})
    assert list(Contact.objects.filter(pk=contact.pk).values_list("phone", flat=True)) == phones


def test_a_row_that_both_delete(first, second, brief):
    url, contact = address(brief), brief.contacts.all()[1]
    form = opened(second, url)
    row = row_of(form, "contacts", contact)
    saved(first, url, opened(first, url), **{f"{row}-DELETE": "on"})
    saved(second, url, form, **{f"{row}-DELETE": "on"})
    assert not Contact.objects.filter(pk=contact.pk).exists()


def added(form, order):
    number = int(form["contacts-TOTAL_FORMS"])
    values = {
        "order": order,
        "role": "주무관",
        "names": f"아무개{order}",
        "phone": "",
        "department": "",
        "id": "",
    }
    return {
        "contacts-TOTAL_FORMS": str(number + 1),
        f"contacts-{number}-brief": form["contacts-__prefix__-brief"],
    } | {f"contacts-{number}-{name}": value for name, value in values.items()}


def test_rows_that_both_add_both_stay(first, second, brief):
    url = address(brief)
    form = opened(second, url)
    count = brief.contacts.count()
    saved(first, url, opened(first, url), **added(form, 98))
    told = saved(second, url, form, **added(form, 99))
    assert "그 사이에 김하나 님이 추가한 것은 그대로 두었습니다: 담당자 ‘주무관 아무개98’" in told
    assert brief.contacts.count() == count + 2


def test_my_new_row_and_my_choice_are_saved_together(first, second, brief):
    url = address(brief)
    form = opened(second, url)
    saved(first, url, opened(first, url), purpose="하나의 목적")
    response = refused(second, url, form, purpose="두리의 목적", **added(form, 99))
    saved(second, url, plain(sent(response)), **{"choice-purpose": "submitted"})
    assert fresh(brief).purpose == "두리의 목적"
    assert brief.contacts.filter(names="아무개99").exists()


# Lists edited in place

STAFFING_LIST = "/admin/departments/staffing/?source__as_of=2022-08-29"


def test_a_row_of_a_list_is_compared(first, second, staffing):
    form = opened(second, STAFFING_LIST) | {"_save": "저장"}
    row = row_of(form, "form", staffing)
    saved(
        first, STAFFING_LIST, opened(first, STAFFING_LIST) | {"_save": "저장"}, **{f"{row}-authorized": "70"}
    )
    response = refused(second, STAFFING_LIST, form, **{f"{row}-authorized": "71"})
    (field,) = response.context["conflicts"][0].fields
    assert (field.was, field.submitted.text, field.current.text) == ("69", "71", "70")
    assert fresh(staffing).authorized == 70
    saved(second, STAFFING_LIST, plain(sent(response)), **{f"choice-{row}-authorized": "submitted"})
    assert fresh(staffing).authorized == 71


def test_different_rows_of_a_list_do_not_meet(first, second, staffing):
    other = Staffing.objects.filter(source=staffing.source).exclude(pk=staffing.pk).first()
    form = opened(second, STAFFING_LIST) | {"_save": "저장"}
    saved(first, address(staffing), opened(first, address(staffing)), authorized="70")
    saved(second, STAFFING_LIST, form, **{row_of(form, "form", other) + "-authorized": "36"})
    assert (fresh(staffing).authorized, fresh(other).authorized) == (70, 36)


def test_a_row_deleted_from_under_a_list(first, second, staffing):
    other = Staffing.objects.filter(source=staffing.source).exclude(pk=staffing.pk).first()
    form = opened(second, STAFFING_LIST) | {"_save": "저장"}
    fresh(staffing).delete()
    values = {
        row_of(form, "form", staffing) + "-authorized": "71",
        row_of(form, "form", other) + "-authorized": "36",
    }
    response = refused(second, STAFFING_LIST, form, **values)
    assert "지워졌으므로 저장하지 않습니다" in text_of(response)
    saved(second, STAFFING_LIST, plain(sent(response)))
    assert fresh(other).authorized == 36


# Every model


@pytest.mark.parametrize("model", each(3, RESTORABLE), ids=lambda model: model._meta.label_lower)
def test_every_form_carries_its_version(second, model):
    if not (instance := model.objects.first()):
        pytest.skip("nothing of it in the report")
    assert opened(second, address(instance))["form_versions"]
    asks = second.get(address(instance, "delete/"))
    assert asks.context["protected"] or sent(asks)["form_versions"]


# Rows picked in a list


def picked(client, *instances):
    response = client.post(
        "/admin/departments/staffing/",
        {"action": "delete_selected", "_selected_action": [one.pk for one in instances]},
    )
    return plain(sent(response))


def test_a_picked_row_that_was_changed_meanwhile_is_not_deleted(first, second, staffing):
    other = Staffing.objects.exclude(pk=staffing.pk).first()
    form = picked(second, staffing, other)
    saved(first, address(staffing), opened(first, address(staffing)), authorized="91")
    response = refused(second, "/admin/departments/staffing/", form)
    assert [(change.who, change.fields[0].new) for change in response.context["changes"]] == [
        ("김하나", "91")
    ]
    assert Staffing.objects.filter(pk__in=[staffing.pk, other.pk]).count() == 2


def test_picked_rows_that_nobody_touched_are_deleted(second, staffing):
    form = picked(second, staffing)
    asked = second.post("/admin/departments/staffing/", form)  # as a sum counts it
    form["confirmed_doubts"] = asked.context["request"].page_doubts.token
    assert second.post("/admin/departments/staffing/", form).status_code == 302
    assert not Staffing.objects.filter(pk=staffing.pk).exists()


@pytest.mark.parametrize("key", ["x", "²", "-1"])
def test_rows_are_picked_by_their_keys_alone(second, staffing, key):
    for action in ("delete_selected", "nothing"):
        sending = {"action": action, "_selected_action": [staffing.pk, key], "post": "yes"}
        assert second.post("/admin/departments/staffing/", sending).status_code == 400
    assert second.get(f"/admin/departments/staffing/{key}/delete/").status_code == 302
    assert Staffing.objects.filter(pk=staffing.pk).exists()


@pytest.mark.parametrize("model", EDITED_IN_PLACE, ids=lambda model: model._meta.label_lower)
def test_every_list_edited_in_place_carries_its_versions(second, model):
    assert opened(second, f"/admin/{model._meta.app_label}/{model._meta.model_name}/")["form_versions"]


def test_a_form_asks_for_its_versions_by_a_fixed_number_of_queries(second, brief):
    second.get(address(brief))  # kinds of content are remembered for good
    Contact.objects.create(brief=brief, order=89, role="주무관", names="아무개")
    with CaptureQueriesContext(connection) as few:
        second.get(address(brief))
    for number in range(90, 99):
        Contact.objects.create(brief=brief, order=number, role="주무관", names="아무개")
    with CaptureQueriesContext(connection) as many:
        second.get(address(brief))
    assert len(many) == len(few)


def test_a_count_deleted_meanwhile_stays_deleted(second, staffing):
    """It is a part of its unit's form, and no row of the page that could be taken out."""
    url = address(staffing)
    form, count = opened(second, url), staffing.counts.first()
    count.delete()
    saved(second, url, form)
    assert not staffing.counts.filter(series=count.series).exists()


def test_dropping_a_part_leaves_what_was_sent(rf, staffing):
    request = rf.post("/", {"count": "5"})
    with PostEdit(request) as edit:
        edit.drop(FormVersion(CountForm(request.POST, prefix="count"), None, None))
    assert request.POST.dict() == {"count": "5"}


@pytest.mark.parametrize(("choice", "count"), [("submitted", 61), ("current", None)])
def test_a_count_typed_for_a_unit_that_was_deleted_meanwhile_is_asked_about(second, staffing, choice, count):
    """Nothing of the unit's own row was changed."""
    url, unit = address(staffing.source), staffing.department
    form = opened(second, url)
    row, series = row_of(form, "staffing", staffing), JobSeries.objects.get(name="일반직").form_field
    others = {name: number for name, number in counts_of(staffing).items() if name != "일반직"}
    staffing.delete()
    response = refused(second, url, form, **{f"{row}-{series}": "61"})
    (conflict,) = response.context["conflicts"]
    assert [(field.label, field.submitted.text) for field in conflict.fields] == [("일반직", "61")]
    saved(second, url, plain(sent(response)), **{f"choice-{row}": choice})
    left = Staffing.objects.filter(source=staffing.source, department=unit).first()
    assert (counts_of(left) if left else {}) == ({"일반직": 61, **others} if count else {})


def test_a_count_typed_into_the_form_of_a_unit_that_was_deleted_is_shown(second, staffing):
    url = address(staffing)
    form, series = opened(second, url), JobSeries.objects.get(name="일반직").form_field
    staffing.delete()
    response = refused(second, url, form, **{series: "61"})
    assert [(field.label, field.submitted.text) for field in response.context["conflict"].fields] == [
        ("일반직", "61")
    ]
