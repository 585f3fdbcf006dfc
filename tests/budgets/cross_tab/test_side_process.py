"""A function in a process of its own: when it starts, when it ends, and who answers where it does not."""

import math
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from budgets.cross_tab import side_process
from budgets.cross_tab.side_process import SideProcess
from seoul_digital.lib.gate import CrowdedError

PROGRAM = """
import os, signal
from budgets.cross_tab.side_process import SideProcess
there = SideProcess(os.getpid)
print(there(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def beside():
    """Makes one that ends with the test."""
    made = []

    def make(function, linger=60, longest=20):
        made.append(SideProcess(function, linger, longest))
        return made[-1]

    yield make
    for process in made:
        process.end()


def test_the_function_runs_in_one_process_of_its_own(beside):
    there = beside(os.getpid)
    first = there()
    assert first == there() == there.pid != os.getpid()


def test_arguments_and_what_comes_of_them_are_as_they_were(beside):
    assert beside(sorted)([(2, "나"), (1, "가")], reverse=True) == [(2, "나"), (1, "가")]
    large = beside(math.factorial)
    assert large(20_000) == math.factorial(20_000)


def test_what_the_function_raises_is_raised_here_and_the_process_goes_on(beside):
    there = beside(math.sqrt)
    with pytest.raises(ValueError, match="math domain error"):
        there(-1)
    pid = there.pid
    assert there(4) == 2
    assert there.pid == pid


def test_it_has_no_secrets(beside, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x")
    assert beside(os.getenv)("SECRET_KEY") is None


def test_it_loads_no_django(beside):
    assert beside(eval)("'budgets.cross_tab' in __import__('sys').modules") is True
    assert beside(eval)("'django' in __import__('sys').modules") is False


def test_it_ends_when_nobody_has_asked_for_a_while(beside):
    there = beside(os.getpid, linger=0.01)
    pid = there()
    there._end.join(20)
    assert there.pid is None
    assert not Path(f"/proc/{pid}").exists()
    assert there() not in {pid, os.getpid()}


def test_who_asks_while_it_is_due_keeps_it(beside):
    there = beside(os.getpid)
    pid, due = there(), there._end
    there()
    due.function()  # it had waited for its turn
    assert there.pid == pid


def test_a_killed_one_is_started_again(beside):
    there = beside(os.getpid)
    pid = there()
    os.kill(pid, signal.SIGKILL)
    assert there() not in {pid, os.getpid()}


def test_one_that_hangs_is_killed_and_who_waited_is_told_so(beside):
    """Where the function would take as long, it is not run here; the next who asks has a new process."""
    there = beside(time.sleep, longest=0.2)
    with pytest.raises(CrowdedError):
        there(60)
    assert there.pid is None
    there.longest = 20
    assert there(0) is None


def test_a_question_that_a_stopped_process_does_not_read_is_given_up(beside):
    there = beside(len)
    there("")
    there.longest = 0.2
    os.kill(there.pid, signal.SIGSTOP)
    with pytest.raises(CrowdedError):
        there("a" * 10_000_000)  # more than a pipe takes
    assert there.pid is None


def test_nobody_waits_for_ever_for_a_turn(beside):
    there = beside(os.getpid, longest=0.05)
    with there._lock, pytest.raises(CrowdedError):
        there()


def test_it_kills_itself_when_nobody_is_left_to_do_so():
    """The server was killed while it waited for an answer that never comes."""
    command = [sys.executable, "-m", side_process.__name__, "time:sleep", "2"]
    question = pickle.dumps(((600,), {}))
    orphan = subprocess.run(
        command, cwd=side_process.ROOT, input=question, capture_output=True, check=False, timeout=20
    )
    assert orphan.returncode == -signal.SIGALRM


def test_an_answer_that_nobody_reads_is_no_error():
    command, piped = [sys.executable, "-m", side_process.__name__, "os:getpid", "20"], subprocess.PIPE
    with subprocess.Popen(command, cwd=side_process.ROOT, stdin=piped, stdout=piped, stderr=piped) as orphan:
        orphan.stdout.close()
        orphan.stdin.write(pickle.dumps(((), {})))
        orphan.stdin.close()
        assert (orphan.stderr.read(), orphan.wait(20)) == (b"", -signal.SIGPIPE)


def test_a_fork_leaves_it_to_the_parent(beside):
    """As of a server process that is made when one is there: two who read one answer would each have half of it."""
    there = beside(os.getpid)
    pid = there()
    if not (child := os.fork()):
        os._exit(there.pid is not None)
    assert os.waitpid(child, 0)[1] == 0
    assert there() == pid


def test_what_cannot_be_sent_leaves_nothing_half_said(beside):
    there = beside(sorted)
    with pytest.raises(AttributeError, match="pickle"):
        there(["a" * 100_000], key=lambda each: each)
    assert there([2, 1]) == [1, 2]


def test_where_there_is_no_process_the_function_runs_here(beside, monkeypatch):
    def none_left(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(side_process.subprocess, "Popen", none_left)
    assert beside(os.getpid)() == os.getpid()


def test_it_ends_with_whoever_started_it():
    """It writes its errors to a pipe of ours, which `run` reads until nobody holds it any more."""
    starter = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=side_process.ROOT, capture_output=True, check=False, timeout=20
    )
    assert starter.returncode == -signal.SIGKILL
    assert (int(starter.stdout) > 0, starter.stderr) == (True, b"")
