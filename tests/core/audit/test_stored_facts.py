"""Each row against the newest record of its changes."""

import pytest
from django.db import connection

from core.audit.recording import tracked_models
from departments.models import Department, Duty, Staffing
from tests.tampering import drop_all_triggers, erase, found, tamper, unnamed_fields

pytestmark = [pytest.mark.engine, pytest.mark.django_db]
KEPT = [model for model in tracked_models() if model._meta.app_label != "reports"]


def test_a_changed_value_is_named_with_its_field_and_both_values(seeded):
    row = Staffing.objects.filter(department__slug="data-center", authorized=69).first()
    tamper(Staffing, row.pk, authorized=70)
    (line,) = found()
    assert line.endswith("의 정원: 바뀐 내역에는 ‘69’, 지금은 ‘70’입니다.")
    assert line.startswith("인력 ‘")


def test_a_long_text_shows_where_it_differs(seeded):
    duty = Duty.objects.exclude(text="").first()
    text = "가" * 200
    duty.text = text
    duty.save()
    tamper(Duty, duty.pk, text=text[:150] + "나" + text[151:])
    (line,) = found()
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
    assert any("바뀐 내역이 없습니다. 프로그램을 거치지 않고 넣은 줄입니다." in line for line in found())


def test_a_row_that_sql_deletes_is_named(seeded):
    erase(Duty, Duty.objects.first().pk)
    (line,) = found()
    assert line.endswith("바뀐 내역에는 있는데 줄이 없습니다. 프로그램을 거치지 않고 지웠습니다.")


def test_an_old_row_put_back_is_named(seeded):
    unit = Department.objects.get(slug="data-center")
    old = unit.name
    unit.name = "새 데이터센터"
    unit.save()
    assert found() == []
    tamper(Department, unit.pk, name=old)
    (line,) = found()
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
