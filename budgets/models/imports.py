"""Imported files (`budgets.imports`), and people's mappings of names and columns."""

from django.db import models
from django.db.models import F, Q

from core.models import NaturalKeyModel, NaturalKeyQuerySet, Source
from core.models.bureaus import bureau_key
from departments.models import Department, User
from seoul_digital.lib.fields import KeyField
from seoul_digital.lib.hangul import fold

from ..imports.fields import IGNORED, LABELS, plain_label
from .figures import BudgetLine

MEANINGS = [*LABELS.items(), (IGNORED, "쓰지 않음")]


class BudgetImportQuerySet(models.QuerySet):
    def unfinished(self):
        """Those that a process is, or was, at work on: reading, or throwing away."""
        states = BudgetImport.State
        return self.filter(Q(state=states.READING) | Q(state=states.DISCARDED, source__isnull=False))

    def newest_first(self):
        return self.select_related("source", "uploader", "bureau").order_by("-created_at", "-pk")


class BudgetImport(models.Model):
    """An uploaded file from its options to its report and its source; of a file of many bureaus, `parts` have a source each.

    A record of a process, kept without history of its own; what it brings into force is a Source, which has it. `file_name` is shown and never
    used; an uploaded file is kept under `token`. `options` are those of `imports.options.Options`; `report` is what was found in it.
    """

    class State(models.TextChoices):
        READING = "reading", "읽는 중"
        REFUSED = "refused", "읽지 못함"
        ASKING = "asking", "확인 필요"
        STAGED = "staged", "자료로 읽음"
        SPLIT = "split", "국별로 나눔"
        DISCARDED = "discarded", "버림"

    bureau = bureau_key(models.PROTECT, related_name="budget_imports")
    file_name = models.CharField("파일 이름", max_length=200)
    token = models.CharField("보관 이름", max_length=32, unique=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("크기(바이트)")
    options = models.JSONField("읽는 조건", default=dict)
    state = models.CharField("상태", max_length=10, choices=State, default=State.READING)
    uploader = models.ForeignKey(
        User, models.PROTECT, verbose_name="올린 사람", null=True, blank=True, related_name="budget_imports"
    )
    created_at = models.DateTimeField("올린 때", auto_now_add=True)
    beat_at = models.DateTimeField("마지막으로 움직인 때", auto_now=True)
    source = models.OneToOneField(
        Source, models.PROTECT, verbose_name="자료", null=True, blank=True, related_name="budget_import"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="여러 국의 파일", null=True, blank=True, related_name="parts"
    )
    rows_read = models.PositiveIntegerField("읽은 줄", default=0)
    report = models.JSONField("읽은 결과", default=dict)

    objects = BudgetImportQuerySet.as_manager()

    class Meta:
        verbose_name = "예산 파일"
        verbose_name_plural = "예산 파일"
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="budget_import_staged_has_source",
                condition=~Q(state="staged") | Q(source__isnull=False),
                violation_error_message="읽은 파일에는 자료가 있어야 합니다.",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @classmethod
    def belonging_to(cls, bureaus):
        return Q(bureau__in=bureaus)

    @property
    def stage(self):
        """The state in words; for a file that became a source, the source's state; for one of many bureaus, that of its parts."""
        if self.state == self.State.SPLIT:
            return " · ".join(dict.fromkeys(part.stage for part in self.parts.all()))
        if self.state == self.State.STAGED and self.source.state == Source.State.DRAFT:
            return "검토 대기"
        return (
            self.source.get_state_display() if self.state == self.State.STAGED else self.get_state_display()
        )

    @property
    def is_draft(self):
        if self.state == self.State.SPLIT:
            return any(part.is_draft for part in self.parts.all())
        return self.state == self.State.STAGED and self.source.state == Source.State.DRAFT

    @property
    def is_in_force(self):
        if self.state == self.State.SPLIT:
            return any(part.is_in_force for part in self.parts.all())
        return self.state == self.State.STAGED and self.source.state == Source.State.IN_FORCE


class LineNaming(models.Model):
    """The names that a draft's file has for a known line beyond or besides the line's own: the line takes them when it comes into force."""

    source = models.ForeignKey(Source, models.CASCADE, verbose_name="자료", related_name="line_namings")
    line = models.ForeignKey(BudgetLine, models.CASCADE, verbose_name="예산 줄", related_name="namings")
    names = models.JSONField("이름")

    class Meta:
        verbose_name = "예산 줄의 새 이름"
        verbose_name_plural = "예산 줄의 새 이름"

    def __str__(self) -> str:
        return f"{self.line} → {self.names}"


class ProgrammeDecision(models.Model):
    """A person's word that the programme that a source's file names so is the known one of `line`; it holds while the source is in force."""

    source = models.ForeignKey(
        Source, models.CASCADE, verbose_name="자료", related_name="programme_decisions"
    )
    department = models.ForeignKey(Department, models.CASCADE, verbose_name="부서", related_name="+")
    names = models.JSONField("파일의 이름")
    line = models.ForeignKey(BudgetLine, models.CASCADE, verbose_name="예산 줄", related_name="decisions")

    class Meta:
        verbose_name = "사업 이름의 결정"
        verbose_name_plural = "사업 이름의 결정"

    def __str__(self) -> str:
        return f"{self.names} → {self.line}"


class BureauNameQuerySet(NaturalKeyQuerySet["BureauName"]):
    def of(self, bureau):
        """What names mean in files of the bureau: what holds for the whole city first, then what its own people said, which wins."""
        lineage = Department.objects.lineage_of(bureau).values("pk")
        known = self.filter(Q(bureau__isnull=True) | Q(bureau__in=lineage))
        return known.order_by(F("bureau").asc(nulls_first=True), "pk")


class BureauName(NaturalKeyModel):
    """What a name in the files of a bureau means; without a bureau it holds for those of the whole city."""

    bureau_path = "bureau"

    slug = KeyField("이름표", max_length=120, words="key_words")
    bureau = bureau_key(
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="비우면 모든 국·정책관의 파일에 씁니다.",
    )

    objects = BureauNameQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def unique_names(cls, name: str) -> list[models.BaseConstraint]:
        """Once in a bureau, and once for the whole city."""
        message = "이미 적혀 있는 이름입니다. 있는 것을 고쳐 주십시오."
        return [
            models.UniqueConstraint(
                fields=["bureau", name], name="%(class)s_once_in_bureau", violation_error_message=message
            ),
            models.UniqueConstraint(
                fields=[name],
                condition=Q(bureau__isnull=True),
                name="%(class)s_once_in_city",
                violation_error_message=message,
            ),
        ]


class DepartmentAlias(BureauName):
    """The finance system's name of a department. `name` is folded (`hangul.fold`), so that spaces and dots make no difference."""

    department_paths = ("department",)
    named_by = ("bureau", "name")

    name = models.CharField("재정시스템의 부서명", max_length=80)
    department = models.ForeignKey(Department, models.CASCADE, verbose_name="부서", related_name="aliases")

    class Meta:
        verbose_name = "부서 이름 대응"
        verbose_name_plural = "부서 이름 대응"
        ordering = ("name", "pk")
        constraints = BureauName.unique_names("name")

    def __str__(self) -> str:
        return f"{self.name} → {self.department}"

    @property
    def key_words(self) -> str:
        return f"{self.bureau or ''} {self.name}"

    def clean(self) -> None:
        super().clean()
        self.name = fold(self.name)


class ColumnMapping(BureauName):
    """The field that a column of a file holds, by its label without blanks and units (`imports.fields.plain_label`)."""

    named_by = ("bureau", "label")

    label = models.CharField("열 이름", max_length=80)
    field = models.CharField("뜻", max_length=20, choices=MEANINGS)

    class Meta:
        verbose_name = "열 이름 대응"
        verbose_name_plural = "열 이름 대응"
        ordering = ("label", "pk")
        constraints = BureauName.unique_names("label")

    def __str__(self) -> str:
        return f"{self.label} → {self.get_field_display()}"

    @property
    def key_words(self) -> str:
        return f"{self.bureau or ''} {self.label}"

    def clean(self) -> None:
        super().clean()
        self.label = plain_label(self.label)
