"""Relations in import and export files: named by natural key, in words, each part of the key in a column of its own."""

import re
from collections.abc import Iterable

from import_export.widgets import ManyToManyWidget

from seoul_digital.lib.hangul import postposition

from .resource_fields import BLANK, Cell, Column, Text, widget_of

KEYS_AT_ONCE = 1_000  # in one query
PART, LINE = " | ", "\n"
_BAR = re.compile(r"(?<!\\)\|")


def key_paths(model) -> tuple[str, ...]:
    """The paths to what identifies an object: of a user the name to sign in with, of a group its name."""
    return getattr(model, "natural_key_fields", None) or (getattr(model, "USERNAME_FIELD", "name"),)


def relations_of_key(model) -> list[str]:
    """What to join so that reading natural keys asks nothing more."""
    return [path.rpartition("__")[0] for path in key_paths(model) if "__" in path]


def key_parts(model) -> list[tuple[str, Cell]]:
    """A header and a way of reading for each part of a model's natural key."""
    return [_part(model, path.split("__")) for path in key_paths(model)]


def _part(model, names):
    field = model._meta.get_field(names[0])
    label, leaf = field, field
    for name in names[1:]:
        label, leaf = leaf, leaf.related_model._meta.get_field(name)
    return str(label.verbose_name), widget_of(leaf)


def batches(keys: Iterable[tuple]):
    """Keys as many as go into one query."""
    listed = list(keys)
    return (listed[start : start + KEYS_AT_ONCE] for start in range(0, len(listed), KEYS_AT_ONCE))


class Keys:
    """The objects that a file names, asked for together."""

    def __init__(self):
        self.found = {}

    def load(self, model, keys: Iterable[tuple]):
        known = self.found.setdefault(model, {})
        for some in batches(set(keys) - known.keys()):
            named = {
                f"{path}__in": set(values)
                for path, values in zip(key_paths(model), zip(*some, strict=True), strict=True)
            }
            for instance in model._default_manager.select_related(*relations_of_key(model)).filter(**named):
                known[instance.natural_key()] = instance

    def get(self, model, key):
        return self.found.get(model, {}).get(key)

    def add(self, instance):
        self.found.setdefault(type(instance), {})[instance.natural_key()] = instance


class KeyColumn(Column):
    """A foreign key."""

    keys: Keys

    def __init__(self, model_field):
        self.model = model_field.related_model
        parts = key_parts(self.model)
        headers = [str(model_field.verbose_name)] if len(parts) == 1 else [header for header, _ in parts]
        self.parts = [widget for _, widget in parts]
        super().__init__(model_field, headers, Text())

    @property
    def widgets(self):
        return tuple(self.parts)

    @property
    def is_amount(self):
        return False

    def cells(self, instance):
        target = (
            getattr(instance, self.attribute, None)
            if getattr(instance, self.model_field.attname) is not None
            else None
        )
        values = target.natural_key() if target else (None,) * len(self.parts)
        return tuple(widget.render(value) for widget, value in zip(self.parts, values, strict=True))

    def key_in(self, row):
        """The key that a row names; None for an empty one. ValueError for a part that cannot be read."""
        return None if self.is_blank_in(row) else _key(self.parts, [row[header] for header in self.headers])

    def clean(self, row, **kwargs):
        key = self.key_in(row)
        if key is None:
            if not self.model_field.null:
                raise ValueError("비워 둘 수 없습니다.")
            return None
        return _found(self.keys, self.model, key)


class Links(ManyToManyWidget, Cell):
    is_text = True

    @property
    def note(self):
        headers = PART.join(header for header, _ in key_parts(self.model))
        return f"여럿이면 한 칸 안에서 줄을 바꾸어(Alt+Enter) 한 줄에 하나씩: {headers}"


class LinksColumn(Column):
    """A many-to-many relation: one cell, an object a line, the parts of its key parted by bars."""

    keys: Keys

    def __init__(self, model_field):
        self.model = model_field.related_model
        self.parts = [widget for _, widget in key_parts(self.model)]
        super().__init__(model_field, [str(model_field.verbose_name)], Links(self.model))
        self.default = None

    @property
    def is_amount(self):
        return False

    def cells(self, instance):
        targets = getattr(instance, self.attribute).all() if instance.pk else ()
        return (LINE.join(sorted(self._written(target) for target in targets)) or None,)

    def _written(self, target):
        values = [
            widget.render(value) for widget, value in zip(self.parts, target.natural_key(), strict=True)
        ]
        return PART.join("" if value is None else str(value).replace("|", "\\|") for value in values)

    def keys_in(self, row):
        lines = Text().clean(row[self.column_name]).splitlines()
        return [self._key(line) for line in lines if line.strip()]

    def _key(self, line):
        values = [value.strip().replace("\\|", "|") for value in _BAR.split(line)]
        if len(values) != len(self.parts):
            raise ValueError(f"‘{line[:80]}’은(는) {len(self.parts)}칸이어야 하는데 {len(values)}칸입니다.")
        return _key(self.parts, values)

    def clean(self, row, **kwargs):
        return [_found(self.keys, self.model, key) for key in self.keys_in(row)]


def _key(parts, values):
    cleaned = [widget.clean(value) for widget, value in zip(parts, values, strict=True)]
    return tuple(value.strip() if isinstance(value, str) else value for value in cleaned)


def _found(keys, model, key):
    if found := keys.get(model, key):
        return found
    named = PART.join(str(part) for part in key if part not in BLANK)
    what = str(model._meta.verbose_name)
    particle = postposition(what, ("을", "를"))
    raise ValueError(
        f"‘{named[:200]}’에 맞는 {what}{particle} 찾을 수 없습니다. 적힌 말을 확인하거나 먼저 등록해 주세요."
    )
