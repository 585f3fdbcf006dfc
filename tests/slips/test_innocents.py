"""Innocent changes of the seeded report raise neither errors nor warnings."""

from datetime import date

import pytest
from django.db import transaction

from core.integrity import Level
from core.snapshot import snapshots_at
from seoul_digital.lib.query_params import AskedDate

from .innocents import innocents
from .slip import Report, serious

pytestmark = pytest.mark.django_db
SERIOUS = {Level.ERROR, Level.WARNING}
FALSE = 0.01  # the bar


def told(report):
    """The ids of errors and warnings that the seeded report does not have, of every bureau on both days."""
    for asked, known in report.known.items():
        for snapshot in snapshots_at(AskedDate(date.fromisoformat(asked) if asked else None)):
            is_own = snapshot.chosen.slug == "digital-policy-bureau"
            found = serious(snapshot)
            yield from (key[0] for key in found if key[1] in SERIOUS and not (is_own and key in known))


def false_findings(changes):
    """By the words of each change that is told of, the ids of what is told."""
    report, false = Report(), {}
    for change in changes:
        with transaction.atomic():
            change.make()
            new = list(told(report))
            transaction.set_rollback(True)
        if new:
            false[change.words] = new
    return false


def test_innocent_changes_are_told_of_nowhere(seeded):
    assert false_findings(innocents(seed=12, count=10)) == {}


@pytest.mark.thorough
def test_hardly_any_innocent_change_is_told_of(seeded):
    changes = innocents(seed=1)
    assert len(changes) >= 300
    false = false_findings(changes)
    assert len(false) <= FALSE * len(changes), false
