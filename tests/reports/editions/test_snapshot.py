"""What an edition reads: its drafts with what is in force."""

import pytest

from budgets.models import BudgetImport
from reports.editions.snapshot import drafts_of, snapshot_of
from tests.factories import make_expenditure

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


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
        assert source not in drafts_of(edition)
        assert source not in snapshot_of(edition).sources
    BudgetImport.objects.filter(pk=incoming.pk).update(state="staged")
    assert source in drafts_of(edition)
    assert source in snapshot_of(edition).sources
