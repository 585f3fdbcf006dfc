"""Two people at one text."""

import pytest

from tests.numbers import INSTALLED, address, answered, form_of

pytest_plugins = ["tests.numbers_fixtures"]


pytestmark = pytest.mark.django_db


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
