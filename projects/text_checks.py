"""Integrity of what texts say of themselves: lists and their counts, numbering, names, what is written twice."""

import re
from collections.abc import Iterator
from itertools import combinations

from django.urls import reverse

from core import integrity
from core.integrity import Level
from core.models import Source
from core.snapshot import Snapshot
from departments.former import placements_with_former, sentence
from seoul_digital.lib import alike, hangul
from seoul_digital.lib.hangul import quoted

from . import data
from .models import Brief
from .search import words_of_briefs

# `3개구(종로구, 성동구, 영등포구)`, `3개 자치구 : 광진, 동작, 강남`. Names alone are counted, and only a list that is whole.
LIST = re.compile(
    r"(?P<count>[0-9]{1,3})\s?(?:개\s?)?(?:자치구|구청|구|곳|개소|기관|개관|분야|종|권역|개)\s?\((?P<list>[^()\n]{1,300})\)"
)
SEPARATOR = re.compile("[,、]")


@integrity.register_check("projects", scope=Source.Scope.PROJECTS)
def lists(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    for brief, text in words_of_briefs(snapshot):
        for match in LIST.finditer(text):
            names = [name for name in SEPARATOR.split(match["list"]) if name.strip()]
            if len(names) > 1 and not re.search(r"[0-9]|등$|등\b|외", match["list"]):
                yield integrity.condition_holds(
                    len(names) == int(match["count"]),
                    otherwise=Level.WARNING,
                    id=f"text.list/{brief.project.slug}/{hangul.fold(match[0])[:60]}",
                    formula=f"앞에 적힌 수 = ‘{names[0].strip()}’부터 늘어놓은 것의 수",
                    printed=int(match["count"]),
                    computed=len(names),
                    unit="개",
                    names=("적힌 수", "늘어놓은 수"),
                    hint=f"‘{match[0]}’",
                    **_about(brief),
                )


@integrity.register_check("projects", scope=Source.Scope.PROJECTS)
def numbering(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    briefs = data.briefs_of(snapshot)
    numbers = [brief.number for brief in briefs]
    if numbers:
        missing = sorted(set(range(1, max(numbers) + 1)) - set(numbers))
        yield integrity.condition_holds(
            not missing,
            otherwise=Level.WARNING,
            id="project.numbering",
            subject="주요 사업의 번호",
            formula=f"번호는 1부터 {max(numbers)}까지 빠짐없이 이어진다",
            hint=f"{', '.join(map(str, missing))}번이 없습니다." if missing else "",
            url=reverse("projects:list"),
        )


@integrity.register_check("projects", scope=Source.Scope.PROJECTS)
def names(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """A project's name and the title of its report are one, or clearly two."""
    for brief in data.briefs_of(snapshot):
        for word, other in (
            ("사업의 이름", brief.project.name),
            ("추진전략 그림의 제목", brief.title_in_vision),
        ):
            if other and hangul.fold(other) != hangul.fold(brief.title):
                yield integrity.condition_holds(
                    not alike.is_slip(other, brief.title),
                    otherwise=Level.WARNING,
                    id=f"project.name/{brief.project.slug}/{word}",
                    formula=f"제목 {quoted(brief.title, '과/와')} {word} {quoted(other, '은/는')} 같다",
                    hint="한두 글자가 다릅니다. 어느 쪽이 맞는지 확인하십시오.",
                    **_about(brief),
                )


@integrity.register_check("projects")
def former_names(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """A unit that is no more is told of under its new name, but for what it did before."""
    texts = words_of_briefs(snapshot)
    _, gone = placements_with_former(snapshot) if texts else ([], [])
    for last in gone:
        name = last.department.name
        found = [brief for brief, text in texts if name in text]
        yield integrity.condition_holds(
            not found,
            otherwise=Level.INFO,
            id=f"text.former/{last.department.slug}",
            formula=f"없어진 부서 {quoted(name, '은/는')} 사업의 글에 적히지 않는다",
            hint=f"{sentence(last)} {', '.join(map(str, found[:5]))}",
            **(_about(found[0]) if found else {"subject": name, "url": reverse("projects:list")}),
        )


@integrity.register_check("projects", scope=Source.Scope.PROJECTS)
def duplicates(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """No step stands twice in one list."""
    for brief in data.briefs_of(snapshot):
        steps = brief.milestones.all()
        twice = [
            f"‘{first.title}’ · ‘{second.title}’"
            for first, second in combinations(steps, 2)
            if first.listing == second.listing and alike.is_twice(first.title, second.title)
        ]
        if len(steps) > 1:
            yield integrity.condition_holds(
                not twice,
                otherwise=Level.WARNING,
                id=f"milestone.twice/{brief.project.slug}",
                formula="같은 실적·일정을 두 번 적지 않는다",
                hint=" / ".join(twice[:5]),
                **_about(brief),
            )


def _about(brief: Brief) -> dict[str, str]:
    return {
        "subject": str(brief),
        "department": brief.lead_department.slug,
        "url": reverse("projects:detail", args=[brief.project.slug]),
    }
