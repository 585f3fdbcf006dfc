"""A bureau's projects, and what each edition says of them: vision, briefs with all below them, indicators, terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from core.models import Source
from glossary.models import Definition, Term
from projects.models import (
    Brief,
    Contact,
    Funding,
    Indicator,
    Measurement,
    Milestone,
    Project,
    Strategy,
    Target,
    Vision,
    VisionStrategy,
    VisionValue,
)
from seoul_digital.lib.hangul import with_particle

from .names import PLACES, TERMS, WORKS, field_of, programme_name
from .organisation import Units
from .plan import BureauPlan

STRATEGIES = ("시민이 체감하는 서비스", "지속 가능한 기반", "함께 만드는 행정")
VALUES = ("공감", "안전", "혁신")
MEASURES = (("설치 수", "대"), ("이용 인원", "명"))
MILLION = 1_000_000


@dataclass(frozen=True)
class Work:
    """What lasts over the editions; `indicators` are by project."""

    strategies: Sequence[Strategy]
    projects: Sequence[Project]
    indicators: Sequence[Sequence[Indicator]]
    terms: Sequence[Term]


@dataclass(frozen=True)
class Measured:
    """What the briefs and the indicators of an edition say of a project alike."""

    installed: int
    users: int

    @property
    def goal(self) -> int:
        return self.installed * 3 // 2


def make_work(plan: BureauPlan, units: Units) -> Work:
    field = field_of(plan.name)
    strategies = [
        Strategy(slug=f"{plan.slug}-{number}", name=f"{field} {name}")
        for number, name in enumerate(STRATEGIES)
    ]
    names = [
        f"{programme_name(units.divisions[place % len(units.divisions)].name, place)} 추진"
        for place in range(plan.projects)
    ]
    projects = [Project(slug=f"{plan.slug}-{place:02d}", name=name) for place, name in enumerate(names, 1)]
    indicators = [
        [
            Indicator(
                slug=f"{project.slug}-{number}",
                name=f"{project.name} {name}",
                project=project,
                unit=unit,
                kind=Indicator.Kind.STOCK,
                order=number,
            )
            for number, (name, unit) in enumerate(MEASURES, 1)
        ]
        for project in projects
    ]
    terms = [
        Term(slug=f"{plan.slug}-{number:02d}", name=f"{field} {name}") for number, name in enumerate(TERMS)
    ]
    Strategy.objects.bulk_create(strategies)
    Project.objects.bulk_create(projects)
    Indicator.objects.bulk_create(indicator for row in indicators for indicator in row)
    Term.objects.bulk_create(terms)
    return Work(strategies, projects, indicators, terms)


def write_vision(source: Source, work: Work) -> None:
    vision = Vision.objects.bulk_create(
        [Vision(source=source, statement=f"{with_particle(source.bureau, '이/가')} 여는\n시민의 내일")]
    )[0]
    VisionValue.objects.bulk_create(
        VisionValue(vision=vision, order=order, name=name) for order, name in enumerate(VALUES, 1)
    )
    VisionStrategy.objects.bulk_create(
        VisionStrategy(vision=vision, strategy=strategy, order=order)
        for order, strategy in enumerate(work.strategies, 1)
    )


def measured_values(work: Work, random: Random) -> list[Measured]:
    return [Measured(random.randint(10, 9_000), random.randint(1_000, 99_000)) for _ in work.projects]


def write_briefs(
    source: Source, units: Units, work: Work, measured: Sequence[Measured], random: Random
) -> None:
    briefs = []
    for number, (project, values) in enumerate(zip(work.projects, measured, strict=True), 1):
        budget = random.randint(50, 9_000) * MILLION
        lead = units.divisions[(number - 1) % len(units.divisions)]
        briefs.append(
            Brief(
                source=source,
                project=project,
                number=number,
                title=project.name,
                strategy=work.strategies[number % len(work.strategies)],
                lead_department=lead,
                purpose=f"{with_particle(PLACES[number % len(PLACES)], '을/를')} 이용하는 시민의 불편을 덜고 {lead} 지원을 한곳에 모은다",
                overview=_overview(number, random),
                achievements=_achievements(number, values, source.as_of, random),
                budget=budget,
                budget_printed=f"{budget // MILLION:,}백만원",
            )
        )
    Brief.objects.bulk_create(briefs)
    Milestone.objects.bulk_create(step for brief in briefs for step in _steps(brief))
    Contact.objects.bulk_create(
        Contact(
            brief=brief,
            order=1,
            role=f"{brief.lead_department}장",
            names=f"{brief.lead_department} 가상인",
            department=brief.lead_department,
        )
        for brief in briefs
    )
    Funding.objects.bulk_create(
        Funding(brief=brief, order=order, name=name, amount=(brief.budget or 0) // 2, printed=f"{(brief.budget or 0) // 2 // MILLION:,}백만원")
        for brief in briefs
        for order, name in enumerate(("국비", "시비"), 1)
    )  # fmt: skip


def _words(number: int, random: Random) -> tuple[str, str]:
    return PLACES[(number + random.randint(0, 5)) % len(PLACES)], random.choice(WORKS)


def _overview(number: int, random: Random) -> str:
    first, second = _words(number, random), _words(number + 1, random)
    return (
        f"ㅇ (추진배경) {first[0]} 이용 수요 증가와 노후 시설의 {first[1]} 필요\n"
        f"ㅇ (사업내용) {second[0]} {second[1]}, 이용 안내와 상담 지원\n"
        f"  - {with_particle(first[0], '과/와')} {with_particle(second[0], '을/를')} 잇는 공동이용 체계 마련"
    )


def _achievements(number: int, values: Measured, day: date, random: Random) -> str:
    (place, work), year = _words(number, random), day.year % 100
    return (
        f"ㅇ {place} {work} 설비 {values.installed:,}대 설치(’{year}.{day.month}.), 연말 목표 {values.goal:,}대\n"
        f"  - 이용 시민 {values.users:,}명(’{year}.{day.month}.)\n"
        f"ㅇ 기본계획 수립(’{year}.2.), 사업 착수(’{year}.5.)\n"
        "ㅇ 현장 점검과 시민 의견 반영"
    )


def _steps(brief: Brief) -> list[Milestone]:
    year = brief.source.as_of.year
    listing, recorded = Milestone.Listing, Milestone.Recorded
    rows = (
        (listing.ACHIEVEMENT, "기본계획 수립", f"{year}-02", f"’{year % 100}.2.", recorded.DONE),
        (listing.ACHIEVEMENT, "사업 착수", f"{year}-05", f"’{year % 100}.5.", recorded.DONE),
        (listing.SCHEDULE, "중간 점검", f"{year}-10", f"’{year % 100}.10.", recorded.NONE),
        (listing.SCHEDULE, "준공과 개방", f"{year + 1}-03", f"’{(year + 1) % 100}.3.", recorded.NONE),
    )
    return [
        Milestone(
            brief=brief, key=f"step-{order}", order=order, listing=kind, title=title,
            start=day, end=day, period_printed=printed, recorded=state, recorded_in=title.split()[-1] if state else "",
        )
        for order, (kind, title, day, printed, state) in enumerate(rows, 1)
    ]  # fmt: skip


def write_indicators(source: Source, work: Work, measured: Sequence[Measured]) -> None:
    """What the briefs say."""
    measurements, targets, day = [], [], source.as_of
    for (first, second), values in zip(work.indicators, measured, strict=True):
        for indicator, value in ((first, values.installed), (second, values.users)):
            measurements.append(
                Measurement(
                    source=source, indicator=indicator, measured_on=f"{day:%Y-%m}",
                    measured_printed=f"’{day.year % 100}.{day.month}.", value=value, printed=f"{value:,}{indicator.unit}", place="추진실적",
                )
            )  # fmt: skip
        targets.append(
            Target(
                source=source,
                indicator=first,
                due=f"{day.year}-12",
                value=values.goal,
                printed=f"{values.goal:,}{first.unit}",
            )
        )
    Measurement.objects.bulk_create(measurements)
    Target.objects.bulk_create(targets)


def write_terms(source: Source, work: Work) -> None:
    Definition.objects.bulk_create(
        Definition(
            source=source,
            term=term,
            order=order,
            heading=term.name,
            text=f"ㅇ {term.name}: {PLACES[order % len(PLACES)]} 사업을 {WORKS[order]}할 때 쓰는 말",
        )
        for order, term in enumerate(work.terms, 1)
    )
