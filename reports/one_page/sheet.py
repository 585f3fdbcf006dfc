"""The report on one A3 sheet, for the wall and the briefing: what is drawn, as plain values; nothing of the database, nothing of typst."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from core.remembered.demonstration import NOTE
from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import postposition
from seoul_digital.lib.language.sentences import linked_number, marked, text_of
from seoul_digital.lib.tables import STATUSES, day

from ..chapters.expenditure.data import ExpenditureData
from ..chapters.indicators.data import IndicatorsData
from ..chapters.projects.data import ProjectsData
from ..chapters.staffing.data import StaffingData
from ..report import Report
from . import money, people, schedule, targets, worries


@dataclass(frozen=True)
class Money:
    title: str
    columns: list[money.MoneyColumn]
    top: Fraction  # of the scale, in %
    pace: Fraction  # in %
    pace_printed: str  # '' where nothing is held against it


@dataclass(frozen=True)
class OnePage:
    """A part is None where the report says nothing of it; `lead` is its conclusion."""

    title: str
    bureau: str
    as_of: date
    date_printed: str
    lead: str
    money: Money | None
    people: people.StaffPlaces | None
    people_title: str
    schedule: schedule.Schedule | None
    statuses: dict[str, str]  # of milestones, by key
    targets: list[targets.Bullet]
    targets_title: str
    worries: list[worries.Worry]


def sheet_of(report: Report) -> OnePage:
    expenditure, staffing = report.get(ExpenditureData), report.get(StaffingData)
    projects = report.get(ProjectsData)
    bullets, count = targets.targets(report.get(IndicatorsData) or IndicatorsData())
    return OnePage(
        title=f"{report.title} (시범 자료)" if NOTE in report.cover_notes else report.title,
        bureau=report.bureau.name,
        as_of=report.as_of,
        date_printed=report.date_printed,
        lead=_lead(expenditure, staffing),
        money=_money(expenditure) if expenditure else None,
        people=people.people(staffing) if staffing else None,
        people_title=_people_title(staffing) if staffing else "",
        schedule=schedule.schedule(projects, projects.judged_on or report.as_of)
        if projects and projects.projects
        else None,
        statuses={key: str(word) for key, word in STATUSES.items() if key != "warn"},
        targets=bullets,
        targets_title=f"목표 {count}개"
        if count <= targets.MOST
        else f"목표 {count}개 가운데 {targets.MOST}개",
        worries=worries.worries(report),
    )


def _money(data: ExpenditureData) -> Money:
    columns, pace = money.columns(data), data.pace * 100
    whole = amounts.won_text(data.rows[0].current.number)
    is_executed = any(column.rate is not None for column in columns)
    title = f"{whole}, 어디에 얼마가 쓰였나" if is_executed else f"{whole}, 어디에 있나"
    printed = amounts.percent(pace) if is_executed else ""
    return Money(title, columns, money.top(columns), pace, printed)


def _people_title(data: StaffingData) -> str:
    total = data.total
    empty = sum(max(-int(unit.variance.number or 0), 0) for unit in data.units)
    above = sum(max(int(unit.variance.number or 0), 0) for unit in data.units)
    more = f", {above}명이 더 있습니다" if above else ""
    places = f"{amounts.plain(total.authorized.number)}자리"
    if not empty:
        return f"{places}가 모두 찼{'고' if above else '습니다'}{more}"
    return f"{places} 가운데 {empty}자리가 비었{'고' if above else '습니다'}{more}"


def _lead(expenditure: ExpenditureData | None, staffing: StaffingData | None) -> str:
    """Its numbers lead to their sheets where a page shows it."""
    parts = []
    if expenditure:
        whole = expenditure.rows[0]
        budget = f"예산현액 {_linked(amounts.won_text(whole.current.number), 'expenditure:/current')}"
        if whole.executed.number is None:
            why = "기준일이 달라 더하지 않았습니다" if whole.is_mixed else "제출되지 않았습니다"
            parts.append(f"{budget}의 집행액은 {why}.")
        else:
            executed, rate = (
                amounts.won_text(whole.executed.number),
                whole.execution_rate.text(amounts.percent),
            )
            particle = postposition(f"{executed}({rate})", ("을", "를"))
            on = f" {day(whole.executed_on)}" if whole.executed_on else ""
            parts.append(
                f"{budget} 가운데 {_linked(executed, 'expenditure:/committed')}({_linked(rate, 'expenditure:/rate')})"
                f"{particle} 집행(원인행위{on})했습니다."
            )
    if staffing:
        authorized, headcount = (
            _linked(figure.text(amounts.plain, "명"), f"staffing:/{measure}")
            for figure, measure in (
                (staffing.total.authorized, "authorized"),
                (staffing.total.headcount, "headcount"),
            )
        )
        parts.append(f"정원 {authorized}, 현원 {headcount}입니다.")
    return text_of(" ".join(parts))


def _linked(text: str, identity: str) -> str:
    return marked(linked_number(text, identity))
