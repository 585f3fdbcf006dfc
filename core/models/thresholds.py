"""Thresholds (점검 기준): from where on a number is doubted. Their kinds are code (`core.plausibility.thresholds`), their values are data."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from .natural_keys import NaturalKeyModel


class Threshold(NaturalKeyModel):
    """One value; `kind` is a registered one, which nobody types."""

    natural_key_fields = ("name",)

    kind = models.CharField("이름표", max_length=40, unique=True, editable=False)
    name = models.CharField("기준", max_length=80, unique=True)
    value = models.DecimalField(
        "값",
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"), "0보다 큰 값을 적어 주세요.")],
    )
    unit = models.CharField("단위", max_length=20)
    note = models.TextField("비고", max_length=500, blank=True)

    class Meta:
        verbose_name = "점검 기준"
        verbose_name_plural = "점검 기준"
        default_permissions = ("view", "change")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                name="threshold_above_zero",
                condition=Q(value__gt=0),
                violation_error_message="0보다 큰 값을 적어 주세요.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.value.normalize():f}{self.unit}"
