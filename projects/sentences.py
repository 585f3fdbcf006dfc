"""Computed sentences of the project pages."""

from collections.abc import Sequence
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from seoul_digital.lib import amounts, hangul
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.tables import STATUSES

from .budget import Budgets
from .indicators.tree import TargetsSummary
from .milestones.progress import Next, Progress
from .models import Brief

NOTHING = mark_safe("")
STATUS_RULE = "상태는 기간과 기준일, 보고서에 적힌 말로만 판정하고 진도(%)는 추정하지 않습니다."


def _line(sentence: str) -> SafeString:
    return format_html("<span>{}</span>", sentence)


def counts(progress: Progress) -> str:
    """`완료 3건, 기간 중 1건, 예정 2건(확인 필요 1건)`; only what is planned can be there to be looked at."""
    late = f"({STATUSES['warn']} {progress.warn}건)" if progress.warn else ""
    return ", ".join(
        f"{STATUSES[key]} {number}건{late if key == 'planned' else ''}" for key, number in progress.counts()
    )


def list_lead(briefs: Sequence[Brief], budgets: Budgets, progress: Progress) -> SafeString:
    """`4개 추진전략에 사업 11건, 사업예산은 모두 36,248백만원(362.5억 원)입니다.` and how the milestones stand."""
    if not briefs:
        return _line("조건에 맞는 사업이 없습니다.")
    strategies = len({brief.strategy_id for brief in briefs if brief.strategy_id})
    where = format_html("{}개 추진전략에 ", strategies) if strategies > 1 else NOTHING
    money = (
        format_html(", 사업예산은 모두 <b>{}</b>입니다.", amounts.million_won(budgets.total))
        if budgets.total
        else mark_safe("이 있습니다.")
    )
    first = format_html("{}사업 <b>{}건</b>{}", where, len(briefs), money)
    return format_html("{}{}", _line(first), _milestones_line(progress))


def _milestones_line(progress: Progress) -> SafeString:
    if not progress.total:
        return NOTHING
    parts = ((STATUSES[key], number) for key, number in progress.counts())
    counted = format_html_join(", ", '<span class="nb">{} <b>{}건</b></span>', parts)
    return _line(format_html("실적·일정 {}건 가운데 {}입니다.", progress.total, counted))


def timeline_lead(progress: Progress, coming: Next | None) -> SafeString:
    if not progress.total:
        return _line("조건에 맞는 실적·일정이 없습니다.")
    return format_html("{}{}", _milestones_line(progress), _coming_line(coming))


def detail_lead(progress: Progress, coming: Next | None) -> SafeString:
    if not progress.total:
        return _line("이 사업에는 시점이나 상태가 적힌 실적·일정이 없습니다.")
    return format_html("{}{}", _milestones_line(progress), _coming_line(coming))


def _coming_line(coming: Next | None) -> SafeString:
    """`다음은 2022. 8. 31. ‘1차 테스트 오픈’입니다.`"""
    if coming is None:
        return _line("기준일 뒤에 시작하거나 끝나는 것으로 적힌 일정은 없습니다.")
    title = coming.state.full_title if coming.state.subject else f"‘{coming.state.title}’"
    title += f" {coming.what}" if coming.what else ""
    return _line(format_html("다음은 <b>{}</b> {}입니다.", coming.on.in_text(), title))


def status_note(facts_on: date | None, as_of: date | None) -> str:
    """Explain how statuses are determined, and that the facts are older than the date."""
    if not (facts_on and as_of) or facts_on == as_of:
        return STATUS_RULE
    days = [PartialDate(day.year, day.month, day.day).long() for day in (facts_on, as_of)]
    return f"{STATUS_RULE} {days[0]} 자료를 {days[1]}에 견주어 판정했습니다."


def progress_sentence(progress: Progress, undated: int) -> str:
    """`6건 가운데 완료 3건, 기간 중 1건, 예정 2건. 시점이 적히지 않은 1건은 그림에 없고 표에 있습니다.`"""
    if not progress.total:
        return "적힌 실적·일정이 없습니다."
    apart = f" 시점이 적히지 않은 {undated}건은 그림에 없고 표에 있습니다." if undated else ""
    return f"{progress.total}건 가운데 {counts(progress)}.{apart}"


def indicators_lead(known: TargetsSummary, places: str) -> SafeString:
    """`사업 11건과 용어 설명에 지표 116개가 있습니다. 목표가 적힌 지표는 5개이고, 그 가운데 1개가 목표에 이르렀습니다.`"""
    if not known.indicators:
        return _line("조건에 맞는 지표가 없습니다.")
    return format_html(
        "{}{}",
        _line(format_html("{}에 지표 <b>{}개</b>가 있습니다.", places, known.indicators)),
        _line(targets_sentence(known)),
    )


def targets_sentence(known: TargetsSummary) -> SafeString:
    if not known.targets:
        return mark_safe("목표가 적힌 지표는 없습니다.")
    if not known.reached:
        return format_html(
            "목표가 적힌 지표는 <b>{}개</b>이고, 기준일까지 목표에 이른 것으로 확인된 것은 없습니다.",
            known.targets,
        )
    if known.reached == known.targets:
        return format_html("목표가 적힌 지표 <b>{}개</b>가 모두 목표에 이르렀습니다.", known.targets)
    return format_html(
        "목표가 적힌 지표는 <b>{}개</b>이고, 그 가운데 <b>{}개</b>가 목표에 이르렀습니다.",
        known.targets,
        known.reached,
    )


def title_sentence(brief: Brief) -> str:
    """Name the vision's other title of the project."""
    title = brief.title_in_vision
    particle = hangul.postposition(title, ("이라고", "라고")) if title else ""
    return f"추진전략 그림에는 ‘{title}’{particle} 적혀 있습니다." if title else ""


def budget_sentence(brief: Brief, budgets: Budgets) -> str:
    """`주요 사업 11건의 합 36,248백만원(362.5억 원)의 23.8%로 가장 큽니다.` and whose money is inside the sum."""
    rank = budgets.rank(brief)
    if rank is None:
        return "사업예산이 적혀 있지 않습니다."
    share = amounts.percent(amounts.rate(brief.budget, budgets.total))
    place = "로 가장 큽니다" if rank == 1 else f"로 {rank}번째로 큽니다"
    text = f"주요 사업 {budgets.count}건의 합 {amounts.million_won(budgets.total)}의 {share}{place}."
    if budgets.count == 1:
        text = "예산이 적힌 사업은 이 사업뿐입니다."
    return " ".join(filter(None, [text, others_money(budgets)]))


def others_money(budgets: Budgets) -> str:
    """`합에는 市 예산이 아닌 재단 890백만원(8.9억 원)이 들어 있습니다.`; nothing where all is the city's own."""
    if not budgets.others:
        return ""
    parts = ", ".join(f"{name} {amounts.million_won(amount)}" for name, amount in budgets.others)
    return f"합에는 市 예산이 아닌 {hangul.with_particle(parts, '이/가')} 들어 있습니다."


def disagreement_sentence(known: TargetsSummary) -> str:
    if not known.disagreeing:
        return ""
    return f"같은 값이 다르게 적혔거나 더한 값과 다른 지표가 {known.disagreeing}개 있습니다(◆)."
