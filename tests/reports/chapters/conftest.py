"""The seeded report, as the tests of its chapters ask for it."""

import pytest

from core.snapshot import Snapshot
from tests.factories import NOBODY


@pytest.fixture(scope="session")
def report(seeded_reports):
    return seeded_reports[0]


@pytest.fixture
def snapshot(seeded):
    return Snapshot.from_query(NOBODY, {})
