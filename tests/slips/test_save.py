"""What is told on saving a slip is all that the slip made: as much is found by the checks of everything, with nothing remembered."""

import pytest
from django.db import transaction

from core import integrity, stated_facts
from core.admin.checks import SERIOUS, serious_findings
from core.mentions import states
from core.page_links import source_reached
from core.snapshot import with_source

from .all_slips import sample
from .slip import REFUSALS

pytestmark = pytest.mark.django_db
MEMORIES = (
    integrity._remembered, integrity._remembered_of_scopes, states._remembered, states._read, stated_facts._remembered, stated_facts._remembered_of_scopes,
)  # fmt: skip


def whole(source, monkeypatch):
    with monkeypatch.context() as empty:
        for memory in MEMORIES:
            empty.setattr(memory, "kept", {})
        return {
            (finding.id, finding.fingerprint)
            for finding in integrity.run(with_source(source))
            if finding.level in SERIOUS
        }


def is_saved(slip):
    try:
        with transaction.atomic():
            slip.make()
    except REFUSALS:
        return False
    return True


@pytest.mark.thorough
def test_a_save_tells_all_that_it_broke(seeded, monkeypatch):
    kinds, told, before_all = set(), 0, {}
    for slip in sample(seed=12, count=1):
        source = source_reached(slip.row)
        if source is None or any(source_reached(row) != source for row, _ in slip.also):
            continue
        if source.pk not in before_all:
            before_all[source.pk] = whole(source, monkeypatch)
        before = {*serious_findings(source, type(slip.row))}
        with transaction.atomic():
            if is_saved(slip):
                new = {*serious_findings(source, type(slip.row))} - before
                assert new == whole(source, monkeypatch) - before_all[source.pk], str(slip)
                kinds.add(slip.kind)
                told += bool(new)
            transaction.set_rollback(True)
    assert len(kinds) >= 25
    assert told >= 15
