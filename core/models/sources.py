"""Sources (자료): what was delivered, for which scope and base date, and whether readers see it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max, Q, Value
from django.db.models.functions import Concat, StrIndex, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from seoul_digital.lib.fields import KeyField, LongTextField
from seoul_digital.lib.money_units import THOUSANDS, MoneyUnit, money_unit
from seoul_digital.lib.number_parsing import number_in
from seoul_digital.lib.periods import moment_text
from seoul_digital.lib.query_params import asked_date
from seoul_digital.lib.tables import day

from ..bureau_names import of_bureau
from .bureaus import bureau_key
from .mentions import MentionedText
from .natural_keys import NaturalKeyModel, NaturalKeyQuerySet

HUNDREDTH = Decimal("0.01")  # as the database keeps a rate, on either engine
ACCOUNT_KINDS = {"일반회계": "general", "특별회계": "special", "기금": "fund"}  # as people write them
ACCOUNT_NAMES = {kind: name for name, kind in ACCOUNT_KINDS.items()}


class SourceQuerySet(NaturalKeyQuerySet[Any]):
    def in_force(self) -> Any:
        return self.filter(state=Source.State.IN_FORCE)

    def of_lineage(self, bureau: Any) -> Any:
        """Of the bureau and, so that the past can be looked at, of those that it came from."""
        lineage = self.model.bureau.field.related_model.objects.lineage_of(bureau)
        return self.filter(bureau__in=lineage).select_related("bureau", "department")

    def newest_first(self) -> Any:
        """Of the same base date the later received wins."""
        return self.order_by("-as_of", "-received_at", "-pk")


class Source(MentionedText, NaturalKeyModel):
    """One delivered set of facts, complete for its scope at its base date."""

    class Scope(models.TextChoices):
        ORGANISATION = "organisation", _("조직")
        DUTIES = "duties", _("주요업무")
        STAFFING = "staffing", _("인력")
        REVENUE = "revenue", _("세입")
        EXPENDITURE = "expenditure", _("세출")
        VISION = "vision", _("비전·전략")
        PROJECTS = "projects", _("주요 사업")
        INDICATORS = "indicators", _("지표")
        GLOSSARY = "glossary", _("용어")

    class State(models.TextChoices):
        DRAFT = "draft", "작성 중"
        IN_FORCE = "in_force", "확정"
        WITHDRAWN = "withdrawn", "철회"

    class BudgetKind(models.TextChoices):
        EXECUTION = "execution", "집행현황"
        BOOK = "book", "예산서"
        OVERVIEW = "overview", "총괄"

    department_paths = ("department", "bureau")
    bureau_path = "bureau"
    named_by = ("bureau", "scope", "as_of", "fiscal_year", "budget_kind", "department", "account")
    told_apart_by = ("state", "received_at")
    qualified_by = "상태와 받은 때"
    mention_fields = ("heading", "notes")

    slug = KeyField("자료 이름표", max_length=120, words="key_words")
    bureau = bureau_key(models.PROTECT, related_name="bureau_sources")
    scope = models.CharField("범위", max_length=20, choices=Scope)
    as_of = models.DateField("기준일")
    state = models.CharField("상태", max_length=10, choices=State, default=State.DRAFT)
    received_at = models.DateTimeField("받은 때", default=timezone.now)
    unit = models.CharField("단위", max_length=40, blank=True)
    document = models.CharField("문서", max_length=200, blank=True)
    heading = models.CharField("표제(원문 표기)", max_length=200, blank=True)
    notes = LongTextField("각주(원문 표기)", max_length=4_000, blank=True)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="등록자",
        null=True,
        blank=True,
        related_name="sources",
    )
    fiscal_year = models.PositiveSmallIntegerField("회계연도", null=True, blank=True)
    department = models.ForeignKey(
        settings.ORGANISATION_UNIT_MODEL,
        models.PROTECT,
        verbose_name="부서 한정",
        null=True,
        blank=True,
        related_name="limited_sources",
    )
    account = models.CharField("회계 한정", max_length=100, blank=True)
    budget_kind = models.CharField("예산자료 구분", max_length=10, choices=BudgetKind, blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = "자료"
        verbose_name_plural = "자료"
        ordering = ("-as_of", "scope", "-received_at")
        indexes = [models.Index(fields=["bureau", "state", "scope", "-as_of"], name="source_in_force")]
        constraints = [
            models.CheckConstraint(
                name="source_expenditure_says_year_and_kind",
                condition=~Q(scope="expenditure") | (Q(fiscal_year__isnull=False) & ~Q(budget_kind="")),
                violation_error_message="세출 자료에는 회계연도와 예산자료 구분을 적어야 합니다.",
            ),
            models.CheckConstraint(
                name="source_only_expenditure_is_limited",
                condition=Q(scope="expenditure")
                | Q(
                    fiscal_year__isnull=True,
                    department__isnull=True,
                    account="",
                    budget_kind="",
                ),
                violation_error_message="회계연도·부서·회계·예산자료 구분은 세출 자료에만 적습니다.",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        self.account = ACCOUNT_KINDS.get(self.account.strip(), self.account.strip())
        if self.as_of and (error := asked_date(self.as_of.isoformat()).error):
            raise ValidationError({"as_of": error})  # no page could be asked for it

    @classmethod
    def published(cls) -> Any:
        return Q(state=cls.State.IN_FORCE)

    def __str__(self) -> str:
        limits = f" {self.fiscal_year}" if self.fiscal_year else ""
        return of_bureau(f"{self.get_scope_display()}{limits} ({day(self.as_of)})", self.bureau_id)

    def next_receipt(self) -> datetime:
        """Now; where the clock was put back all the same after every other of its scope and date, for of them the last counts."""
        same = Source.objects.filter(bureau=self.bureau_id, scope=self.scope, as_of=self.as_of)
        last = same.exclude(pk=self.pk).aggregate(last=Max("received_at"))["last"]
        return max(timezone.now(), last + timedelta(microseconds=1)) if last else timezone.now()

    @property
    def file_name(self) -> str:
        account = ACCOUNT_NAMES.get(self.account, self.account)
        limits = [self.get_budget_kind_display(), self.department, account]
        words = [self.bureau, self.get_scope_display(), self.fiscal_year, *limits]
        return f"{' '.join(str(word) for word in words if word)} ({day(self.as_of)})"

    @property
    def qualifier(self) -> str:
        return f"{self.get_state_display()}, {moment_text(timezone.localtime(self.received_at))}"

    @property
    def key_words(self) -> str:
        return f"{self.bureau} {self.get_scope_display()} {self.as_of}"

    @property
    def money_unit(self) -> MoneyUnit:
        """The unit of its amounts, to which what it prints is rounded: 천원 where it says none."""
        return money_unit(self.unit) or THOUSANDS

    @property
    def note_lines(self) -> Any:
        return tuple(self.notes.splitlines())


def organisation_units() -> Any:
    """The units of the organisation, whatever app keeps them (`settings.ORGANISATION_UNIT_MODEL`)."""
    units: Any = Source._meta.get_field("bureau").related_model
    return units.objects.all()


class FactQuerySet(NaturalKeyQuerySet[Any]):
    def of(self, source: "Source | None") -> Self:
        """The facts of one source; of no source, none."""
        return self.filter(source=source) if source else self.none()


class Fact(NaturalKeyModel):
    """What a source says. `scopes` names the sources that may say it."""

    scopes: tuple[str, ...] = ()
    source_paths = ("source",)

    source = models.ForeignKey(Source, models.CASCADE, verbose_name="자료")

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.source_id and self.scopes and self.source.scope not in self.scopes:
            allowed = ", ".join(str(Source.Scope(scope).label) for scope in self.scopes)
            raise ValidationError({"source": f"‘{allowed}’ 범위의 자료를 고르십시오."})


def scopes_of(model: type[Any]) -> Sequence[str]:
    """Of the sources that may have rows of the model: its own, or those of the fact that it is a part of."""
    first, _, rest = model.source_path().partition("__")
    if rest:
        return scopes_of(model._meta.get_field(first).related_model)
    return getattr(model, "scopes", ()) or Source.Scope.values


class ControlTotalQuerySet(FactQuerySet):
    def by_key(self) -> dict[Any, Any]:
        """Under (subject, measure, fiscal year)."""
        return {(total.subject, total.measure, total.fiscal_year): total for total in self}


class ControlTotal(Fact):
    """A figure as its source prints it, held against what the same source's facts add up to.

    `value` is in 원, 명, 팀 or percent as `measure` says; None where the source prints a word (순증).
    `subject` is the slug of the unit or revenue item, with the account or the job series behind a slash where one is
    meant: `ict-security/general`, `/일반직`; empty for the whole.
    """

    class Measure(models.TextChoices):
        AUTHORIZED = "authorized", "정원"
        HEADCOUNT = "headcount", "현원"
        VARIANCE = "variance", "과부족"
        BUREAUS = "bureaus", "정책관 수"
        DIVISIONS = "divisions", "담당관 수"
        OFFICES = "offices", "사업소 수"
        SECTIONS = "sections", "과 수"
        TEAMS = "teams", "팀 수"
        CURRENT_BUDGET = "current_budget", "예산현액"
        CHANGE = "change", "증감액"
        CHANGE_RATE = "change_rate", "증감률"
        COMMITTED = "committed", "집행액(원인행위)"
        EXECUTION_RATE = "execution_rate", "집행률"
        STRATEGIC_GOALS = "strategic_goals", "전략목표 수"
        POLICY_GOALS = "policy_goals", "정책사업목표 수"
        INDICATORS = "indicators", "지표 수"

    RATES = (Measure.CHANGE_RATE, Measure.EXECUTION_RATE)
    MONEY = (Measure.CURRENT_BUDGET, Measure.CHANGE, Measure.COMMITTED)
    natural_key_fields = ("source__slug", "measure", "subject", "fiscal_year")

    measure = models.CharField("항목", max_length=20, choices=Measure)
    subject = models.CharField("대상", max_length=120, blank=True)
    fiscal_year = models.PositiveSmallIntegerField("회계연도", default=0, help_text="연도가 없는 값은 0")
    value = models.DecimalField("값", max_digits=22, decimal_places=2, null=True, blank=True)
    printed = models.CharField("원문 표기", max_length=40)

    subject_name = ""  # where a page has asked for it

    objects = ControlTotalQuerySet.as_manager()

    class Meta:
        verbose_name = "원문의 합계"
        verbose_name_plural = "원문의 합계"
        ordering = ("source", "measure", "subject", "-fiscal_year")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "measure", "subject", "fiscal_year"],
                name="control_total_once_per_source",
            )
        ]

    @property
    def is_money(self) -> bool:
        return self.measure in self.MONEY

    def clean(self) -> None:
        super().clean()
        if self.value is None and number_in(self.printed) is not None:
            raise ValidationError({"value": "원문 표기에 적힌 수를 값에도 적어야 합니다."})

    @property
    def figure(self) -> int | Decimal | str | None:
        """What is printed: a whole number, a rate, or the word (순증) that stands in its place; None of a number that has no value."""
        if self.value is None:
            return self.printed if number_in(self.printed) is None else None
        return Decimal(self.value).quantize(HUNDREDTH) if self.measure in self.RATES else int(self.value)

    @classmethod
    def departments_concerned(cls) -> list[Any]:
        """The unit whose slug its subject is, or begins with up to a slash; found by the index of slugs."""
        subject = models.OuterRef("subject")
        slug = Substr(subject, 1, StrIndex(Concat(subject, Value("/")), Value("/")) - 1)
        return [models.Subquery(organisation_units().filter(slug=slug).order_by().values("pk")[:1])]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.subject_name or self.subject.removeprefix('/')} {self.printed}".replace(
            "  ", " "
        )
