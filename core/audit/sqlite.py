"""The triggers in SQLite's words. It has no triggers by statement, so that revisions are raised row by row."""

from collections.abc import Callable, Sequence

NEW_TOKEN = "lower(hex(randomblob(16)))"  # noqa: S105 (no password)
NAMES = ("refuse_update", "refuse_delete", "raise_insert", "raise_update", "raise_delete", "refuse_insert")
ROW_BY_ROW = True  # so that keys need no order and no DISTINCT, which would double what a row costs
REPLACES = True  # INSERT OR REPLACE deletes the row in its way, and no trigger of that deletion runs
Raising = Callable[[str], Sequence[str]]
PRESENT = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
DROP_ALL = """SELECT 'DROP TRIGGER "' || name || '"' FROM sqlite_master WHERE type = 'trigger'"""


def drop(table: str) -> list[str]:
    return [f'DROP TRIGGER IF EXISTS "{table}_{name}"' for name in NAMES]


def refuse(table: str, text: str, update: str, delete: str) -> list[str]:
    """`update` and `delete` are conditions on the row `OLD`."""
    return [
        f"""CREATE TRIGGER "{table}_refuse_{event}" BEFORE {event} ON "{table}" WHEN {condition}
            BEGIN SELECT RAISE(ABORT, '{text}'); END"""
        for event, condition in (("update", update), ("delete", delete))
    ]


def refuse_when(table: str, name: str, event: str, condition: str, text: str) -> list[str]:
    """`condition` is on the row `NEW`."""
    return [
        f'DROP TRIGGER IF EXISTS "{table}_{name}"',
        f"""CREATE TRIGGER "{table}_{name}" BEFORE {event} ON "{table}" WHEN {condition}
            BEGIN SELECT RAISE(ABORT, '{text}'); END""",
    ]


def raise_revisions(
    table: str, columns: Sequence[str], watched: Sequence[str], raising: Raising, inserted: str = "TRUE"
) -> list[str]:
    """`raising(rows)` gives the statements for rows in SQL; `watched` are the columns whose change counts, `inserted` is the condition on a row
    `NEW` on which its insertion does."""
    old, new = (
        "(SELECT " + ", ".join(f'{row}."{name}" AS "{name}"' for name in columns) + ")"
        for row in ("OLD", "NEW")
    )
    differs = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in watched)
    events = (
        ("insert", inserted, raising(new)),
        ("update", differs, [*raising(old), *raising(new)]),
        ("delete", "TRUE", raising(old)),
    )
    return [
        f'CREATE TRIGGER "{table}_raise_{event}" AFTER {event} ON "{table}" WHEN {condition} '
        f"BEGIN {'; '.join(statements)}; END"
        for event, condition, statements in events
    ]
