"""Each row against the newest record of its changes."""

from contextlib import contextmanager

import pytest
from django.db import connection

from budgets.models import BudgetLine
from core.audit.recording import tracked_models
from departments.models import Department, Duty, Staffing
from projects.models import Project
from tests.tampering import drop_all_triggers, erase, found, tamper, unnamed_fields

pytestmark = [pytest.mark.engine, pytest.mark.django_db]
FACTS = "저장된 사실"  # the verifier that names what is changed here
KEPT = [model for model in tracked_models() if model._meta.app_label != "reports"]


def test_a_changed_value_is_named_with_its_field_and_both_values(seeded):
    row = Staffing.objects.filter(department__slug="data-center", authorized=69).first()
    tamper(Staffing, row.pk, authorized=70)
    (line,) = found(FACTS)
    assert line.endswith("의 정원: 바뀐 내역에는 ‘69’, 지금은 ‘70’입니다.")
    assert line.startswith("인력 ‘")


def test_a_long_text_shows_where_it_differs(seeded):
    duty = Duty.objects.exclude(text="").first()
    text = "가" * 200
    duty.text = text
    duty.save()
    tamper(Duty, duty.pk, text=text[:150] + "나" + text[151:])
    (line,) = found(FACTS)
    assert "나" in line
    assert len(line) < 300


def test_a_row_that_sql_adds_has_no_record(seeded):
    columns = [field.column for field in Duty._meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{name}"' for name in columns)
    values = names.replace('"order"', "9999")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO departments_duty ({names}) SELECT {values} FROM departments_duty LIMIT 1"
        )
    assert any("바뀐 내역이 없습니다. 프로그램을 거치지 않고 넣은 줄입니다." in line for line in found(FACTS))


def test_a_row_that_sql_deletes_is_named(seeded):
    erase(Duty, Duty.objects.first().pk)
    (line,) = found(FACTS)
    assert line.endswith("바뀐 내역에는 있는데 줄이 없습니다. 프로그램을 거치지 않고 지웠습니다.")


def test_an_old_row_put_back_is_named(seeded):
    unit = Department.objects.get(slug="data-center")
    old = unit.name
    unit.name = "새 데이터센터"
    unit.save()
    assert found(FACTS) == []
    tamper(Department, unit.pk, name=old)
    (line,) = found(FACTS)
    assert line.endswith("의 이름: 바뀐 내역에는 ‘새 데이터센터’, 지금은 ‘데이터센터’입니다.")


def kept_rows():
    for model in KEPT:
        row = model._base_manager.first()
        if row is not None and not row._state.adding:
            yield model, row


def test_each_field_of_each_model_is_named(seeded):
    """One field after the other, with the triggers and constraints of the database out of the way."""
    drop_all_triggers()
    assert [name for model, row in kept_rows() for name in unnamed_fields(model, row)] == []


@contextmanager
def written_before_each_look(write, times=2):
    """Somebody else's write right before each of the first looks at the records of duties, whose rows are read already."""
    left = [times]

    def look(execute, sql, params, many, context):
        if (
            left[0]
            and sql.startswith("SELECT")
            and "core_changerecord" in sql
            and "departments.duty" in params
        ):
            number, left[0] = left[0], 0
            write(number)
            left[0] = number - 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield
    assert left == [0]


def test_what_is_written_while_it_is_looked_at_is_no_alarm(seeded):
    duty = Duty.objects.exclude(text="").first()

    def write(number):
        duty.text = f"고친 업무 {number}"
        duty.save()

    with written_before_each_look(write):
        assert found() == []


def test_what_is_deleted_while_it_is_looked_at_is_no_alarm(seeded):
    with written_before_each_look(lambda _: Duty.objects.exclude(text="").first().delete()):
        assert found(FACTS) == []


def test_a_link_of_two_rows_that_sql_takes_away_is_named(seeded):
    project = Project.objects.get(slug="public-wifi")
    project.budget_lines.add(BudgetLine.objects.first())
    links = Project.budget_lines.through
    erase(links, links.objects.get().pk)
    (line,) = found(FACTS)
    assert f"‘{project}" in line
    assert f"의 {Project._meta.get_field('budget_lines').verbose_name}: 바뀐 내역에는" in line
