"""The review of numbers as readers and editors see it."""

import pytest

from tests.numbers import INSTALLED, address, answered

pytest_plugins = ["tests.numbers_fixtures"]


pytestmark = pytest.mark.django_db


def test_readers_see_every_number_by_its_state(staff_client, bound):
    page = staff_client.get(address(bound)).content.decode()
    assert f'<a class="number n-bound" href="/facts/{INSTALLED}/"' in page
    assert (
        '<span class="number n-unbound" title="확인 안 됨">24명<span class="sr"> (확인 안 됨)</span></span>'
        in page
    )
    assert '<form class="numbers-ask"' not in page
    assert "연결 고치기" not in page


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
