"""The numbers of texts in forms: lit beneath the text, and the fact offered where a text was rewritten."""

import pytest

from tests.forms import plain, sent
from tests.numbers import TEXT, measure

pytest_plugins = ["tests.numbers_fixtures"]
pytestmark = pytest.mark.django_db


def address(wifi):
    return f"/admin/projects/brief/{wifi.pk}/change/"


def saved(client, wifi, **values):
    """What is said after saving the form with other values."""
    form = plain(sent(client.get(address(wifi)), "brief_form"))
    page = client.post(address(wifi), form | values, follow=True)
    return [str(message) for message in page.context["messages"]]


def test_a_form_lights_what_is_stale_and_unbound(admin_client, stale):
    page = admin_client.get(address(stale)).content.decode()
    assert f'data-text="projects.brief.{stale.pk}.achievements"' in page
    assert '<span class="number n-stale" title="값이 달라짐: ' in page
    assert '<span class="number n-stale">4,530대</span> → 4,600대' in " ".join(page.split())
    assert '<span class="number n-unbound">확인 안 됨</span> 2개' in page
    assert f"/document/numbers/?state=asked&amp;row=projects.brief.{stale.pk}&amp;as_of=2022-08-29" in page


def test_numbers_typed_into_an_empty_text_are_counted_and_lead_to_where_they_are_decided(admin_client, wifi):
    name = f"projects.brief.{wifi.pk}.overview"
    assert f'data-text="{name}"' in admin_client.get(address(wifi)).content.decode()
    typed = {"text": "ㅇ 안내판 77개, 현원 24명", "of": name}
    page = admin_client.post("/admin/preview/?part=1", typed).content.decode()
    assert '<span class="number n-unbound">확인 안 됨</span> 2개' in page
    assert f"row=projects.brief.{wifi.pk}" in page


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("projects/brief/add", "projects.brief..overview"),
        ("projects/brief/add", "projects.milestone..note"),
        ("projects/brief/1/change", "projects.milestone..note"),
        ("projects/milestone/add", "projects.milestone..note"),
        ("glossary/definition/add", "glossary.definition..text"),
    ],
)
def test_a_text_of_a_row_never_saved_is_lit_while_it_is_typed(admin_client, seeded, form, name):
    assert f'data-text="{name}"' in admin_client.get(f"/admin/{form}/").content.decode()
    typed = {"text": "ㅇ 안내판 77개", "of": name}
    page = " ".join(admin_client.post("/admin/preview/?part=1", typed).content.decode().split())
    assert 'title="확인 안 됨">77개<span class="sr"> (확인 안 됨)</span></span>' in page
    assert '<span class="number n-unbound">확인 안 됨</span> 1개' in page
    assert "숫자 확인" not in page  # there is nowhere yet to decide on it


def test_a_form_that_was_refused_lights_its_new_texts(admin_client, seeded):
    typed = plain(sent(admin_client.get("/admin/projects/milestone/add/"), "milestone_form"))
    refused = admin_client.post(
        "/admin/projects/milestone/add/", typed | {"title": "안내판 77개 설치", "note": "ㅇ 3km"}
    )
    page = refused.content.decode()
    assert 'title="확인 안 됨">77개<span class="sr"> (확인 안 됨)</span></span> 설치' in page
    assert 'title="확인 안 됨">3km<span class="sr"> (확인 안 됨)</span></span>' in page


def test_a_text_of_one_line_is_lit_beneath(admin_client, wifi):
    step = wifi.milestones.first()
    step.title, step.mentions = "안내판 77개 설치", []
    step.save()
    page = admin_client.get(f"/admin/projects/milestone/{step.pk}/change/").content.decode()
    lit = '안내판 <span class="number n-unbound" title="확인 안 됨">77개<span class="sr"> (확인 안 됨)</span></span> 설치'
    assert lit in page


def test_a_rewritten_number_offers_its_fact(admin_client, bound):
    said = saved(admin_client, bound, achievements=TEXT.replace("4,530대", "4,700대"))
    (offer,) = [sentence for sentence in said if "고치셨지만" in sentence]
    assert offer.startswith(
        '본문을 ‘4,700대’로 고치셨지만 ‘디지털뉴딜(1차사업) 연계 공공와이파이 설치 대수’ 값은 4,530대입니다. <a href="/admin/projects/measurement/'
    )
    assert "field=value" in offer and offer.endswith(">값도 고치기</a>")


def test_what_was_stale_before_is_not_offered_again(admin_client, stale):
    said = saved(admin_client, stale, achievements=TEXT + ", 길이 3km")
    assert not [sentence for sentence in said if "고치셨지만" in sentence]
    assert [sentence for sentence in said if "정할 숫자가 4개" in sentence]


def test_what_is_all_decided_is_saved_without_a_word(admin_client, wifi):
    said = saved(admin_client, wifi, achievements="ㅇ 설치")
    assert not [sentence for sentence in said if "숫자" in sentence]


def test_a_fact_that_was_put_right_leaves_nothing_to_ask(admin_client, stale):
    measure(4_530)
    page = admin_client.get(address(stale)).content.decode()
    assert "n-stale" not in page
