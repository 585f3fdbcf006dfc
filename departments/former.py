"""Units that an earlier source placed and the one in force does not: old papers name them, so people look for them."""

from collections.abc import Iterable, Sequence

from django.db.models import OuterRef, Q, Subquery

from core.models import Source
from core.remembered.ahead import reading, rows_of_snapshot
from core.snapshot import remembered_on_snapshot
from seoul_digital.lib.hangul import postposition, with_particle
from seoul_digital.lib.tables import day

from .models import Placement, Succession

TOWARDS = ("으로", "로")
BECAME = {
    Succession.Kind.RENAMED: (TOWARDS, "이름을 바꾸었습니다"),
    Succession.Kind.MERGED: (("과", "와"), "합쳐졌습니다"),
    Succession.Kind.SPLIT: ((" 등으로", " 등으로"), "나뉘었습니다"),
    Succession.Kind.MOVED: (TOWARDS, "옮겼습니다"),
}


@rows_of_snapshot
def _rows(snapshot):
    sources = snapshot.sources_of(Source.Scope.ORGANISATION)
    newest = sources[:1]
    present = Placement.objects.filter(source__in=newest)
    wanted = Q(source__in=newest) | Q(source__in=sources[1:]) & ~Q(
        department__in=present.values("department")
    )
    after = Succession.objects.filter(predecessor=OuterRef("department"))
    rows = Placement.objects.filter(wanted).with_units().with_profiles()
    return rows.annotate(
        became=Subquery(after.values("successor__name")[:1]),
        became_how=Subquery(after.values("kind")[:1]),
    )


@remembered_on_snapshot
@reading(_rows)
def placements_with_former(snapshot) -> tuple[list[Placement], list[Placement]]:
    """Those in force and, of each unit that is no longer placed, the last one, with what it `became`: one query for both."""
    sources = snapshot.sources_of(Source.Scope.ORGANISATION)
    newest, rows = {source.pk for source in sources[:1]}, _rows(snapshot)
    return [row for row in rows if row.source_id in newest], _last(rows, sources[1:])


def _last(rows: Iterable[Placement], sources: Sequence[Source]) -> list[Placement]:
    """Of each unit the placement in the newest of its sources."""
    found, place = {}, {source.pk: place for place, source in enumerate(sources)}
    for row in sorted((row for row in rows if row.source_id in place), key=lambda row: place[row.source_id]):
        if row.department_id not in found:
            row.source = sources[place[row.source_id]]
            found[row.department_id] = row
    return list(found.values())


def sentence(last: Placement) -> str:
    """`스마트도시담당관은 2020. 1. 31. 조직에 있던 부서로, 디지털정책담당관으로 이름을 바꾸었습니다.`"""
    name = last.department.name
    opening = f"{with_particle(name, '은/는')} {day(last.source.as_of)} 조직에 있던"
    if not last.became:
        return f"{opening} 부서입니다."
    particles, verb = BECAME[last.became_how]
    return f"{opening} 부서로, {last.became}{postposition(last.became, particles)} {verb}."
