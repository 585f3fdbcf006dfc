"""Integrity of revenue and expenditure. Revenue and expenditure need not balance, and no check asks for it."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from core import integrity
from core.models import ControlTotal, Source
from core.plausibility.thresholds import PLACES, thresholds_of
from core.snapshot import Snapshot, address
from departments.checks import printed_totals, totals_of
from seoul_digital.lib.hangul import with_particle
from seoul_digital.lib.money_units import THOUSANDS
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.slips import is_off_by_places

from . import formulas
from .expenditure import execution
from .plausibility import UNIT_JUMP
from .revenue import tree as revenue_tree

MEASURE = ControlTotal.Measure
ONE_DAY = timedelta(1)


@integrity.register_check("budgets", scope=Source.Scope.REVENUE, of_totals=True, rows=[revenue_tree.revenue])
def revenue(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    tree = revenue_tree.revenue(snapshot)
    if tree is None:
        return
    for node in tree.root.walk():
        if node.children:
            yield from _revenue_sums(tree, node)
        yield from _revenue_row(tree, node)
    for figure in tree.lost:
        yield _counted(figure)


def _counted(figure):
    return integrity.condition_holds(
        False,
        id=f"revenue.counted/{figure.item.slug}/{figure.fiscal_year}",
        subject=str(figure),
        formula="금액이 있는 과목은 맨 위 과목에서 이어지고 아래에 과목이 없다",
        printed=THOUSANDS.of(figure.current_budget),
        **_revenue_page("이 금액은 더해지지 않습니다. 과목의 상위 과목을 바로잡으십시오."),
    )


def _revenue_sums(tree, node):
    """What is printed of an item against the amounts of its leaves, and against what is printed right below it."""
    for key, word, name in (
        (f"sum/{node.slug or 'total'}/{tree.fiscal_year}", f"{tree.fiscal_year}", "current"),
        (f"sum/{node.slug or 'total'}/{tree.previous_year}", f"{tree.previous_year}", "previous"),
        (f"change-sum/{node.slug or 'total'}", "증감액", "change"),
    ):
        figure, page = (
            getattr(node, name),
            _revenue_page("소계를 다시 더하거나 아래 과목의 금액을 확인하십시오."),
        )
        if figure.has_gap:
            yield formulas.sum_holds(
                figure,
                id=f"revenue.{key}",
                subject=f"{node.name} {word}",
                formula=f"{node.name} {word} = 아래 과목 {len(node.leaves)}개의 합",
                **page,
            )
        parts = {child.name: getattr(child, name) for child in node.children}
        whole = f"{node.name} {word}"
        yield from formulas.printed_sum_holds(
            figure, parts, whole, "과목", id=f"revenue.printed-{key}", **page
        )


def _revenue_row(tree, node):
    """The printed change and its rate against the other figures of the same row, as they are printed."""
    now, before = node.current.number, node.previous.number
    if formulas.is_number(node.change.printed) and None not in (now, before):
        yield formulas.sum_holds(
            ReportedFigure(now - before, node.change.printed, 2, node.change.unit),
            id=f"revenue.change/{node.slug or 'total'}",
            subject=f"{node.name} 증감액",
            formula=f"증감액 = {tree.fiscal_year} 예산현액 − {tree.previous_year} 최종예산",
            **_revenue_page("증감액을 다시 계산하십시오."),
        )
    yield from formulas.rate_holds(
        node.rate.printed,
        node.change.number,
        node.previous.number,
        id=f"revenue.rate/{node.slug or 'total'}",
        subject=f"{node.name} 증감률",
        formula=f"증감률 = 증감액 ÷ {tree.previous_year} 최종예산",
        rounded=(tree.unit.won, 2),
        url=address("budgets:revenue"),
    )


def _revenue_page(hint):
    return {"unit": THOUSANDS.name, "hint": hint, "url": address("budgets:revenue")}


@integrity.register_check("budgets", scope=Source.Scope.EXPENDITURE, of_totals=True, rows=[execution.summary])
def expenditure(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    summary = execution.summary(snapshot)
    if summary is None:
        return
    for row in (summary.total, *summary.rows):
        yield from _sums(summary, row)
        yield from _printed_sums(summary, row, summary.departments if row is summary.total else row.accounts)
        yield from _rates(summary, row)
        if row.committed is not None:
            yield _within_budget(row)


def _sums(summary, row):
    """Printed amounts of the total, of departments with accounts, and every printed change."""
    checked = (
        (summary.current(row), summary.fiscal_year, MEASURE.CURRENT_BUDGET, "예산현액"),
        (summary.previous(row), summary.previous_year, MEASURE.CURRENT_BUDGET, "최종예산"),
        (summary.committed(row), summary.fiscal_year, MEASURE.COMMITTED, "집행액"),
    )
    for figure, year, measure, word in checked:
        if figure.has_gap:
            yield formulas.sum_holds(
                figure,
                id=f"expenditure.sum/{measure}/{row.subject or 'total'}/{year}",
                subject=f"{row.full_label} {year} {word}",
                formula=f"{word} {_parts_in_words(summary, row)}의 합",
                **_expenditure_page(row),
            )
    change = summary.figure(row, MEASURE.CHANGE)
    now, before = summary.current(row).number, summary.previous(row).number
    if formulas.is_number(change.printed) and None not in (now, before):
        yield formulas.sum_holds(
            ReportedFigure(now - before, change.printed, 2, change.unit),
            id=f"expenditure.change/{row.subject or 'total'}",
            subject=f"{row.full_label} 증감액",
            formula="증감액 = 예산현액 − 전년도 최종예산",
            **_expenditure_page(row),
        )


def _printed_sums(summary, row, parts):
    for measure, year, word in (
        (MEASURE.CURRENT_BUDGET, summary.fiscal_year, f"{summary.fiscal_year} 예산현액"),
        (MEASURE.CURRENT_BUDGET, summary.previous_year, f"{summary.previous_year} 최종예산"),
        (MEASURE.COMMITTED, summary.fiscal_year, "집행액"),
    ):
        yield from formulas.printed_sum_holds(
            summary.figure(row, measure, year),
            {part.full_label: summary.figure(part, measure, year) for part in parts},
            f"{row.full_label} {word}",
            "회계" if row.slug else "부서",
            id=f"expenditure.printed-sum/{measure}/{row.subject or 'total'}/{year}",
            **_expenditure_page(row),
        )


def _parts_in_words(summary, row):
    """Name the parts of a row's printed amount; its rounding counts the accounts too."""
    if not row.slug:
        return f"계 = 부서 {len(summary.departments)}곳"
    return f"= 회계 {len(row.accounts)}개" if row.accounts else "= 예산 줄"


def _rates(summary, row):
    yield from formulas.rate_holds(
        summary.figure(row, MEASURE.CHANGE_RATE).printed,
        row.change,
        row.previous,
        rounded=(summary.unit.won, 2),
        id=f"expenditure.change-rate/{row.subject or 'total'}",
        subject=f"{row.full_label} 증감률",
        formula="증감률 = 증감액 ÷ 전년도 최종예산",
        **_place(row),
    )
    yield from formulas.rate_holds(
        summary.rate(row).printed,
        row.committed,
        row.budget_executed,
        rounded=(summary.unit.won, 1),
        id=f"expenditure.rate/{row.subject or 'total'}",
        subject=f"{row.full_label} 집행률",
        formula="집행률 = 집행액(원인행위) ÷ 예산현액",
        **_place(row),
    )


def _within_budget(row):
    return integrity.condition_holds(
        row.committed <= row.budget_executed,
        id=f"expenditure.within/{row.subject or 'total'}",
        subject=f"{row.full_label} 집행액",
        formula="집행액(원인행위) ≤ 예산현액",
        printed=THOUSANDS.of(row.budget_executed),
        computed=THOUSANDS.of(row.committed),
        names=("예산현액", "집행액"),
        hint="집행액이나 예산현액을 확인하십시오.",
        **_expenditure_page(row),
    )


def _expenditure_page(row):
    return {"unit": THOUSANDS.name, **_place(row)}


def _place(row):
    return {
        "department": row.slug,
        "url": address("budgets:lines", row.slug) if row.slug else address("budgets:expenditure"),
    }


@integrity.register_check(
    "budgets",
    Source.Scope.REVENUE,
    Source.Scope.EXPENDITURE,
    of_totals=True,
    rows=[revenue_tree.revenue, execution.summary],
)
def control_totals(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    if tree := revenue_tree.revenue(snapshot):
        url = address("budgets:revenue")
        items = {node.slug: (node.name, {"url": url}) for node in tree.root.walk() if node.slug}
        yield from printed_totals(totals_of(snapshot, Source.Scope.REVENUE), items, url)
    if summary := execution.summary(snapshot):
        rows = {row.subject: (row.full_label, _place(row)) for row in summary.rows}
        for total in summary.totals.values():  # of an account that has no row the department's place
            _, place = rows.get(total.subject.partition("/")[0], ("", None))
            if place:
                rows.setdefault(total.subject, (total.subject, place))
        yield from printed_totals(summary.totals.values(), rows, address("budgets:expenditure"))


@integrity.register_check(
    "budgets",
    Source.Scope.REVENUE,
    Source.Scope.EXPENDITURE,
    rows=[revenue_tree.revenue, execution.summary, thresholds_of],
)
def units(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """Amounts a thousand times off last year's, or the statement before, are most likely in another unit."""
    last_year, statement = _beside_last_year(snapshot), _beside_the_statement_before(snapshot)
    for word, pairs in (("전년도", last_year), ("앞의 자료", statement)):
        for label, now, before, page in pairs:
            if now and before:
                yield _jump(word, label, now, before, page, thresholds_of(snapshot))


def _beside_last_year(snapshot: Snapshot):
    summary, tree = execution.summary(snapshot), revenue_tree.revenue(snapshot)
    for row in summary.rows if summary else []:
        yield row.full_label, row.current, row.previous, _expenditure_page(row)
    if tree:
        yield (
            f"세입 {tree.root.name}",
            tree.root.current.computed,
            tree.root.previous.computed,
            _revenue_page(""),
        )


def _beside_the_statement_before(snapshot: Snapshot):
    """The same rows as they stood on the day before the figures in force."""
    summary, tree = execution.summary(snapshot), revenue_tree.revenue(snapshot)
    if summary and (before := execution.summary(snapshot.at(summary.as_of - ONE_DAY))):
        known = {row.subject: row.current for row in before.rows}
        for row in summary.rows:
            yield row.full_label, row.current, known.get(row.subject), _expenditure_page(row)
    earlier = snapshot.at(tree.as_of - ONE_DAY) if tree else None
    if (
        tree
        and earlier
        and earlier.source(Source.Scope.REVENUE)
        and (before := revenue_tree.revenue(earlier))
    ):
        yield (
            f"세입 {tree.root.name}",
            tree.root.current.computed,
            before.root.current.computed,
            _revenue_page(""),
        )


def _jump(word, label, now, before, page, limits):
    jump = limits[UNIT_JUMP]
    about = {
        **page,
        "id": f"unit.jump/{label}" if word == "전년도" else f"unit.jump-since/{label}",
        "subject": label,
        "formula": f"{with_particle(word, '과/와')} {jump}배 넘게, 또는 한 자리쯤 다르지 않다",
        "hint": "자료의 단위(원, 천원, 백만원, 억원)와 자릿수를 확인하십시오.",
    }
    holds = 1 / jump < Fraction(abs(now), abs(before)) < jump
    holds = holds and not is_off_by_places(now, before, limits[PLACES])
    return integrity.condition_holds(
        holds,
        otherwise=integrity.Level.WARNING,
        printed=THOUSANDS.of(before),
        computed=THOUSANDS.of(now),
        names=(word, "이 자료"),
        **about,
    )


@integrity.register_check(
    "budgets",
    Source.Scope.REVENUE,
    Source.Scope.EXPENDITURE,
    of_totals=True,
    rows=[revenue_tree.revenue, execution.summary],
)
def years(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """A source speaks of its fiscal year and of the one before."""
    tree, summary = revenue_tree.revenue(snapshot), execution.summary(snapshot)
    totals = [*totals_of(snapshot, Source.Scope.REVENUE)] if tree else []
    sources = {total.source: tree.fiscal_year for total in totals}
    if summary:
        totals += summary.totals.values()
        sources |= {total.source: total.source.fiscal_year for total in summary.totals.values()}
    for source, year in sources.items():
        wrong = sorted({t.fiscal_year for t in totals if t.source == source} - {0, year, year - 1})
        yield integrity.condition_holds(
            not wrong and abs(source.as_of.year - year) <= 1,
            otherwise=integrity.Level.WARNING,
            id=f"source.year/{source.slug}",
            subject=str(source),
            formula=f"회계연도는 {year}, {year - 1}뿐이고 기준일과 한 해 넘게 다르지 않다",
            hint=f"다른 회계연도: {', '.join(map(str, wrong))}"
            if wrong
            else "기준일이나 회계연도를 확인하십시오.",
            scope=source.scope,
            url=address("budgets:revenue" if source.scope == Source.Scope.REVENUE else "budgets:expenditure"),
        )


@integrity.register_check("budgets", scope=Source.Scope.REVENUE, rows=[revenue_tree.revenue])
def newest_year(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """A year that a slip made is the newest, and has next to nothing."""
    tree = revenue_tree.revenue(snapshot)
    if tree is None:
        return
    now, before = (
        sum(getattr(leaf, name).computed is not None for leaf in tree.root.leaves)
        for name in ("current", "previous")
    )
    yield integrity.condition_holds(
        2 * now >= before,
        otherwise=integrity.Level.WARNING,
        id="revenue.newest-year",
        subject=f"세입 {tree.fiscal_year}",
        formula=f"가장 새로운 회계연도({tree.fiscal_year})의 과목은 {tree.previous_year}의 반보다 많다",
        printed=before,
        computed=now,
        names=(f"{tree.previous_year} 과목", f"{tree.fiscal_year} 과목"),
        **_revenue_page("회계연도가 잘못 적힌 줄이 있는지 확인하십시오.") | {"unit": "개"},
    )


@integrity.register_check("budgets", scope=Source.Scope.REVENUE, rows=[revenue_tree.figures_and_items])
def collection(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """징수결정 = 실제수납 + 불납결손 + 미수납, where all are known."""
    source = snapshot.source(Source.Scope.REVENUE)
    for figure in revenue_tree.figures_and_items(snapshot)[0]:
        if not figure.is_collected_and_assessed:
            continue
        collected = figure.collected + figure.written_off + figure.uncollected
        yield formulas.sum_holds(
            ReportedFigure(collected, figure.assessed, 3, source.money_unit.won),
            id=f"revenue.collection/{figure.item.slug}/{figure.fiscal_year}",
            subject=f"{figure.item.name} {figure.fiscal_year}",
            formula="징수결정액 = 실제수납액 + 불납결손액 + 미수납액",
            **_revenue_page("수납 자료를 확인하십시오."),
        )
