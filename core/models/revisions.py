"""Revisions: what the data version of a snapshot is made of. Only triggers write them (`core.audit.revisions`)."""

from django.db import models

EVERY_BUREAU = 0


class SourceRevision(models.Model):
    """A random token that is another one whenever what the source says has changed, by whatever way.

    Random, since a number that goes up comes back after a rollback, and what was remembered under it with it.
    """

    source = models.OneToOneField(
        "core.Source", models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+"
    )
    revision = models.CharField(max_length=32)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.source_id} {self.revision}"


class BureauRevision(models.Model):
    """The same of what belongs to no source (names of identities, thresholds), and of the sources in force as such.

    `bureau_id` is EVERY_BUREAU where nothing says which bureau's pages show it.
    """

    bureau_id = models.BigIntegerField(primary_key=True)
    revision = models.CharField(max_length=32)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.bureau_id} {self.revision}"
