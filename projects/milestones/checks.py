"""Integrity of milestones: their dates, printed and stored, and the state that the report records of them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from core import integrity
from core.integrity import Level
from core.models import Source
from core.snapshot import Snapshot, address
from seoul_digital.lib import hangul
from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.printed_dates import ALL_YEAR, printed_period
from seoul_digital.lib.tables import STATUSES

from .. import data
from ..models import Brief, Milestone
from .status import DONE, IN_PROGRESS, PLANNED

# What the report's words for a state are taken for; the last one of a phrase counts. They doubt what a person recorded, and set nothing.
WORDS = {
    DONE: ("완료", "오픈", "확정", "선정", "착수", "개시", "개최", "수립", "체결"),
    IN_PROGRESS: ("설치중", "설치 중", "추진", "운영", "진행"),
    PLANNED: ("검토중", "검토 중", "예정", "계획"),
}


@integrity.register_check("projects", scope=Source.Scope.PROJECTS, rows=[data.briefs_of])
def milestones(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    judged_on = snapshot.judged_on(Source.Scope.PROJECTS)
    for brief in data.briefs_of(snapshot):
        text = hangul.fold(brief.achievements)
        for milestone in brief.milestones.all():
            key = f"{brief.project.slug}/{milestone.key}"
            about = {
                "subject": f"{brief.number}. {milestone.title}",
                "department": brief.lead_department.slug,
                "url": address("projects:detail", brief.project.slug),
            }
            yield from _printed(brief, milestone, text, key, about)
            yield from _recorded(milestone, text, key, about)
            yield from _judged(milestone, judged_on, key, about)


def _printed(
    brief: Brief, milestone: Milestone, text: str, key: str, about: dict[str, Any]
) -> Iterator[integrity.Finding]:
    period, printed = milestone.period, milestone.period_printed
    read = printed_period(printed)
    if read or printed == ALL_YEAR or milestone.all_year:
        if milestone.all_year:
            holds = printed.endswith(ALL_YEAR)  # 연중, ’22년 연중
        else:
            holds = read is not None and read.is_printed_of(period)
        stored = period.in_text() or "적히지 않음"
        yield integrity.condition_holds(
            holds,
            id=f"milestone.printed/{key}",
            formula=f"저장한 기간({stored}) = 원문 표기 ‘{printed}’",
            hint="시작·끝과 기간의 원문 표기를 함께 고치십시오.",
            **about,
        )
    elif milestone.is_dated:
        yield integrity.condition_holds(
            False,
            otherwise=Level.WARNING if printed else Level.INFO,
            id=f"milestone.unprinted/{key}",
            formula=f"저장한 기간({period.in_text()})에는 기간으로 읽히는 원문 표기가 있다",
            hint=f"{quoted(printed, '은/는')} 기간으로 읽히지 않습니다."
            if printed
            else "기간의 원문 표기를 적으십시오.",
            **about,
        )
    if milestone.is_achievement and printed and text:
        yield integrity.condition_holds(
            hangul.fold(printed) in text,
            otherwise=Level.WARNING,
            id=f"milestone.in-text/{key}",
            formula=f"기간의 원문 표기 {quoted(printed, '이/가')} 추진실적의 글에 있다",
            hint="글과 일정 가운데 하나만 고쳐졌는지 확인하십시오.",
            **about,
        )


def state_in(words: str) -> str:
    """The state that a phrase speaks of by its last known word, '' where it has none: `조성 추진 완료` is done."""
    places = {state: max(words.rfind(word) for word in known) for state, known in WORDS.items()}
    last = max(places, key=lambda state: places[state])
    return last if places[last] >= 0 else ""


def _recorded(
    milestone: Milestone, text: str, key: str, about: dict[str, Any]
) -> Iterator[integrity.Finding]:
    words = milestone.recorded_in
    if not words:
        if milestone.recorded:
            yield _without_words(milestone, key, about)
        return
    spoken = state_in(words)
    if spoken:
        yield integrity.condition_holds(
            spoken == milestone.recorded,
            otherwise=Level.WARNING,
            id=f"milestone.recorded/{key}",
            formula=f"적힌 상태 ‘{milestone.get_recorded_display()}’ = {quoted(words, '이/가')} 말하는 상태",
            hint=f"{quoted(words, '은/는')} {quoted(STATUSES[spoken], '으로/로')} 읽힙니다. 적힌 상태를 확인하십시오.",
            **about,
        )
    stated = hangul.fold("\n".join((milestone.title, milestone.note)))
    yield integrity.condition_holds(
        hangul.fold(words) in stated or hangul.fold(words) in text,
        otherwise=Level.WARNING,
        id=f"milestone.words/{key}",
        formula=f"상태를 적은 말 {quoted(words, '이/가')} 보고서의 글에 있다",
        hint="글이 달라졌으면 적힌 상태와 그 말을 함께 고치십시오.",
        **about,
    )


def _without_words(milestone: Milestone, key: str, about: dict[str, Any]) -> integrity.Finding:
    return integrity.condition_holds(
        False,
        otherwise=Level.INFO,
        id=f"milestone.unspoken/{key}",
        formula=f"적힌 상태 {quoted(milestone.get_recorded_display(), '을/를')} 말하는 글이 있다",
        hint="상태를 적은 말을 함께 적으십시오.",
        **about,
    )


def _judged(
    milestone: Milestone, on: date | None, key: str, about: dict[str, Any]
) -> Iterator[integrity.Finding]:
    """The recorded state against the time: what has not begun is not done, what is over is not planned."""
    period, state = milestone.period, milestone.recorded
    if not (on and period and state):
        return
    early = state in (DONE, IN_PROGRESS) and period.starts_after(on)
    late = state == PLANNED and period.ends_before(on)
    yield integrity.condition_holds(
        not (early or late),
        otherwise=Level.WARNING,
        id=f"milestone.judged/{key}",
        formula=f"적힌 상태 {quoted(milestone.get_recorded_display(), '은/는')} 기간({period.in_text()})에 맞다",
        hint="기간이나 적힌 상태를 확인하십시오.",
        **about,
    )
