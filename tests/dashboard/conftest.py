"""Fixtures of the tests in this folder."""

import pytest

from core.audit.context import acting
from core.audit.recording import change_reason
from departments.models import Staffing, User


@pytest.fixture
def manager(seeded):
    return User.objects.create(username="manager", last_name="김", first_name="관리", is_superuser=True)


@pytest.fixture
def reader(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def edited(manager):
    """One change by the manager: 데이터센터's authorised staff, 69 to 72."""
    staffing = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
    staffing.authorized = 72
    with acting(lambda: manager), change_reason("하반기 정원 조정"):
        staffing.save()
    return staffing
