"""Projects (주요 현안 업무), their briefs, contacts and funding."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from core.models import Fact, FactQuerySet, MentionedText, NaturalKeyModel, Source
from departments.models import Department
from seoul_digital.lib.fields import (
    KeyField,
    LongTextField,
    OutlineField,
    PartialDateField,
    partial_date_check,
)
from seoul_digital.lib.periods import Period

from .vision import Strategy


class Project(NaturalKeyModel):
    """A project that lasts over several reports."""

    department_paths = ("briefs__lead_department",)
    source_paths = ("briefs__source",)

    slug = KeyField("이름표", max_length=60)
    name = models.CharField("이름", max_length=120)
    name_english = models.CharField(
        "영어 이름", max_length=120, blank=True, help_text="영어 화면에서 제목 대신 보입니다."
    )
    budget_lines = models.ManyToManyField(
        "budgets.BudgetLine", verbose_name="예산 줄", blank=True, related_name="projects"
    )

    class Meta:
        verbose_name = "사업"
        verbose_name_plural = "사업"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def owning_department(cls):
        """The unit that leads it: by the newest brief in force, while there is none by the newest draft."""
        briefs = Brief.objects.filter(project=OuterRef("pk")).exclude(source__state=Source.State.WITHDRAWN)
        newest = briefs.order_by(
            "-source__state", "-source__as_of", "-source__received_at", "-pk"
        )  # `in_force` stands before `draft`
        return Subquery(newest.values("lead_department")[:1])

    @classmethod
    def owned_by(cls, units):
        led = cls._base_manager.annotate(lead=cls.owning_department()).filter(lead__in=units)
        return Q(pk__in=led.order_by().values("pk"))

    @classmethod
    def available_to(cls, units):
        """Projects that the units may write a brief about: their own, those of their earlier briefs, those without any."""
        own = Brief.objects.filter(lead_department__in=units)
        return (
            cls.owned_by(units)
            | Q(pk__in=own.values("project"))
            | ~Exists(Brief.objects.filter(project=OuterRef("pk")))
        )


class BriefQuerySet(FactQuerySet):
    def for_list(self) -> Self:
        return self.select_related("project", "strategy", "lead_department", "source").order_by("number")

    def with_milestones(self) -> Self:
        return self.prefetch_related("milestones")

    def with_budget_links(self) -> Self:
        """`has_budget_lines`: whether the project is linked to lines of the budget."""
        links = Project.budget_lines.through.objects.filter(project=OuterRef("project"))
        return self.annotate(has_budget_lines=Exists(links))


class Brief(MentionedText, Fact):
    """A report's text and budget for one project. Texts are 개조식; the budget is in 원."""

    class ScheduleHeading(models.TextChoices):
        SCHEDULE = "향후일정", _("향후일정")
        PLAN = "향후계획", _("향후계획")

    unit_editable = True
    scopes = (Source.Scope.PROJECTS,)
    natural_key_fields = ("source__slug", "project__slug")
    department_paths = ("lead_department",)
    owner = "lead_department"
    mention_fields = ("title", "title_in_vision", "purpose", "overview", "achievements")

    project = models.ForeignKey(Project, models.PROTECT, verbose_name="사업", related_name="briefs")
    number = models.PositiveSmallIntegerField("번호")
    title = models.CharField("제목", max_length=120)
    title_in_vision = models.CharField(
        "추진전략 그림의 제목", max_length=120, blank=True, help_text="제목과 다르게 적혔을 때만 적습니다."
    )
    strategy = models.ForeignKey(
        Strategy, models.PROTECT, verbose_name="추진전략", null=True, blank=True, related_name="briefs"
    )
    lead_department = models.ForeignKey(
        Department, models.PROTECT, verbose_name="주관 부서", related_name="briefs"
    )
    start = PartialDateField(
        "사업기간 시작", blank=True, help_text="보고서가 사업기간을 적었을 때만 적습니다."
    )
    end = PartialDateField("사업기간 끝", blank=True)
    purpose = LongTextField("목적")
    overview = OutlineField("사업개요", blank=True)
    achievements = OutlineField("추진실적", blank=True)
    budget = models.BigIntegerField("사업예산(원)", null=True, blank=True)
    budget_printed = models.CharField("사업예산 원문 표기", max_length=80, blank=True)
    schedule_heading = models.CharField(
        "일정의 제목", max_length=10, choices=ScheduleHeading, default=ScheduleHeading.SCHEDULE
    )

    objects = BriefQuerySet.as_manager()
    has_budget_lines: bool  # where it came `with_budget_links`

    class Meta:
        verbose_name = "사업 보고"
        verbose_name_plural = "사업 보고"
        ordering = ("source", "number")
        constraints = [
            models.UniqueConstraint(fields=["source", "project"], name="brief_once_per_project"),
            models.UniqueConstraint(fields=["source", "number"], name="brief_number_once"),
            partial_date_check("brief_start_is_partial_date", "start"),
            partial_date_check("brief_end_is_partial_date", "end"),
        ]

    @property
    def period(self):
        """The project's own dates, where the report gives them."""
        return Period.from_texts(self.start, self.end)

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def name_english(self) -> str:
        """As `str`, for pages in English; empty where nobody has given the project a name."""
        return self.project.name_english and f"{self.number}. {self.project.name_english}"


class Contact(NaturalKeyModel):
    """An entry of a project's people line: role, name or names, and the phone as printed."""

    unit_editable = True
    numbered_within = ("brief__project__slug",)
    natural_key_fields = ("brief__source__slug", "brief__project__slug", "order")
    department_paths = ("brief__lead_department", "department")
    called_by = ("role", "names")
    owner = "brief"
    source_paths = ("brief__source",)

    brief = models.ForeignKey(Brief, models.CASCADE, verbose_name="사업 보고", related_name="contacts")
    order = models.PositiveSmallIntegerField("차례")
    role = models.CharField("직위", max_length=60)
    names = models.CharField("이름", max_length=80)
    phone = models.CharField("전화", max_length=30, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name="부서", null=True, blank=True, related_name="contacts"
    )

    class Meta:
        verbose_name = "담당자"
        verbose_name_plural = "담당자"
        ordering = ("brief", "order")
        constraints = [models.UniqueConstraint(fields=["brief", "order"], name="contact_order_once")]

    def __str__(self) -> str:
        return f"{self.role} {self.names}"


class Funding(NaturalKeyModel):
    """A part of a project's budget by its source of money, in 원."""

    unit_editable = True
    numbered_within = ("brief__project__slug",)
    natural_key_fields = ("brief__source__slug", "brief__project__slug", "order")
    department_paths = ("brief__lead_department",)
    called_by = ("name",)
    owner = "brief"
    source_paths = ("brief__source",)

    brief = models.ForeignKey(Brief, models.CASCADE, verbose_name="사업 보고", related_name="fundings")
    order = models.PositiveSmallIntegerField("차례")
    name = models.CharField("재원", max_length=40)
    amount = models.BigIntegerField("금액(원)")
    printed = models.CharField("원문 표기", max_length=40, blank=True)

    class Meta:
        verbose_name = "재원"
        verbose_name_plural = "재원"
        ordering = ("brief", "order")
        constraints = [models.UniqueConstraint(fields=["brief", "order"], name="funding_order_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.printed}"
