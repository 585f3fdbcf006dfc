"""The server and the worker under one roof; small programs stand for both."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.tasks.works import wait_for

ROOT = Path(__file__).resolve().parents[2]
LASTING = "import pathlib, os, signal; pathlib.Path({path!r}).open('a').write(str(os.getpid()) + chr(10)); signal.pause()"
PROGRAM = """
import signal, sys
sys.path.insert(0, "tools")
import run
run.QUIET_LIFE, run.LONGEST_PAUSE, run.NICE = {quiet}, 0.01, 0
run.adopt_orphans()
signal.pthread_sigmask(signal.SIG_BLOCK, run.WAKING)
sys.exit(run.Pair([run.PYTHON, "-c", {server!r}], [run.PYTHON, "-c", {worker!r}]).keep())
"""


@pytest.fixture
def pair(tmp_path):
    """Starts both; gives the process and what tells their process ids."""
    begun = []

    def start(server=LASTING, worker=LASTING, quiet=60):
        paths = [str(tmp_path / name) for name in ("server", "worker")]
        given = {"server": server.format(path=paths[0]), "worker": worker.format(path=paths[1])}
        program = PROGRAM.format(quiet=quiet, **given)
        process = subprocess.Popen(
            [sys.executable, "-c", program], cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        begun.append(process)
        return process, lambda name, number=1: pid_of(tmp_path / name, number)

    yield start
    for process in begun:
        process.terminate()
        process.wait()
        process.stderr.close()


def pid_of(path, number):
    """The `number`-th that was started under this name."""
    lines = wait_for(lambda: path.exists() and len(lines := path.read_text().split()) >= number and lines)
    return int(lines[number - 1])


def is_gone(pid):
    return not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_ends_both(pair, number):
    process, pid = pair()
    both = pid("server"), pid("worker")
    process.send_signal(number)
    process.communicate()
    assert all(is_gone(one) for one in both)


def test_a_worker_that_dies_is_started_again_and_the_server_goes_on(pair):
    process, pid = pair()
    os.kill(pid("worker"), signal.SIGKILL)
    assert pid("worker", 2) != pid("worker")
    assert not is_gone(pid("server"))
    process.terminate()
    said = process.communicate()[1]
    assert (
        said
        == "차례를 기다리는 일을 하는 프로그램(manage.py worker)이 멈추어 다시 시작합니다. (끝난 값 -9)\n"
    )


def test_a_worker_that_cannot_live_is_told_of(pair):
    dying = (
        "import pathlib, os, sys; pathlib.Path({path!r}).open('a').write(f'{{os.getpid()}}\\n'); sys.exit(7)"
    )
    process, pid = pair(worker=dying)
    pid("worker", 4)
    assert not is_gone(pid("server"))
    process.terminate()
    lines = process.communicate()[1].splitlines()
    assert lines[0].endswith("멈추어 다시 시작합니다. (끝난 값 7)")
    assert "자꾸 멈춥니다. (끝난 값 7) 화면은 그대로 열려 있지만" in lines[2]


def test_a_server_that_ends_takes_the_worker_along_and_its_code_out(pair):
    process, pid = pair()
    worker = pid("worker")
    os.kill(pid("server"), signal.SIGKILL)
    process.communicate()
    assert (process.returncode, is_gone(worker)) == (256 - signal.SIGKILL, True)


# As gunicorn does at SIGUSR2.
FOLLOWED = """
import os, pathlib, signal, subprocess, sys
def follow(*given):
    subprocess.Popen([sys.executable, "-c", {lasting!r}], env=dict(os.environ, GUNICORN_PID=str(os.getpid())))
signal.signal(signal.SIGUSR2, follow)
pathlib.Path({{path!r}}).open("a").write(str(os.getpid()) + chr(10))
while True:
    signal.pause()
"""


def test_a_server_that_takes_the_place_of_the_first_keeps_the_worker(pair, tmp_path):
    process, pid = pair(server=FOLLOWED.format(lasting=LASTING.format(path=str(tmp_path / "server"))))
    first, worker = pid("server"), pid("worker")
    os.kill(first, signal.SIGUSR2)
    second = pid("server", 2)
    os.kill(first, signal.SIGTERM)
    wait_for(lambda: is_gone(first))
    assert not is_gone(worker) and process.poll() is None
    os.kill(worker, signal.SIGKILL)  # it is looked after as before
    assert pid("worker", 2) != worker
    os.kill(second, signal.SIGTERM)
    process.communicate()
    assert (process.returncode, is_gone(pid("worker", 2))) == (256 - signal.SIGTERM, True)
