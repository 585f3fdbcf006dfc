"""Many people at the same moment, on either engine: no lost change, no error, and a word where one holds the database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.databases import address_for_others

pytestmark = pytest.mark.engine

SCRIPT = Path(__file__).with_name("writers.py")


@pytest.fixture
def shared(transactional_db, seeded, tmp_path):
    """The DATABASE_URL of the seeded database as other processes reach it."""
    return address_for_others(tmp_path)


@pytest.fixture
def outcome(shared):
    """A function that runs a scenario of writers.py and gives its outcome."""

    def run(scenario, wait=60, people=1):
        environment = os.environ | {
            "DATABASE_URL": shared,
            "DJANGO_SETTINGS_MODULE": "seoul_digital.settings",
            "SECRET_KEY": settings.SECRET_KEY,
            "SECOND_FACTOR": "none",
        }
        command = [sys.executable, str(SCRIPT), scenario, str(wait), str(people)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


PEOPLE = [6, pytest.param(16, marks=pytest.mark.thorough)]


@pytest.mark.parametrize("people", PEOPLE)
def test_many_who_save_at_once_lose_nothing(outcome, people):
    found = outcome("count_up", people=people)
    # Of one page one save, the others are told.
    assert sorted(found["first"]) == [302] + [409] * (people - 1)
    assert found["last"] == [302] * people
    assert found["all"] == [302, 409]
    assert (found["added"], found["changes"]) == (people, people)


@pytest.mark.parametrize("people", PEOPLE)
def test_many_who_add_the_same_make_one(outcome, people):
    found = outcome("add_the_same", people=people)
    assert found == {"statuses": [200] * (people - 1) + [302], "rows": 1}


def test_who_waits_too_long_is_told_and_nothing_is_half_written(outcome):
    found = outcome("hold", wait=1)
    assert found["reading"] == 200  # readers do not wait
    status, retry_after, page = found["refused"]
    assert (status, retry_after) == (503, "10")
    assert "지금은 바빠서 처리하지 못했습니다" in page
    assert "저장된 것은 없습니다" in page
    assert found["between"] == [69, 1]
    assert (found["again"], found["after"]) == (302, 70)
