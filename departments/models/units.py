"""Units of the organisation (조직) and what a source says of them: place and duties."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_noop

from core.models.bureaus import ONLY_BUREAUS
from core.models.mentions import MentionedText
from core.models.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from core.models.sources import Fact, FactQuerySet, Source
from seoul_digital.lib.fields import KeyField

GENERATIONS = 3


class DepartmentQuerySet(NaturalKeyQuerySet):
    def lineage_of(self, bureau):
        """The bureau (or its key) and those that it came from, three reorganisations back."""
        key, path = getattr(bureau, "pk", bureau), "successor"
        came_from = Q(pk=key)
        for _ in range(GENERATIONS):
            came_from |= Q(pk__in=Succession._base_manager.filter(**{path: key}).values("predecessor"))
            path += "__successions_after__successor"
        return self.filter(came_from)

    def heirs_of(self, units):
        """What units (keys) have become, three reorganisations on."""
        path, became = "predecessor", Q()
        for _ in range(GENERATIONS):
            known = Succession._base_manager.filter(**{f"{path}__in": units})
            became |= Q(pk__in=known.values("successor"))
            path += "__successions_before__predecessor"
        return self.filter(became)

    def with_sources(self):
        """Units that have sources in force."""
        return self.filter(Exists(_in_force("pk")))

    def lineages(self):
        """Of every unit (key) that came from others these and itself, as of `lineage_of`; one query."""
        before = defaultdict(set)
        for predecessor, successor in Succession._base_manager.order_by().values_list(
            "predecessor", "successor"
        ):
            before[successor].add(predecessor)
        found = {unit: {unit} for unit in before}
        for _ in range(GENERATIONS):
            found = {
                unit: line.union(*(before.get(earlier, ()) for earlier in line))
                for unit, line in found.items()
            }
        return found

    def line_of(self, bureau, preferred, through=""):
        """The bureau and those that it came from one after the other (keys): of several predecessors the one that leads through
        the unit of that slug, else the first of the preferred."""
        pairs = Succession.objects.filter(successor__in=self.lineage_of(bureau).values("pk"))
        before: dict[int, list[tuple[int, str]]] = {}
        for successor, key, slug in pairs.values_list("successor", "predecessor", "predecessor__slug"):
            before.setdefault(successor, []).append((key, slug))
        rank = {key: place for place, key in enumerate(preferred)}

        def order(line):
            return through not in {slug for _, slug in line}, [
                rank.get(key, len(rank)) for key, _ in line[1:]
            ]

        return {key for key, _ in min(_lines_before((bureau.pk, bureau.slug), before), key=order)}

    def kin_of(self, bureau):
        """The bureau (key), those that it came from and those that it became."""
        return self.lineage_of(bureau) | self.heirs_of([bureau])

    def present_bureaus(self):
        """Bureaus that have sources in force and did not become another bureau that has.

        `has_tables`: whether more is known of it than a row in a table of many bureaus (총괄).
        """
        became = Succession._base_manager.filter(Exists(_in_force("successor")), predecessor=OuterRef("pk"))
        present = self.with_sources().filter(~Exists(became.order_by()), **ONLY_BUREAUS)
        of_many = Source.BudgetKind.OVERVIEW
        return present.annotate(has_tables=Exists(_in_force("pk").exclude(budget_kind=of_many)))


def _in_force(bureau):
    """The sources in force of the bureau at the end of a path: looked at bureau by bureau, each ends at the first of thousands."""
    return Source._base_manager.filter(state=Source.State.IN_FORCE, bureau=OuterRef(bureau)).order_by()


def _lines_before(unit, before, seen=frozenset()):
    """Every way back from a (key, slug) by way of those that came before, itself first."""
    key, _ = unit
    found = [earlier for earlier in before.get(key, ()) if earlier[0] not in seen]
    longer = [line for earlier in found for line in _lines_before(earlier, before, seen | {key})]
    return [[unit, *line] for line in longer] or [[unit]]


class Department(NaturalKeyModel):
    """A unit that lasts: a rename makes a new one, linked by a Succession."""

    class Kind(models.TextChoices):
        BUREAU = "bureau", gettext_noop("국·정책관")
        DIVISION = "division", gettext_noop("담당관")
        OFFICE = "office", gettext_noop("사업소")
        SECTION = "section", gettext_noop("과")
        TEAM = "team", gettext_noop("팀")
        FOUNDATION = "foundation", gettext_noop("재단")

    department_paths = ("pk",)
    source_paths = ("placements__source",)
    bureau_paths = ("",)  # its name may stand on a page of any
    told_apart_by = ("kind",)
    qualified_by = "상위 부서"

    slug = KeyField("이름표", max_length=60)
    name = models.CharField("이름", max_length=80)
    name_english = models.CharField(
        "영어 이름", max_length=120, blank=True, help_text="영어 화면에서 이름 대신 보입니다."
    )
    kind = models.CharField("종류", max_length=12, choices=Kind)
    area_code = models.CharField(
        "지역번호",
        max_length=3,
        blank=True,
        validators=[
            RegexValidator(r"^0\d{1,2}$", "지역번호는 02, 031처럼 0으로 시작하는 두세 자리 숫자로 적습니다.")
        ],
        help_text="국·정책관의 전화를 걸 때 번호 앞에 붙입니다. 예: 02. 비우면 전화 링크를 만들지 않습니다.",
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        swappable = "ORGANISATION_UNIT_MODEL"  # core refers to it by this setting
        verbose_name = "부서"
        verbose_name_plural = "부서"
        ordering = ("name",)

    def __str__(self):
        return self.name

    @classmethod
    def named_rows(cls):
        """`above`: the name of the unit above it, as the newest source has it."""
        places = Placement.objects.filter(department=OuterRef("pk"), parent__isnull=False)
        newest = places.order_by("-source__as_of", "-pk").values("parent__name")[:1]
        return cls.objects.annotate(above=Subquery(newest))

    @property
    def qualifier(self):
        return getattr(self, "above", None) or self.get_kind_display()

    def clean(self):
        super().clean()
        if self.area_code and self.kind != self.Kind.BUREAU:
            raise ValidationError({"area_code": "지역번호는 국·정책관에만 적습니다."})
        if self.pk and self.kind != self.Kind.BUREAU and self._holds_what_is_of_a_bureau():
            raise ValidationError({"kind": "이 국·정책관의 자료가 있는 동안 종류를 바꿀 수 없습니다."})

    def _holds_what_is_of_a_bureau(self):
        links = [link for link in self._meta.related_objects if link.limit_choices_to == ONLY_BUREAUS]
        return any(
            link.related_model._base_manager.filter(**{link.field.name: self.pk}).exists() for link in links
        )

    @classmethod
    def owned_by(cls, units):
        return Q(pk__in=units)

    @classmethod
    def speaking_paths(cls):
        """A bureau without a tree is named by its sources."""
        return (*cls.source_paths, "bureau_sources")

    @property
    def is_planned(self):
        """Whether drafts alone place the unit, so that readers do not know of it yet."""
        return set(self.placements.values_list("source__state", flat=True)) == {Source.State.DRAFT}


class PlacementQuerySet(FactQuerySet):
    def with_units(self):
        return self.select_related("department", "parent").order_by("order", "pk")

    def bureaus_of(self, units):
        """The keys of the bureaus in whose newest tree in force one of the units (keys) stands."""
        trees = Source.objects.in_force().filter(scope=Source.Scope.ORGANISATION)
        newest = trees.filter(bureau=OuterRef("source__bureau")).newest_first().values("pk")[:1]
        return self.filter(department__in=units, source=Subquery(newest)).order_by().values("source__bureau")

    def with_profiles(self):
        """`printed`: what the same source prints of a foundation."""
        profiles = FoundationProfile.objects.filter(
            source=OuterRef("source"), department=OuterRef("department")
        )
        return self.annotate(printed=Subquery(profiles.values("printed")))


class Placement(MentionedText, Fact):
    called_by = ("department__name",)
    """Where a unit stands in the tree; supervised foundations stand beside the totals."""

    scopes = (Source.Scope.ORGANISATION,)
    natural_key_fields = ("source__slug", "department__slug")
    mention_fields = ("note",)
    department_paths = ("department",)

    department = models.ForeignKey(Department, models.PROTECT, verbose_name="부서", related_name="placements")
    parent = models.ForeignKey(
        Department,
        models.PROTECT,
        verbose_name="상위 부서",
        null=True,
        blank=True,
        related_name="child_placements",
    )
    order = models.PositiveSmallIntegerField("차례", default=0)
    note = models.CharField("비고", max_length=200, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "조직도의 자리"
        verbose_name_plural = "조직도의 자리"
        ordering = ("source", "order")
        constraints = [
            models.UniqueConstraint(fields=["source", "department"], name="placement_once_per_source"),
            models.CheckConstraint(
                name="placement_not_under_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("department")),
                violation_error_message="부서를 자기 자신의 아래에 둘 수 없습니다.",
            ),
        ]

    def __str__(self):
        return f"{self.department} ({self.source})"


class FoundationProfile(MentionedText, Fact):
    """What a report states of a supervised foundation; never part of the bureau's totals."""

    called_by = ("department__name",)
    scopes = (Source.Scope.ORGANISATION,)
    natural_key_fields = ("source__slug", "department__slug")
    mention_fields = ("structure", "printed")
    department_paths = ("department",)

    department = models.ForeignKey(Department, models.PROTECT, verbose_name="재단", related_name="profiles")
    founded_year = models.PositiveSmallIntegerField("설립 연도", null=True, blank=True)
    structure = models.CharField("기구", max_length=100, blank=True)
    authorized = models.PositiveIntegerField("정원", null=True, blank=True)
    seconded = models.PositiveIntegerField("시 파견직원", null=True, blank=True)
    printed = models.CharField("원문 표기", max_length=200, blank=True)

    class Meta:
        verbose_name = "재단 현황"
        verbose_name_plural = "재단 현황"
        ordering = ("source", "department")
        constraints = [
            models.UniqueConstraint(fields=["source", "department"], name="foundation_once_per_source")
        ]

    def clean(self):
        super().clean()
        if self.founded_year and self.source_id and not 1394 <= self.founded_year <= self.source.as_of.year:
            raise ValidationError({"founded_year": "설립 연도가 기준일보다 뒤이거나 너무 앞섭니다."})

    def __str__(self):
        return f"{self.department} ({self.source})"


class Succession(NaturalKeyModel):
    """One unit came after another: renamed, merged, split or moved."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", gettext_noop("이름 바꿈")
        MERGED = "merged", gettext_noop("합침")
        SPLIT = "split", gettext_noop("나눔")
        MOVED = "moved", gettext_noop("옮김")

    natural_key_fields = ("predecessor__slug", "successor__slug")
    department_paths = ("predecessor", "successor")
    bureau_paths = ("",)

    predecessor = models.ForeignKey(
        Department,
        models.PROTECT,
        verbose_name="이전 부서",
        related_name="successions_after",
    )
    successor = models.ForeignKey(
        Department,
        models.PROTECT,
        verbose_name="이후 부서",
        related_name="successions_before",
    )
    kind = models.CharField("종류", max_length=10, choices=Kind)
    on = models.DateField("바뀐 날", null=True, blank=True)
    note = models.CharField("비고", max_length=200, blank=True)

    class Meta:
        verbose_name = "부서 승계"
        verbose_name_plural = "부서 승계"
        ordering = ("on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                name="succession_of_two_units",
                condition=~Q(predecessor=F("successor")),
                violation_error_message="이전 부서와 이후 부서가 같습니다.",
            ),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"

    @classmethod
    def belonging_to(cls, bureaus):
        """Both units: what moves between bureaus is the city's to say."""
        own = Department._base_manager.filter(Department.belonging_to(bureaus)).order_by()
        return Q(Exists(own.filter(pk=OuterRef("predecessor"))), Exists(own.filter(pk=OuterRef("successor"))))


class Duty(MentionedText, Fact):
    """One of the things that a unit is charged with, to the letter of the report."""

    unit_editable = True
    scopes = (Source.Scope.DUTIES,)
    numbered_within = ("department__slug",)
    numbers_are_read = True
    natural_key_fields = ("source__slug", "department__slug", "order")
    mention_fields = ("text",)
    department_paths = ("department",)
    owner = "department"

    department = models.ForeignKey(Department, models.PROTECT, verbose_name="부서", related_name="duties")
    order = models.PositiveSmallIntegerField("차례")
    text = models.CharField("주요업무", max_length=300)

    class Meta:
        verbose_name = "주요업무"
        verbose_name_plural = "주요업무"
        ordering = ("source", "department", "order")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "department", "order"],
                name="duty_order_once_per_department",
            )
        ]

    def __str__(self):
        return self.text
