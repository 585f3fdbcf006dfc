"""Two nodes that share what they remember: whichever makes a page, the other shows it, as it would be made without memory."""

import random

import pytest
from django.db import connection

from core.remembered import pages as remembered_pages
from core.remembered import parts
from core.remembered.database_page_cache import DatabasePageCache
from core.remembered.page_cache import PageCache
from core.remembered.shared_page_cache import SharedPageCache
from tests.changes import ADDRESSES, SHOWN, World
from tests.memories import pages_as_made_anew, shown

pytestmark = pytest.mark.engine


class NodeMemory:
    """What a process of a node remembers by itself."""

    def __init__(self):
        self.pages, self.scopes, self.parts = (PageCache(1 << 24) for _ in range(3))

    def enter(self, patch):
        patch.setattr(remembered_pages, "_remembered", self.pages)
        patch.setattr(remembered_pages, "_scopes", self.scopes)
        patch.setattr(parts, "_remembered", self.parts)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("count", [4, pytest.param(60, marks=pytest.mark.thorough)])
def test_page_after_a_change_is_made_by_one_and_shown_by_the_other(
    monkeypatch, tmp_path, work_at_once, count
):
    """Who has never made it knows its ETag, too. The editor's home tells of editions and is made each time."""
    store = DatabasePageCache() if connection.vendor == "postgresql" else SharedPageCache(str(tmp_path))
    monkeypatch.setattr(remembered_pages, "shared_pages", lambda **given: store)
    made, make = [], remembered_pages._made

    def watched(request, *given):
        made.append(request.path)
        return make(request, *given)

    monkeypatch.setattr(remembered_pages, "_made", watched)
    world, nodes, chance = World(), [NodeMemory(), NodeMemory()], random.Random(20221127)  # noqa: S311
    for _ in range(count):
        change = chance.choice(list(SHOWN))
        getattr(world, change)()
        for client in world.clients:
            for address in dict.fromkeys([SHOWN[change], chance.choice(ADDRESSES)]):
                maker, shower = chance.sample(nodes, 2)
                maker.enter(monkeypatch)
                first = client.get(address)
                shower.enter(monkeypatch)
                made.clear()
                if client is world.clients[0]:
                    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
                    assert (again.status_code, shown(client, address) != b"", made) == (304, True, [])
                pages_as_made_anew([client], [address])
