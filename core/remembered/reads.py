"""What a page reads while it is made: tables, and of the rows that a source of any scope may have, whose."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from ..audit.revisions import source_path, watched_tables
from ..data_version import Revisions
from ..models import BureauRevision, ControlTotal, Source, SourceRevision
from ..models.sources import scopes_of

TABLES = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)', re.IGNORECASE)
OF_SOURCES = re.compile(rf'"{ControlTotal._meta.db_table}"\."source_id" (?:= |IN \()%s')


@dataclass
class Reads:
    """`note` is an execute wrapper of a connection."""

    tables: set[str] = field(default_factory=set)
    sources: set[Any] = field(default_factory=set)  # whose totals were asked for, among other numbers
    of_all: bool = False

    def note(self, run: Any, sql: str, params: Any, *rest: Any) -> Any:
        tables = set(TABLES.findall(sql))
        if ControlTotal._meta.db_table in tables:
            if OF_SOURCES.search(sql):
                self.sources.update(value for value in params or () if isinstance(value, int))
            else:
                self.of_all = True
        self.tables |= tables
        return run(sql, params, *rest)

    @property
    def are_known(self) -> bool:
        """Whether a change of anything that was read would be noticed."""
        return self.tables <= known_tables()

    def scopes(self, revisions: Revisions) -> frozenset[str] | None:
        """Of the sources that were read; None where it may be all. Whoever asks for revisions shows what was remembered of all."""
        if self.of_all or SourceRevision._meta.db_table in self.tables:
            return None
        of_totals = {
            scope for kind, key, _, scope in revisions.rows if kind == "source" and key in self.sources
        }
        of_tables = {scope for table in self.tables for scope in scopes_by_table().get(table, ())}
        return frozenset(map(str, of_totals | of_tables))


@cache
def known_tables() -> frozenset[str]:
    """Those whose changes raise a revision, and those of rights, which the key of a page has by value."""
    rights: list[Any] = [Group, Permission, ContentType, Group.permissions.through]
    of_users: list[Any] = [field.remote_field.through for field in get_user_model()._meta.many_to_many]
    others: list[Any] = [SourceRevision, BureauRevision, *rights, *of_users]
    return watched_tables() | {model._meta.db_table for model in others}


@cache
def scopes_by_table() -> dict[str, Sequence[str]]:
    """Of the models whose rows are a source's, of one scope or few; a source's own row is told of by its bureau's revision."""
    models = [model for model in apps.get_models() if source_path(model)]
    return {model._meta.db_table: scopes_of(model) for model in models if model not in {Source, ControlTotal}}
