"""A journey without a fault, which the same with a fault is held against."""

import re
from collections import Counter
from contextlib import ExitStack

from django.db import close_old_connections, connection
from django_tasks_db.models import DBTaskResult

from core.audit.chain import verify_chain
from core.audit.verification import Verified
from core.tasks.backend import UNFINISHED
from tests.faults.faults import FAULTS, Steps
from tests.faults.journeys import again


def unfinished():
    """Whether background work waits, or was left by a worker that died."""
    return DBTaskResult.objects.filter(status__in=UNFINISHED).exists()


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
        if not unfinished() and (changes in self.stages or self.is_refused(changes)):
            return changes
        self.journey.settle()
        return self.world.changes()

    def is_refused(self, changes):
        """Whether nothing is there but traces of the attempt, or these besides all that was to be done."""
        done = self.stages[-1]
        besides = changes if done - changes else changes - done
        return bool(changes) and all(re.match(self.journey.traces, row) for row in besides)

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


def describe(changes, wanted):
    lacking, besides = ([key[:100] for key in rows][:4] for rows in (wanted - changes, changes - wanted))
    return f"has {besides}, lacks {lacking}"
