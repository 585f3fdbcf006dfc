"""Integrity of the dates of indicators, and of what stands behind them."""

from collections.abc import Iterator
from datetime import date

from core import integrity
from core.integrity import Level
from core.models import Source
from core.snapshot import Snapshot
from seoul_digital.lib import hangul
from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.number_tokens import number_tokens, same_unit
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.printed_dates import periods_in

from .. import data
from ..checks import place_of, statement_key
from ..models import Measurement, Target
from ..search import words_of_briefs


@integrity.register_check(
    "projects",
    Source.Scope.PROJECTS,
    scope=Source.Scope.INDICATORS,
    rows=[data.lead_departments, words_of_briefs, data.statements_of],
)
def dates(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """The day of a value is the one that is printed, else that of the report; that of a target stands beside it in the text."""
    leads, base_dates = data.lead_departments(snapshot), {source.as_of for source in snapshot.known}
    texts = {brief.project_id: text.splitlines() for brief, text in words_of_briefs(snapshot)}
    for row in data.statements_of(snapshot):
        about = {
            "subject": str(row.indicator),
            "department": leads.get(row.indicator.project_id, ""),
            "url": place_of(row.indicator),
        }
        if isinstance(row, Target):
            yield from _due(row, texts.get(row.indicator.project_id, []), about)
        else:
            yield _measured(row, base_dates, about)


def _measured(row: Measurement, base_dates: set[date], about: dict[str, str]) -> integrity.Finding:
    """`base_dates` are the days of this report and those before it, from which values are carried on."""
    on, printed = PartialDate.parse(row.measured_on), row.measured_printed
    is_base_date = on.precision == "day" and on.first() in base_dates
    period = next(periods_in(printed), None)
    if period is None:
        holds, formula = is_base_date, f"때를 적지 않은 값은 보고서 기준일의 값이다({on.in_text()})"
    else:
        # Of a period that is not over yet the value is that of the report's own day.
        holds = period.has(on) or (is_base_date and period.lasts_beyond(on.first()))
        formula = f"저장한 때({on.in_text()}) = 원문 표기 ‘{printed}’"
    return integrity.condition_holds(
        holds or (period is None and bool(printed)),
        otherwise=Level.ERROR if period else Level.WARNING,
        id=f"indicator.measured/{statement_key(row)}",
        formula=formula,
        hint="잰 때와 그 원문 표기를 함께 고치십시오.",
        **about,
    )


def _due(row: Target, lines: list[str], about: dict[str, str]) -> Iterator[integrity.Finding]:
    printed = hangul.fold(row.printed)
    periods = [period for line in lines if printed in hangul.fold(line) for period in periods_in(line)]
    if periods and not row.due:
        yield integrity.condition_holds(
            False,
            otherwise=Level.INFO,
            id=f"indicator.due-missing/{statement_key(row)}",
            formula=f"글에 때가 적힌 목표 {quoted(row.printed, '은/는')} 기한이 있다",
            hint="글에 적힌 때가 기한이면 적으십시오.",
            **about,
        )
    elif periods:
        due = PartialDate.parse(row.due)
        yield integrity.condition_holds(
            any(period.reaches(due) for period in periods),
            otherwise=Level.WARNING,
            id=f"indicator.due/{statement_key(row)}",
            formula=f"목표 ‘{row.printed}’의 기한({due.in_text()})이 글에 적힌 때와 같다",
            hint="글과 목표의 기한 가운데 하나만 고쳐졌는지 확인하십시오.",
            **about,
        )


@integrity.register_check("projects", Source.Scope.PROJECTS, scope=Source.Scope.INDICATORS)
def units(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """What stands behind a printed number is the unit of its indicator, or how it begins: 15개 of 개 자치구."""
    leads = data.lead_departments(snapshot)
    for row in data.statements_of(snapshot):
        token = next(iter(number_tokens(row.printed)), None)
        unit = row.indicator.unit
        if token and token.unit and unit:
            yield integrity.condition_holds(
                same_unit(token.unit, unit) or unit.startswith(token.unit) or token.unit.startswith(unit),
                otherwise=Level.WARNING,
                id=f"indicator.unit/{statement_key(row)}",
                subject=str(row.indicator),
                formula=f"지표의 단위 {quoted(unit, '과/와')} 원문 표기 {quoted(row.printed, '의/의')} 단위가 같다",
                hint="지표의 단위나 원문 표기를 확인하십시오.",
                department=leads.get(row.indicator.project_id, ""),
                url=place_of(row.indicator),
            )


@integrity.register_check(
    "projects",
    Source.Scope.PROJECTS,
    Source.Scope.INDICATORS,
    rows=[data.lead_departments, data.statements_of],
)
def briefed(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """An indicator of a project is told by a report that tells of the project."""
    leads = data.lead_departments(snapshot)
    projects = {row.indicator.project_id: row.indicator for row in data.statements_of(snapshot)}
    for key, indicator in projects.items() if leads else ():
        if key is not None:
            yield integrity.condition_holds(
                key in leads,
                otherwise=Level.WARNING,
                id=f"indicator.brief/{indicator.project.slug}",
                subject=indicator.project.name,
                formula="지표가 있는 사업은 사업 보고가 있다",
                hint="사업 보고가 빠졌거나 지표의 사업이 잘못되었는지 확인하십시오.",
                department=leads.get(key, ""),
                url=place_of(indicator),
            )
