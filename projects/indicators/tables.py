"""Indicators as tables: the tree by indentation, figures as printed, each with the time that it speaks of."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.tables import Cell, Column, Record, Row, Table

from ..models import Measurement, Target
from .tree import Entry, Statement, exact

SHARE_NOTE = "비중은 더하면 전체가 되는 지표에서 맨 위 지표를 100으로 본 비율입니다."
BASE_DATE_NOTE = "때가 ‘기준일’인 값은 글에 때가 따로 적히지 않은 값입니다."
OTHER_STATEMENT_NOTE = "◆는 같은 값이 곳에 따라 다르게 적혔거나, 더한 값이 적힌 값과 다르다는 표시입니다."


@dataclass(frozen=True)
class IndicatorLine:
    """A line of the table: an indicator at its newest, or one of its earlier times below it."""

    entry: Entry
    statement: Statement | None
    depth: int
    is_earlier: bool = False

    def fact(self, kind: str) -> str:
        """The identity of what a cell of the line states."""
        time = f"@{self.statement.on}" if self.is_earlier and self.statement else ""
        return f"{kind}:{self.entry.indicator.slug}{time}"


@dataclass(frozen=True)
class IndicatorField:
    """A column, what it shows of a line, and whether it is left out where no line has anything for it."""

    column: Column
    cell: Callable[[IndicatorLine], Any]
    optional: bool = False


def lines_of(roots: Iterable[Entry]) -> Iterator[IndicatorLine]:
    for root in roots:
        for entry, depth in root.walk():
            yield IndicatorLine(entry, entry.latest, depth)
            for statement in reversed(entry.series[:-1]):
                yield IndicatorLine(entry, statement, depth + 1, is_earlier=True)


def _value(line: IndicatorLine) -> Cell:
    statement = line.statement
    if statement is None:
        return Cell(None)
    lines = [f"{place or '다른 곳'}에는 {printed}" for place, printed in statement.others]
    computed = None if line.is_earlier else line.entry.computed
    record = Record(Measurement, statement.key, "value") if statement.key else None
    small = [f"◆ {text}" for text in lines]
    return Cell(
        statement.value,
        printed=statement.printed,
        computed=computed,
        warn=statement.disagrees,
        lines=small,
        record=record,
        fact=line.fact("measurement"),
    )


def _share(line: IndicatorLine) -> Any:
    share = None if line.is_earlier else line.entry.share
    return None if share is None else Cell(share, fact=line.fact("share"))


def _target(line: IndicatorLine) -> Cell | None:
    target = line.entry.target
    if line.is_earlier or not target:
        return None
    record = Record(Target, target.pk, "value")
    return Cell(exact(target.value), printed=target.printed, record=record, fact=line.fact("target"))


def _due(line: IndicatorLine) -> Cell | str:
    target = line.entry.target
    if line.is_earlier or not target or not target.due:
        return ""
    return Cell(PartialDate.parse(target.due).printed(), fact=line.fact("due"))


def _places(line: IndicatorLine) -> str:
    targets = [] if line.is_earlier else [target.place for target in line.entry.targets]
    places = line.statement.places if line.statement else ()
    return ", ".join(dict.fromkeys(place for place in (*places, *targets) if place))


FIELDS = (
    IndicatorField(
        Column("지표", width="wide"),
        lambda line: line.statement.when if line.is_earlier else line.entry.indicator.name,
    ),
    IndicatorField(Column("값", "decimal"), _value),
    IndicatorField(Column("단위"), lambda line: line.entry.indicator.unit, optional=True),
    IndicatorField(
        Column("때"),
        lambda line: Cell(line.statement.when, fact=line.fact("measured")) if line.statement else "",
    ),
    IndicatorField(
        Column("성격", width="narrow"),
        lambda line: "" if line.is_earlier else line.entry.indicator.get_kind_display(),
    ),
    IndicatorField(Column("비중", "percent"), _share, optional=True),
    IndicatorField(Column("목표", "decimal"), _target, optional=True),
    IndicatorField(Column("기한"), _due, optional=True),
    IndicatorField(
        Column("달성률", "percent"),
        lambda line: (
            None
            if line.is_earlier or line.entry.achieved is None
            else Cell(line.entry.achieved, fact=line.fact("achieved"))
        ),
        optional=True,
    ),
    IndicatorField(Column("적힌 곳"), _places),
)


def indicator_table(
    groups: Sequence[tuple[str, str, Sequence[Entry]]],
    as_of: date | None,
    *,
    name: str = "indicators",
    title: str = "지표",
    empty: str = "이 기준일에는 지표가 없습니다.",
) -> Table:
    """`groups`: a heading, its link and the indicators under it; an empty heading is left out."""
    lines = [line for _, _, roots in groups for line in lines_of(roots)]
    fields = [
        field
        for field in FIELDS
        if not field.optional or any(field.cell(line) not in (None, "") for line in lines)
    ]
    rows = []
    for number, (heading, href, roots) in enumerate(groups, start=1):
        if heading:
            rows.append(
                Row([heading, *[None] * (len(fields) - 1)], group=True, href=href, anchor=f"{name}-{number}")
            )
        rows += [
            Row([field.cell(line) for field in fields], level=min(line.depth, 2)) for line in lines_of(roots)
        ]
    return Table(
        name,
        title,
        [field.column for field in fields],
        rows,
        as_of=as_of,
        notes=_notes(lines),
        caption_hidden=True,
        empty=empty,
    )


def _notes(lines: Sequence[IndicatorLine]) -> list[str]:
    notes = []
    if any(line.statement and line.statement.when == "기준일" for line in lines):
        notes.append(BASE_DATE_NOTE)
    if any(_share(line) is not None for line in lines):
        notes.append(SHARE_NOTE)
    if any(line.entry.disagrees for line in lines):
        notes.append(OTHER_STATEMENT_NOTE)
    return notes
