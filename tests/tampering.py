"""Changing the database past the program, as whoever owns it can: the triggers go first."""

from django.apps import apps
from django.db import connection

from core.audit.immutability import drop_triggers
from core.audit.verification import verify


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


def found():
    """What `verify` finds, as its lines."""
    return [str(discrepancy) for _, discrepancies in verify() for discrepancy in discrepancies]
