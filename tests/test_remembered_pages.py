"""Whatever is changed, by whatever way: the next page is the one that would be made without any memory, byte for byte, for each reader.

A run makes each cheap kind of change once; the thorough one all of them, and sixty in an order of chance, of one bureau and as in a city,
and twelve in two processes whose transactions overlap; CHANGES=1000 as many of either, CHANCE another order. `tests/changes.py` has the kinds.
"""

import os
import random
import sys
import threading
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from core import data_version
from core.remembered import pages as remembered_pages
from core.remembered import parts
from core.remembered.page_cache import PageCache
from departments.models import Duty, User
from tests.changes import ADDRESSES, MORE_ADDRESSES, SHOWN, THOROUGH, World
from tests.databases import address_for_others
from tests.memories import assert_alike, pages_as_made_anew, seen, shown, what_is_worked_out
from tests.page_processes import PageProcess
from tests.samples import each
from tests.test_layers import ROOMS

pytestmark = pytest.mark.engine
UNSEEN = {
    "name_of_project",
    "edited_draft",
    "threshold",
    "explanation",
    "source_back",
    "unit_of_user",
}  # on that page, in Korean
NEEDED = {  # for it to show anything
    "taken_back": ["deleted_in_admin"],
    "budget_file_withdrawn": ["budget_file_on_the_site"],
    "rights_of_a_role": ["rights"],
}
BY_CHANCE = {"raw_value", "raw_fact_deleted"}  # of any row of any model
ROUND = 40  # changes, after which the data is as at the start
VISIT = 5  # changes, after each of which the same two pages are asked
FRESH = 50  # changes, after which a process that remembers nothing is asked
SEED = int(os.environ.get("CHANCE") or 20221127)


@pytest.fixture
def world(seeded, monkeypatch, work_at_once):
    for module in (remembered_pages, parts):
        monkeypatch.setattr(module, "_remembered", PageCache(1 << 24))
    return World()


def assert_change_is_shown(world, change, address):
    before = [seen(client, address) for client in world.clients]
    getattr(world, change)()
    pages_as_made_anew(world.clients, [address])
    after = [shown(client, address) for client in world.clients]
    assert (before == after) == (change in UNSEEN)


@pytest.mark.parametrize(("change", "address"), each(2, SHOWN.items()))
def test_page_after_a_change_is_as_made_anew(world, change, address):
    assert_change_is_shown(world, change, address)


@pytest.mark.thorough
@pytest.mark.parametrize(("change", "address"), [one for one in THOROUGH.items() if one[0] not in BY_CHANCE])
def test_page_after_a_dear_change_is_as_made_anew(world, change, address):
    for needed in NEEDED.get(change, ()):
        getattr(world, needed)()
    assert_change_is_shown(world, change, address)


class Wrong:
    """Pages that are not as made anew; all of a long run are told at its end, each as it is found."""

    def __init__(self):
        self.found = []

    @contextmanager
    def after(self, *told):
        try:
            yield
        except AssertionError as error:
            self.found.append((*told, str(error)))
            print("wrong:", error)  # noqa: T201
        print(*told, f"{len(self.found)} wrong", flush=True)  # noqa: T201

    def assert_none(self):
        assert not self.found


@pytest.mark.thorough
@pytest.mark.parametrize("most_whole", [data_version.MOST_WHOLE, 3], ids=["bureau", "city"])
def test_pages_after_changes_in_any_order_are_as_made_anew(world, monkeypatch, most_whole):
    """Also where so much is there that readers' versions tell of their bureau alone."""
    monkeypatch.setattr(data_version, "MOST_WHOLE", most_whole)
    chance, wrong = random.Random(SEED), Wrong()  # noqa: S311
    kinds, left = SHOWN | THOROUGH, int(os.environ.get("CHANGES") or 60)
    while left > 0:
        with transaction.atomic():
            for number in range(min(ROUND, left)):
                if number % VISIT == 0:
                    others = chance.sample(ADDRESSES + MORE_ADDRESSES, 2)
                change = chance.choice(list(kinds))
                addresses = [kinds[change], *others]
                for client in world.clients:
                    for address in addresses:
                        seen(client, address)
                getattr(world, change)()
                with wrong.after(left - number, change, others):
                    pages_as_made_anew(world.clients, addresses)
            transaction.set_rollback(True)
        left -= ROUND
        world.sign_in()
    wrong.assert_none()


def test_all_that_is_worked_out_once_can_be_set_aside():
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] in ROOMS]
    kinds = (data_version.Memory, data_version.SourceMemory)
    memories = [one for module in modules for one in vars(module).values() if isinstance(one, kinds)]
    known = [id(kept) for kept in what_is_worked_out()]
    assert len(memories) > 10
    assert [memory for memory in memories if id(memory.kept) not in known] == []


@pytest.mark.parametrize("address", each(6, ADDRESSES))
def test_page_from_memory_is_as_made_anew(world, address):
    for client in world.clients:
        client.get(address)
    pages_as_made_anew(world.clients, [address])
    tag, _ = world.clients[0].kept[address]
    assert world.clients[0].get(address, headers={"If-None-Match": tag}).status_code == 304
    pages_as_made_anew(world.clients, [address])


@pytest.mark.django_db(transaction=True)
def test_writes_of_another_connection_are_seen_once_committed(monkeypatch):
    monkeypatch.setattr(remembered_pages, "shared_pages", lambda **given: None)
    client = Client()
    client.force_login(User.objects.create(username="reader"))
    is_written, may_commit = threading.Event(), threading.Event()

    def write(text, *, waits):
        with transaction.atomic():
            Duty.objects.filter(order=1).update(text=text)
            is_written.set()
            if waits:
                may_commit.wait(20)
        connection.close()

    def page():
        return client.get("/departments/").content.decode()

    writer = threading.Thread(target=write, args=("첫째로 고친 말",), kwargs={"waits": True})
    writer.start()
    is_written.wait(20)
    assert "첫째로 고친 말" not in page() + page()
    may_commit.set()
    writer.join()
    assert "첫째로 고친 말" in page()
    take = remembered_pages.take_snapshot

    def after_a_write(request):
        """Between the version and the rows."""
        other = threading.Thread(target=write, args=("둘째로 고친 말",), kwargs={"waits": False})
        other.start()
        other.join()
        take(request)

    remembered_pages._remembered.clear()
    with monkeypatch.context() as patch:
        patch.setattr(remembered_pages, "take_snapshot", after_a_write)
        assert "둘째로 고친 말" in page()
    assert remembered_pages._remembered.size == 0
    assert "둘째로 고친 말" in page()


@pytest.fixture
def start_process(transactional_db, seeded, tmp_path):
    """Starts a web process on the seeded database."""
    address, started = address_for_others(tmp_path), []
    (tmp_path / "pages").mkdir()

    def start():
        started.append(PageProcess(len(started) + 1, address, settings.SECRET_KEY, tmp_path / "pages"))
        return started[-1]

    yield start
    for one in started:
        one.end()


def end_change(chance, writer, reader, address):
    """The writer's transaction, while the reader makes a page or writes, too: what the reader wrote, and whether it was refused."""
    end, other, refused = {"do": "finish", "commits": chance.random() < 0.8}, None, False
    if connection.vendor == "postgresql" and chance.random() < 0.4:  # on SQLite one writes at a time
        other = chance.choice(list(SHOWN))
        refused = reader.ask(do="change", name=other) != "changed"
        reader.ask(do="finish", commits=True)
        writer.ask(**end)
    else:
        reader.say(do="interrupted", address=address, moment=chance.choice(("before", "after")))
        assert reader.heard() == "stopped"
        writer.ask(**end)
        reader.say(do="go")
        assert reader.heard() == "made"
    return other, refused


@pytest.mark.thorough
def test_pages_beside_the_transactions_of_another_process_are_as_made_anew(start_process):
    """Before it ends, while it ends (before the rows of a page are read, or after), and once it has ended, one way or the other; where both
    write at once, too. At the end a third process, which remembers nothing, shows the same."""
    chance, wrong = random.Random(SEED), Wrong()  # noqa: S311
    processes, kinds, refused = [start_process(), start_process()], SHOWN | THOROUGH, 0
    count = int(os.environ.get("CHANGES") or 12)
    for number in range(count):
        (writer, reader), change = chance.sample(processes, 2), chance.choice(list(kinds))
        asked = {"addresses": [kinds[change], chance.choice(ADDRESSES + MORE_ADDRESSES)]}
        with wrong.after(number, change, asked["addresses"], "before"):
            before = writer.ask(do="pages_as_made_anew", **asked)
            assert_alike("two processes", before, reader.ask(do="pages", **asked))
        refused += writer.ask(do="change", name=change) != "changed"
        with wrong.after(number, change, "during"):
            assert_alike("uncommitted", before, reader.ask(do="pages", **asked))
        other, is_refused = end_change(chance, writer, reader, asked["addresses"][0])
        refused += is_refused
        with wrong.after(number, change, other, "after"):
            after = reader.ask(do="pages_as_made_anew", **asked)
            assert_alike("two processes", after, writer.ask(do="pages", **asked))
        if number % FRESH == FRESH - 1 or number == count - 1:
            with wrong.after(number, "fresh"):
                asked = {"addresses": chance.sample(ADDRESSES + MORE_ADDRESSES, 12)}
                fresh = start_process()
                found = fresh.ask(do="pages_as_made_anew", **asked)
                assert_alike("fresh", found, reader.ask(do="pages", **asked))
                fresh.end()
    wrong.assert_none()
    assert refused <= count // 2
