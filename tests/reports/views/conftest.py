"""An edition and those who work on it, as in the tests of editions."""

import pytest

from tests.reports.editions.conftest import (  # noqa: F401
    bureau,
    collecting,
    edition,
    member,
    opened,
    opened_and_settled,
    planner,
    planner_client,
    quick_formats,
    reviewed,
    settled,
)


@pytest.fixture
def own(client, member):  # noqa: F811
    client.force_login(member)
    return client
