"""Two people at once: nobody's newer change is overwritten unseen."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budgets.models import BudgetLine
from departments.history import tracked_models
from departments.models import Source, Staffing, User
from projects.models import Brief, Contact, Milestone, Project
from tests.forms import form_of, plain

EDITED_IN_PLACE = [
    model for model in tracked_models() if admin.site.is_registered(model) and admin.site.get_model_admin(model).list_editable
]
REFUSED = "아직 아무것도 저장하지 않았습니다"


@pytest.fixture
def first(seeded):
    return signed_in("first", "김", "하나")


@pytest.fixture
def second(seeded):
    return signed_in("second", "이", "두리")


def signed_in(username, last_name, first_name):
    client = Client()
    names = {"username": username, "last_name": last_name, "first_name": first_name}
    client.force_login(User.objects.create(is_staff=True, is_superuser=True, **names))
    return client


@pytest.fixture
def staffing(seeded):
    return Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")


@pytest.fixture
def brief(seeded):
    return Brief.objects.get(number=1)


def address(instance, page="change/"):
    return f"/admin/{instance._meta.app_label}/{instance._meta.model_name}/{instance.pk}/{page}"


def opened(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return plain(form_of(response))


def sent(client, url, form, **changed):
    return client.post(url, {**form, **{name: value for name, value in changed.items() if value is not None}})


def saved(client, url, form, **changed):
    response = sent(client, url, form, **changed)
    assert response.status_code == 302, response.content.decode()
    return [str(message) for message in client.get(response["Location"]).context["messages"]]


def refused(client, url, form, **changed):
    response = sent(client, url, form, **changed)
    assert response.status_code == 409, response.content.decode()
    return response


def text_of(response):
    return " ".join(response.content.decode().split())


def row_of(form, prefix, instance):
    """The name of the inline row that holds an object."""
    return next(
        name.removesuffix("-id")
        for name, value in form.items()
        if name.startswith(prefix) and name.endswith("-id") and value == str(instance.pk)
    )


def fresh(instance):
    return type(instance).objects.get(pk=instance.pk)


# One object


def test_the_second_is_refused_and_sees_both_values(first, second, staffing):
    url = address(staffing)
    form = opened(second, url)
    saved(first, url, opened(first, url), authorized="70", change_reason="정원 조정")
    response = refused(second, url, form, authorized="71")
    page = text_of(response)
    assert REFUSED in page
    (conflict,) = response.context["conflicts"]
    (field,) = conflict.fields
    assert (field.label, field.was, field.mine.text, field.now.text, field.choice) == ("정원", "69", "71", "70", "")
    assert (field.by.who, field.by.reason) == ("김하나", "정원 조정")
    assert "<legend>정원</legend>" in page
    assert "<small>김하나, " in page
    assert fresh(staffing).authorized == 70
    assert staffing.history.count() == 2


def test_mine_is_applied_again_on_top_of_the_newer(first, second, staffing):
    url = address(staffing)
    form = opened(second, url)
    saved(first, url, opened(first, url), authorized="70", general="60")
    response = refused(second, url, form, authorized="71", fixed_term="5", change_reason="두리의 까닭")
    choices = {field.label: (field.name, field.choice) for field in response.context["conflicts"][0].fields}
    assert choices == {
        "정원": ("authorized", ""),
        "일반직": ("general", "theirs"),
        "임기제": ("fixed_term", "mine"),
    }
    saved(second, url, plain(form_of(response)), **{"choice-authorized": "mine"})
    after = fresh(staffing)
    assert (after.authorized, after.general, after.fixed_term) == (71, 60, 5)
    newest = after.history.first()
    assert (newest.history_user.username, newest.history_change_reason) == ("second", "두리의 까닭")
    assert after.history.count() == 3


@pytest.mark.parametrize("choice", ["theirs", None, "other"])
def test_what_is_not_chosen_as_mine_stays_theirs(first, second, staffing, choice):
    url = address(staffing)
    form = opened(second, url)
    saved(first, url, opened(first, url), authorized="70")
    again = plain(form_of(refused(second, url, form, authorized="71")))
    saved(second, url, again, **{"choice-authorized": choice})
    assert fresh(staffing).authorized == 70
    assert staffing.history.count() == 2


def test_who_chooses_is_asked_again_when_it_has_changed_again(first, second, staffing):
    url = address(staffing)
    form = opened(second, url)
    saved(first, url, opened(first, url), authorized="70")
    again = plain(form_of(refused(second, url, form, authorized="71")))
    saved(first, url, opened(first, url), authorized="72")
    (field,) = refused(second, url, again, **{"choice-authorized": "mine"}).context["conflicts"][0].fields
    assert (field.was, field.mine.text, field.now.text) == ("70", "71", "72")
    assert fresh(staffing).authorized == 72


def test_my_own_other_tab_counts_too(second, staffing):
    url = address(staffing)
    tabs = opened(second, url), opened(second, url)
    saved(second, url, tabs[0], authorized="70")
    refused(second, url, tabs[1], authorized="71")


def test_the_same_value_from_both_is_no_conflict(first, second, staffing):
    url = address(staffing)
    form = opened(second, url)
    saved(first, url, opened(first, url), authorized="70")
    saved(second, url, form, authorized="70")
    assert staffing.history.count() == 2


def test_saving_an_untouched_form_keeps_what_others_made(first, second, staffing):
    url = address(staffing)
    form = opened(second, url)
    saved(first, url, opened(first, url), authorized="70")
    told = saved(second, url, form)
    assert any(text.startswith("그 사이에 김하나 님이 수정한 것은 그대로 두었습니다: 인력 ‘") for text in told), told
    assert fresh(staffing).authorized == 70


def test_saving_twice_from_a_fresh_page_is_no_conflict(second, staffing):
    url = address(staffing)
    saved(second, url, opened(second, url), authorized="70")
    saved(second, url, opened(second, url), authorized="71")
    assert fresh(staffing).authorized == 71


def test_a_form_with_errors_keeps_the_version_it_was_opened_with(first, second, staffing):
    url = address(staffing)
    form = opened(second, url)
    wrong = sent(second, url, form, authorized="많음")
    assert wrong.status_code == 200
    saved(first, url, opened(first, url), authorized="70")
    refused(second, url, plain(form_of(wrong)), authorized="71")


def test_an_error_in_what_is_mine_is_said_after_the_choice(first, second, staffing):
    url = address(staffing)
    form = opened(second, url)
    saved(first, url, opened(first, url), authorized="70")
    response = refused(second, url, form, authorized="많음")
    assert response.context["conflicts"][0].fields[0].mine.text == "많음"
    again = sent(second, url, plain(form_of(response)), **{"choice-authorized": "mine"})
    assert again.status_code == 200
    assert again.context["adminform"].form.errors["authorized"]
    assert fresh(staffing).authorized == 70


def test_long_texts_are_shown_by_their_changed_lines(first, second, brief):
    url = address(brief)
    form = opened(second, url)
    saved(first, url, opened(first, url), overview=brief.overview + "\nㅇ 하나의 줄")
    response = refused(second, url, form, overview=brief.overview + "\nㅇ 두리의 줄")
    (field,) = response.context["conflicts"][0].fields
    assert (list(field.mine.lines), list(field.now.lines)) == ([("+", "ㅇ 두리의 줄")], [("+", "ㅇ 하나의 줄")])
    saved(second, url, plain(form_of(response)), **{"choice-overview": "mine"})
    assert fresh(brief).overview.splitlines()[-1] == "ㅇ 두리의 줄"


def test_amounts_are_shown_in_thousands(first, second, brief):
    url = address(brief)
    form = opened(second, url)
    saved(first, url, opened(first, url), budget="8,618")
    (field,) = refused(second, url, form, budget="8,619").context["conflicts"][0].fields
    assert (field.was, field.mine.text, field.now.text) == ("8,617,000천원", "8,619,000천원", "8,618,000천원")


def test_dates_and_hidden_first_values_survive_the_choice(first, second, staffing):
    source = staffing.source
    url = address(source)
    form = opened(second, url)
    saved(first, url, opened(first, url), document="하나의 문서", as_of="2022-08-30", received_at_0="2022-09-01", received_at_1="09:00:00")
    again = plain(form_of(refused(second, url, form, document="두리의 문서")))
    saved(second, url, again, **{"choice-document": "mine"})
    after = fresh(source)
    assert (after.document, str(after.as_of), after.received_at.isoformat()) == ("두리의 문서", "2022-08-30", "2022-09-01T00:00:00+00:00")
    assert after.history.count() == 3


def test_links_are_compared_too(first, second, seeded):
    project, (one, other) = Project.objects.first(), BudgetLine.objects.all()[:2]
    url = address(project)
    form = opened(second, url)
    saved(first, url, opened(first, url), budget_lines=[str(one.pk)])
    response = refused(second, url, form, budget_lines=[str(other.pk)])
    (field,) = response.context["conflicts"][0].fields
    assert (field.label, field.mine.text, field.now.text) == ("예산 줄", str(other), str(one))
    saved(second, url, plain(form_of(response)), **{"choice-budget_lines": "theirs"})
    assert list(project.budget_lines.all()) == [one]


def test_a_tick_is_compared_too(first, second, seeded):
    milestone = Milestone.objects.filter(all_year=False, start="").first() or Milestone.objects.filter(all_year=False).first()
    url = address(milestone)
    form = opened(second, url)
    saved(first, url, opened(first, url), title="하나의 제목", all_year="on")
    again = plain(form_of(refused(second, url, form, title="두리의 제목")))
    saved(second, url, again, **{"choice-title": "mine"})
    assert (fresh(milestone).title, fresh(milestone).all_year) == ("두리의 제목", True)


def test_a_password_changed_meanwhile_is_no_conflict(first, second, staff):
    url = address(staff)
    form = opened(second, url)
    member = fresh(staff)
    member.set_password("다른 비밀번호 2022")
    member.save()
    saved(second, url, form, last_name="박")
    assert fresh(staff).last_name == "박"
    assert fresh(staff).check_password("다른 비밀번호 2022")


def test_what_is_typed_stays_text(first, second, staffing):
    url = address(staffing.department)
    form = opened(second, url)
    saved(first, url, opened(first, url), name="<script>alert(1)</script>")
    page = text_of(refused(second, url, form, name="<img src=x onerror=alert(2)>"))
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(2)&gt;" in page


def test_a_forged_version_is_refused(second, staffing):
    url = address(staffing)
    response = sent(second, url, opened(second, url), opened="WzEsMl0:forged", authorized="71")
    assert response.status_code == 400
    assert fresh(staffing).authorized == 69


def test_who_may_not_change_learns_nothing(first, staffing, staff_client, staff):
    url = address(staffing)
    form = opened(first, url)
    saved(first, url, form, authorized="70")
    staff.is_staff = True
    staff.save()
    assert sent(staff_client, url, form, authorized="71").status_code == 403


# What was deleted meanwhile


def test_what_somebody_deleted_is_told_with_what_i_typed(first, second, staffing):
    url = address(staffing)
    form = opened(second, url)
    first.post(address(staffing, "delete/"), {"post": "yes", "change_reason": "잘못 들어옴"})
    response = refused(second, url, form, authorized="71")
    (field,) = response.context["conflict"].fields
    assert (field.label, field.was, field.mine.text) == ("정원", "69", "71")
    assert "김하나" in text_of(response)
    assert "잘못 들어옴" in text_of(response)
    assert address(staffing, "history/") in text_of(response)
    assert not Staffing.objects.filter(pk=staffing.pk).exists()


# Rows of a form


def test_rows_of_a_form_are_compared_too(first, second, brief):
    url, contact = address(brief), brief.contacts.first()
    form = opened(second, url)
    row = row_of(form, "contacts", contact)
    saved(first, url, opened(first, url), **{f"{row}-phone": "2133-0001"})
    response = refused(second, url, form, **{f"{row}-phone": "2133-0002"})
    (conflict,) = response.context["conflicts"]
    assert (conflict.model_label, conflict.title, conflict.fields[0].label) == ("담당자", str(contact), "전화")
    saved(second, url, plain(form_of(response)), **{f"choice-{row}-phone": "mine"})
    assert fresh(contact).phone == "2133-0002"


def test_who_changes_one_row_keeps_what_others_did_to_the_rest(first, second, brief):
    url, contact = address(brief), brief.contacts.first()
    form = opened(second, url)
    row = row_of(form, "contacts", contact)
    saved(first, url, opened(first, url), **{f"{row}-phone": "2133-0001"})
    told = saved(second, url, form, purpose="두리의 목적")
    assert f"그 사이에 김하나 님이 수정한 것은 그대로 두었습니다: 담당자 ‘{contact}’" in told
    assert (fresh(contact).phone, fresh(brief).purpose) == ("2133-0001", "두리의 목적")


def test_a_row_changed_elsewhere_is_compared_too(first, second, brief):
    contact = brief.contacts.first()
    form = opened(second, address(brief))
    saved(first, address(contact), opened(first, address(contact)), phone="2133-0001")
    refused(second, address(brief), form, **{row_of(form, "contacts", contact) + "-phone": "2133-0002"})
    assert fresh(contact).phone == "2133-0001"


@pytest.mark.parametrize(("choice", "phones"), [("mine", ["2133-0002"]), ("theirs", []), (None, [])])
def test_a_row_that_was_deleted_while_i_changed_it(first, second, brief, choice, phones):
    url, contact = address(brief), brief.contacts.first()
    count = brief.contacts.count()
    form = opened(second, url)
    row = row_of(form, "contacts", contact)
    saved(first, url, opened(first, url), **{f"{row}-DELETE": "on"})
    response = refused(second, url, form, **{f"{row}-phone": "2133-0002"})
    assert response.context["conflicts"][0].is_gone
    assert "다른 사람이 지웠고 나는 고쳤습니다" in text_of(response)
    saved(second, url, plain(form_of(response)), **{f"choice-{row}": choice})
    assert list(Contact.objects.filter(brief=brief, order=contact.order).values_list("phone", flat=True)) == phones
    assert brief.contacts.count() == count - 1 + len(phones)


def test_a_row_deleted_by_others_that_i_left_alone_stays_deleted(first, second, brief):
    url, contact = address(brief), brief.contacts.first()
    others = list(brief.contacts.exclude(pk=contact.pk))
    form = opened(second, url)
    saved(first, url, opened(first, url), **{row_of(form, "contacts", contact) + "-DELETE": "on"})
    told = saved(second, url, form, **{row_of(form, "contacts", others[-1]) + "-phone": "2133-0009"})
    assert f"그 사이에 김하나 님이 삭제한 것은 그대로 두었습니다: 담당자 ‘{contact}’" in told
    assert list(brief.contacts.all()) == others
    assert fresh(others[-1]).phone == "2133-0009"


@pytest.mark.parametrize(("choice", "phones"), [("mine", []), ("theirs", ["2133-0001"])])
def test_a_row_that_i_delete_while_another_changes_it(first, second, brief, choice, phones):
    url, contact = address(brief), brief.contacts.first()
    form = opened(second, url)
    row = row_of(form, "contacts", contact)
    saved(first, url, opened(first, url), **{f"{row}-phone": "2133-0001"})
    response = refused(second, url, form, **{f"{row}-DELETE": "on"})
    assert "나는 지웠고 다른 사람이 고쳤습니다" in text_of(response)
    saved(second, url, plain(form_of(response)), **{f"choice-{row}": choice})
    assert list(Contact.objects.filter(pk=contact.pk).values_list("phone", flat=True)) == phones


def test_a_row_that_both_delete(first, second, brief):
    url, contact = address(brief), brief.contacts.first()
    form = opened(second, url)
    row = row_of(form, "contacts", contact)
    saved(first, url, opened(first, url), **{f"{row}-DELETE": "on"})
    saved(second, url, form, **{f"{row}-DELETE": "on"})
    assert not Contact.objects.filter(pk=contact.pk).exists()


def added(form, order):
    number = int(form["contacts-TOTAL_FORMS"])
    values = {"order": order, "role": "주무관", "names": f"아무개{order}", "phone": "", "department": "", "id": ""}
    return {"contacts-TOTAL_FORMS": str(number + 1), f"contacts-{number}-brief": form["contacts-__prefix__-brief"]} | {
        f"contacts-{number}-{name}": value for name, value in values.items()
    }


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
    saved(second, url, plain(form_of(response)), **{"choice-purpose": "mine"})
    assert fresh(brief).purpose == "두리의 목적"
    assert brief.contacts.filter(names="아무개99").exists()


# Lists edited in place

STAFFING_LIST = "/admin/departments/staffing/?source__as_of=2022-08-29"


def test_a_row_of_a_list_is_compared(first, second, staffing):
    form = opened(second, STAFFING_LIST) | {"_save": "저장"}
    row = row_of(form, "form", staffing)
    saved(first, STAFFING_LIST, opened(first, STAFFING_LIST) | {"_save": "저장"}, **{f"{row}-authorized": "70"})
    response = refused(second, STAFFING_LIST, form, **{f"{row}-authorized": "71"})
    (field,) = response.context["conflicts"][0].fields
    assert (field.was, field.mine.text, field.now.text) == ("69", "71", "70")
    assert fresh(staffing).authorized == 70
    saved(second, STAFFING_LIST, plain(form_of(response)), **{f"choice-{row}-authorized": "mine"})
    assert fresh(staffing).authorized == 71


def test_different_rows_of_a_list_do_not_meet(first, second, staffing):
    other = Staffing.objects.filter(source=staffing.source).exclude(pk=staffing.pk).first()
    form = opened(second, STAFFING_LIST) | {"_save": "저장"}
    saved(first, address(staffing), opened(first, address(staffing)), authorized="70")
    saved(second, STAFFING_LIST, form, **{row_of(form, "form", other) + "-general": "7"})
    assert (fresh(staffing).authorized, fresh(other).general) == (70, 7)


def test_a_row_deleted_from_under_a_list(first, second, staffing):
    other = Staffing.objects.filter(source=staffing.source).exclude(pk=staffing.pk).first()
    form = opened(second, STAFFING_LIST) | {"_save": "저장"}
    fresh(staffing).delete()
    values = {row_of(form, "form", staffing) + "-authorized": "71", row_of(form, "form", other) + "-general": "7"}
    response = refused(second, STAFFING_LIST, form, **values)
    assert "지워졌으므로 저장하지 않습니다" in text_of(response)
    saved(second, STAFFING_LIST, plain(form_of(response)))
    assert fresh(other).general == 7


# Pages that ask before they do something


def test_a_deletion_of_what_has_changed_is_asked_again(first, second, staffing):
    url = address(staffing, "delete/")
    form = opened(second, url)
    saved(first, address(staffing), opened(first, address(staffing)), authorized="70")
    response = refused(second, url, form)
    assert "<del>69</del>" in text_of(response)
    assert fresh(staffing).authorized == 70
    saved(second, url, opened(second, url))
    assert not Staffing.objects.filter(pk=staffing.pk).exists()


@pytest.mark.parametrize("act", [lambda row: row.save(), lambda row: row.delete()])
def test_a_deletion_is_asked_again_when_what_goes_with_it_has_changed(second, staffing, act):
    url = address(staffing.source, "delete/")
    form = opened(second, url)
    staffing.general += 1
    act(staffing)
    assert "함께 지워질 자료" in text_of(refused(second, url, form))
    assert Source.objects.filter(pk=staffing.source_id).exists()
    saved(second, url, opened(second, url))
    assert not Source.objects.filter(pk=staffing.source_id).exists()


def test_going_back_is_asked_again_when_it_has_changed(first, second, staffing):
    oldest = staffing.history.last()
    saved(first, address(staffing), opened(first, address(staffing)), authorized="70")
    url = address(staffing, f"history/{oldest.history_id}/restore/")
    form = opened(second, url)
    saved(first, address(staffing), opened(first, address(staffing)), authorized="72")
    assert "<ins>72</ins>" in text_of(refused(second, url, form))
    assert fresh(staffing).authorized == 72
    saved(second, url, opened(second, url))
    assert fresh(staffing).authorized == 69


# Every model


@pytest.mark.parametrize("model", tracked_models(), ids=lambda model: model._meta.label_lower)
def test_every_form_carries_its_version(second, model):
    if not (instance := model.objects.first()):
        pytest.skip("nothing of it in the report")
    assert opened(second, address(instance))["opened"]
    asks = second.get(address(instance, "delete/"))
    assert asks.context["protected"] or form_of(asks)["opened"]


@pytest.mark.parametrize("model", EDITED_IN_PLACE, ids=lambda model: model._meta.label_lower)
def test_every_list_edited_in_place_carries_its_versions(second, model):
    assert opened(second, f"/admin/{model._meta.app_label}/{model._meta.model_name}/")["opened"]


def test_a_form_asks_for_its_versions_by_a_fixed_number_of_queries(second, brief):
    with CaptureQueriesContext(connection) as few:
        second.get(address(brief))
    for number in range(90, 99):
        Contact.objects.create(brief=brief, order=number, role="주무관", names="아무개")
    with CaptureQueriesContext(connection) as many:
        second.get(address(brief))
    assert len(many) == len(few)
