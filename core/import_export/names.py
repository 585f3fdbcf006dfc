"""What lasts by the names that people know: files show these where the database has keys that the system made."""

from collections import defaultdict
from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from seoul_digital.lib.fields import KeyField
from seoul_digital.lib.hangul import postposition

from ..models.natural_keys import NaturalKeyModel
from .widgets import Row, TextWidget

AMBIGUOUS = "이 행과 같은 이름의 자료가 이미 둘 이상 있어 어느 것인지 알 수 없습니다. 관리 화면에서 이름을 다르게 고친 뒤 올려 주세요."


def key_field(model: Any) -> Any:
    """The field of a model's own key, where the system makes it."""
    if not issubclass(model, NaturalKeyModel) or len(model.natural_key_fields) > 1:
        return None
    field: Any = next(
        (field for field in model._meta.fields if field.name == model.natural_key_fields[0]), None
    )
    return field if isinstance(field, KeyField) else None


class Names:
    """Every row of a model, asked for once, by name and by key; or those of some keys and the others that are called as these are."""

    def __init__(self, model: type[models.Model], wanted: Collection[str] | None = None):
        self.model: Any = model
        self.wanted = wanted

    @cached_property
    def rows(self) -> list[Any]:
        rows = self.model.named_rows().order_by("pk")
        if self.wanted is not None:
            named = self.model._base_manager.filter(slug__in=self.wanted).order_by()
            rows = rows.filter(name__in=named.values("name"))
        return list(rows)

    @cached_property
    def keys(self) -> dict[str, set[str]]:
        """The keys of a text: of a name, of a name with its qualifier, or of a key as older files have it."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            self._enter(found, row)
        return found

    @cached_property
    def shown(self) -> dict[str, str]:
        """The name that a file shows for a key: with the qualifier where several have it."""
        return {
            row.slug: _qualified(row) if len(self.keys[row.file_name]) > 1 else row.file_name
            for row in self.rows
        }

    def add(self, row: Any) -> None:
        """So that rows below the one that adds it may name it."""
        self.rows.append(row)
        self._enter(self.keys, row)
        self.shown[row.slug] = row.file_name

    def _enter(self, found: dict[str, set[str]], row: Any) -> None:
        found[row.file_name].add(row.slug)
        if self.model.qualified_by:
            found[_qualified(row)].add(row.slug)

    def key_of(self, text: str) -> str:
        """ValueError where several have the name; a text that nobody knows stays as it is."""
        keys = self.keys.get(text, ())
        if len(keys) > 1 and text not in self.shown:
            what, how = self.model._meta.verbose_name, self.model.qualified_by
            hint = (
                f"뒤에 {how}{postposition(how, ('을', '를'))} 괄호로 붙여"
                if how
                else "관리 화면에서 이름을 다르게 고친 뒤"
            )
            raise ValueError(
                f"‘{text[:80]}’ 이름의 {what}{postposition(str(what), ('이', '가'))} {len(keys)}개 있습니다. {hint} 적어 주세요."
            )
        return text if len(keys) != 1 or text in self.shown else next(iter(keys))

    def find(self, values: dict[str, Any], further: dict[str, Any]) -> Any:
        """The row of these values, of several the one that has the `further` ones too; None where there is none."""
        rows = [row for row in self.rows if _has(row, values)]
        for name, value in further.items():
            if len(rows) > 1:
                rows = [row for row in rows if _has(row, {name: value})] or rows
        if len(rows) > 1:
            raise ValidationError(AMBIGUOUS)
        return rows[0] if rows else None


def _has(row: Any, values: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())


def _qualified(row: Any) -> str:
    return f"{row.file_name} ({row.qualifier})" if row.qualifier else row.file_name


class NameWidget(TextWidget):
    """A key, shown and read as the name behind it."""

    def __init__(self, model: type[models.Model]):
        super().__init__()
        self.names = Names(model)

    def clean(self, value: Any, row: Row | None = None, **kwargs: Any) -> Any:
        return self.names.key_of(super().clean(value).strip())

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return self.names.shown.get(value, value) or None
