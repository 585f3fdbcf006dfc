"""The milestones of all projects on one axis of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from projects.milestones.progress import next_of
from projects.milestones.subjects import full_title

from ..chapters.projects.data import MilestoneRow, ProjectsData

Span = tuple[date, date]
YEARS = 1  # before the year of the base date and after it; what lies beyond is cut, and says so


@dataclass(frozen=True)
class ScheduleMark:
    """`left`, `right` are shares of the axis; `goes_before`, `goes_on`: it begins or ends beyond the axis, or nobody said when."""

    status: str
    left: Fraction
    right: Fraction
    lane: int
    goes_before: bool = False
    goes_on: bool = False


@dataclass(frozen=True)
class ProjectLine:
    """A project; `undated`: milestones without any date, `coming`: the next one, with its date, empty where there is none."""

    number: int
    title: str
    marks: tuple[ScheduleMark, ...]
    lanes: int
    undated: int
    coming: str


@dataclass(frozen=True)
class Schedule:
    """`months`: where a quarter begins and what is written there; `today`: where the base date stands."""

    lines: tuple[ProjectLine, ...]
    quarters: tuple[tuple[Fraction, str], ...]
    today: Fraction
    count: int
    dated: int


def schedule(data: ProjectsData, on: date) -> Schedule:
    axis = _axis(data, on)
    lines = tuple(
        _line(project.number, project.title, project.milestones, axis, on) for project in data.projects
    )
    count = sum(len(project.milestones) for project in data.projects)
    return Schedule(
        lines, _quarters(axis), _place(on, axis), count, count - sum(line.undated for line in lines)
    )


def _axis(data: ProjectsData, on: date) -> Span:
    """Whole years, from the first date to the last, but no more than a year before and after that of the base date."""
    days = [
        day
        for project in data.projects
        for milestone in project.milestones
        for day in (milestone.period.first(), milestone.period.last())
        if day
    ]
    first, last = min([on, *days]).year, max([on, *days]).year
    return (
        date(max(first, on.year - YEARS), 1, 1),
        date(min(last, on.year + YEARS), 12, 31),
    )


def _place(day: date, axis: Span) -> Fraction:
    return Fraction((day - axis[0]).days, (axis[1] - axis[0]).days + 1)


def _quarters(axis: Span) -> tuple[tuple[Fraction, str], ...]:
    days = [date(year, month, 1) for year in range(axis[0].year, axis[1].year + 1) for month in (1, 4, 7, 10)]
    return tuple(
        (_place(day, axis), f"’{day:%y}. {day.month}." if day.month == 1 else f"{day.month}.") for day in days
    )


def _line(number: int, title: str, milestones: Sequence[MilestoneRow], axis: Span, on: date) -> ProjectLine:
    dated = [row for row in milestones if row.period or row.period.all_year]
    spans = sorted(((_span(row, on), row) for row in dated), key=lambda pair: pair[0])
    ends: list[date] = []
    marks = []
    for (first, last), milestone in spans:
        lane = next((lane for lane, end in enumerate(ends) if end < first), len(ends))
        ends[lane : lane + 1] = [last]
        marks.append(_mark(milestone, (first, last), lane, axis))
    return ProjectLine(
        number, title, tuple(marks), len(ends), len(milestones) - len(dated), _coming(title, milestones, on)
    )


def _span(milestone: MilestoneRow, on: date) -> Span:
    """What is known of it: of an open one its one end, as long as that is written; 연중 is the year of the base date."""
    period = milestone.period
    if period.all_year:
        return date(on.year, 1, 1), date(on.year, 12, 31)
    ends = [end for end in (period.start, period.end) if end]
    return min(end.first() for end in ends), max(end.last() for end in ends)


def _mark(milestone: MilestoneRow, span: Span, lane: int, axis: Span) -> ScheduleMark:
    first, last = (min(max(day, axis[0]), axis[1]) for day in span)
    period = milestone.period
    return ScheduleMark(
        status="confirm" if milestone.warn else milestone.status,
        left=_place(first, axis),
        right=_place(last, axis) + Fraction(1, (axis[1] - axis[0]).days + 1),
        lane=lane,
        goes_before=span[0] < axis[0] or not (period.start or period.all_year),
        goes_on=span[1] > axis[1] or not (period.end or period.all_year),
    )


def _coming(project: str, milestones: Sequence[MilestoneRow], on: date) -> str:
    """`’22. 12. 끝: 디지털뉴딜(2차사업) 연계 …`: what begins or ends next after the base date, as on the project's page."""
    following = next_of(milestones, on)
    if following is None:
        return ""
    title = full_title(following.state.title, [row.title for row in milestones], project)
    return f"{' '.join(filter(None, [following.on.printed(), following.what]))}: {title}"
