import logging
import subprocess

import pytest

from core.tasks.backend import BackgroundTask
from reports.editions import publishing
from tests.background import run_as_a_worker
from tests.faults import children
from tests.faults.journeys import JOURNEYS
from tests.faults.state import World

QUICK = {"sign in", "edit", "confirm"}  # in every run, on both engines


def params(journeys, quick=QUICK):
    return [
        pytest.param(
            journey,
            id=journey.name,
            marks=pytest.mark.engine if journey.name in quick else pytest.mark.thorough,
        )
        for journey in journeys
    ]


@pytest.fixture(params=params(JOURNEYS))
def journey(request):
    return request.param


@pytest.fixture
def world(transactional_db, seeded, settings, tmp_path, monkeypatch):
    settings.EMAIL_BACKEND = "tests.faults.faults.Mailbox"
    monkeypatch.setattr(subprocess, "Popen", children.started)
    monkeypatch.setattr(BackgroundTask, "wait", run_as_a_worker)
    monkeypatch.setattr(publishing, "made_files", lambda *given: {"json": b"{}"})
    monkeypatch.setattr(publishing, "prepare", remembered(publishing.prepare))
    logging.disable(logging.CRITICAL)  # of each fault its trace
    found = World(tmp_path)
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
