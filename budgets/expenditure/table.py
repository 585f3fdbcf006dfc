"""The expenditure table as in the report: what is printed, and ◆ where it is not what its parts add up to."""

from functools import partial

from django.utils.translation import gettext as _

from seoul_digital.lib import amounts
from seoul_digital.lib.reported import Agreement
from seoul_digital.lib.tables import Cell, Column, Record, Row, Table

from ..models import BudgetFigure
from .execution import MEASURE
from .facts import fact_of
from .sentences import no_department


def execution_table(summary, rows, url_of=lambda row: "", with_total=True):
    """The report's table of expenditure, with the difference from the pace. `rows`: those to show under the total."""
    year = summary.fiscal_year
    columns = [
        Column(_("구분")),
        Column(_("%(year)s\n예산현액") % {"year": year}, "thousand"),
        Column(_("%(year)s\n최종예산") % {"year": year - 1}, "thousand"),
        Column(_("증감액"), "signed_thousand", group=_("증감")),
        Column(_("증감률"), "signed_percent", group=_("증감")),
        Column(_("집행액"), "thousand", group=_("집행 현황")),
        Column(_("집행률"), "bar", group=_("집행 현황")),
        Column(_("진도차"), "points", group=_("집행 현황")),
    ]
    total = [_row(summary, summary.total, total=True)] if with_total else []
    shown = total + [_row(summary, row, href=url_of(row)) for row in rows]
    return Table(
        "expenditure",
        summary.title(_("부서별 예산과 집행")),
        columns,
        shown,
        unit=_("천원, %, %p"),
        as_of=summary.as_of,
        notes=[*summary.notes, *(rounding_notes(summary) if with_total else ())],
        pace=summary.pace if summary.executed_on else None,
        caption_hidden=True,
        empty=no_department(),
    )


def _row(summary, row, total=False, href=""):
    fact = partial(fact_of, summary, row)
    cells = [
        Cell(row.label, href=href),
        Cell.of(summary.current(row), record=_record(row.key, "current"), fact=fact("current")),
        Cell.of(summary.previous(row), record=_record(row.previous_key, "current"), fact=fact("previous")),
        Cell.of(summary.figure(row, MEASURE.CHANGE), fact=fact("change")),
        Cell.of(summary.figure(row, MEASURE.CHANGE_RATE), fact=fact("change_rate")),
        Cell.of(summary.committed(row), record=_record(row.key, "committed"), fact=fact("committed")),
        Cell.of(summary.rate(row), pace=summary.pace_of(row), fact=fact("rate")),
        Cell(summary.gap(row), warn=summary.is_behind(row), fact=fact("gap")),
    ]
    return Row(cells, total=total, level=1 if row.department else 0, anchor="" if total else row.anchor)


def _record(key, field):
    return Record(BudgetFigure, key, field) if key else None


def rounding_notes(summary):
    """Says it where a printed total differs from the sum of its parts by rounding alone."""
    figures = (
        (_("예산현액"), summary.current(summary.total)),
        (_("집행액"), summary.committed(summary.total)),
    )
    for label, figure in figures:
        if figure.agreement is Agreement.ROUNDING:
            difference = figure.printed - figure.computed
            sentence = (
                _("※ 부서별 %(measure)s의 합은 %(sum)s천원으로 계보다 %(size)s천원 적습니다(단수 차이).")
                if difference > 0
                else _("※ 부서별 %(measure)s의 합은 %(sum)s천원으로 계보다 %(size)s천원 많습니다(단수 차이).")
            )
            yield sentence % {
                "measure": label,
                "sum": amounts.thousand(figure.computed),
                "size": amounts.thousand(abs(difference)),
            }
