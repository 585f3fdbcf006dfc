"""A change that is no slip, and a form's way to make it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Innocent:
    words: str
    make: Callable[[], None]


def save(row: Any, **values: Any) -> None:
    fresh = type(row)._base_manager.get(pk=row.pk)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.full_clean()
    fresh.save()
