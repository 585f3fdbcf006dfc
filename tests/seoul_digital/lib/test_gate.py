"""How many do something dear at once, who waits, who is sent away, and what is made once for all."""

import gc
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from seoul_digital.lib import gate
from seoul_digital.lib.gate import CrowdedError, Gate, Room

LONG = 20  # seconds that nothing here takes


class Work:
    """Threads that stay inside until they are let go."""

    def __init__(self):
        self.go_on, self.lock, self.inside, self.most, self.made = (
            threading.Event(),
            threading.Lock(),
            0,
            0,
            0,
        )
        self.begun = threading.Semaphore(0)

    def __call__(self):
        with self.lock:
            self.inside, self.made = self.inside + 1, self.made + 1
            self.most = max(self.most, self.inside)
        self.begun.release()
        assert self.go_on.wait(LONG)
        with self.lock:
            self.inside -= 1
        return self.made


@pytest.fixture
def threads():
    with ThreadPoolExecutor(16) as pool:
        yield pool


def pass_through(narrow, work):
    with narrow.entered():
        return work()


def wait_until(is_so):
    for _ in range(LONG * 100):
        if is_so():
            return
        threading.Event().wait(0.01)
    raise AssertionError("nothing happened")


def test_no_more_than_so_many_are_inside(threads):
    narrow, work = Gate(Room(16), 2, LONG), Work()
    running = [threads.submit(pass_through, narrow, work) for _ in range(8)]
    for _ in range(2):
        assert work.begun.acquire(timeout=LONG)
    work.go_on.set()
    assert [future.result(LONG) for future in running]
    assert (work.most, work.made) == (2, 8)


def test_who_waits_too_long_is_told(threads):
    narrow, work = Gate(Room(16), 1, 0.05), Work()
    first = threads.submit(pass_through, narrow, work)
    assert work.begun.acquire(timeout=LONG)
    with pytest.raises(CrowdedError):
        pass_through(narrow, work)
    with pytest.raises(CrowdedError):
        narrow.once("a", work)
    work.go_on.set()
    assert first.result(LONG) == 1


def test_who_finds_the_room_full_is_told_at_once_whatever_the_gate(threads):
    room, work = Room(2), Work()
    narrow, other = Gate(room, 2, LONG), Gate(room, 2, LONG)
    running = [threads.submit(pass_through, narrow, work) for _ in range(2)]
    for _ in range(2):
        assert work.begun.acquire(timeout=LONG)
    for refused in (lambda: pass_through(other, work), lambda: narrow.once("a", work)):
        with pytest.raises(CrowdedError):
            refused()
    work.go_on.set()
    assert [future.result(LONG) for future in running]
    assert other.once("a", lambda: "there is room again") == "there is room again"


def test_the_same_is_made_once_for_all_who_ask_meanwhile(threads):
    narrow, work = Gate(Room(16), 2, LONG), Work()
    running = [threads.submit(narrow.once, "a", work) for _ in range(8)]
    assert work.begun.acquire(timeout=LONG)
    wait_until(lambda: narrow.room._places._value == 8)
    work.go_on.set()
    assert [future.result(LONG) for future in running] == [1] * 8
    assert narrow.once("a", work) == 2  # nothing is kept


def test_others_are_made_beside_it(threads):
    narrow, work = Gate(Room(16), 2, LONG), Work()
    running = [threads.submit(narrow.once, key, work) for key in "ab"]
    for _ in range(2):
        assert work.begun.acquire(timeout=LONG)
    work.go_on.set()
    assert [future.result(LONG) for future in running] == [2, 2]


def test_all_who_wait_learn_of_an_error_and_the_next_try_works(threads):
    narrow, work = Gate(Room(16), 1, LONG), Work()

    def fail():
        work()
        raise ValueError("no font")

    running = [threads.submit(narrow.once, "a", fail) for _ in range(3)]
    assert work.begun.acquire(timeout=LONG)
    wait_until(lambda: narrow.room._places._value == 13)
    work.go_on.set()
    for future in running:
        with pytest.raises(ValueError, match="no font"):
            future.result(LONG)
    assert narrow.once("a", lambda: "made") == "made"


@pytest.mark.parametrize(("is_large", "times"), [(True, 1), (False, 0)])
def test_memory_is_given_back_after_what_is_large(monkeypatch, is_large, times):
    given = []
    monkeypatch.setattr(gate, "give_back_memory", lambda: given.append(1))
    with Gate(Room(1), 1, LONG, is_large).entered():
        assert not given
    assert len(given) == times


@pytest.mark.parametrize("library", [gate._libc(), None])
def test_a_process_shares_fairly_also_where_the_system_cannot(monkeypatch, library):
    before = sys.getswitchinterval()
    monkeypatch.setattr(gate, "_libc", lambda: library)
    try:
        gate.share_fairly()
        gate.give_back_memory.__wrapped__()  # tests/conftest.py has put nothing in its place
        assert sys.getswitchinterval() == pytest.approx(0.001)
    finally:
        gc.unfreeze()
        sys.setswitchinterval(before)
