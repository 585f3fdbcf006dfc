"""Reading the audit trail in tests."""

from core.audit.recording import tracked_models
from core.models import ChangeRecord

RESTORABLE = [model for model in tracked_models() if model.restorable]


def records_of(subject):
    """The records of a model or an object, newest first."""
    return ChangeRecord.objects.of(subject)


def newest(subject, **condition):
    """(kind, user, reason) of the newest record."""
    record = records_of(subject).filter(**condition).first()
    return record.kind, record.user, record.reason


def values(subject, name):
    """What a field was after each change (before it, for a deletion), newest first."""
    return [record.state[name] for record in records_of(subject)]
