"""What a file brought: the values of rows that were written past history, kept once a source."""

from django.db import models

from .sources import Source
from .tracked import TrackedModel


class ImportedRows(TrackedModel):
    """`content` is compressed lines of JSON: of each model its label and the names of its values, then of each row its key and its values, as a
    change record has them; or some thousand rows a line by column (`core.audit.kept_columns`).

    The newest of a source counts; earlier ones are how its draft was read before somebody matched names. Nothing of it changes or
    goes, though the source may.
    """

    untracked_fields = ("content",)

    source = models.ForeignKey(
        Source, models.DO_NOTHING, verbose_name="자료", db_constraint=False, related_name="+"
    )
    content = models.BinaryField("줄")
    sha256 = models.CharField("SHA-256", max_length=64)
    rows = models.PositiveIntegerField("줄 수")

    class Meta:
        verbose_name = "파일에서 불러온 줄"
        verbose_name_plural = "파일에서 불러온 줄"
        default_permissions = ()

    def __str__(self) -> str:
        return f"자료 #{self.source_id}의 {self.rows:,}줄"
