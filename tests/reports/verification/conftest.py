"""The edition of 2022-11-01, published, and its people."""

import pytest

from reports.editions import publishing
from reports.models import Edition, PublishedReport
from tests.databases import around_tests
from tests.reports.editions.conftest import (  # noqa: F401
    bureau,
    edition,
    make_reviewed,
    opened,
    opened_and_settled,
    planner,
    publish,
    quick,
    quick_formats,
    reviewed,
    settled,
)


@pytest.fixture(scope="module")
def published_once(opened, settled, django_db_blocker):  # noqa: F811
    """The key of what is published once for the tests of a module."""

    def make():
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(publishing, "FORMATS", quick())
            edition = make_reviewed(Edition.objects.get(pk=opened), settled)
            return publish(edition, edition.created_by).pk

    yield from around_tests(django_db_blocker, make)


@pytest.fixture
def published(published_once, seeded):
    return PublishedReport.objects.get(pk=published_once)
