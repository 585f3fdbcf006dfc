"""The numbers of drafts, for those who see them."""

import pytest

from core.models import Source
from tests.numbers import answered

pytest_plugins = ["tests.numbers_fixtures"]


pytestmark = pytest.mark.django_db


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
