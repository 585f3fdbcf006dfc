"""Charts of expenditure, each with a table of the same rows."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import cast

from django.utils.translation import gettext as _

from seoul_digital.lib import amounts, charts
from seoul_digital.lib.tables import Cell, Column, Row, Table, day

from .execution import MEASURE, Execution, ExecutionSummary
from .facts import fact_of, missing, unexecuted
from .sentences import change_sentence, missing_sentence

UrlOf = Callable[[Execution], str]  # where the lines of a row are


def execution_figure(
    summary: ExecutionSummary, url_of: UrlOf, name: str = "rates", table_name: str = ""
) -> charts.Chart:
    """What each department and account has, and how much of it is executed: reached first, the most missing last.

    `table_name`: a table of the page with the same rows; without it the figure has its own.
    """
    leaves = sorted(summary.leaves, key=partial(_place, summary))
    columns = [_column(summary, row, url_of(row)) for row in leaves]
    build = partial(charts.mosaic, columns, summary.pace * 100 if summary.executed_on else None)
    budget = summary.current(summary.total).text(amounts.won_text)
    title = _("%(budget)s, 어디에 얼마가 쓰였나") if summary.executed_on else _("%(budget)s, 어디에 있나")
    return charts.Chart(
        name,
        summary.title(title % {"budget": budget}),
        missing_sentence(summary),
        build,
        None if table_name else _rate_table(summary, name),
        as_of=summary.as_of,
        table_name=table_name,
    )


def _place(summary: ExecutionSummary, row: Execution) -> tuple[int, Fraction]:
    if row.rate is None:
        return 2, Fraction(-row.current)
    short = missing(summary, row)
    return (0, -row.rate) if short is None else (1, Fraction(short))


def _column(summary: ExecutionSummary, row: Execution, href: str) -> charts.MosaicColumn:
    pace, short, rate = summary.pace_of(row), missing(summary, row), summary.rate(row)
    values = {
        "budget": summary.current(row).marked(amounts.won_text),
        "spent": summary.committed(row).marked(amounts.won_text),
        "rate": rate.marked(amounts.percent),
        "gap": amounts.points(summary.gap(row)),
        "short": amounts.won_text(short),
        "day": day(row.executed_on or summary.as_of),
    }
    lines = [_("예산현액 %(budget)s")]
    if row.rate is None:
        lines.append(_("집행액 미제출"))
    else:
        lines += [_("집행액 %(spent)s, 집행률 %(rate)s"), _("진도차 %(gap)s%%p")]
    if short is not None:
        lines.append(_("진도선까지 %(short)s(계산)"))
    lines.append(_("%(day)s 기준"))
    return charts.MosaicColumn(
        row.full_label,
        row.full_label.replace("담당관", "").replace("회계", ""),
        cast(int, summary.current(row).number),
        rate.number,
        rate.marked(amounts.percent),
        None if pace is None or row.rate is None else pace * 100,
        short,
        [line % values for line in lines],
        href,
    )


def _rate_table(summary: ExecutionSummary, name: str) -> Table:
    """Execution rates of departments, the highest first, accounts under their department."""
    ranked = sorted(summary.departments, key=lambda row: -(row.rate if row.rate is not None else -1))
    rows = [summary.total, *(row for department in ranked for row in (department, *department.accounts))]
    columns = [
        Column(_("부서")),
        Column(_("예산현액"), "thousand"),
        Column(_("집행액"), "thousand"),
        Column(_("집행률"), "percent"),
        Column(_("진도차"), "points"),
        Column(_("집행잔액\n(원인행위 기준)"), "thousand"),
    ]
    body = [
        Row(
            [
                row.label,
                Cell.of(summary.current(row), fact=fact_of(summary, row, "current")),
                Cell.of(summary.committed(row), fact=fact_of(summary, row, "committed")),
                Cell.of(summary.rate(row), fact=fact_of(summary, row, "rate")),
                Cell(summary.gap(row), fact=fact_of(summary, row, "gap")),
                Cell(unexecuted(summary, row), fact=fact_of(summary, row, "unexecuted")),
            ],
            total=row is summary.total,
            level=1 if row.department else 0,
        )
        for row in rows
    ]
    title = summary.title(_("부서별 집행률"))
    return Table(f"{name}-rows", title, columns, body, unit=_("천원, %, %p"), as_of=summary.as_of)


def change_figure(summary: ExecutionSummary, name: str = "changes") -> charts.Chart | None:
    """Change from last year's final budget, the largest rise first; None where last year is known of none."""
    known = [row for row in summary.departments if row.change is not None]
    if not known and summary.figure(summary.total, MEASURE.CHANGE).number is None:
        return None
    ranked = sorted(known, key=lambda row: -(row.change or 0))
    rows = [summary.total, *(row for top in ranked for row in (top, *top.accounts))]
    build = partial(
        charts.change_bars,
        [row.label for row in rows],
        [summary.figure(row, MEASURE.CHANGE).number for row in rows],
        [summary.figure(row, MEASURE.CHANGE_RATE).marked(amounts.change_rate_text) for row in rows],
        [1 if row.department else 0 for row in rows],
        marks=[summary.figure(row, MEASURE.CHANGE).mark for row in rows],
        first_is_total=True,
    )
    table = _change_table(summary, rows, name)
    return charts.Chart(
        name,
        table.title,
        change_sentence(summary),
        build,
        table,
        unit=_("억 원, %"),
        as_of=summary.as_of,
    )


def _change_table(summary: ExecutionSummary, rows: Sequence[Execution], name: str) -> Table:
    columns = [
        Column(_("부서")),
        Column(_("%(year)s 예산현액") % {"year": summary.fiscal_year}, "thousand"),
        Column(_("%(year)s 최종예산") % {"year": summary.previous_year}, "thousand"),
        Column(_("증감액"), "signed_thousand"),
        Column(_("증감률"), "signed_percent"),
    ]
    body = [
        Row(
            [
                row.label,
                Cell.of(summary.current(row), fact=fact_of(summary, row, "current")),
                Cell.of(summary.previous(row), fact=fact_of(summary, row, "previous")),
                Cell.of(summary.figure(row, MEASURE.CHANGE), fact=fact_of(summary, row, "change")),
                Cell.of(summary.figure(row, MEASURE.CHANGE_RATE), fact=fact_of(summary, row, "change_rate")),
            ],
            total=row is summary.total,
            level=1 if row.department else 0,
        )
        for row in rows
    ]
    title = summary.title(_("전년 대비 예산 증감"))
    return Table(f"{name}-rows", title, columns, body, unit=_("천원, %"), as_of=summary.as_of)
