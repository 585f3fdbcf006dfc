"""The way from a page to the form of one figure: a pencil by each value that the reader may put right, and none for the others."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from seoul_digital.lib.tables import Cell, Record, Table

from .access.scope import access_scope

BACK, FIELD = "next", "field"  # in the query of the form's address; read by return_admin.py


def with_edit_links(request: HttpRequest, tables: Any) -> list[Table]:
    """The tables, with the address of the form in the cells of what the reader may change: at most one query a model."""
    tables = list(tables)
    if not request.user.is_staff:
        return tables
    keys = defaultdict(set)
    for cell in (cell for table in tables for row in table.rows for cell in row.cells):
        if isinstance(cell, Cell) and cell.record:
            keys[cell.record.model].add(cell.record.key)
    changeable = {model: access_scope(request.user).changeable(model, of) for model, of in keys.items()}
    return [_marked(request, table, changeable) for table in tables] if any(changeable.values()) else tables


def add_edit_links(request: HttpRequest, instances: Any, place: Any) -> None:
    """Gives those that the reader may change the address of their form as `edit`. `place`: where on the page one comes back to."""
    instances = list(instances)
    if not instances or not request.user.is_staff:
        return
    model = type(instances[0])
    changeable = access_scope(request.user).changeable(model, [instance.pk for instance in instances])
    for instance in instances:
        if instance.pk in changeable:
            instance.edit = _address(request, model, instance.pk, place)


def record_address(request: HttpRequest, record: Record | None) -> str:
    """The form of one record's field; empty where there is none or the reader may not change it."""
    return record_addresses(request, [record], "main").get(record, "") if record else ""


def record_addresses(request: HttpRequest, records: Collection[Record], place: str) -> dict[Record, str]:
    """The form of each record's field that the reader may change; a query a model."""
    keys = defaultdict(set)
    for record in records if request.user.is_staff else ():
        keys[record.model].add(record.key)
    scope = access_scope(request.user)
    changeable = {model: scope.changeable(model, of) for model, of in keys.items()}
    return {
        record: _address(request, record.model, record.key, place, record.field)
        for record in records
        if record.key in changeable.get(record.model, ())
    }


def _marked(request: HttpRequest, table: Any, changeable: Any) -> Any:
    def edited(cell: Any) -> Any:
        record = cell.record if isinstance(cell, Cell) else None
        if record is None or record.key not in changeable[record.model]:
            return cell
        return replace(
            cell, edit=_address(request, record.model, record.key, f"table-{table.name}", record.field)
        )

    return replace(
        table, rows=[replace(row, cells=[edited(cell) for cell in row.cells]) for row in table.rows]
    )


def _address(request: HttpRequest, model: type[Model], key: Any, place: Any, field: str = "") -> str:
    options = model._meta
    query = {FIELD: field} if field else {}
    address = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[key])
    return f"{address}?{urlencode({**query, BACK: f'{request.get_full_path()}#{place}'})}"
