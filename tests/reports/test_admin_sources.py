"""Bringing sources into force and withdrawing them in admin: what is said before, and what happens then."""

from datetime import date

import pytest
from django.contrib.auth.models import Group

from budgets.models import BudgetImport
from core.audit.recording import change_reason
from core.copying import copy_source
from core.models import Source
from departments.models import Staffing, User
from reports.source_impact import impact_preview
from tests.audit import records_of
from tests.factories import make_bureau, make_source, make_staffing
from tests.forms import plain, sent

State = Source.State
NEW = date(2022, 11, 1)


@pytest.fixture
def planner(seeded):
    user = User.objects.create(username="planner", is_city_wide=True)
    user.groups.add(Group.objects.get(name="기획 담당"))
    return user


@pytest.fixture
def planning(client, planner):
    client.force_login(planner)
    return client


@pytest.fixture
def draft(planner):
    """The staffing of a new date, in which one division has got two persons more."""
    copy = copy_source(Source.objects.get(scope="staffing", as_of="2022-08-29"), NEW, planner)
    Staffing.objects.filter(source=copy, department__slug="data-center").update(authorized=71)
    return copy


def text_of(response):
    return " ".join(response.content.decode().split())


def pk(*sources):
    return "&".join(f"pk={source.pk}" for source in sources)


def test_a_draft_is_compared_with_what_readers_see(draft):
    expected = impact_preview([draft], State.IN_FORCE)
    assert (expected.default_before, expected.default_after) == (date(2022, 8, 29), NEW)
    assert expected.first == []
    section = expected.sections[0]
    assert [one.title for one in expected.sections] == ["인력"]
    assert (section.counts.changed, section.counts.added, section.counts.removed, section.counts.same) == (
        1,
        0,
        0,
        7,
    )


def test_findings_of_the_draft_are_told(draft):
    assert "정원 계 = 부서 8곳의 합" in {
        finding.formula.partition(": ")[2] or finding.formula
        for finding in impact_preview([draft], State.IN_FORCE).findings
    }


def test_nothing_changed_is_said(planning, planner):
    copy = copy_source(Source.objects.get(scope="glossary"), date(2022, 8, 30), planner)
    assert "2022. 8. 30. 기준으로 보이는 값은 달라지지 않습니다." in text_of(
        planning.get(f"/admin/sources/confirm/?{pk(copy)}")
    )


def test_asking_changes_nothing_and_confirming_does(planning, planner, draft):
    address = f"/admin/sources/confirm/?{pk(draft)}"
    page = text_of(planning.get(address))
    assert "처음 보이는 기준일이 2022. 8. 29.에서 2022. 11. 1.로 바뀝니다." in page
    assert "추가 0건, 바뀜 1건, 없어짐 0건, 그대로 7건" in page
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    told = [
        str(message)
        for message in planning.post(address, {"change_reason": "11월 회기"}, follow=True).context["messages"]
    ]
    draft.refresh_from_db()
    assert draft.state == State.IN_FORCE
    assert told == [
        "‘인력 (2022. 11. 1.)’ 자료를 확정했습니다.",
        '바뀐 값이 보이는 화면: <a href="/departments/?as_of=2022-11-01">조직·인력</a>, <a href="/?as_of=2022-11-01">현황판</a>',
    ]
    row = records_of(draft).first()
    assert (row.user, row.reason, row.after["state"]) == (
        planner,
        "확정. 11월 회기",
        "in_force",
    )


def test_what_was_changed_after_the_question_is_asked_again(planning, draft):
    address = f"/admin/sources/confirm/?{pk(draft)}"
    asked = plain(sent(planning.get(address)))
    with change_reason("뒤늦게"):
        figure = Staffing.objects.get(source=draft, department__slug="data-center")
        figure.authorized = 72
        figure.save()
    again = planning.post(address, asked)
    assert (again.status_code, Source.objects.get(pk=draft.pk).state) == (409, State.DRAFT)
    assert "확인 화면을 연 뒤에 자료가 바뀌었습니다. 아무것도 하지 않았습니다." in text_of(again)
    assert planning.post(address, plain(sent(again))).status_code == 302
    assert Source.objects.get(pk=draft.pk).state == State.IN_FORCE


def test_withdrawing_says_what_is_lost_and_brings_the_one_before_back(planning, draft):
    Source.objects.filter(pk=draft.pk).update(state=State.IN_FORCE)
    page = text_of(planning.get(f"/admin/sources/withdraw/?{pk(draft)}"))
    assert "처음 보이는 기준일이 2022. 11. 1.에서 2022. 8. 29.로 바뀝니다." in page
    assert "바뀜 1건" in page
    planning.post(f"/admin/sources/withdraw/?{pk(draft)}", {"change_reason": "인원이 틀림"})
    draft.refresh_from_db()
    assert draft.state == State.WITHDRAWN
    assert records_of(draft).first().reason == "철회. 인원이 틀림"


@pytest.mark.parametrize("reason", ["", " \u3000 "])
def test_withdrawing_asks_for_a_reason(planning, seeded, reason):
    """From the form as from the list: both lead to this page."""
    source = Source.objects.get(scope="glossary")
    chosen = {"action": "withdraw", "_selected_action": source.pk}
    address = planning.post("/admin/core/source/", chosen).url
    refused = planning.post(address, {"change_reason": reason})
    assert refused.status_code == 422
    assert "철회하는 까닭을 적어 주십시오." in text_of(refused)
    source.refresh_from_db()
    assert source.state == State.IN_FORCE


def test_withdrawing_the_only_source_of_a_scope_counts_what_goes(planning, seeded):
    source = Source.objects.get(scope="glossary")
    page = text_of(planning.get(f"/admin/sources/withdraw/?{pk(source)}"))
    assert "용어: 2022. 8. 29. 기준으로 볼 수 있던 자료가 없어집니다. 뜻풀이 21건" in page


def test_the_first_source_of_a_bureau_is_counted(planning):
    source = make_source(make_bureau(), "staffing", "2022-03-01", state="draft")
    make_staffing(source, source.bureau, 3)
    assert "인력: 처음 보이는 자료입니다. 인력 1건" in text_of(
        planning.get(f"/admin/sources/confirm/?{pk(source)}")
    )


def test_a_whole_report_is_confirmed_at_once_from_the_list(planning, planner):
    drafts = [
        copy_source(source, NEW, planner) for source in Source.objects.in_force().filter(as_of="2022-08-29")
    ]
    keys = [one.pk for one in drafts]
    asked = planning.post("/admin/core/source/", {"action": "confirm", "_selected_action": keys})
    assert asked.status_code == 302
    assert planning.get(asked.url).status_code == 200
    planning.post(asked.url)
    assert set(Source.objects.filter(pk__in=keys).values_list("state", flat=True)) == {"in_force"}


@pytest.mark.parametrize(
    ("action", "state", "told"),
    [("confirm", "in_force", "이미 확정한"), ("withdraw", "draft", "확정한 자료만")],
)
def test_an_action_that_fits_none_of_the_chosen_says_so(planning, draft, action, state, told):
    Source.objects.filter(pk=draft.pk).update(state=state)
    response = planning.post(
        "/admin/core/source/", {"action": action, "_selected_action": draft.pk}, follow=True
    )
    assert told in text_of(response)


@pytest.mark.parametrize("query", ["", "pk=", "pk=x", "pk=999999999"])
def test_without_a_source_there_is_no_page(planning, query):
    assert planning.get(f"/admin/sources/confirm/?{query}").status_code == 404


def test_sources_of_two_bureaus_are_not_mixed(planning, draft):
    other = make_source(make_bureau(), "staffing", "2022-03-01", state="draft")
    assert planning.get(f"/admin/sources/confirm/?{pk(draft, other)}").status_code == 404


def test_what_is_in_force_is_not_confirmed_again(planning, seeded):
    assert (
        planning.get(f"/admin/sources/confirm/?{pk(Source.objects.get(scope='glossary'))}").status_code == 404
    )


@pytest.mark.parametrize(
    ("role", "refusal"), [("열람", 302), ("간부", 302), ("부서 담당", 403), ("예산 담당", 403)]
)
def test_others_neither_confirm_nor_copy(client, draft, role, refusal):
    """Who only reads does not enter the administration."""
    user = User.objects.create(username="other")
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    for address in (f"/admin/sources/confirm/?{pk(draft)}", f"/admin/sources/{draft.pk}/copy/"):
        assert [
            client.get(address).status_code,
            client.post(address, {"as_of": "2022-12-01"}).status_code,
        ] == [refusal, refusal]
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_those_of_the_budget_confirm_the_budget(client, planner):
    user = User.objects.create(username="budget", is_city_wide=True)
    user.groups.add(Group.objects.get(name="예산 담당"))
    client.force_login(user)
    copy = copy_source(Source.objects.get(scope="revenue"), NEW, planner)
    assert client.post(f"/admin/sources/confirm/?{pk(copy)}").status_code == 302
    copy.refresh_from_db()
    assert copy.state == State.IN_FORCE


def test_copying_asks_for_the_date_and_opens_the_draft(planning, planner, seeded):
    source = Source.objects.get(scope="glossary")
    page = planning.get(f"/admin/sources/{source.pk}/copy/")
    assert "뜻풀이 21건" in text_of(page)
    for typed, told in (
        ("2022-08-29", "지금의 기준일과 다른 날을 적어 주세요."),
        ("", "필수"),
        ("13월", "날짜"),
        ("0001-01-01", "1900년부터"),
    ):
        refused = planning.post(f"/admin/sources/{source.pk}/copy/", {"as_of": typed})
        assert told in " ".join(refused.context["form"].errors["as_of"])
    opened = planning.post(f"/admin/sources/{source.pk}/copy/", {"as_of": "2022-11-01"})
    copy = Source.objects.get(scope="glossary", as_of=NEW)
    assert opened.url == f"/admin/core/source/{copy.pk}/change/"
    assert (copy.state, copy.brought_by) == (State.DRAFT, planner)


def test_the_form_of_a_source_leads_to_what_may_be_done(planning, draft):
    page = text_of(planning.get(f"/admin/core/source/{draft.pk}/change/"))
    assert f'<a href="/admin/sources/{draft.pk}/copy/">새 기준일로 복사</a>' in page
    assert f'<a href="/admin/sources/confirm/?pk={draft.pk}">확정</a>' in page
    assert "작성 중입니다. 확정하면 화면에 보입니다." in page


@pytest.mark.parametrize("state", ["reading", "staged"])
def test_a_budget_files_draft_is_confirmed_on_its_own_page(planning, seeded, state):
    copy = copy_source(Source.objects.filter(scope="expenditure", as_of="2022-08-29").first(), NEW, None)
    given = {
        "bureau": copy.bureau,
        "file_name": "집행현황.xlsx",
        "token": "x",
        "sha256": "x",
        "size": 1,
        "source": copy,
    }
    incoming = BudgetImport.objects.create(state=state, **given)
    for send in (planning.get, planning.post):
        assert send(f"/admin/sources/confirm/?{pk(copy)}").url == f"/budgets/import/{incoming.pk}/"
    copy.refresh_from_db()
    assert copy.state == State.DRAFT


def test_the_page_asks_a_bounded_number_of_queries(planning, draft, django_assert_max_num_queries):
    with django_assert_max_num_queries(160):
        planning.get(f"/admin/sources/confirm/?{pk(draft)}")
