"""Triggers that hold a foreign key to the rows that its `limit_choices_to` offers, whoever writes."""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from django.db import models


def statements(model: type[models.Model], engine: ModuleType) -> list[str]:
    """Of a table's own keys, and of those that refer to it: what is chosen stays one of the choices."""
    own = [field for field in model._meta.local_fields if _limits(field)]
    referring = [link.field for link in model._meta.related_objects if _limits(getattr(link, "field", None))]
    return [
        *(line for field in own for line in _held(field, engine)),
        *(line for field in referring for line in _kept(field, engine)),
    ]


def _limits(field: Any) -> dict[str, str]:
    limits = getattr(getattr(field, "remote_field", None), "limit_choices_to", None)
    return limits if isinstance(limits, dict) else {}


def _held(field: Any, engine: ModuleType) -> Iterator[str]:
    table, chosen = field.model._meta.db_table, field.related_model._meta.db_table
    other = " OR ".join(f"\"{column}\" <> '{value}'" for column, value in _limits(field).items())
    condition = f'EXISTS (SELECT 1 FROM "{chosen}" WHERE id = NEW."{field.column}" AND ({other}))'  # noqa: S608
    text = field.error_messages["invalid"]
    for event in ("INSERT", f'UPDATE OF "{field.column}"'):
        name = f"limit_{event.partition(' ')[0].lower()}_{field.column}"
        yield from engine.refuse_when(table, name, event, condition, text)


def _kept(field: Any, engine: ModuleType) -> Iterator[str]:
    table, chosen = field.model._meta.db_table, field.related_model._meta.db_table
    other = " OR ".join(f"NEW.\"{column}\" <> '{value}'" for column, value in _limits(field).items())
    condition = f'({other}) AND EXISTS (SELECT 1 FROM "{table}" WHERE "{field.column}" = NEW.id)'  # noqa: S608
    columns = ", ".join(f'"{column}"' for column in _limits(field))
    text = f"{field.model._meta.verbose_name}의 {field.verbose_name}입니다. 그 자료가 있는 동안 종류를 바꿀 수 없습니다."
    yield from engine.refuse_when(
        chosen, f"keep_{table}_{field.column}", f"UPDATE OF {columns}", condition, text
    )
