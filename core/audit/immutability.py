"""Triggers: what must not change is refused by the database itself, and revisions are raised by it, whoever writes.

They are dropped before whatever a `migrate` changes and made after it: SQLite remakes a table that changes, and refuses to while a
trigger of another table names it; PostgreSQL alters no column that a trigger names.
This is the one place that asks which engine it speaks to.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

from django.apps import AppConfig, apps
from django.core.checks import Warning as CheckWarning
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from . import choices, postgresql, revisions, sqlite

SHOWN = 3
MISSING = "데이터베이스에 자료와 내역을 지키는 트리거가 {}개 없습니다: {}. 데이터베이스 변경(migrate)이 중간에 끊긴 것 같습니다."
REMAKE = "서비스를 멈추고 manage.py migrate를 다시 실행하면 다시 만듭니다."
_CREATED = re.compile(r'CREATE TRIGGER "(?P<name>[^"]+)" [^"]*? ON "(?P<table>[^"]+)"')
ENGINES = {"postgresql": postgresql, "sqlite": sqlite}
ALWAYS = "TRUE"


@dataclass(frozen=True)
class Immutable:
    """`update` and `delete` are SQL conditions on the row `OLD`, `insert` on the row `NEW`, in words that both engines know;
    `text` is what users read."""

    text: str
    update: str = ALWAYS
    delete: str = ALWAYS
    insert: str = ""


_immutable: dict[str, Immutable] = {}


def make_immutable(
    label: str, text: str, update: str = ALWAYS, delete: str = ALWAYS, insert: str = ""
) -> None:
    """From the next `migrate` on the rows of the model of this label stay as they are; called by an app that is ready."""
    _immutable[label] = Immutable(text, update, delete, insert)


def make_records_immutable() -> None:
    """The history itself: records, their seals and links, and what stands for the records of rows that came by file."""
    for model in ("core.changerecord", "core.changerecorddepartment"):
        make_immutable(model, "바뀐 내역은 고치거나 지울 수 없습니다.")
    sealed = "바뀐 내역의 봉인은 고치거나 지울 수 없습니다."
    make_immutable("core.recordseal", sealed, update="OLD.position IS NOT NULL")
    make_immutable("core.chainlink", sealed)
    make_immutable("core.importedrows", "파일에서 불러온 줄은 고치거나 지울 수 없습니다.")


def install_triggers(
    app_config: AppConfig, using: str, plan: Sequence[object] = (), **kwargs: object
) -> None:
    """Receives `post_migrate`. What somebody wrote while the triggers were away raised no revision: after a `migrate` that had
    something to do, all are raised."""
    engine = ENGINES[connections[using].vendor]
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for model in _present_models(app_config, using):
            for statement in engine.drop(model._meta.db_table) + _statements(model, engine):
                cursor.execute(statement)
        for statement in revisions.raise_all(engine, connections[using]) if plan else ():
            cursor.execute(statement)


def _statements(model: type[models.Model], engine: ModuleType) -> list[str]:
    immutable = _immutable.get(model._meta.label_lower)
    refusing = _refusing(model, immutable, engine) if immutable else []
    return [*refusing, *revisions.statements(model, engine), *choices.statements(model, engine)]


def _refusing(model: type[models.Model], immutable: Immutable, engine: ModuleType) -> list[str]:
    table = model._meta.db_table
    stray, update = [immutable.insert] if immutable.insert else [], immutable.update
    if engine.REPLACES:
        stray.append(_stands_in_the_way(model, immutable.delete))
    if engine.REPLACES and update != ALWAYS:  # UPDATE OR REPLACE of a row that may change
        key = model._meta.pk.column
        others = f'({immutable.delete}) AND kept."{key}" <> OLD_ROW."{key}"'
        update = f"({update}) OR {_stands_in_the_way(model, others).replace('OLD_ROW', 'OLD')}"
    return [
        *engine.refuse(table, immutable.text, update, immutable.delete),
        *(
            engine.refuse_when(table, "refuse_insert", "INSERT", " OR ".join(stray), immutable.text)
            if stray
            else ()
        ),
    ]


def _stands_in_the_way(model: type[models.Model], kept: str) -> str:
    """The condition that a row that must be kept has the key of the new one, or all fields of one that is unique."""
    fields = [[field.column] for field in model._meta.local_fields if field.unique]
    fields += [
        [model._meta.get_field(name).column for name in constraint.fields]
        for constraint in model._meta.constraints
        # What is unique among some rows only, as editions that are not published, is not in the way of others.
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields and not constraint.condition
    ]
    same = (" AND ".join(f'kept."{column}" = NEW."{column}"' for column in columns) for columns in fields)
    either = " OR ".join(f"({condition})" for condition in same)
    condition = kept.replace("OLD.", "kept.")
    return f'EXISTS (SELECT 1 FROM "{model._meta.db_table}" AS kept WHERE ({either}) AND ({condition}))'  # noqa: S608


def missing_triggers(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """`table.trigger` of those that the database should have and has not: a `migrate` was interrupted, or somebody dropped them."""
    engine, tables = ENGINES[connections[using].vendor], set(connections[using].introspection.table_names())
    wanted = {
        (match["table"], match["name"])
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table in tables
        for statement in _statements(model, engine)
        for match in [_CREATED.search(statement)]
        if match
    }
    with connections[using].cursor() as cursor:
        cursor.execute(engine.PRESENT)
        present = set(cursor.fetchall())
    return sorted(f"{table}.{name}" for table, name in wanted - present)


def check_triggers(databases: Sequence[str] | None = None, **kwargs: object) -> list[CheckWarning]:
    """Of `check --database default` and of a server that starts. A warning: an error would keep `migrate` from making them again."""
    found = []
    for using in databases or ():
        if missing := missing_triggers(using):
            named = ", ".join(missing[:SHOWN])
            found.append(CheckWarning(MISSING.format(len(missing), named), hint=REMAKE, id="core.W001"))
    return found


def drop_before_migrate(using: str, plan: list[object], **kwargs: object) -> None:
    """Receives `pre_migrate` once a `migrate`."""
    if not plan:
        return
    with connections[using].cursor() as cursor:
        cursor.execute(ENGINES[connections[using].vendor].DROP_ALL)
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)


def drop_triggers(app_config: AppConfig, using: str) -> None:
    """For `flush` alone, which empties the whole database."""
    with connections[using].cursor() as cursor:
        for model in _present_models(app_config, using):
            for statement in ENGINES[connections[using].vendor].drop(model._meta.db_table):
                cursor.execute(statement)


def _present_models(app_config: AppConfig, using: str) -> list[type[models.Model]]:
    """The app's models whose tables there are; a `migrate` may stop before them."""
    present = set(connections[using].introspection.table_names())
    return [
        model for model in app_config.get_models(include_auto_created=True) if model._meta.db_table in present
    ]
