"""What an edition reads: its drafts with what is in force."""

from collections import Counter
from datetime import date

import pytest

from budgets.models import BudgetImport
from core.mentions.states import State, states
from projects.models import Measurement
from reports.comparison.compare import compare
from reports.comparison.page import page_of
from reports.editions.snapshot import reports_of, snapshot_of
from reports.editions.sources import EditionRefused, outside, take_in
from tests.factories import make_expenditure

pytestmark = pytest.mark.django_db


def test_a_file_that_is_still_read_does_not_count(edition, bureau, planner):
    source = make_expenditure(bureau, "2022-11-01", state="draft", received="2022-11-02")
    given = {
        "bureau": bureau,
        "file_name": "x.xlsx",
        "token": "x",
        "sha256": "x",
        "size": 1,
        "source": source,
        "uploader": planner,
    }
    incoming = BudgetImport.objects.create(state="reading", **given)
    for state in ("reading", "discarded"):
        BudgetImport.objects.filter(pk=incoming.pk).update(state=state)
        assert source not in outside(edition, date(2022, 8, 29))
        with pytest.raises(EditionRefused, match="확정·철회되었습니다"):
            take_in(edition, source, user=planner)
    BudgetImport.objects.filter(pk=incoming.pk).update(state="staged")
    assert source in outside(edition, date(2022, 8, 29))
    take_in(edition, source, user=planner)
    assert source in snapshot_of(edition).sources


def test_what_texts_state_is_found_in_the_next_report_too(edition):
    """Texts that were carried on speak of facts that were carried on: measured values, milestones, the structure line."""
    found = Counter(token.state for text in states(snapshot_of(edition)) for token in text.tokens)
    assert found == {State.BOUND: 197, State.NO_FACT: 70, State.ONLY_HERE: 16, State.DERIVED: 2}


def test_a_new_value_of_the_next_report_makes_the_carried_text_stale(edition, draft):
    row = draft(Measurement, indicator__slug="digital-inclusion-elderly-trained")
    row.value, row.printed, row.measured_on = 19000, "1.9만명", "2022-11-01"
    row.save()
    stale = [
        (token.token.printed, token.offered)
        for text in states(snapshot_of(edition))
        for token in text.tokens
        if token.state == State.STALE
    ]
    assert stale == [("1.7만명", "1.9만명")]


def test_an_edition_in_which_nothing_was_edited_differs_by_the_calendar_alone(edition):
    """No printed total that is rightly not carried, and nothing undelivered, makes a change."""
    report, before = reports_of(edition, snapshot_of(edition))
    compared = compare(before, report)
    assert [section.slug for section in page_of(compared).shown] == ["projects"]
    for project in compared.changes["projects"].shown:
        assert (project.fields, project.texts) == ((), ())
        assert all(step.before.status != step.after.status for step in project.milestones)
