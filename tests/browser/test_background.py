"""A page that waits for work in the background follows it, and says when nobody does it."""

import json

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
    # Nobody need be there: the session is not longer for it.
    assert answer.value.request.headers["x-watch"] == "1"
    expect(bar).to_have_js_property("position", -1)
    expect(said).to_have_count(0)
    execute(site, LATE)
    expect(said).to_be_visible()


def follows(site, page, script, body, answers):
    """A page of a script alone, which gets these answers (status, text); how often the page was loaded."""
    loads, source = [], (ROOT / "static/js" / script).read_text()
    fetched = f"""const asked = [], answers = {json.dumps(answers)};
      window.fetch = async (address, {{ headers }}) => {{
        asked.push(headers["X-Watch"]);
        const [status, text] = answers.shift();
        return new Response(text, {{ status }});
      }};"""
    html = f'<html lang="ko"><meta charset="utf-8">{body}<script>{fetched}{source}</script>'

    def load(route):
        loads.append(route.request.url)
        route.fulfill(body=html, content_type="text/html")

    page.route("**/followed", load)
    page.goto(f"{site.url}/followed")
    return loads


def test_documents_that_are_made_ahead_are_followed_until_they_are_there(site, page):
    making = '<p data-follow="/follow">만들고 있습니다.</p>'
    answers = [(200, making), (503, "<p>잠시 뒤에 다시</p>"), (200, "<p>준비되어 있습니다.</p>")]
    follows(site, page, "prepared.js", f'<div id="prepared" role="status">{making}</div>', answers)
    expect(page.get_by_role("status")).to_have_text("준비되어 있습니다.")
    assert page.evaluate("asked") == ["1"] * 3


def test_a_page_that_waits_bears_a_server_that_is_busy(site, page):
    body = '<p class="lead">읽고 있습니다.</p><h2 id="progress">{}</h2><progress data-follow value="{}" max="9"></progress>'
    answers = [(503, "<p>잠시 뒤에 다시</p>"), (200, body.format("3줄", 3)), (200, body.format("4줄", 4))]
    loads = follows(site, page, "progress.js", body.format("2줄", 2), answers)
    expect(page.locator("progress")).to_have_js_property("value", 3)
    assert (len(loads), page.evaluate("asked")[:2]) == (1, ["1", "1"])
