"""Fixtures of the tests in this folder."""

import pytest

from departments.models import Department


@pytest.fixture
def bureau(seeded):
    return Department.objects.get(slug="digital-policy-bureau")
