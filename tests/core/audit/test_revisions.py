"""Which revisions a write raises."""

import pytest
from django.db import connection

from budgets.models import BudgetLine
from core.audit import revisions, sqlite
from core.data_version import data_version
from core.models import Source
from core.snapshot import with_source
from departments.models import Department, Duty, Succession
from glossary.models import Term
from projects.models import Milestone, Project
from tests.factories import make_source

pytestmark = pytest.mark.engine


def execute(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def new_duties(number=1):
    source, unit = Source.objects.get(scope="duties"), Department.objects.get(slug="data-center")
    return [Duty(source=source, department=unit, order=90 + place, text="새 업무") for place in range(number)]


@pytest.mark.parametrize(
    "act",
    [
        lambda: new_duties()[0].save(),
        lambda: Duty.objects.bulk_create(new_duties(3)),
        lambda: Duty.objects.filter(order=1).update(text="고친 업무"),
        lambda: Duty.objects.first().delete(),
        lambda: execute("UPDATE departments_duty SET text = 'x' WHERE id = %s", Duty.objects.first().pk),
        lambda: execute("DELETE FROM departments_duty WHERE id = %s", Duty.objects.first().pk),
        lambda: Duty.objects.all()._raw_delete("default"),
        lambda: Source.objects.filter(scope="duties").update(heading="다른 표제"),
    ],
    ids=[
        "save",
        "bulk_create",
        "update",
        "delete",
        "raw_update",
        "raw_delete",
        "unsignalled_delete",
        "source",
    ],
)
def test_data_version_fact_written_changes(raises, act):
    assert raises(act)


def test_data_version_raw_insert_changes(raises):
    duty = Duty.objects.first()
    columns = 'source_id, department_id, text, "order", mentions'
    assert raises(
        lambda: execute(
            f"INSERT INTO departments_duty ({columns}) VALUES (%s, %s, 'x', 99, '[]')",
            duty.source_id,
            duty.department_id,
        )
    )


def test_data_version_fact_moved_changes_both_sources(raises):
    duty = Duty.objects.first()
    draft = make_source(duty.source.bureau, "duties", "2022-11-01", state="draft")
    before = data_version(with_source(draft))
    assert raises(lambda: Duty.objects.filter(pk=duty.pk).update(source=draft, order=99))
    assert data_version(with_source(draft)) != before


def test_data_version_part_of_a_fact_changes_its_source(raises):
    """A milestone has no source of its own: its brief has."""
    milestone = Milestone.objects.first()
    assert raises(lambda: Milestone.objects.filter(pk=milestone.pk).update(title="다른 제목"), "projects")
    assert raises(lambda: milestone.delete(), "projects")


@pytest.mark.parametrize(
    ("act", "scope"),
    [
        (lambda: Project.objects.filter(slug="public-wifi").update(name="다른 이름"), "projects"),
        (lambda: Department.objects.filter(slug="data-center").update(name="다른 이름"), "duties"),
        (lambda: Department.objects.filter(kind="bureau").update(name="다른 이름"), "duties"),
        (lambda: Term.objects.update(english="other"), "glossary"),
        (lambda: BudgetLine.objects.filter(figures__isnull=False).update(order=999), "expenditure"),
        (lambda: Project.objects.first().budget_lines.add(BudgetLine.objects.first()), "projects"),
    ],
    ids=["project", "unit", "bureau", "term", "line", "links"],
)
def test_data_version_identity_written_changes_its_bureau(raises, act, scope):
    assert raises(act, scope)


def test_data_version_identity_put_in_the_place_of_one_changes_its_bureau(raises):
    """INSERT OR REPLACE deletes the line that was there past every trigger of its deletion."""
    line = BudgetLine.objects.filter(figures__isnull=False).first()
    columns = ", ".join(f'"{field.column}"' for field in BudgetLine._meta.concrete_fields)
    copied = columns.replace('"order"', "999")
    if connection.vendor == "sqlite":
        statement = f"INSERT OR REPLACE INTO budgets_budgetline ({columns}) SELECT {copied} FROM budgets_budgetline WHERE id = %s"
        assert raises(lambda: execute(statement, line.pk), "expenditure")
    else:
        assert raises(lambda: BudgetLine.objects.filter(pk=line.pk).update(order=999), "expenditure")


def test_the_insertion_of_a_line_counts_on_sqlite_where_a_figure_names_it():
    made = [line for line in revisions.statements(BudgetLine, sqlite) if "AFTER insert" in line]
    named = 'WHEN EXISTS (SELECT 1 FROM "budgets_budgetfigure" WHERE "line_id" = NEW."id") BEGIN'
    assert [named in line for line in made] == [True]
    of_any = [line for line in revisions.statements(Department, sqlite) if "AFTER insert" in line]
    assert ["WHEN TRUE BEGIN" in line for line in of_any] == [True]


def test_data_version_identity_that_no_source_names_stays(raises):
    assert not raises(lambda: Project.objects.create(slug="planned", name="새 사업"), "projects")


def test_data_version_succession_changes(raises):
    first, second = Department.objects.filter(placements__isnull=False).distinct()[:2]
    assert raises(lambda: Succession.objects.create(predecessor=first, successor=second, kind="moved"))
