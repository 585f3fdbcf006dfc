"""How often readers' pages ask the database at their first view, session and user too: 15 times at most, where nothing is remembered and
after a change of one scope."""

import pytest
from django.db import connection
from django.test import Client

from core.models import Source
from core.models.revisions import SourceRevision
from departments.models import User
from tests.memories import set_aside
from tests.samples import each

pytestmark = pytest.mark.django_db
MOST = 15
FIRST = {
    "/": 12,
    "/departments/": 13,
    "/departments/data-center/": 14,
    "/departments/digital-policy-bureau/": 14,
    "/budgets/expenditure/": 7,
    "/budgets/expenditure/data-center/": 11,
    "/budgets/revenue/": 8,
    "/budgets/cross-tab/": 9,
    "/projects/": 13,
    "/projects/timeline/": 11,
    "/projects/indicators/": 10,
    "/reports/": 6,
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


@pytest.mark.parametrize(("address", "queries"), FIRST.items())
def test_first_view_with_nothing_remembered_asks_so_often(reader, address, queries):
    with set_aside():
        assert queries_of(reader, address) == queries <= MOST


@pytest.mark.parametrize("address", each(3, OF_ALL_SCOPES))
def test_first_view_after_a_change_of_one_scope_asks_fifteen_times_at_most(reader, address):
    asked = {}
    with set_aside():
        reader.get(address)
        for scope in Source.Scope.values:
            assert SourceRevision.objects.filter(source__scope=scope).update(revision=f"{scope}-changed")
            asked[scope] = queries_of(reader, address)
    assert {scope: count for scope, count in asked.items() if not 3 <= count <= MOST} == {}
