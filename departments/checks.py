"""Integrity of organisation and staffing: series, departments and the bureau agree with each other."""

import re
from collections import Counter

from core import integrity
from core.integrity import Level
from core.models import ControlTotal, Source
from core.remembered.printed_totals import totals_printed
from core.snapshot import address
from seoul_digital.lib.number_parsing import number_in

from .models import Department
from .organisation import placements_in_force, profiles_in_force
from .staffing import AUTHORIZED, HEADCOUNT, VARIANCE, summary

MEASURE = ControlTotal.Measure
LABELS = {measure: MEASURE(measure).label for measure in (AUTHORIZED, HEADCOUNT, VARIANCE)}
KINDS = {
    MEASURE.BUREAUS: Department.Kind.BUREAU,
    MEASURE.DIVISIONS: Department.Kind.DIVISION,
    MEASURE.OFFICES: Department.Kind.OFFICE,
    MEASURE.SECTIONS: Department.Kind.SECTION,
    MEASURE.TEAMS: Department.Kind.TEAM,
}
OFTEN_UNNAMED = {MEASURE.SECTIONS, MEASURE.TEAMS}


def totals_of(snapshot, scope):
    """What the newest source of the scope prints."""
    return totals_printed(snapshot, [snapshot.source(scope)])


@integrity.register_check("departments", scope=Source.Scope.STAFFING, of_totals=True, rows=[summary])
def staffing(snapshot):
    """The printed figures of each unit and of the whole against the counts by job series."""
    if staff := summary(snapshot):
        for unit in staff.units:
            yield from _unit(unit)
        yield from _whole(staff)


def _unit(unit):
    formulas = {
        HEADCOUNT: f"현원 = {' + '.join(unit.counts)}",
        VARIANCE: "과부족 = 현원 − 정원",
        **{name: f"원문의 {name} = 저장한 {name}" for name in unit.counts},
    }
    for measure, formula in formulas.items():
        if measure in unit.printed:
            yield integrity.sum_holds(
                unit.printed[measure],
                unit.computed(measure),
                id=f"staffing.{measure}/{unit.slug}",
                subject=unit.name if measure in LABELS else f"{unit.name} {measure}",
                formula=formula,
                unit="명",
                department=unit.slug,
                url=_url(unit.slug),
            )


def _whole(staff):
    total, page = staff.total, {"unit": "명", "url": address("departments:list")}
    for measure in (*LABELS, *total.counts):
        if measure in total.printed:
            label = f"{LABELS.get(measure, measure)} 계"
            yield integrity.sum_holds(
                total.printed[measure],
                total.computed(measure),
                id=f"staffing.total/{measure}",
                subject=label,
                formula=f"{label} = 부서 {len(staff.units)}곳의 합",
                **page,
            )
    printed = [total.printed.get(name) for name in total.counts]
    if HEADCOUNT in total.printed and printed and None not in printed:
        yield integrity.sum_holds(
            total.printed[HEADCOUNT],
            sum(printed),
            id="staffing.total-series",
            subject="현원 계",
            formula="현원 계 = 직종별 계의 합",
            **page,
        )


@integrity.register_check(
    "departments", scope=Source.Scope.STAFFING, of_totals=True, rows=[summary, totals_printed]
)
def series_of_totals(snapshot):
    """A printed total names a job series that is known: else nothing shows it."""
    staff = summary(snapshot)
    known = {"", *(series.name for series in staff.series)} if staff else set()
    for total in totals_of(snapshot, Source.Scope.STAFFING) if staff else ():
        name = total.subject.partition("/")[2]
        if name not in known and total.value is not None:
            yield integrity.condition_holds(
                False,
                otherwise=Level.WARNING,
                id=f"staffing.series/{total.subject}",
                subject=f"원문의 {name} {total.printed}",
                formula="원문의 합계에 적힌 직종이 등록되어 있다",
                hint="직종을 등록하거나 합계의 대상을 고치십시오.",
                url=address("departments:list"),
            )


@integrity.register_check(
    "departments", scope=Source.Scope.ORGANISATION, of_totals=True, rows=[placements_in_force, totals_printed]
)
def organisation(snapshot):
    """Units by kind against the printed numbers. A report need not name every section and team, but can't name more than it prints."""
    kinds = Counter(placement.department.kind for placement in placements_in_force(snapshot))
    totals = {
        (total.subject, total.measure, total.fiscal_year): total
        for total in totals_of(snapshot, Source.Scope.ORGANISATION)
    }
    for measure, kind in KINDS.items():
        total = totals.get(("", measure, 0))
        if total is None or total.value is None:
            continue
        counted, printed = kinds[kind], int(total.value)
        some_named = measure in OFTEN_UNNAMED and counted < printed
        yield integrity.condition_holds(
            counted == printed or some_named,
            id=f"organisation.count/{measure}",
            subject=f"{kind.label} {total.printed}",
            formula=f"{kind.label} 수 {'≥' if some_named else '='} 조직도에 오른 {kind.label}의 수",
            printed=printed,
            computed=counted,
            unit="개",
            names=("적힌 수", "조직도의 수"),
            hint="조직도에 빠졌거나 더 들어간 조직이 있는지 확인하십시오.",
            url=address("departments:list"),
        )


@integrity.register_check(
    "departments", Source.Scope.ORGANISATION, Source.Scope.STAFFING, rows=[placements_in_force, summary]
)
def staffed_units(snapshot):
    """A unit with staff stands in the organisation; a supervised foundation is in neither."""
    placed, staff = (
        {placement.department.slug for placement in placements_in_force(snapshot)},
        summary(snapshot),
    )
    for unit in staff.units if placed and staff else ():
        yield integrity.condition_holds(
            unit.slug in placed,
            otherwise=Level.WARNING,
            id=f"staffing.placed/{unit.slug}",
            subject=unit.name,
            formula="인력이 있는 부서는 조직도에 있다",
            hint="조직도에 부서를 넣거나 인력 자료의 부서를 확인하십시오.",
            department=unit.slug,
            url=_url(unit.slug),
        )


@integrity.register_check(
    "departments", scope=Source.Scope.ORGANISATION, rows=[profiles_in_force, placements_in_force]
)
def foundations(snapshot):
    """The numbers of a supervised foundation stand in its printed line; they are part of no total."""
    profiles = profiles_in_force(snapshot)
    yield from _without_profile(snapshot, {profile.department_id for profile in profiles})
    for profile in profiles:
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
                    url=_url(profile.department.slug),
                )


def _without_profile(snapshot, known):
    for placement in placements_in_force(snapshot):
        unit = placement.department
        if unit.kind == Department.Kind.FOUNDATION:
            yield integrity.condition_holds(
                unit.pk in known,
                otherwise=Level.INFO,
                id=f"foundation.profile/{unit.slug}",
                subject=unit.name,
                formula="재단의 설립 연도·기구·정원이 적혀 있다",
                hint="재단 현황이 빠졌는지 확인하십시오.",
                department=unit.slug,
                url=_url(unit.slug),
            )


@integrity.register_check(
    "departments",
    Source.Scope.ORGANISATION,
    Source.Scope.STAFFING,
    of_totals=True,
    rows=[summary, totals_printed],
)
def control_totals(snapshot):
    staff, page = summary(snapshot), address("departments:list")
    names = {unit.slug: unit.name for unit in staff.units} if staff else {}
    for scope in (Source.Scope.ORGANISATION, Source.Scope.STAFFING):
        totals = totals_of(snapshot, scope)
        about = {total.subject: _about(total.subject, names, page) for total in totals}
        yield from printed_totals(totals, about, page)


def _about(subject, names, page):
    """The name of a total's unit and job series, and the page that shows them."""
    slug, _, series = subject.partition("/")
    name = " ".join(filter(None, [names.get(slug, slug), series]))
    return name, {"department": slug, "url": _url(slug)} if slug in names else {"url": page}


def printed_totals(totals, about, url):
    """What is stored of a printed figure is what was printed.

    `about` gives the name of a total's subject and where it is shown, `url` is the page of the whole.
    """
    for total in totals:
        printed = number_in(total.printed)
        if printed is None and total.value is None:
            continue
        name, where = about.get(total.subject, (total.subject, {"url": url}))
        unit = total.source.money_unit if total.is_money else None
        value = total.value / unit.won if unit and total.value is not None else total.value
        yield integrity.condition_holds(
            printed == value,
            id=f"control.printed/{total.source.scope}/{total.measure}/{total.subject}/{total.fiscal_year}",
            subject=" ".join(
                filter(None, ["원문의", name, str(total.fiscal_year or ""), total.get_measure_display()])
            ),
            formula=f"저장한 값 = 원문 표기 ‘{total.printed}’",
            printed=printed,
            computed=value,
            unit=unit.name if unit else "",
            names=integrity.STORED,
            hint="원문 표기와 값을 함께 고치십시오.",
            scope=total.source.scope,
            **where,
        )


def _url(slug):
    return address("departments:detail", slug)
