from .natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from .sources import ControlTotal, ControlTotalQuerySet, Fact, FactQuerySet, Source, organisation_units

__all__ = [
    "ControlTotal",
    "ControlTotalQuerySet",
    "Fact",
    "FactQuerySet",
    "NaturalKeyModel",
    "NaturalKeyQuerySet",
    "Source",
    "organisation_units",
]
