"""What is answered about numbers, as it is saved."""

import re

import pytest

from core.mentions.mention import Mention
from core.models import ChangeRecord
from projects.models import Brief, Milestone
from tests.numbers import INSTALLED, address, answered, form_of, measure, said

pytest_plugins = ["tests.numbers_fixtures"]


pytestmark = pytest.mark.django_db


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
