"""What the numbers of the organisation state: staff by unit and measure, units by kind, what is printed of foundations.

Identities: `staffing:ict-security/headcount` (`staffing:/headcount` of the whole), `units:teams`, `foundation:<unit>/authorized`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import MAXYEAR
from decimal import Decimal
from operator import attrgetter

from core.models import ControlTotal, Source
from core.remembered.ahead import reading
from core.remembered.printed_totals import totals_printed
from core.snapshot import Snapshot, address
from core.stated_facts import (
    FormulaTerm,
    StatedFact,
    register_found_facts,
    register_stated_facts,
    stated,
)
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import Record, day

from .checks import KINDS, LABELS, OFTEN_UNNAMED, totals_of
from .models import FoundationProfile, Staffing
from .organisation import placements_in_force, profiles_in_force
from .staffing import AUTHORIZED, HEADCOUNT, VARIANCE, StaffCount, StaffingSummary, summary

SCOPES = (Source.Scope.ORGANISATION, Source.Scope.STAFFING)
STRUCTURE = re.compile(r"([0-9]{1,4})\s?([가-힣]{1,10})")


@register_stated_facts("staffing", *SCOPES)
@reading(summary, totals_printed)
def staffing(snapshot: Snapshot) -> Iterator[StatedFact]:
    source, staff = snapshot.source(Source.Scope.STAFFING), summary(snapshot)
    if source is None or staff is None:
        return
    printed = {(total.subject, total.measure): total.printed for total in totals_of(snapshot, source.scope)}
    fields = {AUTHORIZED: AUTHORIZED, **{series.name: series.form_field for series in staff.series}}
    for count in (staff.total, *staff.units):
        name = count.name if count.slug else str(snapshot.bureau)
        for measure in (AUTHORIZED, HEADCOUNT, VARIANCE, *count.counts):
            is_series, figure = measure in count.counts, count.figure(measure)
            subject = (f"{count.slug}/{measure}", HEADCOUNT) if is_series else (count.slug, measure)
            formula, terms = _formula(staff, count, measure)
            label = LABELS.get(measure, measure)
            field = fields.get(measure)
            yield StatedFact(
                identity=f"staffing:{count.slug}/{measure}",
                label=f"{name} {label}",
                **stated(figure, "명") | {"printed": printed.get(subject, "")},
                on=day(source.as_of),
                source=source,
                record=Record(Staffing, count.key, field) if count.key and field else None,
                words=(name, label),
                department=count.slug,
                formula=formula,
                terms=terms,
                is_change=measure == VARIANCE,
                url=address("departments:detail", count.slug) if count.slug else address("departments:list"),
            )


def _formula(staff: StaffingSummary, count: StaffCount, measure: str) -> tuple[str, tuple[FormulaTerm, ...]]:
    """How a figure is worked out, in words and as terms; nothing of what is stored."""
    own = f"staffing:{count.slug}"
    if measure == VARIANCE:
        minus = FormulaTerm(f"{own}/{AUTHORIZED}", Decimal(-1))
        return "과부족 = 현원 − 정원", (FormulaTerm(f"{own}/{HEADCOUNT}"), minus)
    if not count.slug:
        terms = tuple(FormulaTerm(f"staffing:{unit.slug}/{measure}") for unit in staff.units)
        return f"{LABELS.get(measure, measure)} 계 = 부서 {len(terms)}곳의 합", terms
    if measure == HEADCOUNT:
        return f"현원 = {' + '.join(count.counts)}", tuple(
            FormulaTerm(f"{own}/{name}") for name in count.counts
        )
    return "", ()


@register_found_facts("vacancies")
def vacancies(snapshot: Snapshot, key: str) -> StatedFact | None:
    """`units`: how many have fewer than authorised; `people`: by how many in all."""
    source, staff = snapshot.source(Source.Scope.STAFFING), summary(snapshot)
    if source is None or staff is None or key not in ("units", "people"):
        return None
    short = [f"staffing:{unit.slug}/{VARIANCE}" for unit in staff.short]
    number, label, unit = len(short), "결원이 있는 부서 수", "곳"
    if key == "people":
        number, label, unit = sum(each.shortage for each in staff.short), "부서 결원의 합", "명"
    return StatedFact(
        f"vacancies:{key}",
        label,
        **stated(ReportedFigure(number), unit),
        on=day(source.as_of),
        source=source,
        formula="결원 = 정원 − 현원이 0보다 큰 부서",
        parts=tuple(short),
        url=address("departments:list"),
    )


@register_stated_facts("units", *SCOPES)
@reading(placements_in_force, totals_printed)
def units(snapshot: Snapshot) -> Iterator[StatedFact]:
    """How many units of each kind there are: as printed, else as the tree has them."""
    source = snapshot.source(Source.Scope.ORGANISATION)
    if source is None:
        return
    held = Counter(placement.department.kind for placement in placements_in_force(snapshot))
    totals = {total.measure: total for total in totals_of(snapshot, source.scope) if not total.subject}
    for measure, kind in KINDS.items():
        total, named = totals.get(measure), held[kind]
        if total is None and not named:
            continue
        printed = int(total.value) if total and total.value is not None else None
        is_unnamed = measure in OFTEN_UNNAMED and printed is not None and named < printed
        figure = ReportedFigure(None if is_unnamed else named, printed)
        word = ControlTotal.Measure(measure).label.removesuffix(" 수")
        yield StatedFact(
            identity=f"units:{measure}",
            label=f"{snapshot.bureau} {word} 수",
            **stated(figure, word) | {"printed": total.printed if total else ""},
            on=day(source.as_of),
            source=source,
            record=Record(ControlTotal, total.pk, "value") if total else None,
            words=(word,),
            formula="" if is_unnamed else f"조직도에 있는 {word}의 수",
            url=address("departments:list"),
        )


@register_stated_facts("foundation", *SCOPES)
@reading(profiles_in_force)
def foundations(snapshot: Snapshot) -> Iterator[StatedFact]:
    """What is printed of supervised foundations; a structure such as `1실 1본부 7팀` states a number a word."""
    source = snapshot.source(Source.Scope.ORGANISATION)
    if source is None:
        return
    for profile in sorted(profiles_in_force(snapshot), key=attrgetter("pk")):
        yield from _foundation(profile, source)


def _foundation(profile: FoundationProfile, source: Source) -> Iterator[StatedFact]:
    slug, name = profile.department.slug, profile.department.name

    def fact(key: str, label: str, field: str, **values: object) -> StatedFact:
        return StatedFact(
            identity=f"foundation:{slug}/{key}",
            label=f"{name} {label}",
            on=day(source.as_of),
            source=source,
            record=Record(FoundationProfile, profile.pk, field),
            words=(name, label),
            department=slug,
            url=address("departments:detail", slug),
            **values,  # type: ignore[arg-type]
        )

    if profile.founded_year and profile.founded_year <= MAXYEAR:
        yield fact("founded_year", "설립 연도", "founded_year", period=PartialDate(profile.founded_year))
    for field, label in (("authorized", "정원"), ("seconded", "시 파견직원")):
        if (number := getattr(profile, field)) is not None:
            yield fact(field, label, field, value=Decimal(number), unit="명")
    for digits, word in STRUCTURE.findall(profile.structure):
        printed = f"{digits}{word}"
        yield fact(word, word, "structure", value=Decimal(digits), unit=word, printed=printed)
