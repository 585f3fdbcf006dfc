"""A page that waits for work in the background follows it, and says when nobody does it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, follow

RECORDS = "/reports/records/"
LATE = """
from datetime import timedelta
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=2))
"""
CLEARED = """
from django_tasks_db.models import DBTaskResult
DBTaskResult.objects.all().delete()
"""


@pytest.fixture
def waiting(site, execute, page):
    """The page of records, whose work no worker does."""
    page.goto(f"{site.url}{RECORDS}")
    follow(page.get_by_role("button", name="모두 확인"))
    yield page
    execute(site, CLEARED)


def test_a_page_that_waits_says_so_by_itself_when_no_worker_is_there(site, execute, waiting):
    """And its bar stays one of which nobody knows how far it is."""
    bar, said = waiting.locator("progress"), waiting.get_by_text("1분 넘게 보이지 않습니다")
    for _ in range(2):  # when it asks again, it has shown the first answer
        with waiting.expect_response(f"**{RECORDS}") as answer:
            pass
    assert (
        answer.value.request.headers["x-watch"] == "1"
    )  # nobody need be there: the session is not longer for it
    expect(bar).to_have_js_property("position", -1)
    expect(said).to_have_count(0)
    execute(site, LATE)
    expect(said).to_be_visible()


def test_documents_that_are_made_ahead_are_followed_until_they_are_there(site, page):
    """The script alone; what it asks is looked at in tests/reports/views/test_publishing.py."""
    script = (ROOT / "static/js/prepared.js").read_text()
    making = '<p data-follow="/follow">만들고 있습니다.</p>'
    asked, answers = [], [making, "<p>준비되어 있습니다.</p>"]

    def answer(route):
        asked.append(route.request.headers.get("x-watch"))
        route.fulfill(body=answers.pop(0), content_type="text/html; charset=utf-8")

    page.route("**/follow", answer)
    html = f'<html lang="ko"><meta charset="utf-8"><div id="prepared" role="status">{making}</div><script>{script}</script>'
    page.route("**/before-publishing", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{site.url}/before-publishing")
    expect(page.get_by_role("status")).to_have_text("준비되어 있습니다.")
    assert asked == ["1", "1"]
