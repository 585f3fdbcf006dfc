import pytest

from core.snapshot import Snapshot
from reports.one_page.sheet import sheet_of
from tests.factories import NOBODY


@pytest.fixture(scope="session")
def sheet(seeded_reports):
    return sheet_of(seeded_reports[0])


@pytest.fixture
def seeded_snapshot():
    return Snapshot.from_query(NOBODY, {"as_of": "2022-08-29"})
