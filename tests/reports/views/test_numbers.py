"""The review of numbers as a reader, an editor and two people at once meet it."""

import re

import pytest

from core.mentions.mention import Mention
from core.models import ChangeRecord, Source
from projects.models import Brief, Milestone
from tests.factories import make_edition, make_member
from tests.forms import plain, sent
from tests.numbers import INSTALLED, measure

pytest_plugins = ["tests.numbers_fixtures"]
pytestmark = pytest.mark.django_db


def address(wifi, **query):
    asked = "".join(f"&{name}={value}" for name, value in query.items())
    return f"/document/numbers/?row=projects.brief.{wifi.pk}{asked}"


def form_of(client, wifi, url=""):
    return plain(sent(client.get(url or address(wifi)), f"ask-projects.brief.{wifi.pk}.achievements"))


def answered(client, wifi, url="", **answers):
    """The answer to a form as it was opened now."""
    form = form_of(client, wifi, url)
    return client.post(url or address(wifi), form | answers)


def said(client):
    return [str(message) for message in client.get("/").context["messages"]]


def test_readers_see_every_number_by_its_state(staff_client, bound):
    page = staff_client.get(address(bound)).content.decode()
    assert f'<a class="number n-bound" href="/facts/{INSTALLED}/"' in page
    assert (
        '<span class="number n-unbound" title="확인 안 됨">24명<span class="sr"> (확인 안 됨)</span></span>'
        in page
    )
    assert '<form class="numbers-ask"' not in page
    assert "연결 고치기" not in page


def test_a_number_is_bound_to_what_was_chosen(editor_client, wifi):
    response = answered(editor_client, wifi, **{"number-0": f"fact:{INSTALLED}", "reason": "표와 같음"})
    assert response.url == f"{address(wifi)}#projects.brief.{wifi.pk}.achievements"
    wifi.refresh_from_db()
    assert [(mention.number, mention.target) for mention in wifi.all_mentions] == [("4530", INSTALLED)]
    record = ChangeRecord.objects.of(wifi).first()
    assert (record.user.username, record.reason) == ("duri", "표와 같음")
    assert said(editor_client) == ["‘1. 와이파이’ 추진실적: 숫자 1개를 저장했습니다(연결 1개)."]


def test_all_that_is_unbound_is_said_only_here_at_once(editor_client, bound):
    answered(editor_client, bound, action="only_here_all")
    bound.refresh_from_db()
    assert [mention.kind for mention in bound.all_mentions] == ["bound", "only_here", "only_here"]


def test_what_is_bound_to_a_fact_that_is_not_there_keeps_its_mention(editor_client, wifi):
    wifi.mentions = [Mention("achievements", "24", "명", target="measurement:gone").stored]
    wifi.save()
    answered(editor_client, wifi, action="only_here_all")
    wifi.refresh_from_db()
    assert [mention.kind for mention in wifi.all_mentions] == ["only_here", "bound", "only_here"]


def test_all_new_values_of_a_text_are_those_that_were_shown(editor_client, stale):
    stale.achievements += ", 다시 4,530대"
    stale.mentions = [*stale.mentions, Mention("achievements", "4530", "대", 1, target=INSTALLED).stored]
    stale.save()
    form = form_of(editor_client, stale) | {"action": "accept_all"}
    measure(4_700)
    editor_client.post(address(stale), form)
    stale.refresh_from_db()
    assert "4,530대" in stale.achievements
    assert said(editor_client)[0].startswith("그 사이에 글이나 값이 바뀌어 아무것도 저장하지 않았습니다.")
    answered(editor_client, stale, action="accept_all")
    stale.refresh_from_db()
    assert stale.achievements.count("4,700대") == 2


def test_every_new_value_of_the_texts_that_are_shown_alone_is_taken(editor_client, stale):
    url = f"/document/numbers/?text=projects.brief.{stale.pk}.achievements"
    page = editor_client.get(url)
    assert "여기 보이는 글에서 값이 달라진 숫자 1개를" in page.content.decode()
    editor_client.post(url, {"offers": page.context["offers_token"], "action": "accept_everything"})
    stale.refresh_from_db()
    assert "4,600대" in stale.achievements
    assert Milestone.objects.get(key="first-phase-installation", brief=stale).title.endswith("4,530대 설치")


def test_a_stale_number_takes_its_new_value(editor_client, stale):
    assert "본문을 ‘4,600대’로 바꿈" in editor_client.get(address(stale)).content.decode()
    answered(editor_client, stale, **{"number-0": "accept:4,600대"})
    stale.refresh_from_db()
    assert stale.achievements.startswith("ㅇ 공공와이파이 4,600대 설치\n")
    assert ChangeRecord.objects.of(stale).first().reason == "숫자 확인"


def test_a_new_value_that_is_another_by_now_is_not_taken(editor_client, stale):
    form = form_of(editor_client, stale)
    measure(4_700)
    editor_client.post(address(stale), form | {"number-0": "accept:4,600대"})
    stale.refresh_from_db()
    assert "4,530대" in stale.achievements
    assert said(editor_client) == [
        "그 사이에 값이 바뀌어 ‘4,530대’에 고른 것을 저장하지 않았습니다. 지금 값을 보고 다시 골라 주십시오."
    ]


@pytest.mark.engine
def test_every_new_value_is_taken_at_once(editor_client, stale):
    page = editor_client.get("/document/numbers/")
    form = {"offers": page.context["offers_token"], "action": "accept_everything"}
    editor_client.post("/document/numbers/", form)
    stale.refresh_from_db()
    assert "4,600대" in stale.achievements
    assert Milestone.objects.get(key="first-phase-installation", brief=stale).title.endswith("4,600대 설치")
    assert said(editor_client) == ["달라진 숫자 2개를 새 값으로 바꾸었습니다."]


def test_new_values_that_were_not_shown_are_not_taken(editor_client, stale):
    form = {
        "offers": editor_client.get(address(stale)).context["offers_token"],
        "action": "accept_everything",
    }
    measure(4_700)
    editor_client.post(address(stale), form)
    stale.refresh_from_db()
    assert "4,530대" in stale.achievements


def test_nothing_chosen_saves_nothing(editor_client, wifi):
    records = ChangeRecord.objects.count()
    answered(editor_client, wifi)
    assert ChangeRecord.objects.count() == records
    assert said(editor_client) == [
        "고른 것이 없어 저장하지 않았습니다. 숫자마다 무엇을 뜻하는지 고르고 저장해 주십시오."
    ]


@pytest.mark.parametrize("value", ["fact:staffing:data-center/headcount", "bound", "accept:9대", "<b>"])
def test_a_forged_answer_is_refused(editor_client, wifi, value):
    answered(editor_client, wifi, **{"number-0": value})
    wifi.refresh_from_db()
    assert not wifi.mentions
    assert "저장하지 않았습니다" in said(editor_client)[0]


def test_another_units_text_is_refused(client, wifi):
    client.force_login(make_member("부서 담당", unit="digital-policy"))
    assert "연결 고치기" not in client.get(address(wifi)).content.decode()
    form = {"text": f"projects.brief.{wifi.pk}.achievements", "number-0": "no_fact"}
    assert client.post(address(wifi), form).status_code == 403
    assert client.post(address(wifi), {"action": "accept_everything", "offers": ""}).status_code in (
        302,
        403,
    )
    wifi.refresh_from_db()
    assert not wifi.mentions


def test_a_text_that_is_not_there_is_not_found(editor_client, wifi):
    assert editor_client.post(address(wifi), {"text": "projects.brief.1.nothing"}).status_code == 404


def test_a_lost_number_is_let_go(editor_client, bound):
    bound.achievements = "ㅇ 설치\n - 현원 24명"
    bound.save()
    page = editor_client.get(address(bound)).content.decode()
    assert "본문에서 사라진 숫자" in page and "디지털뉴딜(1차사업) 연계 공공와이파이 설치 대수" in page
    (control,) = re.findall(r'name="(lost-[0-9a-f]+)"', page)
    answered(editor_client, bound, **{"lost-0": "1"})
    assert len(Brief.objects.get(pk=bound.pk).mentions) == 1
    answered(editor_client, bound, **{control: "1"})
    bound.refresh_from_db()
    assert bound.mentions == []


# Two people


@pytest.mark.engine
def test_a_text_that_was_rewritten_meanwhile_is_asked_again(editor_client, wifi):
    form = form_of(editor_client, wifi)
    wifi.achievements = "ㅇ 공공와이파이 4,530대와 24명"
    wifi.save()
    page = editor_client.post(address(wifi), form | {"number-0": f"fact:{INSTALLED}"})
    content = page.content.decode()
    assert page.status_code == 409
    assert "그 사이에 다른 사람이 고쳤습니다" in content
    assert "도로 폭 20m" in content and "4,530대와" in content.replace("</span>", "").replace("</a>", "")
    assert "<dt>4,530대</dt><dd>디지털뉴딜(1차사업) 연계 공공와이파이 설치 대수: 4,530대" in content
    wifi.refresh_from_db()
    assert not wifi.mentions


def test_a_number_that_both_answered_is_asked_again(editor_client, wifi):
    form = form_of(editor_client, wifi)
    answered(editor_client, wifi, **{"number-0": "only_here"})
    page = editor_client.post(address(wifi), form | {"number-0": "no_fact"})
    assert page.status_code == 409
    wifi.refresh_from_db()
    assert [mention.kind for mention in wifi.all_mentions] == ["only_here"]


@pytest.mark.engine
def test_numbers_that_others_did_not_answer_are_saved_beside_theirs(editor_client, wifi):
    form = form_of(editor_client, wifi)
    answered(editor_client, wifi, **{"number-0": "only_here"})
    assert editor_client.post(address(wifi), form | {"number-1": "no_fact"}).status_code == 302
    wifi.refresh_from_db()
    assert [mention.kind for mention in wifi.all_mentions] == ["only_here", "no_fact"]


# Filters


def test_texts_are_filtered_by_state_and_unit(staff_client, bound):
    def shown(query):
        return [view.title for view in staff_client.get(f"/document/numbers/?{query}").context["rows"]]

    assert shown("state=asked&department=ict-security") == ["1. 와이파이"]
    assert "1. 와이파이" in shown("state=bound&department=ict-security")
    assert shown("state=stale&department=ict-security") == []
    assert "1. 와이파이" in shown("state=<b>&department=nowhere")


def test_one_text_is_opened_with_all_its_numbers(editor_client, bound):
    url = f"/document/numbers/?text=projects.brief.{bound.pk}.achievements"
    (row,) = editor_client.get(url).context["rows"]
    assert [question.printed for question in row.texts[0].questions] == ["4,530대", "24명", "20m"]
    answered(editor_client, bound, url, **{"number-0": "no_fact"})
    bound.refresh_from_db()
    assert [mention.kind for mention in bound.all_mentions] == ["no_fact"]


def test_a_date_without_data_is_an_honest_page(staff_client):
    page = staff_client.get("/document/numbers/?as_of=2019-12-31")
    assert "2019. 12. 31. 기준으로는 자료가 없습니다" in page.content.decode()


def test_the_queries_are_fixed(editor_client, wifi, django_assert_max_num_queries):
    with django_assert_max_num_queries(75):
        editor_client.get("/document/numbers/")


# Drafts


@pytest.fixture
def draft(wifi):
    """The text as somebody's draft has it."""
    source = wifi.source
    source.pk, source.slug, source.state, source.as_of = None, "draft", "draft", "2022-11-01"
    source.save()
    wifi.pk, wifi.source, wifi.title = None, source, "초안의 글"
    wifi.save()
    return wifi


def test_a_draft_has_its_own_page_for_those_who_see_it(editor_client, draft):
    url = f"/document/numbers/?source={draft.source_id}"
    assert [row.title for row in editor_client.get(url).context["rows"]] == ["1. 초안의 글"]
    assert answered(editor_client, draft, url, **{"number-1": "no_fact"}).status_code == 302
    draft.refresh_from_db()
    assert [mention.number for mention in draft.all_mentions] == ["24"]


def test_a_draft_is_shown_before_any_data_are_in_force(admin_client, draft):
    Source.objects.exclude(pk=draft.source_id).update(state="withdrawn")
    page = admin_client.get(f"/document/numbers/?source={draft.source_id}").content.decode()
    assert "초안의 글" in page and "자료가 없습니다" not in page


@pytest.mark.parametrize("key", ["x", "0", "-1"])
def test_a_draft_that_is_not_there_is_not_found(editor_client, draft, key):
    assert editor_client.get(f"/document/numbers/?source={key}").status_code == 404


def test_a_draft_is_not_for_readers(staff_client, draft):
    assert staff_client.get(f"/document/numbers/?source={draft.source_id}").status_code == 404
    assert "초안의 글" not in staff_client.get("/document/numbers/").content.decode()


# An edition


@pytest.fixture
def edition(wifi):
    """One whose report has the wifi, since it has none of its own."""
    return make_edition("2022-08-29", "collecting")


def test_an_edition_shows_planners_all_and_members_their_own(client, edition, editor):
    def units(user):
        client.force_login(user)
        page = client.get(f"/reports/{edition.pk}/numbers/")
        return {row.department for row in page.context["rows"] if row.department}

    assert units(editor) == {"정보통신보안담당관"}
    assert {"정보통신보안담당관", "빅데이터담당관"} < units(make_member("기획 담당", unit="digital-policy"))


def test_an_editions_number_is_answered(editor_client, edition, wifi):
    url = f"/reports/{edition.pk}/numbers/?row=projects.brief.{wifi.pk}"
    assert answered(editor_client, wifi, url, **{"number-0": f"fact:{INSTALLED}"}).status_code == 302
    wifi.refresh_from_db()
    assert [mention.target for mention in wifi.all_mentions] == [INSTALLED]


def test_a_published_edition_asks_nothing(editor_client, edition):
    edition.state = "published"
    edition.save()
    assert editor_client.get(f"/reports/{edition.pk}/numbers/").status_code == 404


def test_the_way_back_is_to_a_page_of_ours(editor_client, edition, wifi):
    url = f"/reports/{edition.pk}/numbers/?next="
    form = form_of(editor_client, wifi) | {"number-0": "no_fact"}
    assert editor_client.post(f"{url}https://example.org/", form).url.startswith(f"/reports/{edition.pk}/")


def derive(client, wifi, first, second):
    url = address(wifi, text=f"projects.brief.{wifi.pk}.achievements")
    answers = {"derive-0": "sum", "derive-0-0": first, "derive-0-1": second}
    return answered(client, wifi, url, **answers)


def test_a_number_is_declared_worked_out_of_values(editor_client, wifi):
    whole = "디지털뉴딜(1차사업) 연계 공공와이파이 설치 대수"
    derive(editor_client, wifi, f"{whole} › (실외) 핫플레이스", f"{whole} › (실내) 복지시설")
    wifi.refresh_from_db()
    assert [(mention.number, mention.kind, mention.formula) for mention in wifi.all_mentions] == [
        (
            "4530",
            "derived",
            "{measurement:public-wifi-first-phase-ap-outdoor} + {measurement:public-wifi-first-phase-ap-indoor}",
        )
    ]
    assert said(editor_client) == ["‘1. 와이파이’ 추진실적: 숫자 1개를 저장했습니다(셈한 값 1개)."]


def test_a_number_is_not_worked_out_where_that_gives_another(editor_client, wifi):
    derive(editor_client, wifi, "디지털정책관 현원", "디지털정책관 정원")
    wifi.refresh_from_db()
    assert wifi.mentions == []
    assert said(editor_client) == [
        "저장하지 못했습니다. 고른 대로 셈하면 524대라 글의 ‘4,530대’와 다릅니다. 셈할 값이나 셈하는 법을 다시 골라 주세요."
    ]
