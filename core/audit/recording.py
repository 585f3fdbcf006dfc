"""Writing change records: one INSERT … SELECT for any number of rows, and one for the departments that they concern.

Values are those in the database, as JSON that the database makes itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import connections, models, transaction
from django.db.models import Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.utils import timezone

from ..models.changes import LONGEST_NAME, ChangeRecord, ChangeRecordDepartment
from ..remembered.queries import RememberedQuery
from .context import change_reason, current_act, current_actor, current_reason, history_disabled
from .revisions import source_path
from .seals import seal
from .states import restore, tracked_fields

if TYPE_CHECKING:
    from ..models.tracked import TrackedModel

__all__ = [
    "change_reason",
    "ensure_baseline",
    "history_disabled",
    "record_deletions",
    "record_rows",
    "restore",
    "tracked_fields",
    "tracked_models",
]
FROM_FILE = "파일에서 불러옴"
ROWS_AT_ONCE = 5_000
ANY_KEY = -(2**53)  # stands for a row's key in what is compiled once
Model: TypeAlias = "type[TrackedModel]"
Rows: TypeAlias = "models.QuerySet[TrackedModel, Any]"


def tracked_models() -> list[Model]:
    """Every model whose changes leave records, in the order of the apps."""
    return [model for model in apps.get_models() if is_tracked(model)]


def is_tracked(model: type[models.Model]) -> TypeGuard[Model]:
    return hasattr(model, "untracked_fields")


def record_rows(model: Model, keys: Iterable[int], reason: str | None = None) -> None:
    """Record rows as they are now: created where the newest record has no values of theirs, else changed."""
    for batch in _batches(keys):
        _record(model, batch, current_reason() if reason is None else reason, is_deletion=False)


def record_deletions(model: Model, keys: Iterable[int]) -> None:
    """Record rows that are about to be deleted."""
    for batch in _batches(keys):
        _record(model, batch, current_reason(), is_deletion=True)


def ensure_baseline(model: Model, keys: Iterable[int]) -> None:
    """Record rows that came in without a record, as a budget file's lines do, before their first change."""
    keys = list(keys)
    if len(keys) == 1:  # compiled once, as nearly every save asks it
        missing = [key for (key,) in _unrecorded_one(model).rows(keys[0])]
    else:
        missing = [key for (key,) in _unrecorded(model, pk__in=keys)]
    record_rows(model, missing, FROM_FILE)


def _unrecorded(model: Model, **where: object) -> models.QuerySet[Any, Any]:
    recorded = ChangeRecord.objects.of(model).order_by().filter(object_id=OuterRef("pk"))
    return model._base_manager.filter(~Exists(recorded), **where).values_list("pk")


@cache
def _unrecorded_one(model: Model) -> RememberedQuery:
    return RememberedQuery(lambda key: _unrecorded(model, pk=key))


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(list(keys))
    while batch := list(islice(remaining, ROWS_AT_ONCE)):
        yield batch


def _record(model: Model, keys: Sequence[int], reason: str, *, is_deletion: bool) -> None:
    rows, actor = model._base_manager.filter(pk__in=keys).order_by(), current_actor()
    of_all = {
        "at": models.DateTimeField().get_db_prep_value(timezone.now(), connections[rows.db]),
        "user_id": actor.pk if actor and actor.pk else None,
        "user_name": actor.display_name if actor else "",
        "reason": reason,
        "act": models.UUIDField().get_db_prep_value(current_act().id, connections[rows.db]),
    }
    with transaction.atomic(using=rows.db):
        # What an object's name speaks of may not be there yet, or any more.
        names = {key: f"{model._meta.verbose_name} #{key}" for key in keys}
        names |= {row.pk: _name(row) for row in rows.select_related(*naming_relations(model))}
        given = {name: value for name, value in of_all.items() if value is not None}
        written = _insert(rows.db, _select(_values, model, keys, is_deletion), given, names)
        concerned = _select(_departments, model, keys, is_deletion)
        if concerned.sql:
            _execute(rows.db, ChangeRecordDepartment, concerned.columns, concerned.sql, concerned.parameters)
        if written:
            seal(written)


@dataclass(frozen=True)
class _Select:
    """A compiled SELECT that gives `columns`."""

    columns: Sequence[str]
    sql: str
    parameters: Sequence[Any]

    def of(self, key: int) -> _Select:
        given = [key if value == ANY_KEY else value for value in self.parameters]
        return replace(self, parameters=given)


Build: TypeAlias = "Callable[[Model, Rows, bool], _Select]"


def _select(build: Build, model: Model, keys: Sequence[int], is_deletion: bool) -> _Select:
    """What `build` makes of the rows; of a single one, as nearly every save writes, it is compiled once."""
    if len(keys) > 1:
        return build(model, model._base_manager.filter(pk__in=keys).order_by(), is_deletion)
    return _select_of_one(build, model, is_deletion).of(keys[0])


@cache
def _select_of_one(build: Build, model: Model, is_deletion: bool) -> _Select:
    return build(model, model._base_manager.filter(pk__in=[ANY_KEY]).order_by(), is_deletion)


def _records_of(model: Model) -> models.QuerySet[ChangeRecord]:
    return ChangeRecord.objects.of(model).filter(object_id=OuterRef("pk"))


def _values(model: Model, rows: Rows, is_deletion: bool) -> _Select:
    now, earlier = recorded_state(model), Subquery(_records_of(model).values("after")[:1])
    columns: dict[str, Any] = {"object_id": F("pk"), "model": Value(model._meta.label_lower)}
    columns |= {"before": now} if is_deletion else {"before": earlier, "after": now}
    if path := source_path(model):
        columns["source_id"] = F(path)
    aliases = {f"value_{number}": expression for number, expression in enumerate(columns.values())}
    return _Select(tuple(columns), *_compiled(rows.annotate(**aliases).values_list(*aliases)))


def _departments(model: Model, rows: Rows, is_deletion: bool) -> _Select:
    """Of the newest record of each row; no SQL where no department is concerned by the model."""
    owner = model.owning_department()
    units = [(unit, False) for unit in model.departments_concerned() if unit != owner]
    record = Subquery(_records_of(model).values("pk")[:1])
    parts = [
        rows.annotate(concerned=unit, of_record=record, owns=Value(is_owner))
        .filter(concerned__isnull=False)
        .values_list("of_record", "concerned", "owns")
        for unit, is_owner in (*units, *([(owner, True)] if owner else []))
    ]
    columns = ("record_id", "department_id", "is_owner")
    if not parts:
        return _Select(columns, "", ())
    return _Select(columns, *_compiled(parts[0].union(*parts[1:]) if parts[1:] else parts[0].distinct()))


def _insert(using: str, select: _Select, of_all: Mapping[str, Any], names: Mapping[int, str]) -> list[int]:
    """INSERT … SELECT of what is selected, with what is the same for all rows and each row's name, which Python alone can tell;
    returns the keys."""
    named = ", ".join(["(%s, %s)"] * len(names))
    found = ", ".join(f"found.value_{number}" for number in range(len(select.columns)))
    statement = (
        f"WITH named(of_object, name) AS (VALUES {named}) "  # noqa: S608 (names of models only)
        f"SELECT {found}, {', '.join(['%s'] * len(of_all))}, named.name "
        f"FROM ({select.sql}) found JOIN named ON named.of_object = found.value_0 ORDER BY found.value_0 "
        "RETURNING id"
    )
    given = [part for pair in names.items() for part in pair]
    columns = (*select.columns, *of_all, "name")
    return _execute(using, ChangeRecord, columns, statement, (*given, *of_all.values(), *select.parameters))


def _compiled(rows: models.QuerySet[Any, Any]) -> tuple[str, Sequence[Any]]:
    return rows.query.get_compiler(connection=connections[rows.db]).as_sql()


def _execute(
    using: str, target: type[models.Model], columns: Iterable[str], sql: str, parameters: Sequence[Any]
) -> list[int]:
    """INSERT of what a SELECT gives; returns the keys that it may end with."""
    quote = connections[using].ops.quote_name
    names = ", ".join(map(quote, columns))
    with connections[using].cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(target._meta.db_table)} ({names}) {sql}", parameters)  # noqa: S608
        return [key for (key,) in cursor.fetchall()] if cursor.description else []


def naming_relations(model: Model) -> set[str]:
    """The paths to what an object's name may speak of."""
    direct = {field.name for field in model._meta.fields if field.is_relation}
    paths = {path.rpartition("__")[0] for path in getattr(model, "natural_key_fields", ())}
    return (direct | paths) - {""}


def _name(instance: models.Model) -> str:
    try:
        return str(instance)[:LONGEST_NAME]
    except ObjectDoesNotExist:
        return f"{instance._meta.verbose_name} #{instance.pk}"


def recorded_values(model: Model) -> dict[str, Any]:
    """A row's tracked values and linked keys as JSON has them; decimals as text, since JSON has none."""
    values = {
        field.attname: Cast(field.attname, models.CharField(max_length=40))
        if isinstance(field, models.DecimalField)
        else _AsJSON(field.attname)
        if isinstance(field, models.JSONField)
        else F(field.attname)
        for field in tracked_fields(model)
    }
    return values | {link.name: _linked_keys(link) for link in model._meta.many_to_many}


def recorded_state(model: Model) -> JSONObject:
    return JSONObject(**recorded_values(model))


def _linked_keys(link: models.ManyToManyField[Any, Any]) -> models.Func:
    owner, target = link.m2m_field_name(), link.m2m_reverse_field_name()
    links = link.remote_field.through._base_manager.filter(**{owner: OuterRef("pk")}).order_by()
    listed = links.values(owner).annotate(keys=_JSONList(target)).values("keys")
    return _AsJSON(Coalesce(Subquery(listed), Value([], models.JSONField())))


class _JSONList(models.Aggregate):
    function = "JSON_GROUP_ARRAY"
    output_field = models.JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> tuple[str, Any]:
        return super().as_sql(compiler, connection, function="JSONB_AGG", **options)


class _AsJSON(models.Func):
    """Tells SQLite, whose JSON is text, that it is JSON."""

    function = "JSON"
    output_field = models.JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> tuple[str, Any]:
        return super().as_sql(compiler, connection, template="%(expressions)s", **options)
