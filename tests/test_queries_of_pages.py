"""How often readers' pages ask the database at their first view, session and user too: 15 times at most, where nothing is remembered and
after a change of one scope, in a bureau of many base dates too. In the transaction of a test no node asks another's table, so only one test here counts that."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from core.copying import copy_source
from core.models import Source
from core.models.revisions import SourceRevision
from core.remembered import pages, parts
from core.remembered.database_page_cache import DatabasePageCache
from departments.models import User
from tests.memories import set_aside
from tests.samples import each

pytestmark = pytest.mark.django_db
MOST = 15
FIRST = {
    "/": 10,
    "/departments/": 9,
    "/departments/data-center/": 8,
    "/departments/digital-policy-bureau/": 8,
    "/budgets/expenditure/": 6,
    "/budgets/expenditure/data-center/": 10,
    "/budgets/revenue/": 6,
    "/budgets/cross-tab/": 9,
    "/projects/": 6,
    "/projects/timeline/": 6,
    "/projects/indicators/": 6,
    "/projects/public-wifi/": 8,
    "/document/": 8,
    "/document/one-page/": 6,
    "/compare/": 7,
    "/facts/": 6,
    "/reports/": 6,
    "/integrity/": 10,
    "/glossary/": 9,
    "/search/?q=데이터": 5,
}
MORE = {  # of several base dates, on which a trend or what has changed since stands on a page, too
    "/departments/": 10,
    "/departments/data-center/": 9,
    "/departments/digital-policy-bureau/": 9,
    "/budgets/expenditure/": 7,
    "/budgets/revenue/": 9,
    "/integrity/": 12,
}
OF_ALL_SCOPES = [
    "/integrity/",
    "/document/",
    "/document/one-page/",
    "/projects/public-wifi/",
    "/glossary/",
    "/compare/",
    "/facts/",
]


@pytest.fixture
def reader(seeded):
    client = Client()
    client.force_login(User.objects.create(username="reader"))
    return client


def queries_of(client, address):
    """A page that is kept nowhere asks no other page's questions."""
    asked = []

    def note(run, *query):
        asked.append(query[0])
        return run(*query)

    with connection.execute_wrapper(note):
        assert client.get(address).status_code == 200
    return len(asked)


@contextmanager
def nothing_known():
    """As in a process that begins."""
    for memory in (pages._remembered, pages._scopes, parts._remembered):
        memory.clear()
    with set_aside():
        yield


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_first_view_asks_twice_more_where_nodes_share_pages(reader, monkeypatch):
    """Looks for the page in the table and takes its lock, keeps it there and gives the lock back."""
    is_shared = connection.vendor == "postgresql"
    store = DatabasePageCache() if is_shared else None
    if is_shared:
        store._kept = 0  # so that nothing is tidied
    monkeypatch.setattr(pages, "shared_pages", lambda **given: store)
    asked = {}
    for address in list(FIRST)[:11]:
        with nothing_known():
            asked[address] = queries_of(reader, address)
    assert asked == {address: FIRST[address] + 2 * is_shared for address in asked}


@pytest.mark.parametrize(("address", "queries"), FIRST.items())
def test_first_view_with_nothing_remembered_asks_so_often(reader, address, queries):
    with nothing_known():
        assert queries_of(reader, address) == queries <= MOST


def test_first_view_asks_as_often_whatever_was_looked_at_before(reader):
    for address in ("/projects/public-wifi/", "/document/"):
        assert queries_of(reader, address) > 0
    with nothing_known():
        assert queries_of(reader, "/document/") == FIRST["/document/"]


@pytest.mark.parametrize("address", each(3, OF_ALL_SCOPES))
def test_first_view_after_a_change_of_one_scope_asks_fifteen_times_at_most(reader, address):
    asked = {}
    with set_aside():
        reader.get(address)
        for scope in Source.Scope.values:
            assert SourceRevision.objects.filter(source__scope=scope).update(revision=f"{scope}-changed")
            asked[scope] = queries_of(reader, address)
    assert {scope: count for scope, count in asked.items() if not 3 <= count <= MOST} == {}


def also_told(scopes, *days):
    """What is in force said on other days, too."""
    newest = list(Source.objects.in_force().filter(as_of="2022-08-29", scope__in=scopes))
    copies = [copy_source(source, on, None).pk for source in newest for on in days]
    Source.objects.filter(pk__in=copies).update(state=Source.State.IN_FORCE)


def first_views(client, addresses):
    asked = {}
    for address in addresses:
        with nothing_known():
            asked[address] = queries_of(client, address)
    return asked


@pytest.mark.parametrize(
    ("addresses", "scopes"),
    [
        pytest.param(MORE, ("staffing", "expenditure", "revenue"), id="trends"),
        pytest.param(FIRST, Source.Scope.values, id="all", marks=pytest.mark.thorough),
    ],
)
def test_first_view_asks_as_often_for_few_base_dates_as_for_many(reader, addresses, scopes):
    """Two, or three of staff, and twelve."""
    literal = {address: (FIRST | MORE)[address] for address in addresses}
    also_told(scopes, date(2022, 2, 15))
    assert first_views(reader, addresses) == literal
    also_told(scopes, *(date(2022, 3 + place // 2, 5 + place % 2) for place in range(10)))
    assert first_views(reader, addresses) == literal
    assert max(literal.values()) <= MOST
