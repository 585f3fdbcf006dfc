"""Revenue (세입) and expenditure (세출). Amounts are integers in 원; None where a part is unknown."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop

from core.models import Fact, NaturalKeyModel, Source
from departments.models import Department
from seoul_digital.lib.fields import KeyField

from .querysets import LINE_NAMES, BudgetFigureQuerySet

UNDER_ITSELF = "과목을 자기 자신의 아래에 둘 수 없습니다."


def amount(verbose_name, **options):
    return models.BigIntegerField(verbose_name, null=True, blank=True, **options)


class RevenueItem(NaturalKeyModel):
    """An item of the revenue classification (장·관·항·목). Only leaves carry figures."""

    source_paths = ("figures__source",)
    named_by = ("name", "parent")
    qualified_by = "상위 과목"

    slug = KeyField("이름표", max_length=60)
    name = models.CharField("이름", max_length=80)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="상위 과목", null=True, blank=True, related_name="children"
    )
    order = models.PositiveSmallIntegerField("차례", default=0)

    class Meta:
        verbose_name = "세입 과목"
        verbose_name_plural = "세입 과목"
        ordering = ("order", "pk")
        constraints = [
            models.CheckConstraint(
                name="revenue_item_not_under_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=UNDER_ITSELF,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def qualifier(self) -> str:
        return str(self.parent or "")

    def clean(self) -> None:
        """Refuse an item under itself, at any depth: no total would count its figures."""
        super().clean()
        above, seen = self.parent, set()
        while above and above.pk not in seen:
            if above.pk == self.pk:
                raise ValidationError({"parent": UNDER_ITSELF})
            seen.add(above.pk)
            above = above.parent


class RevenueFigure(Fact):
    """The amounts of one leaf item in one fiscal year; for a closed year the final budget (최종예산)."""

    scopes = (Source.Scope.REVENUE,)
    natural_key_fields = ("source__slug", "item__slug", "fiscal_year")
    called_by = ("item__name", "fiscal_year")

    item = models.ForeignKey(RevenueItem, models.PROTECT, verbose_name="과목", related_name="figures")
    fiscal_year = models.PositiveSmallIntegerField("회계연도")
    current_budget = amount("예산현액")
    assessed = amount("징수결정액")
    collected = amount("실제수납액")
    written_off = amount("불납결손액")
    uncollected = amount("미수납액")

    class Meta:
        verbose_name = "세입액"
        verbose_name_plural = "세입액"
        ordering = ("source", "-fiscal_year", "item__order")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "item", "fiscal_year"], name="revenue_once_per_item_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.fiscal_year}"

    @property
    def is_collected_and_assessed(self) -> bool:
        """Whether its collection is known in every part."""
        return None not in (self.assessed, self.collected, self.written_off, self.uncollected)


# LINE_NAMES, those first by which two lines of a department mostly differ: an index compares no further, and lines are written by the hundred thousand.
TELLING_NAMES = (
    "detailed_code",
    "object_name",
    "object_group",
    "detailed",
    "unit",
    "policy",
    "account_name",
    "account_kind",
)


class BudgetLine(NaturalKeyModel):
    """A line of the expenditure classification. Absent parts are '', never NULL.

    A department's total, where a report gives no more, is one line without a programme.
    """

    class AccountKind(models.TextChoices):
        UNSPECIFIED = "", gettext_noop("구분 없음")
        GENERAL = "general", gettext_noop("일반회계")
        SPECIAL = "special", gettext_noop("특별회계")
        FUND = "fund", gettext_noop("기금")

    natural_key_fields = ("fiscal_year", "department__slug", *LINE_NAMES)
    department_paths = ("department",)
    owner = "department"
    source_paths = ("figures__source",)

    fiscal_year = models.PositiveSmallIntegerField("회계연도")
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name="부서", related_name="budget_lines"
    )
    account_kind = models.CharField("회계구분", max_length=10, choices=AccountKind, blank=True, default="")
    account_name = models.CharField("회계명", max_length=80, blank=True, default="")
    policy = models.CharField("정책사업", max_length=120, blank=True, default="")
    unit = models.CharField("단위사업", max_length=120, blank=True, default="")
    detailed = models.CharField("세부사업", max_length=160, blank=True, default="")
    detailed_code = models.CharField("세부사업 코드", max_length=40, blank=True, default="")
    object_group = models.CharField("편성목", max_length=80, blank=True, default="")
    object_name = models.CharField("통계목", max_length=80, blank=True, default="")
    order = models.PositiveIntegerField("차례", default=0)

    class Meta:
        verbose_name = "세출 예산 줄"
        verbose_name_plural = "세출 예산 줄"
        ordering = ("-fiscal_year", "order", "pk")
        # A page of the list ends at its last row, where a city has a hundred thousand.
        indexes = [models.Index(fields=["-fiscal_year", "order", "id"], name="budget_lines_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "department", *TELLING_NAMES],
                name="budget_line_natural_key",
                violation_error_message="회계연도, 부서와 회계구분부터 통계목까지가 모두 같은 줄이 이미 있습니다.",
            )
        ]

    def __str__(self) -> str:
        parts = (
            self.get_account_kind_display() if self.account_kind else "",
            self.detailed,
            self.object_name,
        )
        return " ".join([str(self.fiscal_year), self.department.name, *filter(None, parts)])

    @property
    def programme(self) -> str:
        """Its programmes, top down; '' of a department's total."""
        return " › ".join(filter(None, [self.policy, self.unit, self.detailed]))


class BudgetFigure(Fact):
    """Budget and execution of one line. `current` is known; its parts may be None."""

    unit_editable = True
    scopes = (Source.Scope.EXPENDITURE,)
    natural_key_fields = ("source__slug", *(f"line__{path}" for path in BudgetLine.natural_key_fields))
    lasting_key = ("line",)
    called_by = ("line__fiscal_year", "line__account_name", "line__detailed", "line__object_name")
    department_paths = ("line__department",)
    owner = "line"

    line = models.ForeignKey(BudgetLine, models.PROTECT, verbose_name="예산 줄", related_name="figures")
    original = amount("당초예산")
    supplementary = amount("추경")
    pre_establishment = amount("성립전")
    reserve = amount("예비비")
    carried_over = amount("이월액")
    transferred = amount("이체")
    diverted = amount("전용")
    current = models.BigIntegerField("예산현액(최종예산)")
    committed = amount("원인행위액")
    disbursed = amount("지출액")
    previous = amount("전년도예산액")

    objects = BudgetFigureQuerySet.as_manager()
    last_execution: "BudgetFigure | None" = None

    class Meta:
        verbose_name = "세출 예산액·집행액"
        verbose_name_plural = "세출 예산액·집행액"
        ordering = ("source", "line__order")
        constraints = [models.UniqueConstraint(fields=["source", "line"], name="budget_figure_once_per_line")]

    def __str__(self) -> str:
        return f"{self.line} {self.current:,}원"

    @property
    def execution(self):
        """The figure that tells what was executed of the line: an earlier one where a reader was given it."""
        return self.last_execution or self

    @property
    def unexecuted(self):
        """집행잔액 on the 원인행위 basis, in 원; None while nothing is known of execution."""
        return None if self.committed is None else self.current - self.committed
