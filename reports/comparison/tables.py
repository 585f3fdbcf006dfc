"""The tables of a comparison: old, new and the difference side by side, what stayed the same left out and counted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from core.templatetags.language import join_facts, with_facts
from core.unit_matches import Match
from seoul_digital.lib.hangul import postposition
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.reported import Number, ReportedFigure
from seoul_digital.lib.tables import Cell, Column, Row, Table, as_cell, text_of

from .changes import FieldChange, FigureChange, Kind
from .section import Section
from .text import TextDiff


def nothing() -> str:
    return _("없음")


@dataclass(frozen=True)
class ComparedCell(Cell):
    """`set_aside` is what its report prints otherwise than its value, and the other report does not print."""

    set_aside: Number | str | None = None


@dataclass(frozen=True)
class ComparedDates:
    """The base dates of the two sources that a table is drawn from; `project_url` leads to a project's page by its slug."""

    before: date
    after: date
    project_url: Callable[[str], str] = lambda slug: ""

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
            notes=[note for note in (*notes, set_aside_note(columns, rows)) if note],
        )

    def columns(self, kind: str, difference: str, group: str = "") -> list[Column]:
        """Old, new and the difference of one figure."""
        return [*(Column(label, kind, group) for label in self.labels), Column(_("차이"), difference, group)]


def hidden_note(same: int, what: str, counter: str) -> str:
    """`그대로인 부서 5곳은 뺐습니다.`"""
    if not same:
        return ""
    number_topic = f"{what} {same}{counter}{postposition(counter, ('은', '는'))}"
    return _("그대로인 %(number_topic)s 뺐습니다.") % {"number_topic": number_topic, "number": same}


def set_aside_note(columns: Sequence[Column], rows: Sequence[Row]) -> str:
    """`… 견주었습니다: 계 2022 예산현액 ’22. 8. 29. 원문 150,000,000 ≠ 계산 143,204,842.`"""
    text = _("%(what)s 원문 %(printed)s ≠ 계산 %(computed)s")
    found = [
        with_facts(
            text,
            what=f"{as_cell(row.cells[0]).value} {column.group} {column.label}",
            printed=text_of(column, cell.set_aside),
            computed=text_of(column, cell),
        )
        for row in rows
        for column, cell in zip(columns, row.cells, strict=False)
        if isinstance(cell, ComparedCell) and cell.set_aside is not None
    ]
    whole = _("※ 한쪽 보고에만 적힌 값은 견주지 않고, 계산한 값끼리 견주었습니다: %(found)s.")
    return with_facts(whole, found=join_facts(", ", found)) if found else ""


def figure_cells(figure: FigureChange, kind: Kind = Kind.CHANGED) -> list[Cell]:
    """What is not there is `없음` and has no difference, above all none of zero."""
    sides = zip((figure.before, figure.after), figure.sides, figure.facts, strict=True)
    old, new = (_figure_cell(*side) for side in sides)
    if kind is Kind.ADDED:
        return [Cell(nothing()), new, Cell(kind.word)]
    if kind is Kind.REMOVED:
        return [old, Cell(nothing()), Cell(kind.word)]
    return [old, new, Cell(figure.difference, fact=figure.changed_fact)]


def _figure_cell(figure: ReportedFigure | None, compared: ReportedFigure | None, fact: str) -> Cell:
    if not (figure and compared):
        return Cell(None)
    aside = figure.printed if figure.disagrees and compared.printed is None else None
    return ComparedCell.of(compared, fact=fact, set_aside=aside)


def succession_notes(matches: Iterable[Match | None]) -> list[str]:
    """Lines that stand for a unit and the one that it became say so."""
    text = _("※ %(name_topic)s 이어진 부서로 보고 한 줄로 견주었습니다(%(note)s).")
    return [
        with_facts(
            text,
            name_topic=f"‘{match.name}’{postposition(match.name, ('은', '는'))}",
            name=match.name,
            note=match.note or _("부서 승계"),
        )
        for match in matches
        if match and match.successions
    ]


def field_table(name: str, title: str, fields: Sequence[FieldChange], dates: ComparedDates) -> Table:
    columns = [Column(_("항목")), *map(Column, dates.labels)]
    return dates.table(name, title, columns, [Row([field.label, *field_cells(field)]) for field in fields])


def field_cells(field: FieldChange) -> list[str]:
    return [field.before or nothing(), field.after or nothing()]


def diff_table(
    name: str, title: str, subject: str, diffs: Sequence[tuple[str, TextDiff]], dates: ComparedDates
) -> Table:
    """A row a line that differs, for the download; the page marks the words."""
    columns = [Column(subject), Column(_("글")), Column(_("변화")), *map(Column, dates.labels)]
    rows = [
        Row([whose, diff.label, line.word, *line.marked]) for whose, diff in diffs for line in diff.differing
    ]
    return dates.table(name, title, columns, rows)


def summary_table(sections: Sequence[Section], dates: ComparedDates) -> Table:
    """A row a section that was compared: its counts and its sources' base dates; it leads there where something changed."""
    columns = [
        Column(_("구분")),
        *(Column(kind.word, "count") for kind in Kind),
        Column(_("앞"), "date", _("자료의 기준일"), short=_("앞 기준일")),
        Column(_("뒤"), "date", _("자료의 기준일"), short=_("뒤 기준일")),
    ]
    rows = [
        Row(
            [
                Cell(section.title, href=f"#{section.slug}" if section.is_changed else ""),
                *(getattr(section.counts, kind.value) for kind in Kind),
                *section.days,
            ]
        )
        for section in sections
        if section.counts
    ]
    return replace(dates.table("summary", _("요약"), columns, rows, _("건")), caption_hidden=True)
