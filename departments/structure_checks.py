"""Integrity of the organisation's shape, of the lines that tell of it, and of duties."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from operator import attrgetter
from typing import Any

from django.db.models import Max, Min, OuterRef, Subquery

from core import integrity
from core.integrity import Level
from core.models import ControlTotal, Source
from core.remembered.ahead import rows_of_snapshot
from core.snapshot import Snapshot, address
from seoul_digital.lib import alike
from seoul_digital.lib.hangul import quoted, with_particle

from .checks import KINDS, totals_of
from .models import Department, Placement, Succession
from .organisation import duties_in_force, placements_in_force

KIND = Department.Kind
ABOVE: dict[str, set[str | None]] = {
    KIND.BUREAU: {None},
    KIND.DIVISION: {KIND.BUREAU},
    KIND.OFFICE: {KIND.BUREAU},
    KIND.FOUNDATION: {KIND.BUREAU},
    KIND.SECTION: {KIND.BUREAU, KIND.DIVISION, KIND.OFFICE},
    KIND.TEAM: {KIND.BUREAU, KIND.DIVISION, KIND.OFFICE, KIND.SECTION},
}
# As a heading counts them: `1정책관 6담당관 27팀, 2사업소 4과`.
COUNTED = {
    "정책관": ControlTotal.Measure.BUREAUS,
    "담당관": ControlTotal.Measure.DIVISIONS,
    "사업소": ControlTotal.Measure.OFFICES,
    "과": ControlTotal.Measure.SECTIONS,
    "팀": ControlTotal.Measure.TEAMS,
}
COUNT = re.compile(rf"([0-9]{{1,3}})\s?({'|'.join(COUNTED)})(?![가-힣])")


@integrity.register_check("departments", scope=Source.Scope.ORGANISATION, rows=[placements_in_force])
def shape(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """A unit stands below one of a kind that has such units: no team above a division."""
    for placement in placements_in_force(snapshot):
        unit, above = placement.department, placement.parent
        name = above.name if above else "맨 위"
        yield integrity.condition_holds(
            (above.kind if above else None) in ABOVE[unit.kind],
            otherwise=Level.WARNING,
            id=f"organisation.shape/{unit.slug}",
            subject=unit.name,
            formula=f"{with_particle(unit.get_kind_display(), '은/는')} ‘{name}’에 놓인다",
            hint="부서의 종류나 상위 부서를 확인하십시오.",
            department=unit.slug,
            url=address("departments:detail", unit.slug),
        )


@integrity.register_check("departments", scope=Source.Scope.ORGANISATION, rows=[placements_in_force])
def counted_lines(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """Headings and notes that count units, against the printed numbers."""
    source = snapshot.source(Source.Scope.ORGANISATION)
    totals = {
        total.measure: total for total in totals_of(snapshot, Source.Scope.ORGANISATION) if not total.subject
    }
    lines = {"표제": source.heading if source else ""}
    lines |= {
        f"{row.department.name}의 비고": row.note
        for row in placements_in_force(snapshot)
        if row.department.kind == KIND.BUREAU
    }
    for name, line in lines.items():
        for number, word in COUNT.findall(line):
            total = totals.get(COUNTED[word])
            if total is not None and total.value is not None:
                yield integrity.condition_holds(
                    int(number) == total.value,
                    otherwise=Level.WARNING,
                    id=f"organisation.line/{name}/{word}",
                    subject=f"{name} ‘{line}’",
                    formula=f"{word} {number} = 원문의 {KINDS[total.measure].label} 수",
                    printed=int(number),
                    computed=int(total.value),
                    unit="개",
                    names=(name, "원문의 수"),
                    hint="표제와 합계 가운데 하나만 고쳐졌는지 확인하십시오.",
                    url=address("departments:list"),
                )


@rows_of_snapshot
def dated_successions(snapshot: Snapshot) -> Any:
    """Of units that sources have placed, with the last day of the unit before and the first of the one after."""
    placed = Placement.objects.filter(source__in=snapshot.sources_of(Source.Scope.ORGANISATION)).order_by()

    def day_of(unit: str, choose: type[Max | Min]) -> Subquery:
        of_unit = placed.filter(department=OuterRef(unit)).values("department")
        return Subquery(of_unit.annotate(day=choose("source__as_of")).values("day"))

    units = placed.values("department")
    known = Succession.objects.filter(predecessor__in=units, successor__in=units)
    dated = known.annotate(last=day_of("predecessor", Max), first=day_of("successor", Min))
    return dated.select_related("predecessor", "successor").order_by("pk")


@integrity.register_check("departments", scope=Source.Scope.ORGANISATION, rows=[dated_successions])
def successions(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """A unit that got another name stood nowhere under that name before; units are merged into one from several, and split into several."""
    rows = dated_successions(snapshot)
    before, after = (
        Counter(getattr(row, name) for row in rows) for name in ("successor_id", "predecessor_id")
    )
    for row in rows:
        if row.kind == Succession.Kind.RENAMED:
            words = f"{quoted(row.successor.name, '은/는')} 이름이 바뀌기 전의 조직도에 없다"
            yield _succession(row, row.first > row.last, words)
        elif row.kind == Succession.Kind.MERGED:
            yield _succession(
                row,
                row.first <= row.last or before[row.successor_id] > 1,
                "합친 부서는 둘 이상이거나, 이후 부서가 전에도 있었다",
            )
        elif row.kind == Succession.Kind.SPLIT:
            yield _succession(
                row,
                row.first <= row.last or after[row.predecessor_id] > 1,
                "나뉜 부서는 둘 이상이 되거나, 전의 부서가 남았다",
            )


def _succession(row: Succession, holds: bool, formula: str) -> integrity.Finding:
    return integrity.condition_holds(
        holds,
        otherwise=Level.WARNING,
        id=f"succession.{row.kind}/{row.predecessor.slug}/{row.successor.slug}",
        subject=str(row),
        formula=formula,
        hint="이후 부서나 승계의 종류를 잘못 골랐는지 확인하십시오.",
        department=row.successor.slug,
        url=address("departments:list"),
    )


@integrity.register_check("departments", scope=Source.Scope.DUTIES, rows=[duties_in_force])
def duties(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """No duty of a unit stands twice."""
    of_unit = defaultdict(list)
    for duty in sorted(duties_in_force(snapshot), key=attrgetter("order", "pk")):
        of_unit[duty.department].append(duty.text)
    for unit, texts in of_unit.items():
        twice = [
            f"‘{first}’ · ‘{second}’"
            for first, second in combinations(texts, 2)
            if alike.is_twice(first, second)
        ]
        yield integrity.condition_holds(
            not twice,
            otherwise=Level.WARNING,
            id=f"duty.twice/{unit.slug}",
            subject=f"{unit.name} 주요업무",
            formula="같은 업무를 두 번 적지 않는다",
            hint=" / ".join(twice[:5]),
            particulars=str(twice),
            department=unit.slug,
            url=address("departments:detail", unit.slug),
        )
