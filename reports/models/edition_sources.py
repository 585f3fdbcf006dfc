"""Which sources an edition is made of: its own drafts until it is published, from then on all that its report rests on."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.deletion import CASCADE, Collector, ProtectedError

from core.models import Source, TrackedModel

from .editions import Edition

RESTS_ON = "발행한 ‘{}’의 근거가 된 자료({})는 지울 수 없습니다. 잘못된 자료이면 까닭을 적어 철회하십시오."


def protect_published(collector: Collector, field: Any, rows: Any, using: str) -> None:
    """On deletion of a source: what a published edition rests on stays, of the others the draft is no longer theirs."""
    if published := list(rows.filter(edition__state=Edition.State.PUBLISHED).select_related("edition")):
        raise ProtectedError(str(published[0]), set(published))  # Django shows what they are called
    CASCADE(collector, field, rows, using)


class EditionSource(TrackedModel):
    """`carried_revision` is the revision of a source that was carried forward, as it was then; empty for what was taken in.
    `is_new`: nothing was known of the scope, and the edition began it with an empty draft."""

    department_paths = ("edition__bureau",)

    edition = models.ForeignKey(Edition, models.CASCADE, verbose_name="회차", related_name="edition_sources")
    source = models.ForeignKey(Source, protect_published, verbose_name="자료", related_name="edition_sources")
    carried_revision = models.CharField("이어받은 때의 판", max_length=32, blank=True)

    is_new = models.BooleanField("빈 초안으로 시작함", default=False)

    class Meta:
        verbose_name = "회차의 자료"
        verbose_name_plural = "회차의 자료"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["edition", "source"], name="edition_source_once_per_edition")
        ]

    def __str__(self) -> str:
        if self.edition.is_published:
            return RESTS_ON.format(self.edition, self.source)
        return f"{self.edition}의 {self.source}"


def rest_on(edition: Edition, sources: Iterable[Source]) -> None:
    """Keeps what the edition's report rests on."""
    own = set(edition.edition_sources.values_list("source", flat=True))
    EditionSource.objects.bulk_create(
        EditionSource(edition=edition, source=source) for source in sources if source.pk not in own
    )
