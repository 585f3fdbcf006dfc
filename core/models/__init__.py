from .changes import ChangeRecord, ChangeRecordDepartment
from .mentions import MentionedText
from .natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from .revisions import BureauRevision, SourceRevision
from .sources import ControlTotal, ControlTotalQuerySet, Fact, FactQuerySet, Source, organisation_units
from .thresholds import Threshold
from .tracked import TrackedModel, TrackedQuerySet

__all__ = [
    "BureauRevision",
    "ChangeRecord",
    "ChangeRecordDepartment",
    "ControlTotal",
    "ControlTotalQuerySet",
    "Fact",
    "FactQuerySet",
    "MentionedText",
    "NaturalKeyModel",
    "NaturalKeyQuerySet",
    "Source",
    "SourceRevision",
    "Threshold",
    "TrackedModel",
    "TrackedQuerySet",
    "organisation_units",
]
