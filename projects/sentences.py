"""Computed sentences of the project pages."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.mentions.computed_facts import computed_fact, sum_fact
from core.templatetags.language import counted, fact_html, join_facts, with_facts
from seoul_digital.lib import amounts, hangul
from seoul_digital.lib.language.sentences import join_html, linked_number, sentence_html
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.tables import STATUSES

from .budget import Budgets, budget_fact
from .indicators.tree import TargetsSummary
from .milestones.progress import Next, Progress
from .models import Brief

NOTHING = mark_safe("")


def _line(sentence: str) -> SafeString:
    return sentence_html("<span>{sentence}</span>", sentence=sentence)


def counts(progress: Progress) -> str:
    """`완료 3건, 기간 중 1건, 예정 2건(확인 필요 1건)`; only what is planned can be there to be looked at."""
    return ", ".join(_count(progress, key, number) for key, number in progress.counts())


def _count(progress: Progress, key: str, number: int) -> str:
    values = {"status": STATUSES[key], "count": number, "warn": STATUSES["warn"], "late": progress.warn}
    if progress.warn and key == "planned":
        return _("%(status)s %(count)s건(%(warn)s %(late)s건)") % values
    return _("%(status)s %(count)s건") % values


def list_lead(
    briefs: Sequence[Brief], budgets: Budgets, progress: Progress, *, is_whole: bool = False
) -> SafeString:
    """`4개 추진전략에 사업 11건, 사업예산은 모두 36,248백만원(362.5억 원)입니다.` and how the milestones stand."""
    if not briefs:
        return _line(_("조건에 맞는 사업이 없습니다."))
    strategies, count = len({brief.strategy_id for brief in briefs if brief.strategy_id}), len(briefs)
    money = amounts.million_won(budgets.total)
    if strategies > 1 and budgets.total:
        text = _("{strategies}개 추진전략에 사업 <b>{count}건</b>, 사업예산은 모두 <b>{money}</b>입니다.")
    elif strategies > 1:
        text = _("{strategies}개 추진전략에 사업 <b>{count}건</b>이 있습니다.")
    elif budgets.total:
        text = counted("사업 <b>{count}건</b>, 사업예산은 모두 <b>{money}</b>입니다.", count)
    else:
        text = counted("사업 <b>{count}건</b>이 있습니다.", count)
    first = sentence_html(
        text,
        strategies=strategies,
        count=linked_number(str(count), "count:projects" if is_whole else ""),
        money=linked_number(
            money, "project_budget:/" if is_whole else sum_fact(map(budget_fact, budgets.briefs), "원")
        ),
    )
    return _lines(_line(first), _milestones_line(progress, briefs))


def _lines(first: SafeString, second: SafeString) -> SafeString:
    return sentence_html("{first}{second}", first=first, second=second)


def _milestones_line(progress: Progress, briefs: Iterable[Brief] = ()) -> SafeString:
    """`briefs`: whose milestones they all are, where they are those of whole projects."""
    if not progress.total:
        return NOTHING
    each = _('<span class="nb">{status} <b>{count}건</b></span>')
    found = [
        sentence_html(
            each, status=STATUSES[key], count=linked_number(str(number), milestones_fact(briefs, key))
        )
        for key, number in progress.counts()
    ]
    text = _("실적·일정 {count}건 가운데 {parts}입니다.")
    count = linked_number(str(progress.total), milestones_fact(briefs))
    return _line(sentence_html(text, count=count, parts=join_html(", ", found)))


def milestones_fact(briefs: Iterable[Brief], status: str = "") -> str:
    """The identity of how many milestones the briefs have, or how many of a status."""
    steps = [f"count:milestones/{brief.project.slug}" for brief in briefs if brief.milestones.all()]
    return sum_fact((f"{step}/{status}" if status else step for step in steps), "건")


def timeline_lead(progress: Progress, coming: Next | None, briefs: Iterable[Brief] = ()) -> SafeString:
    """`briefs`: those of all the milestones, where nothing narrows them."""
    if not progress.total:
        return _line(_("조건에 맞는 실적·일정이 없습니다."))
    return _lines(_milestones_line(progress, briefs), _coming_line(coming))


def detail_lead(progress: Progress, coming: Next | None, briefs: Iterable[Brief] = ()) -> SafeString:
    if not progress.total:
        return _line(_("이 사업에는 시점이나 상태가 적힌 실적·일정이 없습니다."))
    return _lines(_milestones_line(progress, briefs), _coming_line(coming))


def _coming_line(coming: Next | None) -> SafeString:
    """`다음은 2022. 8. 31. ‘1차 테스트 오픈’입니다.`"""
    if coming is None:
        return _line(_("기준일 뒤에 시작하거나 끝나는 것으로 적힌 일정은 없습니다."))
    title = coming.state.full_title if coming.state.subject else f"‘{coming.state.title}’"
    on = coming.on.in_text()
    if coming.what:
        text = _("다음은 <b>{on}</b> {title} {what}입니다.")
    else:
        text = _("다음은 <b>{on}</b> {title}입니다.")
    milestone = coming.state.milestone
    on = linked_number(on, f"milestone:{coming.state.brief.project.slug}/{milestone.key}")
    return _line(sentence_html(text, on=on, title=fact_html(title), what=coming.what))


def status_note(facts_on: date | None, as_of: date | None) -> str:
    """Explain how statuses are determined, and that the facts are older than the date."""
    rule = _("상태는 기간과 기준일, 보고서에 적힌 말로만 판정하고 진도(%)는 추정하지 않습니다.")
    if not (facts_on and as_of) or facts_on == as_of:
        return rule
    days = [PartialDate(day.year, day.month, day.day).long() for day in (facts_on, as_of)]
    held = _("%(facts_on)s 자료를 %(as_of)s에 견주어 판정했습니다.") % {"facts_on": days[0], "as_of": days[1]}
    return f"{rule} {held}"


def progress_sentence(progress: Progress, undated: int) -> str:
    """`6건 가운데 완료 3건, 기간 중 1건, 예정 2건. 시점이 적히지 않은 1건은 그림에 없고 표에 있습니다.`"""
    if not progress.total:
        return _("적힌 실적·일정이 없습니다.")
    whole = _("%(count)s건 가운데 %(parts)s.") % {"count": progress.total, "parts": counts(progress)}
    if not undated:
        return whole
    apart = counted("시점이 적히지 않은 %(count)s건은 그림에 없고 표에 있습니다.", undated) % {
        "count": undated
    }
    return f"{whole} {apart}"


def indicators_lead(known: TargetsSummary, places: str, subject: str | None = None) -> SafeString:
    """`사업 11건과 용어 설명에 지표 116개가 있습니다. 목표가 적힌 지표는 5개이고, 그 가운데 1개가 목표에 이르렀습니다.`"""
    if not known.indicators:
        return _line(_("조건에 맞는 지표가 없습니다."))
    text = counted("{places}에 지표 <b>{count}개</b>가 있습니다.", known.indicators)
    count = linked_number(str(known.indicators), _indicators_fact(subject, "indicators"))
    return _lines(
        _line(sentence_html(text, places=places, count=count)), _line(targets_sentence(known, subject))
    )


def _indicators_fact(subject: str | None, key: str) -> str:
    return "" if subject is None else f"indicators:{subject}/{key}"


def targets_sentence(known: TargetsSummary, subject: str | None = None) -> SafeString:
    """`subject`: the project that they are all of, empty where they are all that there are, None of a selection."""
    if not known.targets:
        return conditional_escape(_("목표가 적힌 지표는 없습니다."))
    if not known.reached:
        text = _(
            "목표가 적힌 지표는 <b>{targets}개</b>이고, 기준일까지 목표에 이른 것으로 확인된 것은 없습니다."
        )
    elif known.reached == known.targets:
        text = _("목표가 적힌 지표 <b>{targets}개</b>가 모두 목표에 이르렀습니다.")
    else:
        text = _(
            "목표가 적힌 지표는 <b>{targets}개</b>이고, 그 가운데 <b>{reached}개</b>가 목표에 이르렀습니다."
        )
    return sentence_html(
        text,
        targets=linked_number(str(known.targets), _indicators_fact(subject, "targets")),
        reached=linked_number(str(known.reached), _indicators_fact(subject, "reached")),
    )


def title_sentence(brief: Brief) -> str:
    """Name the vision's other title of the project."""
    title = brief.title_in_vision
    if not title:
        return ""
    quoted = f"‘{title}’{hangul.postposition(title, ('이라고', '라고'))}"
    text = _("추진전략 그림에는 %(title_quoted)s 적혀 있습니다.")
    return with_facts(text, title_quoted=quoted, title=title)


def budget_sentence(brief: Brief, budgets: Budgets) -> str:
    """`주요 사업 11건의 합 36,248백만원(362.5억 원)의 23.8%로 가장 큽니다.` and whose money is inside the sum."""
    rank = budgets.rank(brief)
    if rank is None:
        return _("사업예산이 적혀 있지 않습니다.")
    if budgets.count == 1:
        text = _("예산이 적힌 사업은 이 사업뿐입니다.")
    elif rank == 1:
        text = _("주요 사업 %(count)s건의 합 %(total)s의 %(share)s로 가장 큽니다.")
    else:
        text = _("주요 사업 %(count)s건의 합 %(total)s의 %(share)s로 %(rank)s번째로 큽니다.")
    share = amounts.percent(amounts.rate(brief.budget, budgets.total))
    own = with_facts(
        text,
        count=budgets.count,
        total=linked_number(amounts.million_won(budgets.total), "project_budget:/"),
        share=linked_number(
            share, computed_fact(f"{{{budget_fact(brief)}}} / {{project_budget:/}} * 100", "%")
        ),
        rank=rank,
    )
    others = others_money(budgets)
    return with_facts("%(own)s %(others)s", own=own, others=others) if others else own


def others_money(budgets: Budgets) -> str:
    """`합에는 市 예산이 아닌 재단 890백만원(8.9억 원)이 들어 있습니다.`; nothing where all is the city's own."""
    if not budgets.others:
        return ""
    named = [join_facts(" ", [name, amounts.million_won(amount)]) for name, amount in budgets.others]
    parts = join_facts(", ", named)
    text = _("합에는 市 예산이 아닌 %(parts_subject)s 들어 있습니다.")
    return with_facts(text, parts_subject=hangul.with_particle(parts, "이/가"), parts=parts)


def disagreement_sentence(known: TargetsSummary, subject: str | None = None) -> str:
    if not known.disagreeing:
        return ""
    text = counted(
        "같은 값이 다르게 적혔거나 더한 값과 다른 지표가 %(count)s개 있습니다(◆).", known.disagreeing
    )
    count = linked_number(str(known.disagreeing), _indicators_fact(subject, "disagreeing"))
    return with_facts(text, count=count)
