"""Staffing (인력) of units, with the headcount split by job series (직종), which are data."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F

from core.models import ControlTotal, Fact, FactQuerySet, NaturalKeyModel, Source
from core.models.rows_below import keep_rows_below
from seoul_digital.lib.hangul import quoted

from .units import Department

COLUMN_WORDS = {
    "자료",
    "부서",
    "차례",
    "정원",
    "현원",
    "과부족",
    "소계",
    "계",
}  # of tables and files of staffing


class JobSeries(NaturalKeyModel):
    """A kind of public employment that headcounts are split by: 일반직, 임기제, 별정직 … Another one is another row."""

    natural_key_fields = ("name",)

    name = models.CharField("직종", max_length=40, unique=True)
    order = models.PositiveSmallIntegerField("차례", default=0)

    class Meta:
        verbose_name = "직종"
        verbose_name_plural = "직종"
        ordering = ("order", "name")

    def __str__(self):
        return self.name

    @classmethod
    def speaking_paths(cls):
        return ("counts__staffing__source",)

    @property
    def subject(self) -> str:
        """The subject of this series' printed total of the whole; a unit's has the unit's slug before the slash."""
        return f"/{self.name}"

    @property
    def form_field(self) -> str:
        """The field of this series' count in the forms of staffing."""
        return f"series_{self.pk}"

    def clean(self):
        super().clean()
        self.name = " ".join(self.name.split())
        if self.name in COLUMN_WORDS or "/" in self.name:
            raise ValidationError({"name": f"{quoted(self.name, '은/는')} 직종의 이름으로 쓸 수 없습니다."})

    def save(self, *args, **kwargs):
        """Printed totals name their series, and follow when it gets another name."""
        with transaction.atomic():
            known = type(self)._base_manager.filter(pk=self.pk).first()
            super().save(*args, **kwargs)
            if known and known.name != self.name:
                self._rename_totals(known)

    def _rename_totals(self, known):
        totals = ControlTotal.objects.filter(
            source__scope=Source.Scope.STAFFING, subject__endswith=known.subject
        )
        for total in totals:
            total.subject = total.subject.removesuffix(known.subject) + self.subject
            total.save()


def _of_series() -> dict[str, F]:
    names = [field.attname for field in JobSeries._meta.concrete_fields]
    return {f"series_{name}": F(f"counts__series__{name}") for name in names}


class StaffingQuerySet(FactQuerySet):
    def by_count(self) -> Self:
        """The rows with the unit, once for each of its counts, with the series of that."""
        joined = self.select_related("department").annotate(counted=F("counts__count"), **_of_series())
        return joined.order_by("counts__series__order", "counts__series__name")

    def counted(self, joined: "Iterable[Staffing] | None" = None) -> "tuple[list[Staffing], list[JobSeries]]":
        """The rows in their order, with the unit and its counts, and the series that these are of, in theirs: one query, or what it has
        given (`by_count`)."""
        rows: dict[int, Staffing] = {}
        counts: dict[int, list[StaffingCount]] = {}
        series: dict[int, JobSeries] = {}
        names, of_series = [field.attname for field in JobSeries._meta.concrete_fields], _of_series()
        for found in self.by_count() if joined is None else joined:
            row, own = rows.setdefault(found.pk, found), counts.setdefault(found.pk, [])
            if found.counted is not None:
                values = [getattr(found, name) for name in of_series]
                job_series = series.setdefault(found.series_id, JobSeries.from_db(self.db, names, values))
                own.append(StaffingCount(staffing=row, series=job_series, count=found.counted))
        for key, row in rows.items():
            keep_rows_below(row, "counts", counts[key])
        return sorted(rows.values(), key=attrgetter("order", "pk")), list(series.values())


class Staffing(Fact):
    """Authorised staff of one unit, in persons; its actual staff are the counts by job series, and their sum."""

    unit_editable = True
    scopes = (Source.Scope.STAFFING,)
    natural_key_fields = ("source__slug", "department__slug")
    department_paths = ("department",)
    owner = "department"

    department = models.ForeignKey(Department, models.PROTECT, verbose_name="부서", related_name="staffings")
    order = models.PositiveSmallIntegerField("차례", default=0)
    authorized = models.PositiveIntegerField("정원")

    objects = StaffingQuerySet.as_manager()

    class Meta:
        verbose_name = "인력"
        verbose_name_plural = "인력"
        ordering = ("source", "order")
        constraints = [
            models.UniqueConstraint(fields=["source", "department"], name="staffing_once_per_department")
        ]

    def __str__(self):
        return f"{self.department} 정원 {self.authorized}명"

    @property
    def headcount(self) -> int:
        """The sum over the series: a query, unless the row is one of those `counted`."""
        return sum(row.count for row in self.counts.all())

    @property
    def variance(self) -> int:
        """Headcount less authorised: a vacancy is negative."""
        return self.headcount - self.authorized


class StaffingCount(NaturalKeyModel):
    """How many of a unit's staff are of one job series."""

    unit_editable = True
    natural_key_fields = ("staffing__source__slug", "staffing__department__slug", "series__name")
    called_by = ("series__name",)
    department_paths = ("staffing__department",)
    owner = "staffing"
    source_paths = ("staffing__source",)

    staffing = models.ForeignKey(Staffing, models.CASCADE, verbose_name="인력", related_name="counts")
    series = models.ForeignKey(JobSeries, models.PROTECT, verbose_name="직종", related_name="counts")
    count = models.PositiveIntegerField("현원")

    class Meta:
        verbose_name = "직종별 현원"
        verbose_name_plural = "직종별 현원"
        ordering = ("staffing", "series")
        constraints = [
            models.UniqueConstraint(fields=["staffing", "series"], name="staffing_count_once_per_series")
        ]

    def __str__(self):
        return f"{self.staffing.department} {self.series} {self.count}명"
