"""What must not change: history, and what else an app names with `refuse`. The database itself refuses, whoever asks.

The triggers are made after every `migrate` and not in a migration, since SQLite loses a table's triggers whenever a later migration remakes it.
This is the one place that knows which engine it speaks to.
"""

from dataclasses import dataclass

from django.db import connections

from .history import is_history

ALWAYS = "TRUE"


@dataclass(frozen=True)
class Refusal:
    """`update` and `delete` are SQL conditions on the row `OLD`, in words that both engines know; `text` is what is said."""

    text: str
    update: str = ALWAYS
    delete: str = ALWAYS


OF_HISTORY = Refusal("바뀐 내역은 고치거나 지울 수 없습니다.")
_refusals: dict[str, Refusal] = {}

SQLITE = {
    "refuse_update": """CREATE TRIGGER IF NOT EXISTS "{table}_refuse_update" BEFORE UPDATE ON "{table}" WHEN {update}
                        BEGIN SELECT RAISE(ABORT, '{text}'); END""",
    "refuse_delete": """CREATE TRIGGER IF NOT EXISTS "{table}_refuse_delete" BEFORE DELETE ON "{table}" WHEN {delete}
                        BEGIN SELECT RAISE(ABORT, '{text}'); END""",
}
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION "refuse_change_of_{table}"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN RAISE EXCEPTION '{text}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF {update} THEN RAISE EXCEPTION '{text}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
    RETURN NEW;
  END IF;
  IF {delete} THEN RAISE EXCEPTION '{text}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN OLD;
END $$"""
POSTGRESQL = {
    "refuse_change": """CREATE OR REPLACE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE ON "{table}"
                        FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_{table}"()""",
    "refuse_truncate": """CREATE OR REPLACE TRIGGER "refuse_truncate" BEFORE TRUNCATE ON "{table}"
                          FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_{table}"()""",
}


def refuse(label, refusal):
    """From the next `migrate` on the rows of the model of this label are kept; to be called when an app is ready."""
    _refusals[label] = refusal


def guard(app_config, using, **kwargs):
    """Receives `post_migrate`: the app's tables of what is kept get their triggers."""
    with connections[using].cursor() as cursor:
        for table, refusal in _tables(app_config, using, cursor).items():
            for statement in _statements(connections[using].vendor):
                cursor.execute(
                    statement.format(
                        table=table, text=refusal.text, update=refusal.update, delete=refusal.delete
                    )
                )


def _statements(vendor):
    return [POSTGRESQL_FUNCTION, *POSTGRESQL.values()] if vendor == "postgresql" else [*SQLITE.values()]


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
    """Those of the app's tables that are kept and that there are, with what is refused; a `migrate` may stop before them."""
    present = set(connections[using].introspection.table_names(cursor))
    kept = {
        model._meta.db_table: refusal for model in app_config.get_models() if (refusal := _refusal_of(model))
    }
    return {table: kept[table] for table in sorted(kept.keys() & present)}


def _refusal_of(model):
    return OF_HISTORY if is_history(model) else _refusals.get(model._meta.label_lower)
