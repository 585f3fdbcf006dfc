"""Two people at once: nobody's newer change of an object is overwritten unseen."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from budgets.models import BudgetLine
from core.models import Source
from departments.models import JobSeries, Staffing
from projects.models import Milestone, Project
from tests.audit import records_of
from tests.core.edit_conflicts.two_people import address, fresh, opened, refused, saved, send, text_of
from tests.factories import counts_of, make_member, series_field
from tests.forms import plain, sent

REFUSED = "아직 아무것도 저장하지 않았습니다"


def test_the_second_is_refused_and_sees_both_values(first, second, staffing):
    url = address(staffing)
    form = opened(second, url)
    saved(first, url, opened(first, url), authorized="70", change_reason="정원 조정")
    response = refused(second, url, form, authorized="71")
    page = text_of(response)
    assert REFUSED in page
    (conflict,) = response.context["conflicts"]
    (field,) = conflict.fields
    assert (field.label, field.was, field.submitted.text, field.current.text, field.choice) == (
        "정원",
        "69",
        "71",
        "70",
        "",
    )
    assert (field.by.who, field.by.reason) == ("김하나", "정원 조정")
    assert "<legend>정원</legend>" in page
    assert "<small>김하나, " in page
    assert fresh(staffing).authorized == 70
    assert records_of(staffing).count() == 2


def test_mine_is_applied_again_on_top_of_the_newer(first, second, staffing):
    url = address(staffing)
    form = opened(second, url)
    general, fixed_term = (series_field(name) for name in ("일반직", "임기제"))
    saved(first, url, opened(first, url), authorized="70", order="9", **{general: "60"})
    response = refused(second, url, form, authorized="71", change_reason="두리의 까닭", **{fixed_term: "5"})
    choices = {field.label: (field.name, field.choice) for field in response.context["conflicts"][0].fields}
    assert choices == {"정원": ("authorized", ""), "차례": ("order", "current")}
    saved(second, url, plain(sent(response)), **{"choice-authorized": "submitted"})
    after = fresh(staffing)
    assert (after.authorized, after.order) == (71, 9)
    assert counts_of(after) == {"일반직": 60, "임기제": 5, "관리운영직": 3}
    newest = records_of(after).first()
    assert (newest.user.username, newest.reason) == ("second", "두리의 까닭")
    assert records_of(after).count() == 3


def test_counts_of_one_unit_do_not_meet_but_one_count_does(first, second, staffing):
    url, (general, fixed_term) = address(staffing), map(series_field, ("일반직", "임기제"))
    form = opened(second, url)
    saved(first, url, opened(first, url), **{general: "60"})
    saved(second, url, form, **{fixed_term: "5"})
    assert counts_of(staffing) == {"일반직": 60, "임기제": 5, "관리운영직": 3}
    form = opened(second, url)
    saved(first, url, opened(first, url), **{general: "61"})
    response = refused(second, url, form, **{general: "62"})
    (conflict,) = response.context["conflicts"]
    assert conflict.title == "데이터센터 일반직 61명"
    ((field),) = conflict.fields
    assert (field.label, field.was, field.submitted.text, field.current.text) == ("현원", "60", "62", "61")
    saved(second, url, plain(sent(response)), **{f"choice-{general}": "submitted"})
    assert counts_of(staffing)["일반직"] == 62


def test_a_count_that_another_has_added_is_left_to_him(first, second, staffing):
    series = JobSeries.objects.create(name="별정직", order=4)
    url = address(staffing)
    form = opened(second, url)
    saved(first, url, opened(first, url), **{series.form_field: "2"})
    saved(second, url, form, authorized="71")
    assert counts_of(staffing)["별정직"] == 2


@pytest.mark.parametrize("choice", ["current", None, "other"])
def test_what_is_not_chosen_as_mine_stays_theirs(first, second, staffing, choice):
    url = address(staffing)
    form = opened(second, url)
    saved(first, url, opened(first, url), authorized="70")
    again = plain(sent(refused(second, url, form, authorized="71")))
    saved(second, url, again, **{"choice-authorized": choice})
    assert fresh(staffing).authorized == 70
    assert records_of(staffing).count() == 2


def test_who_chooses_is_asked_again_when_it_has_changed_again(first, second, staffing):
    url = address(staffing)
    form = opened(second, url)
    saved(first, url, opened(first, url), authorized="70")
    again = plain(sent(refused(second, url, form, authorized="71")))
    saved(first, url, opened(first, url), authorized="72")
    (field,) = (
        refused(second, url, again, **{"choice-authorized": "submitted"}).context["conflicts"][0].fields
    )
    assert (field.was, field.submitted.text, field.current.text) == ("70", "71", "72")
    assert fresh(staffing).authorized == 72


def test_my_own_other_tab_counts_too(second, staffing):
    url = address(staffing)
    tabs = opened(second, url), opened(second, url)
    saved(second, url, tabs[0], authorized="70")
    refused(second, url, tabs[1], authorized="71")


def test_the_same_value_from_both_is_told(first, second, staffing):
    """Each may have added one to what was there."""
    url = address(staffing)
    form = opened(second, url)
    saved(first, url, opened(first, url), authorized="70")
    response = refused(second, url, form, authorized="70")
    assert "두 사람이 같은 값을 적었습니다" in text_of(response)
    saved(second, url, plain(sent(response)))
    assert records_of(staffing).count() == 2


def test_saving_an_untouched_form_keeps_what_others_made(first, second, staffing):
    url = address(staffing)
    form = opened(second, url)
    saved(first, url, opened(first, url), authorized="70")
    told = saved(second, url, form)
    assert any(
        text.startswith("그 사이에 김하나 님이 수정한 것은 그대로 두었습니다: 인력 ‘") for text in told
    ), told
    assert fresh(staffing).authorized == 70


def test_saving_twice_from_a_fresh_page_is_no_conflict(second, staffing):
    url = address(staffing)
    saved(second, url, opened(second, url), authorized="70")
    saved(second, url, opened(second, url), authorized="71")
    assert fresh(staffing).authorized == 71


def test_a_form_with_errors_keeps_the_version_it_was_opened_with(first, second, staffing):
    url = address(staffing)
    form = opened(second, url)
    wrong = send(second, url, form, authorized="많음")
    assert wrong.status_code == 200
    saved(first, url, opened(first, url), authorized="70")
    refused(second, url, plain(sent(wrong)), authorized="71")


def test_an_error_in_what_is_mine_is_said_after_the_choice(first, second, staffing):
    url = address(staffing)
    form = opened(second, url)
    saved(first, url, opened(first, url), authorized="70")
    response = refused(second, url, form, authorized="많음")
    assert response.context["conflicts"][0].fields[0].submitted.text == "많음"
    again = send(second, url, plain(sent(response)), **{"choice-authorized": "submitted"})
    assert again.status_code == 200
    assert again.context["adminform"].form.errors["authorized"]
    assert fresh(staffing).authorized == 70


def test_long_texts_are_shown_by_their_changed_lines(first, second, brief):
    url = address(brief)
    form = opened(second, url)
    saved(first, url, opened(first, url), overview=brief.overview + "\nㅇ 하나의 줄")
    response = refused(second, url, form, overview=brief.overview + "\nㅇ 두리의 줄")
    (field,) = response.context["conflicts"][0].fields
    assert (list(field.submitted.lines), list(field.current.lines)) == (
        [("+", "ㅇ 두리의 줄")],
        [("+", "ㅇ 하나의 줄")],
    )
    saved(second, url, plain(sent(response)), **{"choice-overview": "submitted"})
    assert fresh(brief).overview.splitlines()[-1] == "ㅇ 두리의 줄"


def test_line_breaks_as_browsers_send_them_change_nothing(first, brief):
    url = address(brief)
    form = opened(first, url)
    breaks = {name: value.replace("\n", "\r\n") for name, value in form.items() if isinstance(value, str)}
    saved(first, url, form | breaks)
    saved(first, url, form | breaks, title="하나의 제목", overview=brief.overview + "\r\nㅇ 하나의 줄")
    after = fresh(brief)
    assert (after.achievements, after.overview) == (brief.achievements, brief.overview + "\nㅇ 하나의 줄")
    assert records_of(after).count() == 2
    assert [records_of(milestone).count() for milestone in brief.milestones.all()] == [
        1
    ] * brief.milestones.count()


def test_amounts_are_shown_in_thousands(first, second, brief):
    url = address(brief)
    form = opened(second, url)
    saved(first, url, opened(first, url), budget="8,618")
    (field,) = refused(second, url, form, budget="8,619").context["conflicts"][0].fields
    assert (field.was, field.submitted.text, field.current.text) == (
        "8,617,000천원",
        "8,619,000천원",
        "8,618,000천원",
    )


def test_dates_and_hidden_first_values_survive_the_choice(first, second, staffing):
    source = staffing.source
    url = address(source)
    form = opened(second, url)
    saved(
        first,
        url,
        opened(first, url),
        document="하나의 문서",
        as_of="2022-08-30",
        received_at_0="2022-09-01",
        received_at_1="09:00:00",
    )
    again = plain(sent(refused(second, url, form, document="두리의 문서")))
    saved(second, url, again, **{"choice-document": "submitted"})
    after = fresh(source)
    assert (after.document, str(after.as_of), after.received_at.isoformat()) == (
        "두리의 문서",
        "2022-08-30",
        "2022-09-01T00:00:00+00:00",
    )
    assert records_of(after).count() == 3


def test_links_are_compared_too(first, second, seeded):
    project, (one, other) = Project.objects.first(), BudgetLine.objects.all()[:2]
    url = address(project)
    form = opened(second, url)
    saved(first, url, opened(first, url), budget_lines=[str(one.pk)])
    response = refused(second, url, form, budget_lines=[str(other.pk)])
    (field,) = response.context["conflicts"][0].fields
    assert (field.label, field.submitted.text, field.current.text) == ("예산 줄", str(other), str(one))
    saved(second, url, plain(sent(response)), **{"choice-budget_lines": "current"})
    assert list(project.budget_lines.all()) == [one]


def test_a_tick_is_compared_too(first, second, seeded):
    milestone = (
        Milestone.objects.filter(all_year=False, start="").first()
        or Milestone.objects.filter(all_year=False).first()
    )
    url = address(milestone)
    form = opened(second, url)
    saved(first, url, opened(first, url), title="하나의 제목", all_year="on")
    again = plain(sent(refused(second, url, form, title="두리의 제목")))
    saved(second, url, again, **{"choice-title": "submitted"})
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


def test_a_sign_in_meanwhile_is_kept(first, second, staff):
    url = address(staff)
    form = opened(second, url)
    Client().force_login(staff)
    seen = fresh(staff).last_login
    saved(second, url, form, last_name="박")
    assert seen is not None
    assert fresh(staff).last_login == seen


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
    response = send(second, url, opened(second, url), form_versions="WzEsMl0:forged", authorized="71")
    assert response.status_code == 400
    assert fresh(staffing).authorized == 69


def test_who_may_not_change_learns_nothing(first, staffing, staff_client, staff):
    url = address(staffing)
    form = opened(first, url)
    saved(first, url, form, authorized="70")
    staff.user_permissions.add(Permission.objects.get(codename="view_duty"))
    assert send(staff_client, url, form, authorized="71").status_code == 403


def test_two_of_one_unit_meet_as_well(staffing):
    clients = []
    for name in ("one", "other"):
        clients.append(Client())
        clients[-1].force_login(make_member("부서 담당", unit="data-center", username=name))
    url = address(staffing)
    form = opened(clients[1], url)
    saved(clients[0], url, opened(clients[0], url), authorized="70")
    response = refused(clients[1], url, form, authorized="71")
    saved(clients[1], url, plain(sent(response)), **{"choice-authorized": "submitted"})
    assert fresh(staffing).authorized == 71


# What was deleted meanwhile


def delete(client, url, **changed):
    """With the answer to what is asked first: the total counts the row."""
    page = client.get(url)
    token = page.context["request"].page_doubts.token
    saved(client, url, plain(sent(page)), confirmed_doubts=token, **changed)


def test_what_somebody_deleted_is_told_with_what_i_typed(first, second, staffing):
    url = address(staffing)
    form = opened(second, url)
    delete(first, address(staffing, "delete/"), change_reason="잘못 들어옴")
    response = refused(second, url, form, authorized="71")
    (field,) = response.context["conflict"].fields
    assert (field.label, field.was, field.submitted.text) == ("정원", "69", "71")
    assert "김하나" in text_of(response)
    assert "잘못 들어옴" in text_of(response)
    assert address(staffing, "history/") in text_of(response)
    assert not Staffing.objects.filter(pk=staffing.pk).exists()


# Pages that ask before they do something


def test_a_deletion_of_what_has_changed_is_asked_again(first, second, staffing):
    url = address(staffing, "delete/")
    form = opened(second, url)
    saved(first, address(staffing), opened(first, address(staffing)), authorized="70")
    response = refused(second, url, form)
    assert "<del>69</del>" in text_of(response)
    assert fresh(staffing).authorized == 70
    delete(second, url)
    assert not Staffing.objects.filter(pk=staffing.pk).exists()


@pytest.mark.parametrize("act", [lambda row: row.save(), lambda row: row.delete()])
def test_a_deletion_is_asked_again_when_what_goes_with_it_has_changed(second, staffing, act):
    url = address(staffing.source, "delete/")
    form = opened(second, url)
    staffing.authorized += 1
    act(staffing)
    assert "함께 지워질 자료" in text_of(refused(second, url, form))
    assert Source.objects.filter(pk=staffing.source_id).exists()
    saved(second, url, opened(second, url))
    assert not Source.objects.filter(pk=staffing.source_id).exists()


def test_going_back_is_asked_again_when_it_has_changed(first, second, staffing):
    oldest = records_of(staffing).last()
    saved(first, address(staffing), opened(first, address(staffing)), authorized="70")
    url = address(staffing, f"history/{oldest.pk}/restore/")
    form = opened(second, url)
    saved(first, address(staffing), opened(first, address(staffing)), authorized="72")
    assert "<ins>72</ins>" in text_of(refused(second, url, form))
    assert fresh(staffing).authorized == 72
    saved(second, url, opened(second, url))
    assert fresh(staffing).authorized == 69
