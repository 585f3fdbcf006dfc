"""The bureaus' names, which labels carry while there is more than one bureau to tell apart."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.conf import settings


class BureauNames:
    """By key, asked for by the first label that needs them; none where there is one bureau."""

    def __init__(self) -> None:
        self._present: dict[int, str] | None = None
        self._all: dict[int, str] | None = None

    def present(self, bureaus: Iterable[Any]) -> None:
        """Takes note of the present bureaus, where somebody has asked for them already."""
        self._present = {bureau.pk: bureau.name for bureau in bureaus}

    def are_several(self) -> bool:
        if self._present is None:
            units = apps.get_model(settings.ORGANISATION_UNIT_MODEL).objects
            self.present(units.present_bureaus()[:2])
        return len(self._present or ()) > 1

    def name(self, bureau: int) -> str:
        """Of one that became another, too; only these are asked for."""
        if not self.are_several():
            return ""
        if name := (self._present or {}).get(bureau):
            return name
        return self.former().get(bureau, "")

    def former(self) -> dict[int, str]:
        """Of all that have sources, of any state."""
        if self._all is None:
            units = apps.get_model(settings.ORGANISATION_UNIT_MODEL).objects
            sources = apps.get_model("core.source")._base_manager.order_by().values("bureau")
            self._all = dict(units.filter(pk__in=sources).order_by().values_list("pk", "name"))
        return self._all


_current: ContextVar[BureauNames | None] = ContextVar("bureau_names", default=None)


@contextmanager
def naming_bureaus() -> Iterator[None]:
    """Within it, labels name their bureau."""
    token = _current.set(BureauNames())
    try:
        yield
    finally:
        _current.reset(token)


def note_present(bureaus: Iterable[Any]) -> None:
    if current := _current.get():
        current.present(bureaus)


def has_several_bureaus() -> bool:
    """Whether labels are to name their bureau."""
    current = _current.get()
    return bool(current and current.are_several())


def bureau_name(bureau: int | None) -> str:
    """The name of a bureau (key); '' while there is one bureau, or nobody to tell."""
    current = _current.get()
    return current.name(bureau) if current and bureau else ""


def of_bureau(label: str, bureau: int | None) -> str:
    """The label with the bureau's name before it, where it has to be told and does not stand there already."""
    name = bureau_name(bureau)
    return f"{name} {label}" if name and not label.startswith(name) else label
