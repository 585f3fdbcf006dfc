"""Computed sentences of the expenditure pages."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import partial

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.mentions.computed_facts import computed_fact
from core.templatetags.language import fact_html, join_facts, with_facts
from seoul_digital.lib import amounts, hangul
from seoul_digital.lib.language.sentences import linked_number, sentence_html
from seoul_digital.lib.tables import day

from .execution import MEASURE, Execution, ExecutionSummary
from .facts import fact_of, missing, pace_fact, unexecuted
from .last_execution import name_of


def no_department() -> str:
    return _("조건에 맞는 부서가 없습니다.")


def lead(summary: ExecutionSummary, on: date | None = None) -> SafeString:
    """`예산현액 1,432.0억 원 가운데 66.9%를 집행(원인행위)해 진도선보다 0.9%p 앞섭니다.`, with the figures' day where `on` is another.

    Of a part it begins with `특별회계만 보면`.
    """
    if not summary.departments:
        return format_html("<span>{}</span>", no_department())
    sentence = _lead(summary, summary.total)
    if summary.narrowed_to:
        part = join_facts(" · ", summary.narrowed_to)
        sentence = sentence_html(_("{part}만 보면 {sentence}"), part=part, sentence=sentence)
    return sentence_html("{day}{sentence}", day=_day_of_figures(summary, on), sentence=sentence)


def _day_of_figures(summary: ExecutionSummary, on: date | None) -> SafeString | str:
    """A sentence for a reader of another day: the figures, and the pace, are of the newest delivery before it."""
    if on is None or on == summary.as_of:
        return ""
    return format_html("<span>{}</span> ", _("%(day)s 기준 자료입니다.") % {"day": day(summary.as_of)})


def department_lead(summary: ExecutionSummary, row: Execution, on: date | None = None) -> SafeString:
    """The same of one department."""
    return sentence_html("{day}{lead}", day=_day_of_figures(summary, on), lead=_lead(summary, row))


def _lead(summary: ExecutionSummary, row: Execution) -> SafeString:
    fact = partial(fact_of, summary, row)
    budget = linked_number(summary.current(row).text(amounts.won_text), fact("current"))
    if row.rate is None and row.is_mixed:
        sentence = _("<span>예산현액은 <b>{budget}</b>이고, 집행액은 기준일이 달라 더하지 않았습니다.</span>")
        return sentence_html(sentence, budget=budget)
    if row.rate is None:
        sentence = _("<span>예산현액은 <b>{budget}</b>이고, 집행액은 이 자료에 없습니다.</span>")
        return sentence_html(sentence, budget=budget)
    rate = summary.rate(row).text(amounts.percent)
    return sentence_html(
        _lead_sentence(row),
        budget=budget,
        day=day(row.executed_on) if row.executed_on else "",
        executed=amounts.won_text(row.budget_executed),
        rate=linked_number(rate, fact("rate")),
        particle=hangul.postposition(rate, ("을", "를")),
        against_pace="" if row.is_mixed else _against_pace(summary.gap(row), fact("gap")),
    )


def _lead_sentence(row: Execution) -> str:
    """Of an earlier day's execution with that day, and with the budget of it where it was another."""
    if row.is_mixed:
        return _(
            "<span>예산현액 {budget} 가운데 기준일이 다른 집행액을 더하면 "
            '<span class="nb"><b>{rate}</b>{particle}</span> 집행(원인행위)했습니다.</span>'
        )
    if row.executed_on is None:
        return _(
            "<span>예산현액 {budget} 가운데 "
            '<span class="nb"><b>{rate}</b>{particle}</span> 집행(원인행위)해 {against_pace}</span>'
        )
    if row.budget_executed == row.current:
        return _(
            "<span>예산현액 {budget} 가운데 {day}까지 "
            '<span class="nb"><b>{rate}</b>{particle}</span> 집행(원인행위)해 {against_pace}</span>'
        )
    return _(
        "<span>예산현액은 {budget}입니다. {day}에는 {executed} 가운데 "
        '<span class="nb"><b>{rate}</b>{particle}</span> 집행(원인행위)해 {against_pace}</span>'
    )


def _against_pace(gap: Fraction, fact: str) -> SafeString:
    """`진도선보다 <b>0.9%p</b> 앞섭니다.`"""
    text = amounts.points(abs(gap)).lstrip("+")
    if text == "0.0":
        sentence = _("<b>진도선과 같습니다.</b>")
    elif gap > 0:
        sentence = _("진도선보다 <b>{points}%p</b> 앞섭니다.")
    else:
        sentence = _("진도선보다 <b>{points}%p</b> 뒤처집니다.")
    return sentence_html(sentence, points=linked_number(text, fact))


def remainder_sentence(summary: ExecutionSummary) -> SafeString | str:
    """Name the two departments with the most unexecuted money: `남은 473.7억 원의 75.4%는 A와 B에 있습니다.`"""
    left = sorted(
        (row for row in summary.departments if row.unexecuted), key=lambda row: -(row.unexecuted or 0)
    )[:2]
    whole = unexecuted(summary, summary.total)
    if len(left) < 2 or not whole or len(summary.departments) < 3:
        return ""
    share = amounts.percent(Fraction(sum(row.unexecuted or 0 for row in left), whole) * 100)
    first, second = (row.label for row in left)
    most, second_most, all_left = (
        f"{{{fact_of(summary, row, 'unexecuted')}}}" for row in (*left, summary.total)
    )
    of_all = "" if summary.narrowed_to else computed_fact(f"({most} + {second_most}) / {all_left} * 100", "%")
    sentence = _(
        '<span>남은 {left}의 <span class="nb"><b>{share}</b>{particle}</span> {first_and} {second}에 있습니다.</span>'
    )
    return sentence_html(
        sentence,
        left=linked_number(amounts.won_text(whole), fact_of(summary, summary.total, "unexecuted")),
        share=linked_number(share, of_all),
        particle=hangul.postposition(share, ("은", "는")),
        first=fact_html(first),
        first_and=hangul.with_particle(first, "과/와"),
        second=fact_html(second),
    )


def table_sentence(summary: ExecutionSummary) -> str:
    """`8개 부서 가운데 6곳이 진도선을 앞서지만, 예산의 56.2%를 차지하는 2곳은 뒤처져 있습니다.`"""
    rated = [row for row in summary.departments if row.rate is not None]
    behind = [row for row in rated if summary.is_behind(row)]
    if not summary.departments:
        return ""
    if not rated:
        return _("집행액은 이 자료에 없습니다.")
    if not behind:
        sentence = _("%(units)s개 부서가 모두 진도선 이상입니다.")
    elif len(behind) == len(rated):
        sentence = _("%(units)s개 부서가 모두 진도선에 못 미칩니다.")
    else:
        sentence = _(
            "%(units)s개 부서 가운데 %(reached)s곳이 진도선 이상이고, 예산의 %(share_object)s 차지하는 %(behind)s곳이 진도선에 못 미칩니다."
        )
    share = amounts.percent(amounts.rate(sum(row.current for row in behind), summary.total.current))
    fact = partial(pace_fact, summary)
    return with_facts(
        sentence,
        units=linked_number(str(len(rated)), fact("rated")),
        reached=linked_number(str(len(rated) - len(behind)), fact("reached")),
        behind=linked_number(str(len(behind)), fact("behind")),
        share=linked_number(share, fact("share")),
        share_object=linked_number(share, fact("share"), hangul.postposition(share, ("을", "를"))),
    )


def change_sentence(summary: ExecutionSummary) -> str:
    """`2021 최종예산보다 218.0억 원 늘었고, 가장 많이 늘어난 곳은 데이터센터(+207.8억 원)입니다.`"""
    figure = summary.figure(summary.total, MEASURE.CHANGE)
    change = figure.number
    year = {"year": summary.previous_year}
    if change is None:
        return _("%(year)s 최종예산은 이 자료에 없습니다.") % year
    if not change:
        return _("%(year)s 최종예산과 총액이 같습니다.") % year
    grew = change > 0
    alike = [row for row in summary.departments if row.change and (row.change > 0) == grew]
    most = max(alike, key=lambda row: abs(row.change), default=None)
    sentence = {
        (True, True): _(
            "%(year)s 최종예산보다 %(size)s 늘었고, 가장 많이 늘어난 곳은 %(name)s(%(change)s)입니다."
        ),
        (True, False): _("%(year)s 최종예산보다 %(size)s 늘었습니다."),
        (False, True): _(
            "%(year)s 최종예산보다 %(size)s 줄었고, 가장 많이 줄어든 곳은 %(name)s(%(change)s)입니다."
        ),
        (False, False): _("%(year)s 최종예산보다 %(size)s 줄었습니다."),
    }[grew, most is not None]
    return with_facts(
        sentence,
        **year,
        size=linked_number(
            figure.text(lambda won: won if isinstance(won, str) else amounts.won_text(abs(won))),
            fact_of(summary, summary.total, "change"),
        ),
        name=most.label if most else "",
        change=linked_number(amounts.won_change(most.change), fact_of(summary, most, "change"))
        if most
        else "",
    )


def missing_sentence(summary: ExecutionSummary) -> str:
    """`진도선까지 모자란 돈은 계산으로 103.4억 원이고, 데이터센터에 52.0억 원, 정보통신보안담당관 특별회계에 51.4억 원입니다.`, and how the figure is read."""
    if summary.executed_on is None:
        return _("크기는 예산현액입니다. 집행액은 이 자료에 없습니다.")
    spent = amounts.won_text(sum(row.committed for row in summary.leaves if row.committed is not None))
    read = with_facts(
        _("한 변은 예산현액, 다른 변은 집행률, 색칠한 넓이는 집행액(%(spent)s)입니다."),
        spent=linked_number(spent, fact_of(summary, summary.total, "committed")),
    )
    behind = [(money, row) for row in summary.leaves if (money := missing(summary, row)) is not None]
    behind.sort(key=lambda pair: -pair[0])
    return join_facts(" ", [_missing(summary, behind), read])


def _missing(summary: ExecutionSummary, behind: Sequence[tuple[int, Execution]]) -> str:
    if not behind:
        return _("진도선에 못 미치는 곳은 없습니다.")
    sentence = (
        _("진도선까지 모자란 돈은 계산으로 %(whole)s이고, %(most)s 등입니다.")
        if len(behind) > 2
        else _("진도선까지 모자란 돈은 계산으로 %(whole)s이고, %(most)s입니다.")
    )
    named = _("%(name)s에 %(money)s")
    most = [
        with_facts(
            named,
            name=name_of(row),
            money=linked_number(amounts.won_text(money), pace_fact(summary, f"missing/{row.subject}")),
        )
        for money, row in behind[:2]
    ]
    whole = linked_number(
        amounts.won_text(sum(money for money, _row in behind)), pace_fact(summary, "missing")
    )
    return with_facts(sentence, whole=whole, most=join_facts(", ", most))
