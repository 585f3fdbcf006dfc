"""Whatever is changed, by whatever way: the next page is the one that would be made without any memory, byte for byte, for each reader.

A run makes each cheap kind of change once; the thorough one all of them, and sixty in an order of chance, of one bureau and as in a city,
and twelve in two processes whose transactions overlap; CHANGES=1000 as many of either, CHANCE another order. `tests/changes.py` has the kinds.
"""

import os
import random
import threading

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
from tests.memories import assert_alike, pages_as_made_anew, shown
from tests.page_processes import PageProcess
from tests.samples import each

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
SEED = int(os.environ.get("CHANCE") or 20221127)


@pytest.fixture
def world(seeded, monkeypatch, work_at_once):
    for module in (remembered_pages, parts):
        monkeypatch.setattr(module, "_remembered", PageCache(1 << 24))
    return World()


def assert_change_is_shown(world, change, address):
    before = [shown(client, address) for client in world.clients]
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


@pytest.mark.thorough
@pytest.mark.parametrize("most_whole", [data_version.MOST_WHOLE, 3], ids=["bureau", "city"])
def test_pages_after_changes_in_any_order_are_as_made_anew(world, monkeypatch, most_whole):
    """Also where so much is there that readers' versions tell of their bureau alone."""
    monkeypatch.setattr(data_version, "MOST_WHOLE", most_whole)
    chance = random.Random(SEED)  # noqa: S311
    kinds, left = SHOWN | THOROUGH, int(os.environ.get("CHANGES") or 60)
    while left > 0:
        with transaction.atomic():
            for number in range(min(ROUND, left)):
                change = chance.choice(list(kinds))
                addresses = [kinds[change], *chance.sample(ADDRESSES + MORE_ADDRESSES, 2)]
                for client in world.clients:
                    for address in addresses:
                        client.get(address)
                getattr(world, change)()
                told = f"{change}, {left - number} left"
                try:
                    pages_as_made_anew(world.clients, addresses)
                except AssertionError as error:
                    raise AssertionError(f"after {told}") from error
            transaction.set_rollback(True)
        left -= ROUND
        world.sign_in()


@pytest.mark.parametrize("address", each(6, ADDRESSES))
def test_page_from_memory_is_as_made_anew(world, address):
    for client in world.clients:
        client.get(address)
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
def processes(transactional_db, seeded, tmp_path):
    """Two web processes on the seeded database."""
    address = address_for_others(tmp_path)
    both = [PageProcess(number, address, settings.SECRET_KEY) for number in (1, 2)]
    yield both
    for one in both:
        one.end()


@pytest.mark.thorough
def test_pages_beside_the_transactions_of_another_process_are_as_made_anew(processes):
    """Before it ends, while it ends (before the rows of a page are read, or after), and once it has ended, one way or the other; where both
    write at once, too."""
    chance = random.Random(SEED)  # noqa: S311
    kinds, refused = SHOWN | THOROUGH, 0
    for number in range(int(os.environ.get("CHANGES") or 12)):
        (writer, reader), change = chance.sample(processes, 2), chance.choice(list(kinds))
        addresses = [kinds[change], chance.choice(ADDRESSES + MORE_ADDRESSES)]
        before = writer.ask(do="pages", addresses=addresses)
        assert_alike((number, change), before, reader.ask(do="pages", addresses=addresses))
        refused += writer.ask(do="change", name=change) != "changed"
        assert_alike((number, change), before, reader.ask(do="pages", addresses=addresses))
        ends, other = {"do": "finish", "commits": chance.random() < 0.8}, None
        if connection.vendor == "postgresql" and chance.random() < 0.4:  # on SQLite one writes at a time
            other = chance.choice(list(SHOWN))
            refused += reader.ask(do="change", name=other) != "changed"
            reader.ask(do="finish", commits=True)
            writer.ask(**ends)
        else:
            reader.say(do="interrupted", address=addresses[0], moment=chance.choice(("before", "after")))
            assert reader.heard() == "stopped"
            writer.ask(**ends)
            reader.say(do="go")
            assert reader.heard() == "made"
        after = reader.ask(do="pages", addresses=addresses)
        assert_alike((number, change, other, ends), after, writer.ask(do="pages", addresses=addresses))
    assert refused <= number // 2
