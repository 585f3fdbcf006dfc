"""What a page reads while it is made: tables, and of the rows that a source of any scope may have, whose."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from ..audit.revisions import source_path, watched_tables
from ..models import BureauRevision, ControlTotal, Source, SourceRevision
from ..models.sources import scopes_of

if TYPE_CHECKING:
    from ..data_version import Revisions

TABLES = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)', re.IGNORECASE)
OF_SOURCES = re.compile(rf'"{ControlTotal._meta.db_table}"\."source_id" (?:= |IN \()%s')


@dataclass
class Reads:
    tables: set[str] = field(default_factory=set)
    sources: set[Any] = field(default_factory=set)  # whose totals were asked for, among other numbers
    of_all: bool = False

    @classmethod
    def of(cls, sql: str, params: Any) -> "Reads":
        """Of one query."""
        tables, of_totals, of_their_sources = _seen_in(sql)
        given = params or () if of_their_sources else ()
        return cls(
            set(tables),
            {value for value in given if isinstance(value, int)},
            of_totals and not of_their_sources,
        )

    def add(self, other: "Reads") -> None:
        self.tables |= other.tables
        self.sources |= other.sources
        self.of_all = self.of_all or other.of_all

    @property
    def are_known(self) -> bool:
        """Whether a change of anything that was read would be noticed."""
        return self.tables <= known_tables()

    def scopes(self, revisions: "Revisions") -> frozenset[str] | None:
        """Of the sources that were read; None where it may be all. Whoever asks for revisions shows what was remembered of all."""
        if self.of_all or SourceRevision._meta.db_table in self.tables:
            return None
        of_totals = revisions.scopes_of(self.sources)
        of_tables = {scope for table in self.tables for scope in scopes_by_table().get(table, ())}
        return frozenset(map(str, of_totals | of_tables))


@lru_cache(2_048)
def _seen_in(sql: str) -> tuple[frozenset[str], bool, bool]:
    """The tables; whether totals are among them, and whether those of given sources."""
    tables = frozenset(TABLES.findall(sql))
    of_totals = ControlTotal._meta.db_table in tables
    return tables, of_totals, of_totals and OF_SOURCES.search(sql) is not None


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
