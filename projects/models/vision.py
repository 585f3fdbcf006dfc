"""Vision (정책목표), its values and the strategies (추진전략) under it."""

from django.db import models

from core.models import Fact, MentionedText, NaturalKeyModel, Source
from seoul_digital.lib.fields import KeyField, LongTextField


class Strategy(NaturalKeyModel):
    """A strategy that lasts over several reports."""

    source_paths = ("briefs__source", "places__vision__source")

    slug = KeyField("이름표", max_length=60)
    name = models.CharField("추진전략", max_length=120)

    class Meta:
        verbose_name = "추진전략"
        verbose_name_plural = "추진전략"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Vision(MentionedText, Fact):
    scopes = (Source.Scope.VISION,)
    natural_key_fields = ("source__slug",)
    mention_fields = ("statement",)

    statement = LongTextField("정책목표", help_text="원문의 줄바꿈대로 적습니다.")

    class Meta:
        verbose_name = "정책목표"
        verbose_name_plural = "정책목표"
        ordering = ("source",)
        constraints = [models.UniqueConstraint(fields=["source"], name="vision_once_per_source")]

    def __str__(self) -> str:
        return " ".join(self.statement.split())


class VisionValue(NaturalKeyModel):
    numbered_within = ()
    natural_key_fields = ("vision__source__slug", "order")
    source_paths = ("vision__source",)

    vision = models.ForeignKey(Vision, models.CASCADE, verbose_name="정책목표", related_name="values")
    order = models.PositiveSmallIntegerField("차례")
    name = models.CharField("핵심가치", max_length=40)

    class Meta:
        verbose_name = "핵심가치"
        verbose_name_plural = "핵심가치"
        ordering = ("vision", "order")
        constraints = [models.UniqueConstraint(fields=["vision", "order"], name="vision_value_order_once")]

    def __str__(self) -> str:
        return self.name


class VisionStrategy(NaturalKeyModel):
    """A strategy's place under a vision."""

    numbered_within = ()
    numbers_are_read = True
    natural_key_fields = ("vision__source__slug", "strategy__slug")
    source_paths = ("vision__source",)

    vision = models.ForeignKey(Vision, models.CASCADE, verbose_name="정책목표", related_name="strategies")
    strategy = models.ForeignKey(Strategy, models.PROTECT, verbose_name="추진전략", related_name="places")
    order = models.PositiveSmallIntegerField("차례")

    class Meta:
        verbose_name = "정책목표의 추진전략"
        verbose_name_plural = "정책목표의 추진전략"
        ordering = ("vision", "order")
        constraints = [
            models.UniqueConstraint(fields=["vision", "strategy"], name="strategy_once_per_vision")
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.strategy}"
