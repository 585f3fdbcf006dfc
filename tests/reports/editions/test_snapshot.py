"""What an edition reads: its drafts with what is in force."""

from datetime import date

import pytest

from budgets.models import BudgetImport
from reports.editions.snapshot import snapshot_of
from reports.editions.sources import EditionRefused, outside, take_in
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
        assert source not in outside(edition, date(2022, 8, 29))
        with pytest.raises(EditionRefused, match="확정·철회되었습니다"):
            take_in(edition, source, user=planner)
    BudgetImport.objects.filter(pk=incoming.pk).update(state="staged")
    assert source in outside(edition, date(2022, 8, 29))
    take_in(edition, source, user=planner)
    assert source in snapshot_of(edition).sources
