"""Integrity of organisation and staffing: series, departments and the bureau agree with each other."""

import re
from collections import Counter

from django.urls import reverse

from core import integrity
from core.integrity import Level
from core.models import ControlTotal, Source
from core.snapshot import cached_on_snapshot
from seoul_digital.lib.number_parsing import number_in

from .models import Department, FoundationProfile, Placement, Staffing

MEASURE = ControlTotal.Measure
SUMMED = (
    MEASURE.AUTHORIZED,
    MEASURE.HEADCOUNT,
    MEASURE.VARIANCE,
    MEASURE.GENERAL,
    MEASURE.FIXED_TERM,
    MEASURE.MANAGEMENT,
)
KINDS = {
    MEASURE.BUREAUS: Department.Kind.BUREAU,
    MEASURE.DIVISIONS: Department.Kind.DIVISION,
    MEASURE.OFFICES: Department.Kind.OFFICE,
    MEASURE.SECTIONS: Department.Kind.SECTION,
    MEASURE.TEAMS: Department.Kind.TEAM,
}
OFTEN_UNNAMED = {MEASURE.SECTIONS, MEASURE.TEAMS}
IN_THOUSANDS = {MEASURE.CURRENT_BUDGET, MEASURE.CHANGE, MEASURE.COMMITTED}


@cached_on_snapshot
def _totals(snapshot):
    """Every total that the sources in force print."""
    return list(
        ControlTotal.objects.filter(source__in=[source.pk for source in snapshot.in_force]).order_by("pk")
    )


def totals_of(snapshot, scope):
    """What the newest source of the scope prints."""
    source = snapshot.source(scope)
    return [total for total in _totals(snapshot) if source and total.source_id == source.pk]


def _stated(snapshot, scope):
    return {(total.subject, total.measure, total.fiscal_year): total for total in totals_of(snapshot, scope)}


@cached_on_snapshot
def _staffings(snapshot):
    return list(Staffing.objects.of(snapshot.source(Source.Scope.STAFFING)).select_related("department"))


@cached_on_snapshot
def _placements(snapshot):
    return list(Placement.objects.of(snapshot.source(Source.Scope.ORGANISATION)).select_related("department"))


@integrity.register_check("departments")
def staffing(snapshot):
    rows, stated = _staffings(snapshot), _stated(snapshot, Source.Scope.STAFFING)
    for row in rows:
        yield from _unit(row, stated)
    if rows:
        yield from _whole(rows, stated)


def _unit(row, stated):
    unit = {
        "subject": row.department.name,
        "unit": "명",
        "department": row.department.slug,
        "url": _url(row.department),
    }
    headcount = stated.get((row.department.slug, MEASURE.HEADCOUNT, 0))
    variance = stated.get((row.department.slug, MEASURE.VARIANCE, 0))
    if headcount:
        yield integrity.sum_holds(
            int(headcount.value),
            row.headcount,
            id=f"staffing.headcount/{row.department.slug}",
            formula="현원 = 일반직 + 임기제 + 관리운영직",
            **unit,
        )
    if variance:
        yield integrity.sum_holds(
            int(variance.value),
            row.variance,
            id=f"staffing.variance/{row.department.slug}",
            formula="과부족 = 현원 − 정원",
            **unit,
        )


def _whole(rows, stated):
    page = {"unit": "명", "url": reverse("departments:list")}
    for measure in SUMMED:
        total = stated.get(("", measure, 0))
        if total:
            yield integrity.sum_holds(
                int(total.value),
                sum(getattr(row, measure) for row in rows),
                id=f"staffing.total/{measure}",
                subject=f"{MEASURE(measure).label} 계",
                formula=f"{MEASURE(measure).label} 계 = 부서 {len(rows)}곳의 합",
                **page,
            )
    series = [
        stated.get(("", measure, 0)) for measure in (MEASURE.GENERAL, MEASURE.FIXED_TERM, MEASURE.MANAGEMENT)
    ]
    headcount = stated.get(("", MEASURE.HEADCOUNT, 0))
    if headcount and all(series):
        yield integrity.sum_holds(
            int(headcount.value),
            sum(int(total.value) for total in series),
            id="staffing.total-series",
            subject="현원 계",
            formula="현원 계 = 직종별 계의 합",
            **page,
        )


@integrity.register_check("departments")
def organisation(snapshot):
    """Units by kind against the stated numbers. A report need not name every section and team, but can't name more than it states."""
    kinds = Counter(placement.department.kind for placement in _placements(snapshot))
    stated = _stated(snapshot, Source.Scope.ORGANISATION)
    for measure, kind in KINDS.items():
        total = stated.get(("", measure, 0))
        if total is None:
            continue
        counted, said = kinds[kind], int(total.value)
        some_named = measure in OFTEN_UNNAMED and counted < said
        yield integrity.condition_holds(
            counted == said or some_named,
            id=f"organisation.count/{measure}",
            subject=f"{kind.label} {total.printed}",
            formula=f"{kind.label} 수 {'≥' if some_named else '='} 조직도에 오른 {kind.label}의 수",
            printed=said,
            computed=counted,
            url=reverse("departments:list"),
        )


@integrity.register_check("departments")
def staffed_units(snapshot):
    """A unit with staff stands in the organisation; a supervised foundation is in neither."""
    placed = {placement.department_id for placement in _placements(snapshot)}
    if not placed:
        return
    for row in _staffings(snapshot):
        yield integrity.condition_holds(
            row.department_id in placed,
            otherwise=Level.WARNING,
            id=f"staffing.placed/{row.department.slug}",
            subject=row.department.name,
            formula="인력이 있는 부서는 조직도에 있다",
            hint="조직도에 부서를 넣거나 인력 자료의 부서를 확인하십시오.",
            department=row.department.slug,
            url=_url(row.department),
        )


@integrity.register_check("departments")
def foundations(snapshot):
    """The numbers of a supervised foundation stand in its printed line; they are part of no total."""
    for profile in FoundationProfile.objects.of(snapshot.source(Source.Scope.ORGANISATION)).select_related(
        "department"
    ):
        numbers = {int(number) for number in re.findall(r"[0-9]+", profile.printed)}
        for name in ("founded_year", "authorized", "seconded"):
            value = getattr(profile, name)
            if value is not None and profile.printed:
                yield integrity.condition_holds(
                    value in numbers,
                    id=f"foundation.printed/{profile.department.slug}/{name}",
                    subject=f"{profile.department.name} {profile._meta.get_field(name).verbose_name} {value}",
                    formula="저장한 값이 원문 표기에 있다",
                    hint="원문 표기와 값을 함께 고치십시오.",
                    department=profile.department.slug,
                    url=_url(profile.department),
                )


@integrity.register_check("departments")
def control_totals(snapshot):
    units = [row.department for row in _staffings(snapshot)]
    about = {unit.slug: (unit.name, {"department": unit.slug, "url": _url(unit)}) for unit in units}
    for scope in (Source.Scope.ORGANISATION, Source.Scope.STAFFING):
        yield from printed_totals(totals_of(snapshot, scope), about, reverse("departments:list"))


def printed_totals(totals, about, url):
    """What is stored of a printed figure is what was printed.

    `about` gives the name of a total's subject and where it is shown, `url` is the page of the whole.
    """
    for total in totals:
        printed = number_in(total.printed)
        if printed is None and total.value is None:
            continue
        name, where = about.get(total.subject, (total.subject, {"url": url}))
        value = (
            total.value / 1000 if total.value is not None and total.measure in IN_THOUSANDS else total.value
        )
        yield integrity.condition_holds(
            printed == value,
            id=f"control.printed/{total.measure}/{total.subject}/{total.fiscal_year}",
            subject=" ".join(
                filter(None, ["원문의", name, str(total.fiscal_year or ""), total.get_measure_display()])
            ),
            formula=f"저장한 값 = 원문 표기 ‘{total.printed}’",
            printed=printed,
            computed=value,
            unit="천원" if total.measure in IN_THOUSANDS else "",
            hint="원문 표기와 값을 함께 고치십시오.",
            **where,
        )


def _url(department):
    return reverse("departments:detail", args=[department.slug])
