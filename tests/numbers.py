"""A text with a number for each thing that may become of one."""

import pytest

from core.mentions.writing import confirm
from core.snapshot import with_source
from projects.models import Brief, Measurement
from tests.factories import make_member

TEXT = "ㅇ 공공와이파이 4,530대 설치\n - 현원 24명, 도로 폭 20m"
INSTALLED = "measurement:public-wifi-first-phase-ap"
AT_INSTALLED = ("achievements", "4530", "대", 0)


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


def measure(value):
    """What was installed in the first phase is another number."""
    row = Measurement.objects.get(indicator__slug="public-wifi-first-phase-ap", source__as_of="2022-08-29")
    row.value, row.printed = value, f"{value:,}대"
    row.save()


@pytest.fixture
def editor(seeded):
    """Of the unit that leads the project."""
    return make_member("부서 담당", unit="ict-security", username="duri")


@pytest.fixture
def editor_client(client, editor):
    client.force_login(editor)
    return client
