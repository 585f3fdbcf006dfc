"""Revisions: one row a source, and one for what belongs to none."""

import pytest

from core.models import Source
from core.models.revisions import EVERY_BUREAU, BureauRevision, SourceRevision
from departments.models import Duty

pytestmark = pytest.mark.engine


def test_revision_of_a_source_is_another_after_a_change(seeded):
    source = Source.objects.get(scope="duties", as_of="2022-08-29")
    before = SourceRevision.objects.get(source=source).revision
    Duty.objects.filter(source=source).update(text="바뀜")
    assert SourceRevision.objects.get(source=source).revision != before


def test_revision_reads_with_what_it_is_of():
    assert str(SourceRevision(source_id=7, revision="a")) == "7 a"
    assert str(BureauRevision(bureau_id=EVERY_BUREAU, revision="b")) == "0 b"
