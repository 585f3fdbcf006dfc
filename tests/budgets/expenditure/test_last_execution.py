"""A budget without execution never hides what was executed: readers see the last known, with its own day."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.db.models import F

from budgets.expenditure import execution, sentences
from budgets.expenditure.filters import ExpenditureChoice
from budgets.expenditure.last_execution import executed_figures
from budgets.models import BudgetFigure
from core import integrity
from core.copying import copy_source
from core.models import Source
from departments.models import Department
from tests.factories import make_expenditure, make_member, snapshot_of, spend

pytestmark = [pytest.mark.django_db, pytest.mark.engine]

NOTE = "※ 집행액과 집행률은 2022. 8. 29. 기준이고, 그 뒤의 집행액은 미제출입니다."


@pytest.fixture
def bureau(seeded):
    return Department.objects.get(slug="digital-policy-bureau")


@pytest.fixture
def without(bureau):
    """The lines of the report as of 2022-11-01, in force, without what was executed."""
    seeded = Source.objects.get(scope="expenditure", fiscal_year=2022)
    copy = copy_source(seeded, date(2022, 11, 1), None)
    BudgetFigure.objects.of(copy).update(committed=None)
    copy.controltotal_set.all().delete()
    Source.objects.filter(pk=copy.pk).update(state="in_force")
    return copy


def summary(bureau, **values):
    return execution.summary(replace(snapshot_of(bureau), **values))


def test_the_last_known_execution_stands_with_its_own_day(bureau, without):
    found = summary(bureau)
    assert (found.as_of, found.executed_on) == (date(2022, 11, 1), date(2022, 8, 29))
    assert (found.total.committed, found.pace) == (95_839_631_000, Fraction(241, 365))
    center = found.department("data-center")
    assert (center.committed, center.executed_on) == (25_640_449_000, date(2022, 8, 29))
    assert NOTE in found.notes


def test_the_rate_is_of_the_budget_of_that_day(bureau, without):
    row = BudgetFigure.objects.of(without).filter(line__department__slug="data-center").first()
    row.current += 10_000_000_000
    row.save()
    before = execution.summary(snapshot_of(bureau, "2022-08-29")).department("data-center")
    after = summary(bureau).department("data-center")
    assert after.current - before.current == 10_000_000_000
    assert (after.rate, after.unexecuted) == (before.rate, before.unexecuted)


def test_execution_is_within_the_budget_of_its_own_day(bureau, without):
    """A budget that was cut since then is no reason to doubt it."""
    BudgetFigure.objects.of(without).filter(line__department__slug="data-center").update(current=1_000)
    found = {finding.id: finding for finding in integrity.run(snapshot_of(bureau), ["budgets"])}
    assert found["expenditure.within/data-center"].level is integrity.Level.HOLDS


def test_each_row_is_held_against_the_pace_of_its_own_day(bureau, without):
    """66.9% of August is ahead of its 66.0%, though not of November's 83.6%."""
    center = BudgetFigure.objects.of(without).filter(line__department__slug="data-center")
    center.update(committed=F("current"))
    found = summary(bureau)
    behind = [row.label for row in found.departments if found.is_behind(row)]
    assert found.pace == Fraction(305, 365)
    assert behind == ["정보통신보안담당관"]
    assert "8개 부서 가운데 7곳이 진도선 이상이고" in sentences.table_sentence(found)
    shown = ExpenditureChoice(pace="behind").narrow(found)
    assert [row.label for row in shown.departments] == behind


def test_two_deliveries_of_one_day_tell_their_own_divisions(bureau, without):
    units = [Department.objects.get(slug=slug) for slug in ("data-center", "ict-security")]
    for committed, unit in enumerate(units, 1):
        source = make_expenditure(bureau, "2022-10-01", department=unit)
        spend(source, unit, 100, committed, detailed="새 사업")
    found, snapshot = summary(bureau), snapshot_of(bureau)
    for committed, unit in enumerate(units, 1):
        row = found.department(unit.slug)
        figures = executed_figures(snapshot, replace(row, executed_on=date(2022, 10, 1)), {})
        assert [figure.committed for figure in figures] == [committed * 1_000]


def test_a_report_tells_only_what_was_executed_after_the_one_before(bureau, without):
    found = summary(bureau, executed_after=date(2022, 8, 29))
    assert (found.total.committed, found.total.rate, found.executed_on) == (None, None, None)
    assert found.total.current == 143_204_842_000
    assert NOTE not in found.notes
    alone = summary(bureau, executed_after=date(2022, 8, 1))
    assert alone.total.committed == 95_839_631_000


def test_of_a_division_that_is_filled_the_others_keep_theirs(bureau, without):
    """Amounts of two days are not added up."""
    center = BudgetFigure.objects.of(without).filter(line__department__slug="data-center")
    center.update(committed=1_000)
    found = summary(bureau)
    assert found.department("data-center").executed_on is None
    assert found.department("ict-security").executed_on == date(2022, 8, 29)
    assert (found.total.committed, found.total.rate) == (None, None)
    assert any("미제출입니다(" in note for note in found.notes)


@pytest.mark.parametrize("address", ["/", "/budgets/expenditure/", "/departments/data-center/"])
def test_readers_pages_say_the_day(staff_client, without, address):
    content = staff_client.get(address).content.decode()
    assert "2022. 8. 29." in content
    assert "미제출" in content
    assert "25,640,449" in content


def test_the_lines_of_a_division_say_the_day(staff_client, bureau):
    """By programme and by line, under a later budget without execution."""
    unit = Department.objects.get(slug="data-center")
    for as_of, committed in (("2022-09-30", 40), ("2022-10-31", None)):
        source = make_expenditure(bureau, as_of, department=unit)
        for name in ("가", "나"):
            spend(source, unit, 100, committed, account="general", policy=name)
    page = staff_client.get("/budgets/expenditure/data-center/")
    tables = page.context["tables"]
    values = [[getattr(cell, "value", cell) for cell in row.cells] for row in tables["lines"].rows]
    assert [row[4:6] for row in values] == [[40_000, 40], [40_000, 40]]
    assert "2022. 9. 30. 기준" in tables["lines"].notes[0]
    values = [[getattr(cell, "value", cell) for cell in row.cells] for row in tables["programmes"].rows]
    assert [row[:3] for row in values] == [
        ["계", 200_000, 80_000],
        ["가", 100_000, 40_000],
        ["나", 100_000, 40_000],
    ]
    drilled = staff_client.get("/budgets/expenditure/data-center/?policy=가").content.decode()
    assert "40.0%" in drilled


def test_a_programme_of_which_a_line_is_unknown_is_unknown(seeded, bureau, client):
    """Not the sum of those that are known."""
    unit = Department.objects.get(slug="data-center")
    source = make_expenditure(bureau, "2022-10-31", department=unit)
    for name, committed in (("시설비", 40), ("사무관리비", None)):
        spend(source, unit, 100, committed, detailed="망 운영", object_name=name)
    rows = list(BudgetFigure.objects.of(source).by_programme())
    assert [(row["total_current"], row["total_committed"]) for row in rows] == [(200_000, None)]
    client.force_login(make_member("열람"))
    content = client.get("/search/?q=망 운영").content.decode()
    assert "예산현액 200천원" in content
    assert "집행액 40천원" not in content
