from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .entries import definitions, entry_of
from .linking import Linker


def linker(request: HttpRequest) -> dict[str, SimpleLazyObject]:
    """`linker` in every template: links terms to their definitions. No query until it is used."""
    snapshot = getattr(request, "snapshot", None)

    def made() -> Linker:
        return Linker(entry_of(definition, snapshot) for definition in definitions(snapshot))

    return {"linker": SimpleLazyObject(made)}
