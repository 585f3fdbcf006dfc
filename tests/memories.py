"""What processes remember beyond a request, for tests: set aside and taken up again, and pages held against those that are made without it."""

import re
from contextlib import contextmanager

import pytest

# Tokens of a session, or of a moment.
DIFFERS = rb'(csrfmiddlewaretoken|form_versions|offers)" value="[^"]*"|data-(?:left|started)="\d+"'


def what_is_worked_out():
    """The dictionaries of what is worked out once for each version of the data."""
    from budgets.expenditure import trend
    from budgets.revenue import page as revenue
    from core import data_version, integrity, search, stated_facts
    from core.mentions import states
    from dashboard import search_results
    from departments import staffing_change
    from departments.models import users
    from glossary import views as glossary
    from reports import assembly
    from reports.site import site_document
    from reports.views import one_page

    of_reports = assembly, site_document, one_page
    for module in (integrity, search, stated_facts, states, revenue, trend, staffing_change, *of_reports):
        yield module._remembered.kept
    yield states._read.kept
    yield integrity._remembered_of_scopes.kept
    yield stated_facts._remembered_of_scopes.kept
    yield glossary._used.kept
    yield search_results._indexes
    yield data_version._chosen
    yield users._bureaus


@contextmanager
def set_aside():
    """Inside, nothing is known of before; afterwards that again, and nothing else."""
    memories = [(kept, dict(kept)) for kept in what_is_worked_out()]
    for kept, _ in memories:
        kept.clear()
    yield
    for kept, before in memories:
        kept.clear()
        kept.update(before)


def shown(client, address):
    return re.sub(DIFFERS, b"", client.get(address).content)


def seen(client, address):
    """The page in a browser, which keeps it and asks every other time whether it still holds."""
    tag, kept = client.kept.pop(address, ("", b""))
    response = client.get(address, headers={"If-None-Match": tag} if tag else {})
    if response.status_code == 304:
        return kept
    content = re.sub(DIFFERS, b"", response.content)
    if tag := response.headers.get("ETag"):
        client.kept[address] = (tag, content)
    return content


def pages_as_made_anew(clients, addresses):
    """Pages as clients see them. Each must be as it is made where nothing is known of before: no page, no part of one, and nothing that
    was worked out for it."""
    asked = [(client, address) for client in clients for address in addresses]
    found = [seen(client, address) for client, address in asked]
    with set_aside(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.remembered.pages.may_be_remembered", lambda request: False)
        patch.delenv("SHARED_PAGES", raising=False)
        for (client, address), page in zip(asked, found, strict=True):
            assert_alike(address, [page.decode()], [shown(client, address).decode()])
    return found


def around_first_difference(page, other):
    pairs = enumerate(zip(page, other, strict=False))
    place = next((place for place, (left, right) in pairs if left != right), 0)
    return tuple(str(one[max(place - 200, 0) : place + 200]) for one in (page, other))


def assert_alike(told, pages, others):
    for page, other in zip(pages, others, strict=True):
        assert page == other, (told, *around_first_difference(page, other))
