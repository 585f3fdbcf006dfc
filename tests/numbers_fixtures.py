"""Fixtures for tests of numbers in texts, which name this file as a plugin."""

import pytest

from core.mentions.writing import confirm
from core.snapshot import with_source
from projects.models import Brief
from tests.factories import make_member
from tests.numbers import AT_INSTALLED, INSTALLED, TEXT, measure


@pytest.fixture
def wifi(seeded):
    """The first project's, whose achievements alone have numbers: none of them bound."""
    row = Brief.objects.get(number=1, source__as_of="2022-08-29")
    row.title, row.purpose, row.overview, row.achievements, row.mentions = "와이파이", "목적", "", TEXT, []
    row.save()
    return row


@pytest.fixture
def snapshot(wifi):
    return with_source(wifi.source)


@pytest.fixture
def bound(wifi, snapshot):
    """4,530대 states what was installed in the first phase."""
    return confirm(wifi, {AT_INSTALLED: INSTALLED}, snapshot)


@pytest.fixture
def stale(bound):
    """Meanwhile 4,600 are."""
    measure(4_600)
    return bound


@pytest.fixture
def editor(seeded):
    """Of the unit that leads the project."""
    return make_member("부서 담당", unit="ict-security", username="duri")


@pytest.fixture
def editor_client(client, editor):
    client.force_login(editor)
    return client
