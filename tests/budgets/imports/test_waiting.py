"""Files are read in turn: so many at once, the next as soon as one ends, however it ends."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from budgets.imports import waiting

SCRIPT = [sys.executable, "-IS", waiting.__file__]
LONG = 20  # seconds that nothing here takes


@pytest.fixture
def run(tmp_path):
    started = []

    def run(name, program="import sys; sys.stdin.read()"):
        command = [sys.executable, "-c", f"open({str(tmp_path / name)!r}, 'w').close(); {program}"]
        process = subprocess.Popen([*SCRIPT, str(tmp_path), "2", *command], stdin=subprocess.PIPE)
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def wait_for(path):
    end = time.monotonic() + LONG
    while not path.exists():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_no_more_than_the_readers_run_and_the_next_follows_who_ends_or_dies(run, tmp_path):
    first, second = run("first"), run("second")
    wait_for(tmp_path / "first")
    wait_for(tmp_path / "second")
    run("third")
    fourth = run("fourth")
    time.sleep(3 * waiting.PAUSE)
    assert not {"third", "fourth"} & {path.name for path in tmp_path.iterdir()}
    second.kill()
    while not (tmp_path / "third").exists() and not (tmp_path / "fourth").exists():
        time.sleep(0.02)
    assert not ((tmp_path / "third").exists() and (tmp_path / "fourth").exists())
    first.stdin.close()
    wait_for(tmp_path / "third")
    wait_for(tmp_path / "fourth")
    fourth.stdin.close()
    assert fourth.wait(LONG) == 0


def test_who_waits_takes_little_memory(run, tmp_path):
    run("first"), run("second")
    wait_for(tmp_path / "first")
    wait_for(tmp_path / "second")
    third = run("third")
    time.sleep(2 * waiting.PAUSE)
    lines = Path(f"/proc/{third.pid}/status").read_text().splitlines()
    assert int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) < 16_000  # kB
