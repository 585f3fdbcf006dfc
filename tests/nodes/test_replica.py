"""A real primary and a real streaming replica: who may read which, and that nobody notices when the replica stands still or is gone."""

import time
from contextlib import contextmanager

import psycopg
import pytest

from departments.models import Duty, User
from tests.factories import make_member
from tests.nodes.conftest import LAG, Browser, wait_until

pytestmark = pytest.mark.engine
PAGE = "/departments/data-center/"


def on_replica(replica, sql):
    with psycopg.connect(replica.url, autocommit=True) as held:
        return held.execute(sql).fetchone()[0]


@contextmanager
def replay_held(replica):
    on_replica(replica, "SELECT pg_wal_replay_pause()")
    wait_until(lambda: on_replica(replica, "SELECT pg_get_wal_replay_pause_state()") == "paused")
    yield
    on_replica(replica, "SELECT pg_wal_replay_resume()")


def write_down(text):
    """Past the product, so that no browser knows of it."""
    first = Duty.objects.filter(department__slug="data-center", source__state="in_force").first()
    Duty.objects.filter(pk=first.pk).update(text=text)


def test_pages_of_readers_come_from_the_replica_and_nobody_misses_what_he_did(site):
    first, second, replica = site
    reader, planner = (
        Browser(make_member(username="reader")),
        Browser(make_member("기획 담당", username="writer")),
    )
    wait_until(lambda: reader.is_answered_by_replica(first) and reader.is_answered_by_replica(second))
    with replay_held(replica):
        write_down("복제본이 아직 모르는 업무")
        assert "복제본이 아직 모르는 업무" not in reader.ask(first, PAGE)[1]
        # Who writes sees it on either node, whatever stands on the replica.
        planner.ask(first, "/admin/glossary/term/add/")
        saved = {
            "name": "막 적은 낱말",
            "english": "",
            "definitions-TOTAL_FORMS": "0",
            "definitions-INITIAL_FORMS": "0",
            "_save": "1",
        }
        assert planner.ask(first, "/admin/glossary/term/add/", saved)[0] == 302
        assert "막 적은 낱말" in planner.ask(second, "/history/")[1]
        assert "복제본이 아직 모르는 업무" in planner.ask(second, PAGE)[1]
        # A right that is taken away counts at once; so does an account that is closed.
        assert 'class="edit"' in planner.ask(second, PAGE)[1]
        User.objects.get(username="writer").groups.clear()
        assert 'class="edit"' not in planner.ask(second, PAGE)[1]
        assert "복제본이 아직 모르는 업무" not in reader.ask(second, PAGE)[1]
        User.objects.filter(username="writer").update(is_active=False)
        assert planner.ask(second, PAGE)[0] == 302
        # Past the limit the replica is left out.
        wait_until(lambda: "복제본이 아직 모르는 업무" in reader.ask(first, PAGE)[1])
    wait_until(lambda: "복제본이 아직 모르는 업무" in reader.ask(second, PAGE)[1])
    wait_until(lambda: reader.is_answered_by_replica(first) and reader.is_answered_by_replica(second))


def test_nobody_notices_a_replica_that_stands_still_or_is_gone(site):
    first, second, replica = site
    reader = Browser(make_member(username="other"))
    wait_until(lambda: reader.is_answered_by_replica(first) and reader.is_answered_by_replica(second))
    for end, begin in ((replica.freeze, replica.thaw), (replica.kill, replica.start)):
        end()
        begun = time.monotonic()
        assert [reader.ask(node, PAGE)[0] for node in (first, second, first)] == [200, 200, 200]
        assert not reader.is_answered_by_replica(first)
        assert time.monotonic() - begun < 40  # a frozen one is waited for until it is known
        begin()
        wait_until(lambda: reader.is_answered_by_replica(first) and reader.is_answered_by_replica(second))


def test_metrics_tell_of_replica_and_requests(site):
    first, _, replica = site
    reader = Browser(make_member(username="third"))
    wait_until(lambda: reader.is_answered_by_replica(first))
    told = dict(
        line.rsplit(" ", 1) for line in reader.ask(first, "/metrics")[1].splitlines() if line[0] != "#"
    )
    assert float(told['report_replica_reads_total{answer="replica"}']) >= 1
    assert float(told["report_replica_lag_seconds"]) < LAG
    assert (told["report_replica_used"], told["report_database_up"]) == ("1.0", "1.0")
    assert float(told['report_request_seconds_count{route="departments:detail",status="200"}']) >= 1
    replica.kill()
    wait_until(lambda: "report_replica_used 0.0" in reader.ask(first, "/metrics")[1])
    replica.start()
