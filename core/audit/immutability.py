"""Triggers: what must not change is refused by the database itself, and revisions are raised by it, whoever writes.

They are dropped before whatever a `migrate` changes and made after it: SQLite remakes a table that changes, and refuses to while a
trigger of another table names it; PostgreSQL alters no column that a trigger names.
This is the one place that asks which engine it speaks to.
"""

from dataclasses import dataclass

from django.apps import AppConfig
from django.db import connections, models, transaction

from . import choices, postgresql, revisions, sqlite

ENGINES = {"postgresql": postgresql, "sqlite": sqlite}
ALWAYS = "TRUE"


@dataclass(frozen=True)
class Immutable:
    """`update` and `delete` are SQL conditions on the row `OLD`, in words that both engines know; `text` is what users read."""

    text: str
    update: str = ALWAYS
    delete: str = ALWAYS


_immutable: dict[str, Immutable] = {}


def make_immutable(label: str, text: str, update: str = ALWAYS, delete: str = ALWAYS) -> None:
    """From the next `migrate` on the rows of the model of this label stay as they are; called by an app that is ready."""
    _immutable[label] = Immutable(text, update, delete)


def install_triggers(app_config: AppConfig, using: str, **kwargs: object) -> None:
    """Receives `post_migrate`."""
    engine = ENGINES[connections[using].vendor]
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for model in _present_models(app_config, using):
            table, immutable = model._meta.db_table, _immutable.get(model._meta.label_lower)
            statements = engine.drop(table)
            if immutable:
                statements += engine.refuse(table, immutable.text, immutable.update, immutable.delete)
            statements += revisions.statements(model, engine) + choices.statements(model, engine)
            for statement in statements:
                cursor.execute(statement)


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
