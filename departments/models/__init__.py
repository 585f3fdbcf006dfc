from .natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from .sources import ControlTotal, Fact, FactQuerySet, Source
from .units import Department, Duty, FoundationProfile, Placement, Staffing, Succession
from .users import User

__all__ = [
    "ControlTotal",
    "Department",
    "Duty",
    "Fact",
    "FactQuerySet",
    "FoundationProfile",
    "NaturalKeyModel",
    "NaturalKeyQuerySet",
    "Placement",
    "Source",
    "Staffing",
    "Succession",
    "User",
]
