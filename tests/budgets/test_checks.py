"""Integrity of revenue and expenditure, by small reports; tests/reports/test_findings.py has the seeded one."""

import pytest

from budgets import checks
from budgets.models import RevenueFigure
from core.integrity import Level
from tests.factories import earn, make_bureau, make_source, snapshot_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return make_source(make_bureau(), "revenue", "2022-06-01")


def levels(check, source):
    return [(finding.id, finding.level) for finding in check(snapshot_of(source.bureau))]


@pytest.mark.parametrize(
    ("amounts", "level"),
    [
        ([{2022: 1, 2021: 1}, {2022: 1, 2021: 1}], Level.HOLDS),
        ([{2022: 1}, {2021: 1}, {2021: 1}, {2021: 1}], Level.WARNING),
    ],
)
def test_newest_year_has_half_the_items_of_the_one_before(source, amounts, level):
    for number, years in enumerate(amounts):
        earn(source, f"과목 {number}", years)
    assert levels(checks.newest_year, source) == [("revenue.newest-year", level)]


@pytest.mark.parametrize(("uncollected", "level"), [(2, Level.HOLDS), (9, Level.ERROR)])
def test_collection_adds_up_to_what_was_assessed(source, uncollected, level):
    earn(source, "임대료", {2022: 10})
    figure = RevenueFigure.objects.get(source=source)
    figure.assessed, figure.collected, figure.written_off = 10_000, 7_000, 1_000
    figure.uncollected = uncollected * 1_000
    figure.save()
    assert [found[1] for found in levels(checks.collection, source)] == [level]


def test_nothing_is_held_against_no_revenue(source):
    assert levels(checks.newest_year, source) == []
    assert levels(checks.collection, source) == []
