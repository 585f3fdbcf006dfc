"""Indicators (지표): every measurable quantity, what was measured, and the targets that the text gives."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Fact, FactQuerySet, NaturalKeyModel, Source
from seoul_digital.lib.fields import KeyField, PartialDateField, partial_date_check
from seoul_digital.lib.periods import full_text

from .projects import Project

SCOPES = (Source.Scope.INDICATORS,)


class Indicator(NaturalKeyModel):
    class Kind(models.TextChoices):
        STOCK = "stock", _("현황")
        FLOW = "flow", _("기간 실적")
        CUMULATIVE = "cumulative", _("누계")
        IN_PROGRESS = "in_progress", _("추진 중")
        PLAN = "plan", _("계획")
        SURVEY = "survey", _("조사")

    department_paths = ("project__briefs__lead_department",)
    owner = "project"
    source_paths = ("measurements__source", "targets__source")
    named_by = ("name", "project", "parent")
    qualified_by = "사업과 상위 지표"

    slug = KeyField("이름표", max_length=80)
    name = models.CharField("이름", max_length=120)
    project = models.ForeignKey(
        Project, models.PROTECT, verbose_name="사업", null=True, blank=True, related_name="indicators"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="상위 지표", null=True, blank=True, related_name="children"
    )
    children_are_parts = models.BooleanField(
        "하위 지표를 더하면 전체",
        default=False,
        help_text="하위 지표의 합이 이 지표와 같아야 할 때 고릅니다.",
    )
    unit = models.CharField("단위", max_length=20, blank=True)
    kind = models.CharField("성격", max_length=12, choices=Kind)
    order = models.PositiveSmallIntegerField("차례", default=0)

    class Meta:
        verbose_name = "지표"
        verbose_name_plural = "지표"
        ordering = ("order", "pk")
        constraints = [
            models.CheckConstraint(
                name="indicator_not_under_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message="지표를 자기 자신의 아래에 둘 수 없습니다.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def qualifier(self) -> str:
        return ", ".join(str(above) for above in (self.project, self.parent) if above)


class StatementQuerySet(FactQuerySet):
    """Queries of measurements and targets."""

    def of_sources(self, sources):
        return self.filter(source__in=sources)

    def of_project(self, project):
        return self.filter(indicator__project=project)

    def with_indicators(self):
        return self.select_related("indicator__project").order_by("indicator__order", "indicator__pk", "pk")


class Measurement(Fact):
    """A value of an indicator on a day, month or year.

    `place` says where the report states it. It is part of the key, so that two statements of one
    quantity in one report (200배 in a text, 20배 in its table) can both be kept and compared.
    """

    unit_editable = True
    scopes = SCOPES
    natural_key_fields = ("source__slug", "indicator__slug", "measured_on", "place")
    lasting_key = ("indicator", "place")
    called_by = ("indicator__name", "place")
    department_paths = ("indicator__project__briefs__lead_department",)
    owner = "indicator"

    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name="지표", related_name="measurements")
    measured_on = PartialDateField("값의 때")
    measured_printed = models.CharField("값의 때 원문 표기", max_length=40, blank=True)
    value = models.DecimalField("값", max_digits=20, decimal_places=4)
    printed = models.CharField("원문 표기", max_length=60)
    place = models.CharField("적힌 곳", max_length=60, blank=True, default="")

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = "측정값"
        verbose_name_plural = "측정값"
        ordering = ("indicator", "measured_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "indicator", "measured_on", "place"], name="measurement_once_per_statement"
            ),
            partial_date_check("measurement_measured_on_is_partial_date", "measured_on"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.printed} ({full_text(self.measured_on)})"


class Target(Fact):
    """A target that the text gives, with the time it is due."""

    unit_editable = True
    scopes = SCOPES
    natural_key_fields = ("source__slug", "indicator__slug", "due")
    lasting_key = ("indicator",)
    called_by = ("indicator__name",)
    department_paths = ("indicator__project__briefs__lead_department",)
    owner = "indicator"

    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name="지표", related_name="targets")
    due = PartialDateField("기한", blank=True)
    value = models.DecimalField("목표값", max_digits=20, decimal_places=4)
    printed = models.CharField("원문 표기", max_length=60)
    place = models.CharField("적힌 곳", max_length=60, blank=True, default="")

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = "목표"
        verbose_name_plural = "목표"
        ordering = ("indicator", "due")
        constraints = [
            models.UniqueConstraint(fields=["source", "indicator", "due"], name="target_once_per_due"),
            partial_date_check("target_due_is_partial_date", "due"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.printed}"
