"""What changed, as tables: old, new and the difference side by side, what stayed the same left out and counted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import postposition
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.tables import Cell, Column, Row, Table

from ..chapters.glossary.changes import GlossaryChanges
from ..chapters.indicators.changes import IndicatorChange, IndicatorChanges
from ..chapters.organisation.changes import OrganisationChanges
from ..chapters.projects.changes import MilestoneChange, ProjectChanges
from ..chapters.staffing.changes import StaffingChanges, StaffLine
from ..report import Stated
from .changes import Counts, Field, Figure, Kind
from .money import MoneyChanges, MoneyLine
from .text import Line, TextDiff

NOTHING = "없음"
STAFF = {"authorized": "정원", "headcount": "현원", "variance": "과부족"}
SERIES = {"general": "일반직", "fixed_term": "임기제", "management": "관리운영직"}
LINE_WORDS = {Kind.ADDED: "추가", Kind.REMOVED: "삭제", Kind.CHANGED: "고침"}


@dataclass(frozen=True)
class Dates:
    """The base dates of the two sources that a table is drawn from."""

    before: date
    after: date

    @property
    def labels(self) -> list[str]:
        """What heads the columns of old and new: `’20. 1. 31.`, `’22. 8. 29.`"""
        return [PartialDate(on.year, on.month, on.day).printed() for on in (self.before, self.after)]

    def table(
        self,
        name: str,
        title: str,
        columns: Sequence[Column],
        rows: Sequence[Row],
        unit: str = "",
        notes: Sequence[str] = (),
    ) -> Table:
        return Table(
            name,
            title,
            columns,
            rows,
            unit=unit,
            as_of=self.after,
            since=self.before,
            notes=[note for note in notes if note],
        )

    def columns(self, kind: str, difference: str, group: str = "") -> list[Column]:
        """Old, new and the difference of one figure."""
        return [*(Column(label, kind, group) for label in self.labels), Column("차이", difference, group)]


def hidden_note(same: int, what: str, counter: str) -> str:
    """`그대로인 부서 5곳은 뺐습니다.`"""
    return f"그대로인 {what} {same}{counter}{postposition(counter, ('은', '는'))} 뺐습니다." if same else ""


def figure_cells(figure: Figure, kind: Kind = Kind.CHANGED) -> list[Cell]:
    """What is not there is `없음` and has no difference, above all none of zero."""
    difference = Cell(kind.word) if kind in (Kind.ADDED, Kind.REMOVED) else Cell(figure.difference)
    return [_cell(figure.before, kind is Kind.ADDED), _cell(figure.after, kind is Kind.REMOVED), difference]


def _cell(stated: Stated | None, is_absent: bool) -> Cell:
    if is_absent:
        return Cell(NOTHING)
    return (
        Cell(stated.shown, computed=stated.computed if stated.disagrees else None) if stated else Cell(None)
    )


# Organisation and staff


def unit_table(changes: OrganisationChanges, dates: Dates) -> Table:
    columns = [Column("부서"), Column("변화"), Column("종류"), Column("상위 부서"), Column("근거")]
    rows = [
        Row([unit.match.name, unit.word, unit.kind_word, _parents(unit), unit.match.note])
        for unit in changes.units
    ]
    return dates.table("units", "부서의 변화", columns, rows, notes=[hidden_note(changes.same, "부서", "곳")])


def _parents(unit) -> str:
    old, new = unit.parent_before, unit.parent_after
    return f"{old} → {new}" if old and new and old != new else new or old


def number_table(changes: OrganisationChanges, dates: Dates) -> Table:
    columns = [Column("종류"), *dates.columns("count", "signed")]
    rows = [Row([number.word, *_numbers(number.figure)]) for number in changes.numbers]
    return dates.table("unit-numbers", "원문에 적힌 부서 수", columns, rows, "개")


def _numbers(figure: Figure) -> list:
    """A number that a report does not state is unknown, not none."""
    return ["적히지 않음" if number is None else number for number in (figure.old, figure.new)] + [
        figure.difference
    ]


def staff_table(changes: StaffingChanges, dates: Dates) -> Table:
    return _staff_table("staffing", "정원과 현원의 변화", STAFF, changes, dates)


def series_table(changes: StaffingChanges, dates: Dates) -> Table:
    return _staff_table("series", "직종별 현원의 변화", SERIES, changes, dates)


def _staff_table(name, title, measures, changes: StaffingChanges, dates: Dates) -> Table:
    columns = [
        Column("구분"),
        *(column for word in measures.values() for column in dates.columns("count", "signed", word)),
    ]
    rows = [_staff_row(changes.total, measures, total=True)]
    rows += [_staff_row(changes.lasting, measures)] if changes.lasting else []
    rows += [_staff_row(line, measures) for line in changes.shown]
    shown = rows if changes.total.kind is not Kind.SAME or changes.shown else []
    notes = [
        *succession_notes(line.match for line in changes.shown),
        hidden_note(changes.counts.same, "부서", "곳"),
    ]
    return dates.table(name, title, columns, shown, "명", notes)


def _staff_row(line: StaffLine, measures, total: bool = False) -> Row:
    cells = [cell for key in measures for cell in figure_cells(line.figures[key], line.kind)]
    return Row([line.name, *cells], total=total)


def succession_notes(matches) -> list[str]:
    """Lines that stand for a unit and the one that it became say so."""
    read = [match for match in matches if match and match.is_reading]
    return [
        f"※ ‘{match.name}’{postposition(match.name, ('은', '는'))} 이어진 부서로 보고 한 줄로 견주었습니다({match.note or '부서 승계'})."
        for match in read
    ]


# Budget


def revenue_table(changes: MoneyChanges, dates: Dates) -> Table:
    columns = [Column("구분"), *_budget_columns(changes, dates), Column("증감률", "percent", _years(changes))]
    rows = [
        Row(
            [line.name, *figure_cells(line.current, line.kind), _rate(line)],
            max(line.level - 1, 0),
            line is changes.total,
        )
        for line in _shown(changes)
    ]
    return dates.table(
        "revenue",
        "세입 예산현액의 변화",
        columns,
        rows,
        "천원, %",
        [hidden_note(changes.counts.same, "과목", "개")],
    )


def expenditure_table(changes: MoneyChanges, dates: Dates) -> Table:
    columns = [
        Column("구분"),
        *_budget_columns(changes, dates),
        *dates.columns("thousand", "signed_thousand", "집행액(원인행위)"),
        *(Column(label, "percent", "집행률") for label in dates.labels),
        Column("차이(%p)", "points", "집행률"),
    ]
    rows = [_expenditure_row(line, line is changes.total) for line in _shown(changes)]
    notes = [
        *succession_notes(line.match for line in changes.shown),
        hidden_note(changes.counts.same, "부서·회계", "줄"),
    ]
    return dates.table("expenditure", "세출 예산과 집행의 변화", columns, rows, "천원, %, %p", notes)


def _expenditure_row(line: MoneyLine, total: bool) -> Row:
    old, new = line.rates
    cells = [
        *figure_cells(line.current, line.kind),
        *figure_cells(line.executed, line.kind),
        old,
        new,
        line.points,
    ]
    return Row([line.name, *cells], line.level, total)


def _shown(changes: MoneyChanges) -> list[MoneyLine]:
    """Nothing, not the whole alone, where all is as it was."""
    shown = changes.shown
    return shown if any(line.kind is not Kind.SAME for line in shown) else []


def _years(changes: MoneyChanges) -> str:
    old, new = changes.years
    return f"{new} 예산현액" if changes.same_year else f"{old} → {new} 예산현액"


def _budget_columns(changes: MoneyChanges, dates: Dates) -> list[Column]:
    return dates.columns("thousand", "signed_thousand", _years(changes))


def _rate(line: MoneyLine) -> Cell:
    if line.kind in (Kind.ADDED, Kind.REMOVED):
        return Cell(None)
    old, new = line.current.old, line.current.new
    return Cell(amounts.change_rate(new, old) if old else amounts.change_percent(new, old))


def corrected_table(name: str, changes: MoneyChanges, dates: Dates) -> Table:
    """Last year's final budget, which a later report may put right."""
    title = f"{changes.years[1] - 1} 최종예산의 변화"
    rows = [
        Row([line.name, *figure_cells(line.previous, line.kind)], line.level) for line in changes.corrected
    ]
    return dates.table(
        name, title, [Column("구분"), *dates.columns("thousand", "signed_thousand")], rows, "천원"
    )


# Words


def field_table(name: str, title: str, fields: Sequence[Field], dates: Dates) -> Table:
    columns = [Column("항목"), *map(Column, dates.labels)]
    return dates.table(name, title, columns, [Row([field.label, *_texts(field)]) for field in fields])


def _texts(field: Field) -> list[str]:
    return [field.before or NOTHING, field.after or NOTHING]


def diff_table(
    name: str, title: str, subject: str, diffs: Sequence[tuple[str, TextDiff]], dates: Dates
) -> Table:
    """A row a line that differs, for the download; the page marks the words."""
    columns = [Column(subject), Column("글"), Column("변화"), *map(Column, dates.labels)]
    rows = [
        Row([whose, diff.label, LINE_WORDS[line.kind], *_line(line)])
        for whose, diff in diffs
        for line in diff.differing
    ]
    return dates.table(name, title, columns, rows)


def _line(line: Line) -> list[str]:
    return [f"{line.mark} {text}".strip() if text else "" for text in (line.before, line.after)]


# Projects, indicators, terms


def project_table(changes: ProjectChanges, dates: Dates, href) -> Table:
    """The projects that differ; `href` makes the address of a project's page from its slug."""
    columns = [
        Column("사업"),
        Column("변화"),
        *dates.columns("million", "signed_million", "사업예산"),
        *(Column(word, "count", "달라진 것") for word in ("항목", "글의 줄", "실적·일정")),
    ]
    rows = [
        Row(
            [
                Cell(f"{project.number}. {project.title}", href=href(project.slug) if project.after else ""),
                project.kind.word,
                *figure_cells(project.budget, project.kind),
                *(
                    len(project.fields),
                    sum(len(diff.differing) for diff in project.diffs),
                    len(project.milestones),
                ),
            ]
        )
        for project in changes.shown
    ]
    return dates.table(
        "projects",
        "달라진 사업",
        columns,
        rows,
        "백만원, 건",
        [hidden_note(changes.counts.same, "사업", "건")],
    )


def project_field_table(changes: ProjectChanges, dates: Dates) -> Table:
    columns = [Column("사업"), Column("항목"), *map(Column, dates.labels)]
    rows = [
        Row([project.title, field.label, *_texts(field)])
        for project in changes.shown
        for field in project.fields
    ]
    return dates.table("project-fields", "사업별로 달라진 항목", columns, rows)


def milestone_table(changes: ProjectChanges, dates: Dates) -> Table:
    """Statuses as they were told on either date; those of a project that came or went as a whole are not listed."""
    old, new = dates.labels
    columns = [
        Column("사업"),
        Column("실적·일정"),
        Column("변화"),
        Column(old, group="기간"),
        Column(new, group="기간"),
        Column(old, "status", "상태"),
        Column(new, "status", "상태"),
    ]
    rows = [Row([project.title, *_milestone(one)]) for project in changes.shown for one in project.milestones]
    return dates.table("milestones", "달라진 실적·일정", columns, rows)


def _milestone(one: MilestoneChange) -> list:
    sides = (one.before, one.after)
    periods = [(side.printed or "적히지 않음") if side else NOTHING for side in sides]
    statuses = [
        Cell("warn" if side.warn else side.status, printed=side.status_word) if side else Cell(None)
        for side in sides
    ]
    renamed = one.before and one.after and one.before.title != one.after.title
    title = Cell(one.title, lines=[f"앞: {one.before.title}"] if renamed else ())
    return [title, one.kind.word, *periods, *statuses]


def indicator_table(changes: IndicatorChanges, dates: Dates) -> Table:
    columns = [
        Column("지표"),
        Column("단위"),
        *dates.columns("decimal", "signed"),
        *(Column(label, group="값의 때") for label in dates.labels),
        Column("그 밖에 달라진 것"),
    ]
    rows = [_indicator(one, changes.name_of(one)) for one in changes.shown]
    return dates.table(
        "indicators", "달라진 지표", columns, rows, notes=[hidden_note(changes.counts.same, "지표", "개")]
    )


def _indicator(one: IndicatorChange, name: str) -> Row:
    values = [_measured(one.old, one.kind is Kind.ADDED), _measured(one.new, one.kind is Kind.REMOVED)]
    difference = Cell(one.kind.word) if one.kind in (Kind.ADDED, Kind.REMOVED) else Cell(one.difference)
    whens = [said.when if said else "" for said in (one.old, one.new)]
    more = [
        f"{field.label}: {field.before or NOTHING} → {field.after or NOTHING}"
        for field in (*one.fields, *one.revised)
    ]
    return Row([name, one.indicator.unit, *values, difference, *whens, "; ".join(more)])


def _measured(said, is_absent: bool) -> Cell:
    if said is None:
        return Cell(NOTHING if is_absent else None)
    lines = [f"◆ {other.place or '다른 곳'}에는 {other.printed}" for other in said.others]
    return Cell(said.value, printed=said.printed, lines=lines, warn=bool(lines))


def term_table(changes: GlossaryChanges, dates: Dates) -> Table:
    columns = [Column("용어"), Column("변화"), *map(Column, (*dates.labels, "글의 줄"))]
    rows = [
        Row(
            [
                one.term.heading,
                one.kind.word,
                *(_heading(side) for side in (one.before, one.after)),
                f"{len(one.text.differing)}줄",
            ]
        )
        for one in changes.shown
    ]
    return dates.table(
        "terms", "달라진 용어", columns, rows, notes=[hidden_note(changes.counts.same, "용어", "개")]
    )


def _heading(term) -> str:
    return (
        " ".join(filter(None, [term.heading, f"({term.page_printed})" if term.page_printed else ""]))
        if term
        else NOTHING
    )


# All of it


def summary_table(
    sections: Sequence[tuple[str, str, bool, Counts, tuple[date, date]]], dates: Dates
) -> Table:
    """A row a subject: its address on the page and title, whether it stands there, counts, its sources' base dates."""
    columns = [
        Column("구분"),
        *(Column(kind.word, "count") for kind in Kind),
        *(Column(label, "date", "자료의 기준일") for label in ("앞", "뒤")),
    ]
    rows = [
        Row(
            [
                Cell(title, href=f"#{slug}" if stands else ""),
                counts.added,
                counts.removed,
                counts.changed,
                counts.same,
                *days,
            ]
        )
        for slug, title, stands, counts, days in sections
    ]
    return replace(dates.table("summary", "요약", columns, rows, "건"), caption_hidden=True)
