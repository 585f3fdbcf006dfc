"""Slips in a draft next edition: asked about while they are saved, contradicted by a check, or at least in their part's list."""

from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction

from core import integrity
from core.integrity import Level
from core.plausibility.held_totals import MovedTotals
from core.plausibility.rules import doubts
from reports.editions.changes.held_list import held_lists
from reports.editions.parts import Parts
from reports.editions.snapshot import own_sources, snapshot_of

from .figure_slips import figure_slips

pytestmark = pytest.mark.django_db
SERIOUS = {Level.ERROR, Level.WARNING}


def asked(row):
    totals = MovedTotals()
    totals.add(row)
    return [*doubts(row), *totals.broken()]


def contradictions(edition):
    findings = integrity.run(snapshot_of(edition))
    return {(one.id, one.fingerprint) for one in findings if one.level in SERIOUS}


def listed(edition):
    snapshot = snapshot_of(edition)
    places = [place for _, places in Parts(snapshot, edition.bureau).by_unit for place in places]
    return {
        (key, row.subject, field.label, field.new)
        for key, held in held_lists(edition, snapshot, places).items()
        for row in held.rows
        for field in row.fields
    }


def outcome(edition, slip, known, list_before):
    """Which of `asked`, `contradicted`, `listed` it is, or `refused`."""
    row = slip.model.objects.get(pk=slip.pk)
    setattr(row, slip.field, slip.value)
    found = {"asked"} if asked(row) else set()
    with suppress(IntegrityError), transaction.atomic():
        slip.model._base_manager.filter(pk=slip.pk).update(**{slip.field: slip.value})
        if not found and contradictions(edition) - known:
            found.add("contradicted")
        if listed(edition) - list_before:
            found.add("listed")
        transaction.set_rollback(True)
        return found
    return {"refused"}


def results(edition, seed, count):
    sources = own_sources(edition, snapshot_of(edition))
    known, before = contradictions(edition), listed(edition)
    return [(slip, outcome(edition, slip, known, before)) for slip in figure_slips(sources, seed, count)]


def require_all_noticed(found):
    loud = [slip for slip, marks in found if marks & {"asked", "contradicted", "refused"}]
    assert [slip for slip, marks in found if not marks & {"listed", "refused"}] == []
    assert len(loud) >= 0.9 * len(found)  # the bar is 60 %


def test_slips_in_a_draft_are_asked_or_contradicted_and_always_listed(edition):
    found = results(edition, seed=12, count=3)
    assert len(found) == 21
    require_all_noticed(found)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", [1, 2])
def test_every_kind_of_slip_in_a_draft_is_noticed(edition, seed):
    found = results(edition, seed, count=20)
    assert len(found) == 140
    require_all_noticed(found)
