"""Fingerprints of an edition's parts: a change shows in its own part, and in no other."""

import pytest

from budgets.models import BudgetFigure
from core.models import ControlTotal, Source
from departments.models import Department, Duty, Staffing
from reports.editions.contents import fingerprints, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture
def sources(seeded):
    return list(Source.objects.in_force().filter(as_of="2022-08-29"))


@pytest.fixture
def center(seeded):
    return Department.objects.get(slug="data-center")


def changed(sources, before):
    after = fingerprints(sources)
    assert after.keys() == before.keys()
    return [key for key in after if after[key] != before[key]]


def test_nothing_changed_is_the_same(sources):
    assert changed(sources, fingerprints(sources)) == []


def test_a_fact_changes_the_part_of_its_unit(sources, center):
    before = fingerprints(sources)
    Staffing.objects.filter(source__in=sources, department=center).update(authorized=70)
    assert changed(sources, before) == [("staffing", center.pk)]


def test_a_printed_total_changes_the_part_of_its_unit(sources, center):
    before = fingerprints(sources)
    total = ControlTotal.objects.filter(source__scope="expenditure", subject="data-center").first()
    ControlTotal.objects.filter(pk=total.pk).update(printed="1")
    assert changed(sources, before) == [("expenditure", center.pk)]


def test_money_moved_between_lines_of_a_unit_shows(sources):
    unit = Department.objects.get(slug="ict-security")
    before = fingerprints(sources)
    rows = BudgetFigure.objects.filter(source__fiscal_year=2022, line__department=unit).order_by("pk")
    first, last = rows.first(), rows.last()
    assert first.pk != last.pk
    for row, by in ((first, -1_000), (last, 1_000)):
        BudgetFigure.objects.filter(pk=row.pk).update(current=row.current + by)
    assert changed(sources, before) == [("expenditure", unit.pk)]


def test_texts_are_those_of_the_parts_asked_for(sources, center):
    other = Department.objects.get(slug="ict-security")
    for unit, text in ((center, "센터의 업무"), (other, "보안의 업무")):
        Duty.objects.filter(pk=Duty.objects.filter(source__in=sources, department=unit).first().pk).update(
            text=text
        )
    lines = texts_of(sources, {("duties", center.pk), ("expenditure", center.pk)}).split("\n")
    assert "센터의 업무" in lines
    assert "보안의 업무" not in lines
    assert texts_of(sources, {("expenditure", center.pk)}) == ""
