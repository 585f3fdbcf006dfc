"""Columns of import and export files: a model's field each, a relation by its natural key, in words.

A foreign key has a column for each part of the key that it points to; only the first reads (the whole key)
and saves.
"""

import re
from collections.abc import Iterable
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db import models
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget, ManyToManyWidget

from seoul_digital.lib.fields import KeyField
from seoul_digital.lib.hangul import postposition, quoted

from .names import NameWidget
from .widgets import BLANK, EXPORT_UNIT, CellMixin, Row, TextWidget, widget_for

KEYS_IN_QUERY = 1_000
PART, LINE = " | ", "\n"
UNIT_AT_END = re.compile(r"(?<!\s)\s*\((원|천원|백만원|억원)\)$")
_BAR = re.compile(r"(?<!\\)\|")

Key = tuple[Any, ...]
Model = type[models.Model]


def key_paths(model: Model) -> tuple[str, ...]:
    """The paths to what identifies an object: of a user the name to sign in with, of a group its name."""
    return getattr(model, "natural_key_fields", None) or (getattr(model, "USERNAME_FIELD", "name"),)


def relations_of_key(model: Model) -> list[str]:
    """What to join so that reading natural keys needs no further query."""
    return [path.rpartition("__")[0] for path in key_paths(model) if "__" in path]


def find_by_natural_key(queryset: models.QuerySet[Any], keys: Iterable[Key]) -> dict[Key, Any]:
    """The objects of these keys, asked for together; None for a key that several have."""
    found: dict[Key, Any] = {}
    remaining = iter(set(keys))
    while batch := list(islice(remaining, KEYS_IN_QUERY)):
        named = {
            f"{path}__in": set(parts)
            for path, parts in zip(key_paths(queryset.model), zip(*batch, strict=True), strict=True)
        }
        for instance in queryset.filter(**named):
            key = instance.natural_key()
            found[key] = instance if found.get(key, instance) == instance else None
    return found


class RelationMixin(CellMixin):
    """Objects of `model` by their natural keys; `load` finds those that a file names, in a few queries."""

    model: Any

    def __init__(self, model: Model):
        super().__init__(model)  # type: ignore[call-arg]  # the library's widget, mixed in
        self.columns = [_key_part(model, path.split("__")) for path in key_paths(model)]
        self.found: dict[Key, Any] = {}

    def keys_in(self, value: Any, row: Row) -> Iterable[Key]:
        """The keys that a cell names. ValueError where it cannot be read."""
        raise NotImplementedError

    def load(self, cells: Iterable[tuple[Any, Row]]) -> None:
        keys: list[Key] = []
        for value, row in cells:
            try:
                keys += self.keys_in(value, row)
            except ValueError:  # reported when the row is read
                continue
        queryset = self.model._default_manager.select_related(*relations_of_key(self.model))
        self.found = find_by_natural_key(queryset, keys)

    def add(self, instance: Any) -> None:
        """So that rows below the one that adds it may name it."""
        if isinstance(instance, self.model):
            self.found[instance.natural_key()] = instance

    @property
    def name_widgets(self) -> list[NameWidget]:
        return [widget for _, widget in self.columns if isinstance(widget, NameWidget)]

    def find(self, key: Key) -> Any:
        if found := self.found.get(key):
            return found
        named = PART.join(str(part) for part in key if part not in BLANK)
        what = str(self.model._meta.verbose_name)
        raise ValueError(
            f"‘{named[:200]}’에 맞는 {what}{postposition(what, ('을', '를'))} 찾을 수 없습니다. "
            "적힌 말을 확인하거나 먼저 등록해 주세요."
        )

    def _read_key(self, values: Iterable[Any]) -> Key:
        cleaned = [widget.clean(value) for (_, widget), value in zip(self.columns, values, strict=True)]
        return tuple(value.strip() if isinstance(value, str) else value for value in cleaned)


class KeyWidget(RelationMixin, ForeignKeyWidget):
    """A foreign key: read from all of its columns, shown by the part of the key at `place`."""

    def __init__(self, model_field: Any, place: int = 0):
        super().__init__(model_field.related_model)
        if len(self.columns) == 1:
            self.columns = [(str(model_field.verbose_name), self.columns[0][1])]
        self.null, self.part = model_field.null, self.columns[place][1]
        self.value_of = attrgetter(key_paths(self.model)[place].replace("__", "."))
        self.is_text, self.example = self.part.is_text, self.part.example
        self.note = f"등록된 {self.model._meta.verbose_name}의 {'이름' if isinstance(self.part, NameWidget) else '값'}"

    def key_in(self, row: Row) -> Key | None:
        """The key that a row names; None for an empty one. ValueError where it cannot be read."""
        values = [row[header] for header, _ in self.columns]
        if any(value not in BLANK for value in values):
            return self._read_key(values)
        if not self.null:
            raise ValueError("비워 둘 수 없습니다.")
        return None

    def keys_in(self, value: Any, row: Row) -> Iterable[Key]:
        return filter(None, [self.key_in(row)])

    def clean(self, value: Any, row: Row | None = None, **kwargs: Any) -> Any:
        key = self.key_in(row or {})
        return None if key is None else self.find(key)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return None if value is None else self.part.render(self.value_of(value))


class LinksWidget(RelationMixin, ManyToManyWidget):
    """A many-to-many relation: one cell, an object a line, the parts of its key parted by bars."""

    is_text = True

    def __init__(self, model: Model):
        super().__init__(model)
        headers = PART.join(header for header, _ in self.columns)
        self.note = f"여럿이면 한 칸 안에서 줄을 바꾸어(Alt+Enter) 한 줄에 하나씩: {headers}"

    def keys_in(self, value: Any, row: Row) -> Iterable[Key]:
        return [self._key_in(line) for line in TextWidget().clean(value).splitlines() if line.strip()]

    def _key_in(self, line: str) -> Key:
        values = [value.strip().replace("\\|", "|") for value in _BAR.split(line)]
        if len(values) != len(self.columns):
            raise ValueError(
                f"{quoted(line[:80], '은/는')} {len(self.columns)}칸이어야 하는데 {len(values)}칸입니다."
            )
        return self._read_key(values)

    def clean(self, value: Any, row: Row | None = None, **kwargs: Any) -> Any:
        return [self.find(key) for key in self.keys_in(value, row or {})]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return LINE.join(sorted(map(self._line, value.all()))) or None if value is not None else None

    def _line(self, instance: Any) -> str:
        parts = [
            widget.render(part)
            for (_, widget), part in zip(self.columns, instance.natural_key(), strict=True)
        ]
        return PART.join("" if part is None else str(part).replace("|", "\\|") for part in parts)


class FileColumn(Field):
    """A field of the model under its name in Korean, an amount's with its unit."""

    attribute: str
    column_name: str
    readonly: bool
    widget: Any

    def __init__(self, model_field: Any, header: str = "", place: int = 0):
        self.model_field = model_field
        widget = self._widget(place)
        header = header or (
            widget.columns[place][0] if isinstance(widget, KeyWidget) else _header_of(model_field)
        )
        super().__init__(model_field.name, header, widget, default=model_field.default, readonly=place > 0)

    def _widget(self, place: int) -> Any:
        if self.model_field.many_to_many:
            return LinksWidget(self.model_field.related_model)
        return (
            KeyWidget(self.model_field, place)
            if self.model_field.is_relation
            else widget_for(self.model_field)
        )

    @property
    def headers(self) -> list[str]:
        """Of a foreign key those of all of its columns."""
        return (
            [header for header, _ in self.widget.columns]
            if isinstance(self.widget, KeyWidget)
            else [self.column_name]
        )

    @property
    def label(self) -> str:
        return " · ".join(self.headers)

    @property
    def note(self) -> str:
        return ". ".join(filter(None, [self.widget.note, str(self.model_field.help_text)]))

    def parts(self) -> dict[str, "FileColumn"]:
        """Itself and, of a foreign key, a column for each further part of the key, by name."""
        others = {
            f"{self.attribute}__{place}": FileColumn(self.model_field, place=place)
            for place in range(1, len(self.headers))
        }
        return {self.attribute: self} | others


def _header_of(model_field: Any) -> str:
    name = str(model_field.verbose_name)
    is_amount = isinstance(model_field, models.BigIntegerField) and not model_field.primary_key
    return f"{UNIT_AT_END.sub('', name)}({EXPORT_UNIT})" if is_amount else name


def _key_part(model: Any, names: list[str]) -> tuple[str, Any]:
    """A header and the widget of one part of a model's natural key."""
    label = leaf = model._meta.get_field(names[0])
    for name in names[1:]:
        label, leaf = leaf, leaf.related_model._meta.get_field(name)
    return str(label.verbose_name), NameWidget(leaf.model) if isinstance(leaf, KeyField) else widget_for(leaf)
