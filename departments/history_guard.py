"""History cannot be changed: the database itself refuses, whoever asks.

The triggers are made after every `migrate` and not in a migration, since SQLite loses a table's triggers whenever a later migration remakes it.
This is the one place that knows which engine it speaks to.
"""

from django.db import connections

from .history import is_history

REFUSAL = "바뀐 내역은 고치거나 지울 수 없습니다."

SQLITE = {
    "refuse_update": """CREATE TRIGGER IF NOT EXISTS "{table}_refuse_update" BEFORE UPDATE ON "{table}"
                        BEGIN SELECT RAISE(ABORT, '{refusal}'); END""",
    "refuse_delete": """CREATE TRIGGER IF NOT EXISTS "{table}_refuse_delete" BEFORE DELETE ON "{table}"
                        BEGIN SELECT RAISE(ABORT, '{refusal}'); END""",
}
POSTGRESQL = {
    "refuse_change": """CREATE OR REPLACE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE ON "{table}"
                        FOR EACH ROW EXECUTE FUNCTION refuse_history_change()""",
    "refuse_truncate": """CREATE OR REPLACE TRIGGER "refuse_truncate" BEFORE TRUNCATE ON "{table}"
                          FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change()""",
}
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""


def guard(app_config, using, **kwargs):
    """Receives `post_migrate`: the app's tables of history get their triggers."""
    with connections[using].cursor() as cursor:
        tables = _tables(app_config, using, cursor)
        if not tables:
            return
        postgresql = connections[using].vendor == "postgresql"
        if postgresql:
            cursor.execute(POSTGRESQL_FUNCTION)
        for table in tables:
            for statement in (POSTGRESQL if postgresql else SQLITE).values():
                cursor.execute(statement.format(table=table, refusal=REFUSAL))


def unguard(app_config, using):
    """For `flush` alone, which empties the whole database."""
    with connections[using].cursor() as cursor:
        for table in _tables(app_config, using, cursor):
            if connections[using].vendor == "postgresql":
                for name in POSTGRESQL:
                    cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
            else:
                for name in SQLITE:
                    cursor.execute(f'DROP TRIGGER IF EXISTS "{table}_{name}"')


def _tables(app_config, using, cursor):
    """Those of the app's tables of history that there are; a `migrate` may stop before them."""
    present = set(connections[using].introspection.table_names(cursor))
    return sorted({model._meta.db_table for model in app_config.get_models() if is_history(model)} & present)
