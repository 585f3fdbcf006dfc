"""The triggers in PostgreSQL's words. Revisions are raised once for each statement, by its transition tables."""

from collections.abc import Callable, Sequence

from ..models.revisions import EVERY_BUREAU

NEW_TOKEN = "replace(gen_random_uuid()::text, '-', '')"  # noqa: S105 (no password)
NAMES = (
    "refuse_change",
    "refuse_truncate",
    "refuse_insert",
    "raise_insert",
    "raise_update",
    "raise_delete",
    "raise_truncate",
)
ROW_BY_ROW = False
REPLACES = False
PRESENT = """
SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal AND tgenabled <> 'D'"""
DROP_ALL = r"""
SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal AND tgname ~ '^(refuse|raise|limit|keep)_'"""
TRANSITIONS = {
    "insert": "REFERENCING NEW TABLE AS new_rows",
    "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "REFERENCING OLD TABLE AS old_rows",
    "truncate": "",
}
REFUSE = """
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
REFUSE_WHEN = """
CREATE OR REPLACE FUNCTION "{table}_{name}"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {condition} THEN RAISE EXCEPTION '{text}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$"""
RAISE = """
CREATE OR REPLACE FUNCTION "raise_revisions_of_{table}"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN {insert};
  ELSIF TG_OP = 'UPDATE' THEN {update};
  ELSIF TG_OP = 'DELETE' THEN {delete};
  ELSE
    INSERT INTO core_bureaurevision (bureau_id, revision) VALUES ({every}, {token})
    ON CONFLICT (bureau_id) DO UPDATE SET revision = excluded.revision;
  END IF;
  RETURN NULL;
END $$"""


def drop(table: str) -> list[str]:
    return [f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"' for name in NAMES]


def refuse(table: str, text: str, update: str, delete: str) -> list[str]:
    """`update` and `delete` are conditions on the row `OLD`."""
    call = f'EXECUTE FUNCTION "refuse_change_of_{table}"()'
    return [
        REFUSE.format(table=table, text=text, update=update, delete=delete),
        f'CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW {call}',
        f'CREATE TRIGGER "refuse_truncate" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {call}',
    ]


def refuse_when(table: str, name: str, event: str, condition: str, text: str) -> list[str]:
    """`condition` is on the row `NEW`."""
    return [
        REFUSE_WHEN.format(table=table, name=name, condition=condition, text=text),
        f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"',
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{table}_{name}"()',
    ]


def raise_revisions(
    table: str, columns: Sequence[str], watched: Sequence[str], raising: Callable[[str], Sequence[str]]
) -> list[str]:
    """`raising(rows)` gives the statements for rows in SQL; `watched` are the columns whose change counts."""
    was, now = (", ".join(f'{row}."{name}"' for name in watched) for row in ("o", "n"))
    changed = f"FROM old_rows o JOIN new_rows n USING (id) WHERE ({was}) IS DISTINCT FROM ({now})"
    function = RAISE.format(
        table=table,
        insert="; ".join(raising("new_rows")),
        update="; ".join(raising(f"(SELECT o.* {changed} UNION ALL SELECT n.* {changed})")),
        delete="; ".join(raising("old_rows")),
        every=EVERY_BUREAU,
        token=NEW_TOKEN,
    )
    return [
        function,
        *(
            f'CREATE TRIGGER "raise_{event}" AFTER {event} ON "{table}" {rows} '
            f'FOR EACH STATEMENT EXECUTE FUNCTION "raise_revisions_of_{table}"()'
            for event, rows in TRANSITIONS.items()
        ),
    ]
