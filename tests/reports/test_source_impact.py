"""What readers will see change; test_admin_sources.py has it on the page."""

from datetime import date
from types import SimpleNamespace

import pytest

from reports.source_impact import ImpactPreview, newest_first

AUGUST, NOVEMBER = date(2022, 8, 29), date(2022, 11, 1)


def source(key, as_of, received_at=0):
    return SimpleNamespace(pk=key, as_of=as_of, received_at=received_at)


def test_newest_first_by_day_then_by_when_it_came():
    sources = [source(1, AUGUST), source(2, NOVEMBER), source(3, AUGUST, 5), source(4, AUGUST, 5)]
    assert [known.pk for known in newest_first(sources)] == [2, 4, 3, 1]


@pytest.mark.parametrize(("after", "found"), [(AUGUST, False), (NOVEMBER, True), (None, True)])
def test_preview_says_whether_readers_get_another_day(after, found):
    assert ImpactPreview(NOVEMBER, AUGUST, after).moves_default is found
