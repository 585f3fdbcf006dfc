"""Values of an earlier day that somebody keeps for an edition."""

from django.db import models

from core.models import TrackedModel
from projects.models import Measurement

from .editions import Edition


class KeptValue(TrackedModel):
    """`value` is what was kept, as it then stood: what is written otherwise later is asked about again."""

    department_paths = ("edition__bureau",)
    bureau_path = "edition__bureau"

    edition = models.ForeignKey(Edition, models.CASCADE, verbose_name="회차", related_name="kept_values")
    measurement = models.OneToOneField(
        Measurement, models.CASCADE, verbose_name="측정값", related_name="kept_value"
    )
    value = models.CharField("유지한 값", max_length=120)

    class Meta:
        verbose_name = "유지한 지난 값"
        verbose_name_plural = "유지한 지난 값"
        default_permissions = ()

    def __str__(self) -> str:
        return self.value
