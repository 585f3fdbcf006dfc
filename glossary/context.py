from django.utils.functional import SimpleLazyObject

from .entries import definitions, entry_of
from .linking import Linker


def linker(request):
    """`linker` in every template: links terms to their definitions. No query until it is used."""
    reading = getattr(request, "reading", None)

    def made():
        return Linker(entry_of(definition, reading) for definition in definitions(reading))

    return {"linker": SimpleLazyObject(made)}
