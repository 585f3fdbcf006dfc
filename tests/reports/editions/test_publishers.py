"""Two who publish at once give one published report; its files and pages are the same after a thousand edits and a restart. On either engine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.core.edit_conflicts.test_writers import shared  # noqa: F401 (a fixture)

pytestmark = pytest.mark.engine

SCRIPT = Path(__file__).with_name("publishers.py")


@pytest.fixture
def outcome(shared):  # noqa: F811
    """A function that runs a scenario of publishers.py in a new process and gives its outcome."""

    def run(scenario):
        given = {
            "DATABASE_URL": shared,
            "DJANGO_SETTINGS_MODULE": "seoul_digital.settings",
            "SECRET_KEY": settings.SECRET_KEY,
            "SECOND_FACTOR": "none",
        }
        done = subprocess.run(
            [sys.executable, str(SCRIPT), scenario],
            env=os.environ | given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


@pytest.mark.thorough
def test_one_frozen_report_of_two_that_never_changes(outcome):
    found = outcome("publish")
    assert (found["published_report"], found["files"]) == (1, 5)
    (_, refused), (_, done) = sorted(found["outcomes"], key=lambda one: "발행했습니다." in one[1][0])
    assert done == ["발행했습니다. 이 회차의 화면과 파일은 이제 바뀌지 않습니다."]
    assert refused == ["이미 발행한 회차입니다. 바로잡으려면 같은 기준일로 새 회차를 여십시오."]
    assert outcome("edit")["edits"] >= 1_000
    assert outcome("download")["hashes"] == found["hashes"]
    assert set(found["hashes"]) == {
        "pdf",
        "hwpx",
        "xlsx",
        "html",
        "json",
        "page ",
        "page document/",
        "page changes/",
    }
