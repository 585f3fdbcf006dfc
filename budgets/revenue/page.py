"""The revenue page: its sentences, the report's tree table, its figure."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import partial
from typing import cast

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.data_version import Memory
from core.mentions.computed_facts import computed_fact
from core.models import Source
from core.snapshot import Snapshot
from core.templatetags.language import join_facts, with_facts
from seoul_digital.lib import amounts, charts
from seoul_digital.lib.language.sentences import linked_number, sentence_html
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import Cell, Column, Record, Row, Table, day

from ..models import RevenueFigure
from .tree import Node, Revenue, revenues

MOST_DAYS = 12  # of a trend
_remembered: Memory[dict[date, ReportedFigure]] = Memory(16)  # the whole budget by base date


def revenue_table(revenue: Revenue) -> Table:
    columns = [
        Column(_("구분")),
        Column(_("%(year)s\n예산현액") % {"year": revenue.fiscal_year}, "thousand"),
        Column(_("%(year)s\n최종예산") % {"year": revenue.previous_year}, "thousand"),
        Column(_("증감액"), "signed_thousand", group=_("증감")),
        Column(_("증감률"), "signed_percent", group=_("증감")),
    ]
    note = _(
        "◆ 원문에 적힌 값이 아래 항목을 더한 값과 다릅니다. 적힌 값을 그대로 두고 계산한 값을 함께 보입니다."
    )
    rows = [_row(node) for node in revenue.root.walk()]
    return Table(
        "revenue",
        _("세입 총괄"),
        columns,
        rows,
        unit=_("천원, %"),
        as_of=revenue.as_of,
        notes=[*revenue.notes, *([note] if revenue.disagreements else [])],
    )


def _row(node: Node) -> Row:
    own = f"revenue:{node.slug}"
    cells = [
        node.name,
        Cell.of(node.current, record=_record(node.key), fact=f"{own}/current"),
        Cell.of(node.previous, record=_record(node.previous_key), fact=f"{own}/previous"),
        Cell.of(node.change, fact=f"{own}/change"),
        Cell.of(node.rate, fact=f"{own}/change_rate"),
    ]
    anchor = f"item-{node.slug}" if node.slug else ""
    return Row(cells, level=max(node.level - 1, 0), total=node.level == 0, anchor=anchor)


def _record(key: int | None) -> Record | None:
    return Record(RevenueFigure, key, "current_budget") if key else None


def _won(figure: ReportedFigure) -> int | None:
    """What the parts add up to: an amount, never a word."""
    return cast(int | None, figure.computed)


def lead(revenue: Revenue) -> SafeString:
    """`2022년 세입 예산현액은 173.7억 원으로 2021 최종예산보다 3.3% 늘었습니다.`"""
    root = revenue.root
    change = root.rate.shown
    if change is None or isinstance(change, str):
        sentence = _("<span>{year}년 세입 예산현액은 <b>{budget}</b>입니다.</span>")
    elif change >= 0:
        sentence = _(
            "<span>{year}년 세입 예산현액은 <b>{budget}</b>으로 {previous_year} 최종예산보다 <b>{rate}</b> 늘었습니다.</span>"
        )
    else:
        sentence = _(
            "<span>{year}년 세입 예산현액은 <b>{budget}</b>으로 {previous_year} 최종예산보다 <b>{rate}</b> 줄었습니다.</span>"
        )
    return sentence_html(
        sentence,
        year=revenue.fiscal_year,
        previous_year=revenue.previous_year,
        budget=_linked(root, "current", amounts.won_text),
        rate=linked_number(
            root.rate.text(lambda rate: amounts.percent(rate).removeprefix("△")), "revenue:/change_rate"
        ),
    )


def _linked(node: Node, measure: str, form: Callable[..., str]) -> str:
    return linked_number(getattr(node, measure).text(form), f"revenue:{node.slug}/{measure}")


def table_sentence(revenue: Revenue) -> str:
    """`가장 큰 과목은 공유재산임대료(78.8억 원, 전체의 45.3%)입니다.`"""
    largest = max(revenue.root.leaves, key=lambda node: _won(node.current) or 0)
    share = amounts.rate(_won(largest.current), _won(revenue.root.current))
    if share is None:
        return _("%(year)s년 세입은 0원입니다.") % {"year": revenue.fiscal_year}
    return with_facts(
        _("가장 큰 과목은 %(name)s(%(size)s, 전체의 %(share)s)입니다."),
        name=largest.name,
        size=_linked(largest, "current", amounts.won_text),
        share=linked_number(
            amounts.percent(share),
            computed_fact(f"{{revenue:{largest.slug}/current}} / {{revenue:/current}} * 100", "%"),
        ),
    )


def disagreement_sentence(revenue: Revenue) -> str:
    """Names what the report prints otherwise than its parts add up."""
    names = [with_facts("‘%(name)s’", name=node.name) for node in revenue.disagreements]
    if not names:
        return _("원문에 적힌 소계와 합계가 아래 항목의 합과 모두 맞습니다.")
    return with_facts(
        _("원문에 적힌 %(names)s 소계가 아래 항목의 합과 다릅니다."), names=join_facts(", ", names)
    )


def size_figure(revenue: Revenue) -> charts.Chart:
    """Each leaf's current budget, the largest first."""
    leaves = sorted(revenue.root.leaves, key=lambda node: -(_won(node.current) or 0))
    won = [node.current.number or 0 for node in leaves]
    build = partial(
        charts.quantity_bars,
        [node.name for node in leaves],
        [Fraction(amount) / amounts.HUNDRED_MILLION for amount in won],
        [node.current.marked(amounts.won_text) for node in leaves],
    )
    sentence = table_sentence(revenue)
    title, unit = _("과목별 예산현액"), _("억 원")
    return charts.Chart("sizes", title, sentence, build, unit=unit, as_of=revenue.as_of)


def change_figure(revenue: Revenue) -> charts.Chart | None:
    """Each leaf's change from last year's final budget, the largest rise first; None where last year is known of none."""
    known = [node for node in revenue.root.leaves if node.change.computed is not None]
    if not known:
        return None
    leaves = sorted(known, key=lambda node: -(_won(node.change) or 0))
    build = partial(
        charts.change_bars,
        [node.name for node in leaves],
        [node.change.number for node in leaves],
        [node.rate.marked(amounts.change_rate_text) for node in leaves],
        marks=[node.change.mark for node in leaves],
    )
    sentence = change_sentence(revenue)
    title, unit = _("과목별 전년 대비 증감"), _("억 원, %")
    return charts.Chart("changes", title, sentence, build, unit=unit, as_of=revenue.as_of)


def trend_figure(snapshot: Snapshot, revenue: Revenue) -> charts.Chart | None:
    """The whole budget on the newest base dates of the year; None where there are no two."""
    days = sorted({source.as_of for source in snapshot.sources_of(Source.Scope.REVENUE)})[-MOST_DAYS:]
    if len(days) < 2:
        return None

    def budgets(snapshot: Snapshot) -> dict[date, ReportedFigure]:
        known = revenues(snapshot, days)
        return {each.as_of: each.root.current for each in known if each.fiscal_year == revenue.fiscal_year}

    known = _remembered.once(snapshot, budgets, days, revenue.fiscal_year)
    if len(known) < 2:
        return None
    totals = list(known.values())
    texts = [total.marked(amounts.won_text) for total in totals]
    won = [amounts.in_label_unit(total.number or 0) for total in totals]
    title = _("기준일별 세입 예산현액")
    build = partial(charts.trend, list(known), [charts.TrendLine(_("예산현액"), won, texts)])
    rows = [Row([day(on), Cell.of(total, fact=f"revenue:/current#{on}")]) for on, total in known.items()]
    columns = [Column(_("기준일")), Column(_("예산현액"), "thousand")]
    table = Table("trend-rows", title, columns, rows, unit=_("천원"), as_of=revenue.as_of, since=min(known))
    sentence = with_facts(
        _("%(before)s에 %(first)s, %(after)s에 %(last)s입니다."),
        before=day(min(known)),
        first=linked_number(texts[0], f"revenue:/current#{min(known)}"),
        after=day(revenue.as_of),
        last=linked_number(texts[-1], "revenue:/current"),
    )
    return charts.Chart("trend", title, sentence, build, table, unit=_("억 원"), as_of=revenue.as_of)


def change_sentence(revenue: Revenue) -> str:
    """`가장 많이 늘어난 과목은 …, 가장 많이 줄어든 과목은 …입니다.`"""
    leaves = [node for node in revenue.root.leaves if node.change.computed]
    rose = max(leaves, key=lambda node: _won(node.change) or 0, default=None)
    fell = min(leaves, key=lambda node: _won(node.change) or 0, default=None)
    values = {"year": str(revenue.previous_year)}
    if all(node.change.computed is None for node in revenue.root.leaves):
        return _("%(year)s 최종예산은 이 자료에 없습니다.") % values
    if rose and (_won(rose.change) or 0) > 0:
        values |= {"rose": rose.name, "rise": _linked(rose, "change", amounts.won_change)}
    if fell and (_won(fell.change) or 0) < 0:
        values |= {"fell": fell.name, "fall": _linked(fell, "change", amounts.won_change)}
    sentence = {
        (True, True): _(
            "가장 많이 늘어난 과목은 %(rose)s(%(rise)s)이고, 가장 많이 줄어든 과목은 %(fell)s(%(fall)s)입니다."
        ),
        (True, False): _("가장 많이 늘어난 과목은 %(rose)s(%(rise)s)입니다."),
        (False, True): _("가장 많이 줄어든 과목은 %(fell)s(%(fall)s)입니다."),
        (False, False): _("%(year)s 최종예산과 달라진 과목이 없습니다."),
    }["rise" in values, "fall" in values]
    return with_facts(sentence, **values)
