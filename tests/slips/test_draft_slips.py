"""Slips in the figures of a draft next edition: asked about while they are saved, contradicted by a check, or at least in their part's list."""

from collections import Counter
from contextlib import suppress

import pytest
from django.db import transaction

from core import integrity
from core.integrity import Level
from core.mentions.states import mentioned_rows
from core.mentions.writing import accept
from core.models import Source
from core.page_links import source_reached
from core.snapshot import snapshots_at
from reports.editions.changes.held_list import held_lists
from reports.editions.parts import Parts
from reports.editions.snapshot import own_sources, snapshot_of
from reports.models import Edition
from seoul_digital.lib.query_params import AskedDate
from tests.databases import kept_for_tests
from tests.reports.editions.conftest import open_new
from tests.reports.editions.november import Clerk, asked, write_november

from .all_slips import FIGURES, sample
from .slip import REFUSALS

pytestmark = pytest.mark.django_db
SERIOUS = {Level.ERROR, Level.WARNING}
LOUD = 0.6  # the bar


def write_next():
    edition = Edition.objects.get(pk=open_new())
    write_november(Clerk(edition))
    return edition.pk


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker):
    """The key of an edition that was opened and written once for the tests of the module."""
    yield from kept_for_tests(django_db_blocker, write_next)


@pytest.fixture
def edition(written, seeded):
    return Edition.objects.get(pk=written)


class Draft:
    """An edition, and what is told of it before anything slips."""

    def __init__(self, edition):
        self.edition = edition
        self.sources = set(own_sources(edition, snapshot_of(edition)))
        self.known, self.held = self.contradictions(), self.listed()

    def has(self, slip):
        """Of a source that is given to another day or year the checklist says that its chapter is an older one's."""
        return source_reached(slip.row) in self.sources and not (
            isinstance(slip.row, Source) and slip.kind == "year"
        )

    def contradictions(self):
        findings = integrity.run(snapshot_of(self.edition))
        return {(row.id, row.fingerprint, row.hint) for row in findings if row.level in SERIOUS}

    def listed(self):
        snapshot = snapshot_of(self.edition)
        places = [place for _, places in Parts(snapshot, self.edition.bureau).by_unit for place in places]
        return {
            (key, row.subject, row.word, field and (field.label, field.new))
            for key, held in held_lists(self.edition, snapshot, places).items()
            for row in held.rows
            for field in (*row.fields, None)
        }

    def outcome(self, slip):
        """`asked`, `contradicted` or `refused`, and `listed`."""
        rows = [slip.filled_in(row, values) for row, values in ((slip.row, slip.values), *slip.also)]
        found = {"asked"} if asked(*rows) else set()
        with suppress(*REFUSALS), transaction.atomic():
            slip.make()
            if not found and self.contradictions() - self.known:
                found.add("contradicted")
            if self.listed() - self.held:
                found.add("listed")
            transaction.set_rollback(True)
            return found
        return {"refused"}


def require_noticed(edition, seed, count):
    draft = Draft(edition)
    found = [(slip, draft.outcome(slip)) for slip in sample(seed, count, FIGURES, draft.has)]
    quiet = [slip for slip, marks in found if not marks & {"asked", "contradicted", "refused"}]
    table = Counter((slip.kind, *sorted(marks)) for slip, marks in found)
    print(*sorted(table.items()), f"loud {1 - len(quiet) / len(found):.3f} of {len(found)}", *quiet, sep="\n")
    assert [str(slip) for slip, marks in found if not marks] == []
    assert len(quiet) <= (1 - LOUD) * len(found)
    return found


@pytest.mark.thorough
def test_figure_slips_in_a_draft_are_asked_or_contradicted_and_always_listed(edition):
    assert len(require_noticed(edition, seed=12, count=1)) > 12


@pytest.mark.thorough
@pytest.mark.parametrize("seed", [1, 2])
def test_every_kind_of_figure_slip_in_a_draft_is_noticed(edition, seed):
    assert len(require_noticed(edition, seed, count=14)) > 180


def test_a_consistent_next_report_is_told_of_nowhere(edition):
    """With its texts renewed, too: what checks find besides what the seeded report has is that nobody has looked at its numbers yet."""
    snapshot = snapshot_of(edition)
    for row in [row for row in mentioned_rows(snapshot) if source_reached(row).state == "draft"]:
        accept(row, snapshot)
    known = {row.id for row in integrity.run(snapshots_at(AskedDate(None))[0]) if row.level in SERIOUS}
    found = [row for row in integrity.run(snapshot_of(edition)) if row.level in SERIOUS]
    print(*[(row.id, row.hint) for row in found if row.id not in known], sep="\n")
    assert [row.id for row in found if row.id not in known and not row.id.startswith("mention.")] == []
