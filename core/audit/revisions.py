"""Which revisions a write raises: those of the sources or bureaus at the end of the written rows' paths."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from types import ModuleType
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F

from ..models.revisions import EVERY_BUREAU, BureauRevision, SourceRevision

Target = tuple[type[models.Model], str]  # a model of revisions, and the path to its key


def statements(model: type[models.Model], engine: ModuleType) -> list[str]:
    """The statements that make a table's triggers; none where no page shows what the table holds."""
    targets = _targets(model)
    if not targets:
        return []
    unwatched = getattr(model, "untracked_fields", ())
    columns = [field.column for field in model._meta.local_concrete_fields]
    watched = [field.column for field in model._meta.local_concrete_fields if field.name not in unwatched]

    def raising(rows: str) -> list[str]:
        return [_raise(model, target, path, engine, rows) for target, path in targets]

    inserted = {"inserted": _is_named(model, [path for _, path in targets])} if engine.ROW_BY_ROW else {}
    return engine.raise_revisions(model._meta.db_table, columns, watched, raising, **inserted)


def _is_named(model: type[models.Model], paths: Sequence[str]) -> str:
    """The condition that the row `NEW` may be at the beginning of a path. Where all begin with rows that name it, a new row has none: one that takes
    another's place (INSERT OR REPLACE) has, and to ask that costs half as much as to walk the path."""
    naming = {relation.name: relation for relation in model._meta.related_objects}
    first = [naming.get(path.split("__")[0]) for path in paths]
    if not all(isinstance(relation, models.ManyToOneRel) for relation in first):
        return "TRUE"
    return " OR ".join(
        f'EXISTS (SELECT 1 FROM "{relation.related_model._meta.db_table}" WHERE "{relation.field.column}" = NEW."{model._meta.pk.column}")'  # noqa: S608
        for relation in dict.fromkeys(first)
    )


def raise_all(engine: ModuleType, connection: Any) -> list[str]:
    """The statements after which nothing holds that was remembered; a `migrate` may stop before the tables of revisions."""
    tables = {model._meta.db_table for model in (SourceRevision, BureauRevision)}
    present = tables & set(connection.introspection.table_names())
    return [f"UPDATE {table} SET revision = {engine.NEW_TOKEN}" for table in sorted(present)]  # noqa: S608


@cache
def watched_tables() -> frozenset[str]:
    """The tables of which every change raises a revision."""
    models = apps.get_models(include_auto_created=True)
    whole = (model for model in models if not getattr(model, "untracked_fields", ()))
    return frozenset(model._meta.db_table for model in whole if _targets(model))


def source_path(model: type[models.Model]) -> str:
    """The path to the source that a row belongs to, a source's own included; '' for what lasts."""
    if model._meta.label == "core.Source":
        return "pk"
    return model.source_path() if hasattr(model, "source_path") else ""


def _targets(model: type[models.Model]) -> list[Target]:
    """(model of revisions, path to its key) of a model; of links (many-to-many) those of the model that has them."""
    if owner := _owner_of_links(model):
        field, related = owner
        return [(BureauRevision, path and f"{field}__{path}") for path in _bureau_paths(related)]
    if model._meta.label == "core.Source":
        return [
            (SourceRevision, "pk"),
            (BureauRevision, "bureau"),
        ]  # pages rest on what is in force, whatever they read of it
    if path := source_path(model):
        return [(SourceRevision, path)]
    return [(BureauRevision, path) for path in _bureau_paths(model)]


def _owner_of_links(model: Any) -> tuple[str, type[models.Model]] | None:
    if not model._meta.auto_created:
        return None
    field = next(
        link for link in model._meta.auto_created._meta.many_to_many if link.remote_field.through is model
    )
    return field.m2m_field_name(), model._meta.auto_created


def _bureau_paths(model: Any) -> Sequence[str]:
    """'' stands for every bureau."""
    if paths := getattr(model, "bureau_paths", ()):
        return paths
    if not hasattr(model, "natural_key_fields"):
        return ()
    return [f"{path}__bureau" for path in model.source_paths] or [""]


def _raise(
    model: type[models.Model], target: type[models.Model], path: str, engine: ModuleType, rows: str
) -> str:
    """Upsert: a key that is known gets another token. In the order of keys, so that two writers do not wait for each other."""
    key = target._meta.pk.column
    if model._meta.label == "core.Source" and target is BureauRevision:
        rows = f"(SELECT * FROM {rows} any_row WHERE state = 'in_force')"  # noqa: S608
    keys, order = _keys(model, path, engine, rows), "" if engine.ROW_BY_ROW else " ORDER BY raised_key"
    return (
        f"INSERT INTO {target._meta.db_table} ({key}, revision) SELECT raised_key, {engine.NEW_TOKEN} FROM ({keys}) keys "  # noqa: S608
        f"WHERE raised_key IS NOT NULL{order} ON CONFLICT ({key}) DO UPDATE SET revision = excluded.revision"
    )


def _keys(model: type[models.Model], path: str, engine: ModuleType, rows: str) -> str:
    """The SELECT of the keys at the end of the path, where `rows` take the place of the model's table."""
    if not path:
        return f"SELECT DISTINCT {EVERY_BUREAU} AS raised_key FROM {rows} written"  # noqa: S608
    found = model._base_manager.order_by().annotate(raised_key=F(path)).values_list("raised_key")
    table = model._meta.db_table
    query = str((found if engine.ROW_BY_ROW else found.distinct()).query)
    return query.replace(f'FROM "{table}"', f'FROM {rows} "{table}"', 1)
