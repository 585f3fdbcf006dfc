"""The bureaus' names, which labels carry while there is more than one bureau to tell apart."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.conf import settings


class BureauNames:
    """By key, asked for by the first label that needs them; none where there is one bureau."""

    def __init__(self) -> None:
        self._names: dict[int, str] | None = None
        self._are_several = False

    def present(self, bureaus: Sequence[Any]) -> None:
        """Takes note of the present bureaus, where somebody has asked for them already."""
        self._are_several = len(bureaus) > 1
        if not self._are_several:
            self._names = {}

    def names(self) -> dict[int, str]:
        units = apps.get_model(settings.ORGANISATION_UNIT_MODEL).objects
        if self._names is None and not self._are_several:
            self.present(units.present_bureaus()[:2])
        if self._names is None:
            sources = apps.get_model("core.source")._base_manager.order_by().values("bureau")
            self._names = dict(units.filter(pk__in=sources).values_list("pk", "name"))
        return self._names


_current: ContextVar[BureauNames | None] = ContextVar("bureau_names", default=None)


@contextmanager
def naming_bureaus() -> Iterator[None]:
    """Within it, labels name their bureau."""
    token = _current.set(BureauNames())
    try:
        yield
    finally:
        _current.reset(token)


def note_present(bureaus: Sequence[Any]) -> None:
    if current := _current.get():
        current.present(bureaus)


def has_several_bureaus() -> bool:
    """Whether labels are to name their bureau."""
    current = _current.get()
    return bool(current and current.names())


def bureau_name(bureau: int | None) -> str:
    """The name of a bureau (key); '' while there is one bureau, or nobody to tell."""
    current = _current.get()
    return current.names().get(bureau, "") if current and bureau else ""


def of_bureau(label: str, bureau: int | None) -> str:
    """The label with the bureau's name before it, where it has to be told and does not stand there already."""
    name = bureau_name(bureau)
    return f"{name} {label}" if name and not label.startswith(name) else label
