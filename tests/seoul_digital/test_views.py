"""The reason that is asked before files leave."""

import pytest

from tests.factories import make_member

TABLE = "/departments/?as_of=2022-08-29&download=staffing&format=csv"


@pytest.fixture
def manager(seeded, client):
    client.force_login(make_member("간부", username="kim"))
    return client


@pytest.fixture
def asking(settings):
    settings.EXPORT_REASON_REQUIRED = True


@pytest.mark.parametrize("reason", ["", " ", "가", "가" * 201])
def test_a_reason_says_something(manager, asking, reason):
    assert manager.post("/accounts/reason/", {"reason": reason}).status_code == 400
    assert manager.get(TABLE).status_code == 302


def test_the_reason_leads_to_no_other_site(manager):
    page = manager.post(
        "/accounts/reason/?next=https://example.com/", {"reason": "의회 제출"}
    ).content.decode()
    assert 'href="https://example.com' not in page and "이어서" not in page
