from django.utils.functional import SimpleLazyObject

from .entries import definitions, entry_of
from .linking import Linker


def linker(request):
    """`linker` in every template: links terms to their definitions. No query until it is used."""
    snapshot = getattr(request, "snapshot", None)

    def made():
        return Linker(entry_of(definition, snapshot) for definition in definitions(snapshot))

    return {"linker": SimpleLazyObject(made)}
