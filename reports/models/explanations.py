from django.conf import settings
from django.db import models

from core.models import TrackedModel
from core.models.bureaus import bureau_key


class Explanation(TrackedModel):
    """A person's word on a finding. It holds for the numbers that it was given for: when they change, the finding is back."""

    department_paths = ("bureau",)
    bureau_path = "bureau"

    bureau = bureau_key(models.CASCADE, related_name="explanations")
    finding = models.CharField("점검 식", max_length=250)
    fingerprint = models.CharField("숫자의 지문", max_length=32)
    reason = models.TextField("설명", max_length=2000)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="설명한 사람", related_name="explanations"
    )
    explained_at = models.DateTimeField("설명한 때", auto_now_add=True)

    class Meta:
        verbose_name = "점검 설명"
        verbose_name_plural = "점검 설명"
        ordering = ("-explained_at",)
        indexes = [models.Index(fields=["bureau", "finding"], name="explanation_of_finding")]

    def __str__(self):
        return f"{self.finding}: {self.reason}"[:100]
