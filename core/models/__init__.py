from .natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from .revisions import BureauRevision, SourceRevision
from .sources import ControlTotal, ControlTotalQuerySet, Fact, FactQuerySet, Source, organisation_units

__all__ = [
    "BureauRevision",
    "ControlTotal",
    "ControlTotalQuerySet",
    "Fact",
    "FactQuerySet",
    "NaturalKeyModel",
    "NaturalKeyQuerySet",
    "Source",
    "organisation_units",
    "SourceRevision",
]
