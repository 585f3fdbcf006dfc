"""The review of numbers as a reader, an editor and two people at once meet it."""

import pytest

from tests.factories import make_edition, make_member
from tests.numbers import INSTALLED, address, answered, form_of

pytest_plugins = ["tests.numbers_fixtures"]
pytestmark = pytest.mark.django_db


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


# Two people


# Filters


def test_what_is_decided_is_folded_and_what_is_looked_for_is_not(editor_client, wifi):
    page = editor_client.get("/document/numbers/")
    asked = [row.title for row in page.context["rows"] if row.is_asked]
    content = page.content.decode()
    assert asked == ["1. 와이파이"]
    assert content.count('<details class="fold" data-stays open><summary>') == 1
    assert content.count('<details class="fold" open><summary>') == len(page.context["rows"]) - 1 > 10
    narrow = editor_client.get("/document/numbers/?department=ict-security").content.decode()
    assert narrow.count('<details class="fold" data-stays open><summary>') > 1
    assert '<details class="fold" open>' not in narrow


# Drafts


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
