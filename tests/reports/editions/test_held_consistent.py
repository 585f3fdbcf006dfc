"""A consistent next report of the same bureau is saved with hardly a question."""

import pytest

from .november import Clerk, write_november

pytestmark = pytest.mark.django_db
MOST = 20  # single confirmations in all


def test_a_consistent_next_report_asks_for_twenty_confirmations_at_most(edition):
    clerk = Clerk(edition)
    write_november(clerk)
    assert clerk.saved > 75
    assert 0 < clerk.asked.total() <= MOST
