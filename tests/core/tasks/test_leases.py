"""A task is run by one worker at a time, again where that died, and ends together with its effect."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.models import TaskLease
from core.tasks import leases
from core.tasks.leases import LeaseLost, claim, expire, perform
from tests.core.tasks.works import alone, effect, effects, failing, noted, plain, wait_for

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture
def notes(tmp_path):
    return str(tmp_path / "notes")


def run_out():
    TaskLease.objects.update(expires_at=Now() - timedelta(seconds=1))


def make_due():
    DBTaskResult.objects.update(run_after=timezone.now())


def outcome():
    row = DBTaskResult.objects.get()
    return row.status, row.return_value


def test_a_task_is_claimed_once_and_ends_with_what_it_returns(notes):
    plain.enqueue(notes, "words")
    run = claim("first")
    assert claim("second") is None
    perform(run)
    assert (noted(notes), outcome()) == (["words"], ("SUCCESSFUL", "words"))
    assert claim("second") is None
    assert not TaskLease.objects.exists()


def test_the_task_of_a_dead_worker_is_taken_up_and_its_late_end_does_not_count(notes):
    plain.enqueue(notes)
    late = claim("first")
    assert claim("second") is None
    assert late.beat()
    run_out()
    run = claim("second")
    assert (run.attempt, run.result.worker_ids) == (2, ["first", "second"])
    assert not late.beat()
    with pytest.raises(LeaseLost), late.held():
        effect("effect of the late one")
    with pytest.raises(LeaseLost):
        late.keep({"mail": "sent"})
    late.release()
    perform(late)  # which notices
    assert outcome() == ("RUNNING", None)
    with run.held():
        effect("effect of the second")
        run.complete("second")
    assert (effects(), outcome()) == (["effect of the second"], ("SUCCESSFUL", "second"))


def test_a_lease_that_ran_out_still_holds_while_nobody_took_it(notes):
    plain.enqueue(notes)
    run = claim("first")
    run_out()
    perform(run)
    assert outcome() == ("SUCCESSFUL", "done")


def test_an_effect_and_the_end_are_committed_together(notes):
    plain.enqueue(notes)
    run = claim("first")
    with pytest.raises(ZeroDivisionError), run.held():
        effect("effect")
        run.complete()
        raise ZeroDivisionError
    assert (effects(), outcome()) == ([], ("RUNNING", None))


def test_what_fails_is_tried_again_later_and_then_given_up(notes, caplog):
    failing.enqueue(notes)
    perform(claim("first"))
    assert (outcome(), claim("first")) == (("READY", None), None)
    make_due()
    perform(claim("second"))
    row = DBTaskResult.objects.get()
    assert noted(notes) == ["try 1", "try 2", "given up"]
    assert (row.status, row.exception_class_path) == ("FAILED", "builtins.ValueError")
    assert (effects(), claim("first")) == (["effect of giving up"], None)
    assert "failing failed for good after 2 tries" in caplog.text


def test_what_killed_its_workers_is_given_up(notes):
    failing.enqueue(notes)
    for worker in ("first", "second"):
        claim(worker)
        run_out()
    perform(claim("third"))
    assert (noted(notes), effects()) == (["given up"], ["effect of giving up"])
    assert outcome() == ("FAILED", None)


def test_what_refers_to_something_that_is_gone_ends_though_it_cannot_be_left(notes, monkeypatch, caplog):
    def refer(name):
        raise IntegrityError("gone")

    monkeypatch.setattr("tests.core.tasks.works.effect", refer)
    failing.enqueue(notes)
    claim("first").abandon()
    assert outcome() == ("FAILED", None)
    assert "failing could not be left" in caplog.text


def test_work_that_runs_alone_waits_for_the_other(notes):
    alone.enqueue(notes), alone.enqueue(notes), plain.enqueue(notes)
    first, other = claim("first"), claim("second")
    assert (first.task, other.task) == (alone, plain)
    assert claim("third") is None
    perform(first)
    assert claim("third").task == alone


def test_a_worker_takes_nothing_of_the_kinds_that_it_is_at(notes):
    plain.enqueue(notes), plain.enqueue(notes)
    claim("first")
    assert claim("first", ["plain"]) is None
    run_out()
    assert claim("first", ["plain"]) is None
    assert claim("second").attempt == 2


def test_what_is_kept_is_there_for_the_next_worker(notes):
    plain.enqueue(notes)
    claim("first").keep({"kim": "sending"})
    run_out()
    run = claim("second")
    assert run.kept == {"kim": "sending"}
    run.release()
    assert claim("third").kept == {"kim": "sending"}


def test_work_given_back_counts_as_not_begun(notes):
    plain.enqueue(notes)
    claim("first").release(counts=False)
    assert claim("second").result.worker_ids == ["second"]


def test_who_starts_again_under_its_name_waits_for_no_lease(notes):
    plain.enqueue(notes)
    claim("first")
    expire("another")
    assert claim("first") is None
    expire("first")
    assert claim("first").attempt == 2


def test_unknown_work_is_left_to_a_newer_worker(notes, caplog):
    plain.enqueue(notes)
    DBTaskResult.objects.update(task_path="tests.core.tasks.works.of_tomorrow")
    assert claim("first") is None
    assert (outcome(), leases.claim("first")) == (("READY", None), None)
    assert "unknown background work: tests.core.tasks.works.of_tomorrow" in caplog.text


def test_unknown_work_that_no_worker_knows_for_a_day_fails(notes, caplog):
    plain.enqueue(notes)
    DBTaskResult.objects.update(task_path="tests.core.tasks.works.of_yesterday")

    def look():
        make_due()
        assert claim("any") is None
        return outcome()[0]

    def first_seen(hours):
        DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=hours))

    assert (look(), look()) == ("READY", "READY")
    assert caplog.text.count("unknown background work") == 1  # not each minute
    first_seen(23)
    assert look() == "READY"
    first_seen(25)
    assert look() == "FAILED"
    row = DBTaskResult.objects.get()
    assert (row.exception_class_path, row.finished_at is None) == ("core.tasks.leases.UnknownWork", False)
    assert "unknown background work was given up: tests.core.tasks.works.of_yesterday" in caplog.text


def test_unknown_work_that_a_dead_worker_had_begun_fails_as_well(notes):
    plain.enqueue(notes)
    claim("newer")
    DBTaskResult.objects.update(task_path="tests.core.tasks.works.of_yesterday")
    run_out()
    assert (claim("older"), outcome()[0]) == (None, "RUNNING")
    run_out()
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=25))
    assert (claim("older"), outcome()[0], TaskLease.objects.count()) == (None, "FAILED", 0)


def test_work_that_a_newer_worker_knows_leaves_no_trace_of_the_older_one(notes):
    plain.enqueue(notes)
    path = DBTaskResult.objects.get().task_path
    DBTaskResult.objects.update(task_path="tests.core.tasks.works.of_tomorrow")
    assert claim("older") is None
    DBTaskResult.objects.update(task_path=path)
    make_due()
    perform(claim("newer"))
    assert (outcome(), DBTaskResult.objects.get().exception_class_path) == (("SUCCESSFUL", "done"), "")


def test_unknown_work_of_a_dead_worker_keeps_none_from_what_waits(notes):
    plain.enqueue(notes)
    claim("newer")
    DBTaskResult.objects.update(task_path="tests.core.tasks.works.of_tomorrow")
    run_out()
    alone.enqueue(notes)
    assert claim("older") is None
    assert claim("older").task == alone


def test_unknown_work_of_a_dead_command_is_left_to_a_newer_one(notes):
    with leases.own_run(plain, notes):
        DBTaskResult.objects.update(task_path="tests.core.tasks.works.of_tomorrow")
        run_out()
        leases.abandon_dead_commands()
    assert outcome() == ("RUNNING", None)


def test_a_command_runs_its_own_and_says_that_it_lives(notes, monkeypatch):
    monkeypatch.setattr(leases, "BEAT", 0.001)
    beats = []
    monkeypatch.setattr(leases.TaskRun, "beat", lambda run: beats.append(run) or 0)
    with leases.own_run(failing, notes) as run:
        assert claim("worker") is None
        wait_for(lambda: beats)
        with run.held():
            run.complete("by hand")
    assert outcome() == ("SUCCESSFUL", "by hand")


def test_a_command_that_takes_too_long_no_longer_says_that_it_lives(notes, monkeypatch, caplog):
    """So that its lease runs out, and what it does no longer counts."""
    monkeypatch.setattr(leases, "BEAT", 0.001)
    monkeypatch.setattr(leases.TaskRun, "beat", lambda run: pytest.fail("it lives"))
    run = leases.begin_own(failing, notes)
    run.task = replace(run.task, most_seconds=-1)
    with leases.beating(run):
        wait_for(lambda: "failing takes longer than" in caplog.text)


def test_a_command_that_is_stopped_by_hand_is_gone_on_with_by_nobody(notes):
    with pytest.raises(KeyboardInterrupt), leases.own_run(failing, notes):
        raise KeyboardInterrupt
    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path) == ("FAILED", "builtins.KeyboardInterrupt")
    assert (effects(), claim("worker")) == (["effect of giving up"], None)
    with pytest.raises(KeyboardInterrupt), leases.own_run(failing, notes) as run:
        perform_as_done(run)
        raise KeyboardInterrupt  # too late
    assert DBTaskResult.objects.filter(status="SUCCESSFUL").count() == 1


def perform_as_done(run):
    with run.held():
        run.complete()


def test_what_a_killed_command_had_begun_is_given_up(notes):
    with leases.own_run(failing, notes):
        leases.abandon_dead_commands()
        assert effects() == []  # it lives
    plain.enqueue(notes)
    claim("worker")
    run_out()
    leases.abandon_dead_commands()
    assert (effects(), noted(notes)) == (["effect of giving up"], ["given up"])
    assert claim("other").task == plain  # a worker's is taken up by workers
