"""Reminders by command."""

from datetime import date
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError

from core.tasks.leases import own_run
from reports.editions import reminders
from tests.background import run_waiting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_fifth(monkeypatch):
    monkeypatch.setattr("reports.editions.collection.timezone.localdate", lambda: date(2022, 11, 5))


def run(*arguments):
    out = StringIO()
    call_command("remind_editions", *arguments, stdout=out)
    return out.getvalue()


def test_the_command(collecting, member, settings):
    settings.SITE_URL = "https://report.example.org"
    said = run("--days", "3")
    assert said.startswith("2022년 11월 업무보고 (2022. 11. 1.): 1명에게 독려 메일을 보냈습니다: 김하나.")
    assert f"https://report.example.org/reports/{collecting.pk}/" in mail.outbox[0].body
    assert run("--days", "2") == ""


def test_the_command_leaves_those_alone_that_do_not_collect(edition, member, settings):
    settings.SITE_URL = "https://report.example.org"
    assert run() == ""


def test_the_command_leaves_to_a_worker_what_is_under_way(collecting, member, settings):
    settings.SITE_URL = "https://report.example.org"
    reminders.request_reminders(collecting.pk, "https://report.example.org/", None)
    assert "이미 보내고 있습니다" in run()
    assert mail.outbox == []


def test_the_command_tells_that_a_worker_sends_others(collecting, member, settings):
    settings.SITE_URL = "https://report.example.org"
    with own_run(reminders.send_reminders, 0, "", None), pytest.raises(CommandError, match="보내는 중이라"):
        run()
    assert mail.outbox == []


def test_the_command_that_is_stopped_leaves_the_rest_unsent(collecting, member, settings, monkeypatch):
    """A worker would go on with it otherwise."""
    settings.SITE_URL = "https://report.example.org"

    def stop(*given):
        raise KeyboardInterrupt

    monkeypatch.setattr(reminders, "_send_to", stop)
    with pytest.raises(CommandError, match="그만두었습니다. 이미 보낸 메일은 경과에 적었고, 나머지는"):
        run()
    assert (run_waiting(), mail.outbox) == (0, [])
    note = collecting.events.get(kind="reminder").note
    assert note == "김하나: 보냈는지 알 수 없음"


def test_the_command_needs_an_address(collecting, settings):
    settings.SITE_URL = ""
    with pytest.raises(CommandError, match="SITE_URL"):
        run()
