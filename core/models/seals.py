"""Seals of change records and the chain that links them (`core.audit.seals`)."""

from django.db import models

from .changes import ChangeRecord


class RecordSeal(models.Model):
    """What a change record said when it was written: `mac` is keyed by AUDIT_KEY, which the database does not hold.

    `sums` are short checksums of its columns, which name the one that was changed. `position` is the link of the chain
    that holds the seal, empty for the moment between the commit and the linking.
    """

    record = models.OneToOneField(
        ChangeRecord, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="seal"
    )
    mac = models.CharField(max_length=64)
    sums = models.CharField(max_length=120)
    position = models.BigIntegerField(null=True, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.record_id} {self.mac}"


class ChainLink(models.Model):
    """A link of the chain: `head` is keyed too, over the link before, the time and the `count` seals that it holds.

    Link 0 holds nothing: whoever adds a link locks it.
    """

    position = models.BigIntegerField(primary_key=True)
    head = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.position} {self.head}"
