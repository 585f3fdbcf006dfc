"""Milestones, drawn from a brief's achievements (추진실적) and its schedule (향후일정)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import MentionedText, NaturalKeyModel
from seoul_digital.lib.fields import KeyField, OutlineField, PartialDateField, partial_date_check
from seoul_digital.lib.periods import Period

from .projects import Brief


class Milestone(MentionedText, NaturalKeyModel):
    """A dated or stated step. A schedule line lives here whole: title, period as printed, and the lines below it (note).

    `key` is made from the first title and carried from report to report, so that a step that is reworded stays the same.
    """

    class Listing(models.TextChoices):
        ACHIEVEMENT = "achievement", _("추진실적")
        SCHEDULE = "schedule", _("향후일정")

    class Recorded(models.TextChoices):
        NONE = "", _("적히지 않음")
        DONE = "done", _("완료")
        IN_PROGRESS = "in_progress", _("기간 중")
        PLANNED = "planned", _("예정")

    unit_editable = True
    numbered_within = ("brief__project__slug", "listing")
    natural_key_fields = ("brief__source__slug", "brief__project__slug", "listing", "title")
    lasting_key = ("brief__project", "key")
    called_by = ("title",)
    department_paths = ("brief__lead_department",)
    owner = "brief"
    source_paths = ("brief__source",)
    mention_fields = ("title", "note")

    brief = models.ForeignKey(Brief, models.CASCADE, verbose_name="사업 보고", related_name="milestones")
    key = KeyField("이름표", max_length=60, words="title", within="brief")
    order = models.PositiveSmallIntegerField("차례")
    listing = models.CharField("적힌 곳", max_length=12, choices=Listing)
    title = models.CharField("내용", max_length=200)
    start = PartialDateField("시작", blank=True, help_text="비우면 시작이 적히지 않은 일정입니다.")
    end = PartialDateField("끝", blank=True, help_text="비우면 끝이 적히지 않은 일정입니다.")
    all_year = models.BooleanField("연중", default=False)
    period_printed = models.CharField("기간 원문 표기", max_length=60, blank=True)
    recorded = models.CharField("적힌 상태", max_length=12, choices=Recorded, blank=True, default="")
    recorded_in = models.CharField("상태를 적은 말", max_length=200, blank=True)
    note = OutlineField("아랫줄", blank=True)

    class Meta:
        verbose_name = "실적·일정"
        verbose_name_plural = "실적·일정"
        ordering = ("brief", "order")
        constraints = [
            models.UniqueConstraint(fields=["brief", "key"], name="milestone_key_once"),
            partial_date_check("milestone_start_is_partial_date", "start"),
            partial_date_check("milestone_end_is_partial_date", "end"),
            models.CheckConstraint(
                name="milestone_all_year_has_no_ends",
                condition=Q(all_year=False) | Q(start="", end=""),
                violation_error_message="연중인 일정에는 시작과 끝을 적지 않습니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        try:
            is_reversed = self.period.is_reversed
        except ValueError:  # the fields themselves have said what is wrong
            return
        if is_reversed:
            raise ValidationError({"end": "끝이 시작보다 앞섭니다."})

    @property
    def period(self):
        return Period.from_texts(self.start, self.end, self.all_year)

    @property
    def is_achievement(self):
        return self.listing == self.Listing.ACHIEVEMENT

    @property
    def is_dated(self):
        return bool(self.start or self.end or self.all_year)
