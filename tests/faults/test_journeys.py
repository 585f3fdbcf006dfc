"""Each write of users' journeys is made to fail in turn: no half state, a sentence in Korean, and the next try works.

`-s` prints the table of journeys and faults.
"""

import logging
import os
import re
import subprocess
from collections import Counter
from contextlib import ExitStack

import pytest
from django.db import close_old_connections, connection

from core.audit.chain import verify_chain
from core.audit.verification import Verified
from reports.editions import publishing
from tests.faults import children, faults
from tests.faults.faults import Steps
from tests.faults.journeys import JOURNEYS, again
from tests.faults.state import World
from tests.test_layers import ROOT

FAULTS = {
    "database full": (faults.statements, lambda: faults.fail_statement("full")),
    "lock held": (faults.statements, lambda: faults.fail_statement("lock")),
    "connection broken": (faults.statements, lambda: faults.fail_statement("broken")),
    "commit full": (faults.commits, faults.fail_commit("full")),
    "commit broken": (faults.commits, faults.fail_commit("broken")),
    "commit unanswered": (faults.commits, faults.lose_answer),
    "no file": (faults.opened_files, faults.refuse_file),
    "file full": (faults.opened_files, faults.fill_file),
    "mail time-out": (faults.mails, faults.time_out),
    "mail broken": (faults.mails, faults.hang_up),
    "no child": (faults.children, faults.refuse_child),
    "child killed": (faults.children, faults.kill_child),
    "child time-out": (faults.children, faults.stop_child),
}
CLOCKS = (3, -3)  # hours
ALL = os.environ.get("FAULTS") == "all"
MANY = 1_000 if ALL else 2  # statements: of more, each fails in one of the ways, in turn
OF_THE_ENGINE = (faults.statements, faults.commits)  # all that runs again on PostgreSQL, unless FAULTS=all
NOTHING_SAVED, MAYBE_SAVED = "저장된 것은 없습니다", "저장되었을 수 있으니"
TRACE = re.compile(r"Traceback|OperationalError|OSError|TimeoutError|disk I/O|could not extend")
QUICK = {"sign in", "edit", "confirm"}  # in every run, on both engines
HANGUL = re.compile("[가-힣]")


@pytest.fixture(
    params=[
        pytest.param(
            journey,
            id=journey.name,
            marks=pytest.mark.engine if journey.name in QUICK else pytest.mark.thorough,
        )
        for journey in JOURNEYS
    ]
)
def journey(request):
    return request.param


@pytest.fixture(scope="module")
def table():
    """Of each journey how many of its writes were made to fail in each way. Printed, and kept in var/ once it is whole."""
    found = {}
    yield found
    heads = [*FAULTS, *(f"clock {hours:+} h" for hours in CLOCKS)]
    lines = [[journey, *(row.get(head, "?") for head in heads)] for journey, row in found.items()]
    text = "\n".join(" | ".join(cell.ljust(9) for cell in line) for line in [["", *heads], *lines])
    print(f"\n{connection.vendor}\n{text}")
    if len(found) == len(JOURNEYS):
        (ROOT / "var" / f"faults-{connection.vendor}.txt").write_text(f"{text}\n", encoding="utf-8")


@pytest.fixture
def world(transactional_db, seeded, settings, tmp_path, monkeypatch):
    folders = {name: tmp_path / name for name in ("imports", "uploads")}
    stored = settings.STORAGES["import_export"]
    options = stored["OPTIONS"] | {"location": folders["uploads"]}
    settings.STORAGES = settings.STORAGES | {"import_export": stored | {"OPTIONS": options}}
    settings.IMPORT_FOLDER = folders["imports"]
    settings.EMAIL_BACKEND = "tests.faults.faults.Mailbox"
    monkeypatch.setattr(subprocess, "Popen", children.started)
    monkeypatch.setattr(publishing, "_files", lambda prepared, proof: {"json": b"{}"})
    monkeypatch.setattr(publishing, "prepare", remembered(publishing.prepare))
    logging.disable(logging.CRITICAL)  # of each fault its trace
    found = World(tmp_path, folders)
    yield found
    found.database.close()
    logging.disable(logging.NOTSET)


def remembered(prepare):
    """What is read before publishing takes a second, and is the same each time."""
    found = []

    def act(edition):
        if not found:
            found.append(prepare(edition))
        elif not found[0].checklist.is_signed:
            del found[0].checklist  # which may be signed by now
        of_edition = found[0].collection.of_edition
        for source in (*of_edition.drafts, *of_edition.set_aside):
            source.state = "draft"
        return found[0]

    return act


class Rehearsal:
    """A journey without a fault: how many writes of each kind it has, and what there is after each of its requests."""

    def __init__(self, world, journey, folder):
        self.world, self.journey = world, journey
        self.client, self.act = journey.prepare(folder)
        world.keep()
        self.counts, self.stages = Counter(), [Counter()]
        kinds = {kind: Steps() for kind, _ in FAULTS.values()}
        with ExitStack() as stack:
            for kind, steps in kinds.items():
                stack.enter_context(kind(steps))
            self.statuses = self.go(self.stages)
        assert all(response.status_code < 400 for response in self.statuses), self.statuses
        assert bool(self.stages[-1]) == journey.writes, "nothing is done"
        self.counts = {kind: steps.count for kind, steps in kinds.items()}
        world.restore()

    def go(self, stages=None):
        """The answers, up to the first that is no success."""
        answers = []
        self.browser = again(self.client)
        for response in self.act(self.browser):
            response.content  # noqa: B018 (what is streamed is written now)
            answers.append(response)
            if stages is not None:
                stages.append(self.world.changes())
            if response.status_code >= 400:
                break
            if connection.in_atomic_block is False:
                close_old_connections()
        return answers

    def settled(self):
        """What has changed, after what the next commit and the next journey would put in order."""
        if self.world.changes():
            assert not list(verify_chain(Verified("기록 사슬")))  # which links first
        changes = self.world.changes()
        if changes in self.stages or self.is_refused(changes):
            return changes
        self.journey.settle()
        return self.world.changes()

    def is_refused(self, changes):
        """Whether nothing is there but traces of the attempt, or these besides all that was to be done."""
        traces = Counter(
            {row: number for row, number in changes.items() if re.match(self.journey.traces, row)}
        )
        return bool(traces) and changes - traces in (Counter(), self.stages[-1])

    def page(self, answer):
        """Where an answer leads."""
        return self.browser.get(answer["Location"]).content.decode() if answer.status_code == 302 else ""

    def retried(self, changes):
        """The same again, without a fault."""
        answers = self.go()
        after = self.world.changes() - changes
        if answers[-1].status_code >= 400:
            yield f"again: {answers[-1].status_code}"
        elif after != self.stages[-1]:
            yield f"again: {describe(after, self.stages[-1])}"


def test_whatever_fails_leaves_no_half(world, journey, tmp_path, table):
    rehearsal, wrong = Rehearsal(world, journey, tmp_path), []
    table[journey.name] = row = {}
    for number, (name, (kind, strike)) in enumerate(FAULTS.items()):
        count = rehearsal.counts[kind]
        if connection.vendor == "postgresql" and kind not in OF_THE_ENGINE and not ALL:
            row[name] = "SQLite"
            continue
        each = kind is not faults.statements or count <= MANY
        struck = [at for at in range(1, count + 1) if each or at % 3 == number % 3]
        for at in struck:
            steps = Steps(at, strike)
            with kind(steps):
                answers = rehearsal.go()
            close_old_connections()
            assert steps.count >= at, "another number of writes than before"
            found = judged(rehearsal, answers, at == struck[-1])
            wrong += [f"{name} {at}/{count}: {text}" for text in found]
        row[name] = f"{len(struck)}/{count}" if count else "-"
    for hours in CLOCKS if connection.vendor == "sqlite" or ALL else ():
        with faults.clock(hours):
            answers = rehearsal.go()
            found = list(jumped(rehearsal, answers, hours))
        world.restore()
        wrong += [f"clock {hours:+} h: {text}" for text in found]
        row[f"clock {hours:+} h"] = "1/1"
    assert not wrong, "\n".join(wrong)


def jumped(rehearsal, answers, hours):
    """A sign-in of which the clock says that it is over ends, and nothing of what was asked is done; else all is."""
    last, changes = answers[-1], rehearsal.world.changes()
    changes = Counter({row: number for row, number in changes.items() if "axes_accesslog" not in row})
    is_ended = hours > 0 and rehearsal.client.cookies
    if is_ended and not (last.status_code == 302 and "/login/" in last["Location"]):
        yield f"still signed in: {last.status_code}"
    done = Counter(
        {row: number for row, number in rehearsal.stages[-1].items() if "axes_accesslog" not in row}
    )
    if changes != (Counter() if is_ended else done):
        yield f"half: {describe(changes, rehearsal.stages[-1])}"


def judged(rehearsal, answers, is_last):
    """What is wrong after a fault."""
    world, last, stages = rehearsal.world, answers[-1], rehearsal.stages
    changes, found = rehearsal.settled(), []
    text = last.content.decode() if last.status_code >= 400 else ""
    is_refused = rehearsal.is_refused(changes)
    if changes not in stages and not is_refused:
        found.append(f"half: {describe(changes, stages[-1])}")
    if last.status_code >= 400:
        found += said_badly(last.status_code, text)
        if NOTHING_SAVED in text and changes != stages[len(answers) - 1]:
            found.append("says that nothing was saved")
    elif changes != stages[len(answers)] and 'class="error"' not in rehearsal.page(last):
        found.append(f"{last.status_code}, and not done")
    is_done = changes and not stages[-1] - changes
    if is_last and not is_done and (is_refused or changes in stages):
        found += rehearsal.retried(changes)
        changes = True
    world.restore(changes)
    return found


def said_badly(status, text):
    if status not in {400, 409, 422, 503}:
        yield f"status {status}"
    if not HANGUL.search(text) or TRACE.search(text):
        yield f"no sentence: {text[:200]}"


def describe(changes, wanted):
    lacking, besides = ([key[:100] for key in rows][:4] for rows in (wanted - changes, changes - wanted))
    return f"has {besides}, lacks {lacking}"
