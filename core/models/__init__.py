from .changes import ChangeRecord, ChangeRecordDepartment
from .imported_rows import ImportedRows
from .mentions import MentionedText
from .natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from .revisions import BureauRevision, SourceRevision
from .seals import ChainLink, RecordSeal
from .sources import ControlTotal, ControlTotalQuerySet, Fact, FactQuerySet, Source, organisation_units
from .stored_files import StoredFile, StoredPiece
from .tasks import PeriodicTask, TaskLease, TaskWorker
from .thresholds import Threshold
from .tracked import TrackedModel, TrackedQuerySet

__all__ = [
    "BureauRevision",
    "ChainLink",
    "ChangeRecord",
    "ChangeRecordDepartment",
    "ControlTotal",
    "ControlTotalQuerySet",
    "Fact",
    "FactQuerySet",
    "ImportedRows",
    "MentionedText",
    "NaturalKeyModel",
    "NaturalKeyQuerySet",
    "PeriodicTask",
    "RecordSeal",
    "Source",
    "SourceRevision",
    "StoredFile",
    "StoredPiece",
    "TaskLease",
    "TaskWorker",
    "Threshold",
    "TrackedModel",
    "TrackedQuerySet",
    "organisation_units",
]
