"""Integrity of what texts say of themselves: lists and their counts, numbering, names, what is written twice."""

import re
from collections.abc import Iterator
from itertools import combinations

from core import integrity
from core.integrity import Level
from core.mentions.states import read_rows
from core.models import Source
from core.snapshot import Snapshot, address
from departments.former import placements_with_former, sentence
from seoul_digital.lib import alike, hangul
from seoul_digital.lib.hangul import quoted

from . import data
from .models import Brief, Milestone
from .search import words_of_briefs
from .strategies import strategy_numbers

# `3개구(종로구, 성동구, 영등포구)`, `3개 자치구 : 광진, 동작, 강남`. Names alone are counted, and only a list that is whole.
_COUNT = r"(?<![0-9.,])(?P<count>[0-9]{1,3})\s?(?:개\s?)?(?:자치구|구청|구|곳|개소|기관|개관|분야|종|권역|개)"
COUNT = re.compile(_COUNT)
LIST = re.compile(_COUNT + r"\s?\((?P<list>[^()\n]{1,300})\)")
NOTE = re.compile(
    _COUNT + r"(?![가-힣])(?P<between>[^\n]{0,80}?)(?:\s:\s|\n\s*※?\s*)(?P<list>[^()\n:]{1,300}(?=\n|$))"
)
NO_LIST = re.compile(r"[0-9]|등$|등\b|외")  # not of names alone, or not whole
SEPARATOR = re.compile("[,、]")


@integrity.register_check("projects", scope=Source.Scope.PROJECTS, rows=[words_of_briefs])
def lists(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    for brief, text in words_of_briefs(snapshot):
        for count, names, words in _counted_lists(text):
            yield integrity.condition_holds(
                len(names) == count,
                otherwise=Level.WARNING,
                id=f"text.list/{brief.project.slug}/{hangul.fold(words)[:60]}",
                formula=f"앞에 적힌 수 = ‘{names[0].strip()}’부터 늘어놓은 것의 수",
                printed=count,
                computed=len(names),
                unit="개",
                names=("적힌 수", "늘어놓은 수"),
                hint=f"‘{words}’",
                **_about(brief),
            )


def _counted_lists(text: str) -> Iterator[tuple[int, list[str], str]]:
    """The count, the names and the words of each whole list of names alone: in brackets, behind a colon, or in a note below."""
    for expression in (LIST, NOTE):
        for match in expression.finditer(text):
            names = [name for name in SEPARATOR.split(match["list"]) if name.strip()]
            has_another = expression is NOTE and COUNT.search(match["between"])
            if len(names) > 2 - (expression is LIST) and not (has_another or NO_LIST.search(match["list"])):
                yield int(match["count"]), names, " ".join(match[0].split())


@integrity.register_check("projects", scope=Source.Scope.PROJECTS, rows=[data.briefs_of])
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
            particulars=",".join(map(str, missing)),
            url=address("projects:list"),
        )


@integrity.register_check("projects", scope=Source.Scope.PROJECTS, rows=[data.briefs_of])
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


@integrity.register_check(
    "projects", Source.Scope.VISION, scope=Source.Scope.PROJECTS, rows=[data.vision_of, data.briefs_of]
)
def strategies(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """A project stands under a strategy of the vision; most reports number their projects in the order of the strategies.

    Information: the checklist of an edition asks for what is lacking."""
    places = strategy_numbers(data.vision_of(snapshot))
    if not places and snapshot.source(Source.Scope.VISION):
        with_strategy = [brief for brief in data.briefs_of(snapshot) if brief.strategy_id]
        yield integrity.condition_holds(
            not with_strategy,
            otherwise=Level.INFO,
            id="vision.strategies",
            subject="정책목표",
            formula="정책목표에는 사업이 속한 추진전략이 있다",
            hint="정책목표와 추진전략이 빠졌는지 확인하십시오.",
            url=address("projects:list"),
        )
    highest = 0
    for brief in data.briefs_of(snapshot) if places else ():
        place = places.get(brief.strategy_id, 0)
        yield integrity.condition_holds(
            bool(place),
            otherwise=Level.INFO,
            id=f"project.strategy/{brief.project.slug}",
            formula="사업은 정책목표의 추진전략 가운데 하나에 속한다",
            hint="사업의 추진전략을 고르거나 정책목표에 추진전략을 더하십시오.",
            **_about(brief),
        )
        if place:
            yield integrity.condition_holds(
                place >= highest,
                otherwise=Level.INFO,
                id=f"project.strategy-order/{brief.project.slug}",
                formula=f"사업의 번호({brief.number})는 추진전략의 차례를 따른다",
                hint="추진전략이나 번호가 잘못되지 않았는지 확인하십시오.",
                **_about(brief),
            )
        highest = max(highest, place)


@integrity.register_check("projects", rows=[placements_with_former])
def former_names(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """A unit that is no more is told of under its new name, but for what it did before."""
    _, gone = placements_with_former(snapshot)
    texts = words_of_briefs(snapshot) if gone else []
    others = [row for row in read_rows(snapshot) if not isinstance(row, Brief | Milestone)] if gone else []
    for last in gone:
        name = last.department.name
        found = [str(brief) for brief, text in texts if name in text]
        found += [
            str(row)[:60] for row in others if any(name in text for text in row.mentioned_texts.values())
        ]
        yield integrity.condition_holds(
            not found,
            otherwise=Level.INFO,
            id=f"text.former/{last.department.slug}",
            formula=f"없어진 부서 {quoted(name, '은/는')} 보고서의 글에 적히지 않는다",
            hint=f"{sentence(last)} {', '.join(found[:5])}",
            subject=found[0] if found else name,
            particulars=str(found),
            url=address("projects:list"),
        )


@integrity.register_check("projects", scope=Source.Scope.PROJECTS, rows=[data.briefs_of])
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
                particulars=str(twice),
                **_about(brief),
            )


def _about(brief: Brief) -> dict[str, str]:
    return {
        "subject": str(brief),
        "department": brief.lead_department.slug,
        "url": address("projects:detail", brief.project.slug),
    }
