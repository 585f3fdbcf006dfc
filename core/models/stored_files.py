"""Files that every node must reach: kept in the database in pieces, or named there and kept in an object store (`core.storage`)."""

from django.db import models
from django.db.models.functions import Length, Now
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

PIECE = 1 << 20  # bytes


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def whole(self) -> "StoredFileQuerySet":
        return self.filter(is_whole=True)

    def expired(self) -> "StoredFileQuerySet":
        """By the database's clock, for those of the nodes may differ."""
        return self.filter(expires_at__lt=Now(), is_sealed=False)


class StoredFile(models.Model):
    """A file under a name of ours; whose it is and what it is called, the row that names it says.

    `is_whole` is false while it is written to an object store. It goes after `expires_at`, which is empty once somebody keeps it; what
    is sealed neither changes nor goes, by triggers.
    """

    class FilePlace(models.TextChoices):
        DATABASE = "database"
        OBJECTS = "objects"

    name = models.CharField(max_length=32, unique=True)
    folder = models.CharField(max_length=20)
    place = models.CharField(max_length=10, choices=FilePlace.choices)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    is_whole = models.BooleanField(default=False)
    is_sealed = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True, db_index=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_sealed=False) | models.Q(is_whole=True, expires_at=None),
                name="stored_file_sealed_is_whole_and_kept",
            )
        ]

    def __str__(self) -> str:
        return f"{self.folder}/{self.name}"


class StoredPiece(models.Model):
    """At most PIECE bytes of a file."""

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        ordering = ("file", "number")
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="stored_piece_once_a_number"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("content"), PIECE), name="stored_piece_is_small"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.number}"
