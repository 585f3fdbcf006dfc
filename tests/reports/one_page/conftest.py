import pytest

from reports.one_page.sheet import sheet_of


@pytest.fixture(scope="session")
def sheet(seeded_reports):
    return sheet_of(seeded_reports[0])
