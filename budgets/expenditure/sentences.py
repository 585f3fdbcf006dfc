"""Computed sentences of the expenditure pages."""

from datetime import date
from fractions import Fraction

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from seoul_digital.lib import amounts, hangul
from seoul_digital.lib.tables import day

from .execution import MEASURE, Execution, ExecutionSummary

NO_DEPARTMENT = "조건에 맞는 부서가 없습니다."


def lead(summary: ExecutionSummary, on: date | None = None) -> SafeString:
    """`예산현액 1,432.0억 원 가운데 66.9%를 집행(원인행위)해 진도선보다 0.9%p 앞섭니다.`, with the figures' day where `on` is another.

    Of a part it begins with `특별회계만 보면`.
    """
    if not summary.departments:
        return format_html("<span>{}</span>", NO_DEPARTMENT)
    part = f"{' · '.join(summary.narrowed_to)}만 보면 " if summary.narrowed_to else ""
    sentence = _lead(summary, summary.total)
    return format_html("{}{}{}", _day_of_figures(summary, on), part, sentence)


def _day_of_figures(summary: ExecutionSummary, on: date | None) -> SafeString | str:
    """A sentence for a reader of another day: the figures, and the pace, are of the newest delivery before it."""
    if on is None or on == summary.as_of:
        return ""
    return format_html("<span>{} 기준 자료입니다.</span> ", day(summary.as_of))


def department_lead(summary: ExecutionSummary, row: Execution, on: date | None = None) -> SafeString:
    """The same of one department."""
    return format_html("{}{}", _day_of_figures(summary, on), _lead(summary, row))


def _lead(summary: ExecutionSummary, row: Execution) -> SafeString:
    budget = summary.current(row).text(amounts.won_text)
    if row.rate is None:
        unknown = "기준일이 달라 더하지 않았습니다" if row.is_mixed else "이 자료에 없습니다"
        return format_html("<span>예산현액은 <b>{}</b>이고, 집행액은 {}.</span>", budget, unknown)
    rate = summary.rate(row).text(amounts.percent)
    day_of_rate = ""
    if row.is_mixed:
        day_of_rate = "기준일이 다른 집행액을 더하면 "
    elif row.executed_on and row.budget_executed == row.current:
        day_of_rate = f"{day(row.executed_on)}까지 "
    return format_html(
        '<span>{} {}<span class="nb"><b>{}</b>{}</span> 집행(원인행위){}</span>',
        _budget_executed(summary, row, budget),
        day_of_rate,
        rate,
        hangul.postposition(rate, ("을", "를")),
        mark_safe("했습니다.") if row.is_mixed else format_html("해 {}", _against_pace(summary.gap(row))),
    )


def _budget_executed(summary: ExecutionSummary, row: Execution, budget: str) -> str:
    """`예산현액 1,432.0억 원 가운데`; of an earlier day's execution the budget of that day, where it was another."""
    if row.budget_executed == row.current or row.executed_on is None:
        return f"예산현액 {budget} 가운데"
    executed = amounts.won_text(row.budget_executed)
    return f"예산현액은 {budget}입니다. {day(row.executed_on)}에는 {executed} 가운데"


def _against_pace(gap: Fraction) -> SafeString:
    """`진도선보다 <b>0.9%p</b> 앞섭니다.`"""
    text = amounts.points(abs(gap)).lstrip("+")
    if text == "0.0":
        return mark_safe("<b>진도선과 같습니다.</b>")
    word = "앞섭니다" if gap > 0 else "뒤처집니다"
    return format_html("진도선보다 <b>{}%p</b> {}.", text, word)


def remainder_sentence(summary: ExecutionSummary) -> SafeString | str:
    """Name the two departments with the most unexecuted money: `남은 473.7억 원의 75.4%는 A와 B에 있습니다.`"""
    left = sorted(
        (row for row in summary.departments if row.unexecuted), key=lambda row: -(row.unexecuted or 0)
    )[:2]
    whole = summary.total.unexecuted
    if len(left) < 2 or not whole or len(summary.departments) < 3:
        return ""
    share = amounts.percent(Fraction(sum(row.unexecuted or 0 for row in left), whole) * 100)
    return format_html(
        '<span>남은 {}의 <span class="nb"><b>{}</b>{}</span> {}{} {}에 있습니다.</span>',
        amounts.won_text(whole),
        share,
        hangul.postposition(share, ("은", "는")),
        left[0].label,
        hangul.postposition(left[0].label, ("과", "와")),
        left[1].label,
    )


def table_sentence(summary: ExecutionSummary) -> str:
    """`8개 부서 가운데 6곳이 진도선을 앞서지만, 예산의 56.2%를 차지하는 2곳은 뒤처져 있습니다.`"""
    rated = [row for row in summary.departments if row.rate is not None]
    behind = [row for row in rated if summary.is_behind(row)]
    if not summary.departments:
        return ""
    if not rated:
        return "집행액은 이 자료에 없습니다."
    if not behind:
        return f"{len(rated)}개 부서가 모두 진도선 이상입니다."
    if len(behind) == len(rated):
        return f"{len(rated)}개 부서가 모두 진도선에 못 미칩니다."
    share = amounts.percent(amounts.rate(sum(row.current for row in behind), summary.total.current))
    particle = hangul.postposition(share, ("을", "를"))
    return (
        f"{len(rated)}개 부서 가운데 {len(rated) - len(behind)}곳이 진도선 이상이고, "
        f"예산의 {share}{particle} 차지하는 {len(behind)}곳이 진도선에 못 미칩니다."
    )


def change_sentence(summary: ExecutionSummary) -> str:
    """`2021 최종예산보다 218.0억 원 늘었고, 가장 많이 는 곳은 데이터센터(+207.8억 원)입니다.`"""
    figure = summary.figure(summary.total, MEASURE.CHANGE)
    change = figure.number
    if change is None:
        return f"{summary.previous_year} 최종예산은 이 자료에 없습니다."
    if not change:
        return f"{summary.previous_year} 최종예산과 총액이 같습니다."
    grew = change > 0
    verb, verb_of = ("늘었", "는") if grew else ("줄었", "준")
    whole = (
        f"{summary.previous_year} 최종예산보다 {figure.text(lambda won: amounts.won_text(abs(won)))} {verb}"
    )
    alike = [row for row in summary.departments if row.change and (row.change > 0) == grew]
    if not alike:
        return f"{whole}습니다."
    most = max(alike, key=lambda row: abs(row.change))
    return f"{whole}고, 가장 많이 {verb_of} 곳은 {most.label}({amounts.won_change(most.change)})입니다."


def missing(summary: ExecutionSummary, row: Execution) -> int | None:
    """원 from what is executed up to the pace of its day; None where it is reached or one of the two is unknown."""
    pace = summary.pace_of(row)
    if row.committed is None or pace is None or not summary.is_behind(row):
        return None
    return int(amounts.rounded(pace * row.budget_executed - row.committed))


def missing_sentence(summary: ExecutionSummary) -> str:
    """`진도선까지 모자란 돈은 계산으로 103.4억 원이고, 데이터센터에 52.0억 원, 정보통신보안담당관 특별회계에 51.4억 원입니다.`, and how the figure is read."""
    if summary.executed_on is None:
        return "크기는 예산현액입니다. 집행액은 이 자료에 없습니다."
    spent = [row.committed for row in summary.leaves if row.committed is not None]
    read = f"한 변은 예산현액, 다른 변은 집행률, 색칠한 넓이는 집행액({amounts.won_text(sum(spent))})입니다."
    behind = [(money, row) for row in summary.leaves if (money := missing(summary, row)) is not None]
    behind.sort(key=lambda pair: -pair[0])
    if not behind:
        return f"진도선에 못 미치는 곳은 없습니다. {read}"
    most = ", ".join(f"{row.full_label}에 {amounts.won_text(money)}" for money, row in behind[:2])
    others = " 등" if len(behind) > 2 else ""
    whole = amounts.won_text(sum(money for money, _ in behind))
    return f"진도선까지 모자란 돈은 계산으로 {whole}이고, {most}{others}입니다. {read}"
