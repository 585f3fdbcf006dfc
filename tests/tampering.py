"""Changing the database past the program, as whoever owns it can: the triggers go first."""

from contextlib import suppress

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from core.audit import stored_facts
from core.audit.immutability import drop_triggers
from core.audit.imported_rows import ImportedStates
from core.audit.recording import tracked_fields
from core.audit.verification import Verified, verify


def drop_all_triggers():
    for config in apps.get_app_configs():
        drop_triggers(config, "default")


def tamper(model, key, **values):
    """Gives columns of a row other values by SQL."""
    drop_all_triggers()
    change(model, key, values)


def change(model, key, values):
    columns = ", ".join(f'"{name}" = %s' for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{model._meta.db_table}" SET {columns} WHERE "{model._meta.pk.column}" = %s',
            [*values.values(), key],
        )
        assert cursor.rowcount == 1


def erase(model, key):
    drop_all_triggers()
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE "{model._meta.pk.column}" = %s', [key])


def found(*titles):
    """What `verify` finds, as its lines; of the verifiers named alone, for each looks through the whole database."""
    looked_at = {verified.title: lines for verified, lines in verify()}
    return [str(discrepancy) for title in titles or looked_at for discrepancy in looked_at[title]]


def unnamed_fields(model, row, look=lambda: ()):
    """The fields of a row that may say something else and nothing names it, once the triggers are gone; `look` finds more lines."""
    for field in tracked_fields(model):
        if field.primary_key:
            continue
        if not any(f"의 {field.verbose_name}: " in line for line in _lines_after(model, row, field, look)):
            yield f"{model._meta.label}.{field.name}"


def _lines_after(model, row, field, look):
    """What is found of a row with another value in a field; a constraint of the database may refuse it, which is as good."""
    lines = [f"의 {field.verbose_name}: "]
    with suppress(DatabaseError), transaction.atomic():
        change(model, row.pk, {field.column: another(field, getattr(row, field.attname))})
        lines = [str(each) for each in stored_facts.verify_rows(model, ImportedStates(), Verified(""))]
        lines += look()
        transaction.set_rollback(True)
    return lines


def another(field, value):
    """A value that the column takes and that is not this one."""
    match field:
        case models.ForeignKey():  # to a row that is not there, which databases refuse only at the end of a transaction
            return (value or 0) + 1_000_000
        case models.UUIDField():
            return "1" * 32
        case models.BooleanField():
            return not value
        case models.DateTimeField():
            return "2001-02-03 04:05:06+00:00"
        case models.DateField():
            return "2001-02-03"
        case models.JSONField():
            return '{"x": 1}'
        case models.BinaryField():
            return b"x"
        case models.IntegerField() | models.DecimalField():
            return (value or 0) + 1
        case models.CharField():
            return "x" if value != "x" else "y"
    return "x"
