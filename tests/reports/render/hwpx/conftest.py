import pytest

from tests.reports import hangul


@pytest.fixture(scope="session")
def body(hwpx):
    """The text's XML."""
    return hangul.part(hwpx)
