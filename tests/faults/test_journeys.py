"""Each write of users' journeys is made to fail in turn: no half state, a sentence in Korean, and the next try works.

`-s` prints the table of journeys and faults.
"""

import os
import re
from collections import Counter

import pytest
from django.db import close_old_connections, connection

from tests.faults import faults
from tests.faults.faults import FAULTS, Steps
from tests.faults.journeys import JOURNEYS
from tests.faults.rehearsal import Rehearsal, describe
from tests.test_layers import ROOT

CLOCKS = (3, -3)  # hours
ALL = os.environ.get("FAULTS") == "all"
MANY = 1_000 if ALL else 2  # statements: of more, each fails in one of the ways, in turn
OF_THE_ENGINE = (faults.statements, faults.commits)  # all that runs again on PostgreSQL, unless FAULTS=all
# That it failed, that nobody is there to do it, or where it will be told.
TOLD = re.compile('class="error"|보내고 있습니다. 다 보내면|차례를 기다리고 있지만, 보낼 프로그램이')
NOTHING_SAVED, MAYBE_SAVED = "저장된 것은 없습니다", "저장되었을 수 있으니"
TRACE = re.compile(r"Traceback|OperationalError|OSError|TimeoutError|disk I/O|could not extend")
HANGUL = re.compile("[가-힣]")


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
    elif changes != stages[len(answers)] and not TOLD.search(rehearsal.page(last)):
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
