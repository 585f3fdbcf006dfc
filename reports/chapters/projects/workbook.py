"""주요사업 and 추진일정: every project in a row, every achievement and plan in a row."""

from collections import Counter
from fractions import Fraction
from textwrap import dedent

from core.models import Source
from seoul_digital.lib import amounts
from seoul_digital.lib.tables import STATUSES, day
from seoul_digital.lib.xlsx.writer import sheet_name

from ...render.outline import blocks_of
from ...render.xlsx.drawing import lines_of
from ...render.xlsx.formulas import CellPlace
from ...render.xlsx.sheet import BODY, COUNT, ReportSheet, Workbook
from ...report import Report
from ..vision.data import strategies_of
from ..vision.document import mark_of
from .data import MilestoneRow, ProjectRow, ProjectsData
from .project_sheets import project_sheets

LISTINGS = {"achievement": "추진실적", "schedule": "향후일정"}
LIST_WIDTHS = [7, 50, 38, 20, 28, 12, *[9] * 4]
SCHEDULE_WIDTHS = [7, 28, 11, 48, 24, 12, 12, 11, 17, 32]
BUDGET = 5  # the column of the list; the statuses follow
STATUS, FIRST_OF_SCHEDULE = 7, 3  # the column and the first row of the schedule
WORDS = {key: str(STATUSES[key]) for key in ("done", "in_progress", "planned", "undetermined")}


def sheet_names(report: Report) -> dict[str, str]:
    """The name of each project's own sheet by its slug."""
    names: dict[str, str] = {}
    for project in (report.get(ProjectsData) or ProjectsData()).projects:
        names[project.slug] = sheet_name(f"사업 {project.number}", set(names.values()))
    return names


def sheets(data: ProjectsData, book: Workbook):
    _list(data, book)
    if any(project.milestones for project in data.projects):
        _schedule(data, book)
    project_sheets(data, book, sheet_names(book.report))


def _list(data: ProjectsData, book: Workbook):
    caption = f"{day(book.report.date_of(Source.Scope.PROJECTS))} 기준 · (단위: 백만원, 건)"
    sheet = ReportSheet(book, "주요사업", caption, about="사업마다 전략, 주관 부서, 예산과 진행")
    sheet.header(
        ["번호", "사업", "추진전략", "주관 부서", "담당", "사업예산", ("실적·일정", list(WORDS.values()))]
    )
    first = sheet.row
    sheet.row += 1  # the whole, which is known when the rows are
    numbers = {strategy.slug: strategy.number for strategy in strategies_of(book.report)}
    rows = [
        _project(
            sheet, data, project, mark_of(numbers.get(project.strategy.slug)) if project.strategy else ""
        )
        for project in data.projects
    ]
    _total(sheet, first, rows)
    sheet.close(LIST_WIDTHS, landscape=True)


def _project(sheet: ReportSheet, data: ProjectsData, project: ProjectRow, mark: str) -> list[CellPlace]:
    """Its figures: the budget in 백만원, then milestones by status."""
    row, target = sheet.row, sheet_names(sheet.book.report)[project.slug]
    sheet.link(row, 0, target, f"{project.number}", **BODY, align="center")
    strategy = f"{mark} {project.strategy.name}".strip() if project.strategy else ""
    person = "\n".join(f"{contact.role} {contact.names}" for contact in project.contacts[:1])
    texts = [project.title, strategy, project.lead_department.name, person]
    for column, text in enumerate(texts, 1):
        sheet.words(row, column, text)
    budget = None if project.budget is None else Fraction(project.budget, amounts.MILLION)
    sheet.row += 1
    return [sheet.value(row, BUDGET, budget, **BODY, num_format=COUNT), *_statuses(sheet, row, data, project)]


def _statuses(sheet: ReportSheet, row: int, data: ProjectsData, project: ProjectRow) -> list[CellPlace]:
    """Counted in the rows of the schedule, by the project's number."""
    counts, every = Counter(milestone.status for milestone in project.milestones), data.projects
    last = FIRST_OF_SCHEDULE + sum(len(project.milestones) for project in every)
    is_told = last > FIRST_OF_SCHEDULE and sum(other.number == project.number for other in every) == 1
    places = []
    for column, (key, word) in enumerate(WORDS.items(), BUDGET + 1):
        numbers, statuses = (
            f"추진일정!${letter}${FIRST_OF_SCHEDULE + 1}:${letter}${last}" for letter in "AH"
        )
        formula = f'COUNTIFS({numbers},{project.number},{statuses},"{word}")' if is_told else ""
        places.append(sheet.value(row, column, Fraction(counts[key]), formula, **BODY, num_format=COUNT))
    return places


def _total(sheet: ReportSheet, row: int, rows: list[list[CellPlace]]):
    """Budgets that are not known are left out, as SUM leaves them out."""
    look = {**BODY, "bold": True}
    for column, text in enumerate(("계", f"{len(rows)}건", "", "", "")):
        sheet.words(row, column, text, bold=True, **({} if column else {"align": "center"}))
    for column, places in enumerate(zip(*rows, strict=True), BUDGET):
        value = sum((place.value for place in places if place.value is not None), Fraction())
        place = sheet.value(
            row, column, value, f"SUM({places[0].cell}:{places[-1].cell})", **look, num_format=COUNT
        )
        if column == BUDGET:
            sheet.book.key_figure("사업예산_백만원", place, "백만원", label="사업예산")
        else:
            word = list(WORDS.values())[column - BUDGET - 1]
            sheet.book.key_figure(f"일정_{word.replace(' ', '')}", place, "건", label=f"실적·일정 {word}")


def _schedule(data: ProjectsData, book: Workbook):
    caption = f"상태는 {day(data.judged_on or book.report.as_of)} 기준"
    sheet = ReportSheet(book, "추진일정", caption, about="모든 사업의 추진실적과 향후일정, 상태")
    sheet.header(["번호", "사업", "구분", "실적·일정", "기간", "시작", "끝", "상태", "상태 설명", "비고"])
    first = sheet.row
    for project in data.projects:
        for milestone in project.milestones:
            _milestone(sheet, project, milestone)
    sheet.sheet.autofilter(first - 1, 0, sheet.row - 1, len(SCHEDULE_WIDTHS) - 1)
    sheet.close(SCHEDULE_WIDTHS, landscape=True)


def _milestone(sheet: ReportSheet, project: ProjectRow, milestone: MilestoneRow):
    listing = LISTINGS[milestone.listing]
    if milestone.listing == "schedule" and project.schedule_heading:
        listing = project.schedule_heading
    ends = [str(end) if end else "" for end in (milestone.period.start, milestone.period.end)]
    note = dedent("\n".join(lines_of(blocks_of(milestone.note))))
    texts = [project.title, listing, milestone.title, milestone.printed, *ends]
    texts += [WORDS.get(milestone.status, ""), milestone.status_word, note]
    sheet.value(sheet.row, 0, Fraction(project.number), **BODY, align="center")
    for column, text in enumerate(texts, 1):
        warn = {"bold": True} if milestone.warn and column == STATUS else {}
        sheet.words(sheet.row, column, text, **warn)
    sheet.row += 1
