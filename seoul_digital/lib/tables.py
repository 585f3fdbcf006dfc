"""A table as data: pages describe it once with plain values; `templates/_table.html` draws it and `xlsx/` writes it, both through
`text_of` and `number_of`, so that no download says other than the page."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from . import amounts
from .language.captions import as_of_text, unit_text
from .language.captions import day as day
from .reported import ReportedFigure

_NUMBERS = (
    "count decimal signed thousand million percent points signed_thousand signed_million signed_percent bar"
)
NUMBER_KINDS = frozenset(_NUMBERS.split())
KINDS = NUMBER_KINDS | {"text", "status", "date", "row_bar"}
WIDTHS = frozenset({"", "narrow", "wide"})

STATUSES = {
    "done": _("완료"),
    "in_progress": _("기간 중"),
    "planned": _("예정"),
    "undetermined": _("미정"),
    "warn": _("확인 필요"),
    "confirm": _(
        "확인 필요"
    ),  # a date or an outcome that the report leaves open: ◆ as of a warning, without its red
}
COMPUTED_MARK = "◆"
_YEAR = re.compile(r"^20(\d\d) (?=\D)")
# From this many columns on, a phone shows each row as a block of its own.
STACKED_FROM = 4
LONG_TEXT = 10  # 한글 letters, others count half; longer text gets the whole width of such a block


@dataclass(frozen=True)
class Column:
    """`group` is the heading over neighbouring columns that name the same one; a newline in `label` breaks it.

    `only`: `page` or `file`, where the other lacks the column. `short` is the label beside the value on a phone.
    """

    label: Any  # text, lazy where a module holds it
    kind: str = "text"
    group: Any = ""
    width: str = ""
    only: str = ""
    short: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS or self.width not in WIDTHS:
            raise ValueError(f"no such column kind or width: {self.kind!r}, {self.width!r}")

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBER_KINDS

    @property
    def one_line_label(self) -> str:
        return " ".join(self.label.split())

    @property
    def full_label(self) -> str:
        """The label under its group's, for a reader who sees the column alone."""
        label = self.one_line_label
        return label if label.startswith(str(self.group)) else f"{self.group} {label}"


@dataclass(frozen=True)
class Record:
    """The field of a stored row that a cell shows, for those who may put it right. `model` is the row's class, `key` its primary key."""

    model: type
    key: int
    field: str


@dataclass(frozen=True)
class Cell:
    """A value with what the page adds to it; a bare value may stand where nothing is added.

    `value`: 원 as int for amounts, exact percent for rates, a key of STATUSES for a status, None for "not given";
    text in a number column (순증) shows as it is. `printed`: the report's own form (`1.7만명`), shown in place of the
    formatted value. `computed`: what the printed value adds up to, where that differs. `lines`: small lines below.
    `edit`: the address at which the `record` is put right, for who may. `pace`: of a rate's own day, None for none.
    `fact` is the identity of what it states (`core.stated_facts`); `#2020-01-31` behind it is another day than the page's,
    a second one the day before, where the cell says what changed. `more`: lines that are folded into the cell.
    """

    value: Any = None
    href: str = ""
    computed: Any = None
    warn: bool = False
    title: str = ""
    printed: str = ""
    lines: Sequence[str] = ()
    record: Record | None = field(default=None, compare=False)
    edit: str = ""
    pace: Fraction | None = None
    fact: str = field(default="", compare=False)
    more: Sequence[str] = ()

    @classmethod
    def of(cls, figure: ReportedFigure, **options: Any) -> "Cell":
        """What is printed, with the computed figure beside it where they disagree beyond rounding."""
        return cls(figure.shown, computed=figure.computed if figure.disagrees else None, **options)


@dataclass(frozen=True)
class Row:
    """`href` is the link of the first cell; `level` its indentation; `group` makes the row head those below it.

    `anchor` is the row's place in addresses. Of a table in layers (`core.table_layers`): `layer` makes a heading of the page of it, with
    `counts` beside; `fold` says what is folded; what `stands` is never folded, what `folds` is hidden while the layer's fold is closed.
    """

    cells: Sequence[Any]
    level: int = 0
    total: bool = False
    href: str = ""
    group: bool = False
    anchor: str = ""
    layer: bool = False
    counts: str = ""
    fold: str = ""
    stands: bool = False
    folds: bool = False

    @property
    def is_heading_only(self) -> bool:
        return self.group and all(cell is None or cell == "" for cell in self.cells[1:])

    def css(self, opens: bool) -> str:
        """`opens`: the row below is of it."""
        level = [f"sub l{self.level}"] if self.level else []
        names = {"tot": self.total, "grp-row": self.group, "has-sub": opens, "folds": self.folds}
        return " ".join([*level, *(name for name, holds in names.items() if holds)])


@dataclass(frozen=True)
class Heading:
    """A cell of the table's head."""

    label: str
    scope: str
    colspan: int = 1
    rowspan: int = 1
    css: str = ""
    has_pace: bool = False


class ShownCell(NamedTuple):
    """A cell of the table's body, ready to be drawn."""

    column: Column
    cell: Cell
    text: str
    computed: str
    href: str
    label: str  # names the cell where a phone shows its row as a block
    is_heading: bool
    css: str
    group: str = ""  # of the first of three that two dates make

    @property
    def is_plain(self) -> bool:
        """Nothing but text: most cells, which the page then writes without a partial for each."""
        cell = self.cell
        is_drawn = self.column.kind in {"status", "bar", "row_bar"}
        return not (is_drawn or self.href or self.computed or cell.lines or cell.more or cell.edit)


@dataclass(frozen=True)
class ShownRow:
    css: str
    level: int
    cells: Sequence[ShownCell]
    spans: int  # columns that a heading-only row runs across, else 0
    anchor: str = ""


@dataclass(frozen=True)
class Table:
    """`name` is the table's name in URLs, `unit` what stands in `(단위: …)`, `pace` the share of the year gone by.

    `since` is the earlier date where the table compares two; `axis` is what bars of rows share (`charts/row_bars.py`), `fold` says what
    is folded of a table in layers without headings, `phone` (classes) how a phone shows many columns: as pairs, in a `run`, or `keeps` them.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    unit: str = ""
    as_of: date | None = None
    notes: Sequence[str] = ()
    caption_hidden: bool = False
    empty: Any = _("이 기준일에는 자료가 없습니다.")
    pace: Fraction | None = None
    since: date | None = None
    axis: Any = None
    fold: str = ""
    phone: str = "stack"

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns) and not row.is_heading_only:
                raise ValueError(
                    f"table {self.name!r}: {len(row.cells)} cells for {len(self.columns)} columns: {row}"
                )

    @property
    def css(self) -> str:
        if self.axis or len(self.columns) < STACKED_FROM:
            return "rows" if self.axis else ""
        return "stack threes" if any(self._threes) else self.phone

    @property
    def _threes(self) -> list[str]:
        """For each column the group that it opens, where that is old, new and difference of one figure."""
        opened: list[str] = []
        for group, run in column_groups(self.columns):
            is_three = self.since and group and len(run) == 3 and all(column.is_number for column in run)
            opened += [group if is_three else "", *[""] * (len(run) - 1)]
        return opened

    @property
    def stays_unfolded(self) -> bool:
        """Whether it has days, statuses or a figure that disagrees, which are never folded away."""
        has_time = any(column.kind in ("date", "status") for column in self.columns)
        return has_time or any(shown.computed for row in self.body for shown in row.cells)

    @property
    def fact_kind(self) -> str:
        """The kind of what its figures state, by which the list of all values is narrowed; empty where they state nothing."""
        facts = (cell.fact for row in self.rows for cell in row.cells if isinstance(cell, Cell))
        return next(filter(None, facts), "").partition(":")[0]

    @property
    def has_groups(self) -> bool:
        return any(column.group for column in self.columns)

    def label_of(self, column: Column) -> str:
        """The short label, `’22` for a year at its head; else with its group's where another column has the same, or where it is
        only one of two dates."""
        if column.short:
            return column.short
        alike = [other for other in self.columns if other.one_line_label == column.one_line_label]
        label = column.full_label if len(alike) > 1 or self.since else column.one_line_label
        return _YEAR.sub(r"’\1 ", label)

    @property
    def caption_line(self) -> str:
        """Date and unit: `2022. 8. 29. 기준 · (단위: 천원, %)`; of two dates `2020. 1. 31. → 2022. 8. 29.`."""
        since = f"{day(self.since)} → " if self.since else ""
        dates = [since + day(self.as_of) if since else as_of_text(self.as_of)] if self.as_of else []
        return " · ".join(dates + ([unit_text(self.unit)] if self.unit else []))

    @property
    def head(self) -> list[list[Heading]]:
        """One row of headings, or two where columns are grouped."""
        if not self.has_groups:
            return [[_heading(self, column, 1) for column in self.columns]]
        upper, lower = [], []
        for group, run in column_groups(self.columns):
            if group:
                upper.append(Heading(group, "colgroup", colspan=len(run), css="grp"))
                lower += [_heading(self, column, 1) for column in run]
            else:
                upper += [_heading(self, column, 2) for column in run]
        return [upper, lower]

    @property
    def body(self) -> Iterator[ShownRow]:
        following, threes = [*self.rows[1:], None], self._threes
        labels = [self.label_of(column) for column in self.columns]
        for row, after in zip(self.rows, following, strict=True):
            opens = bool(after and after.level > row.level)
            spans = len(self.columns) if row.is_heading_only else 0
            columns = self.columns[:1] if spans else self.columns
            cells = [_shown(self, row, index, labels[index], threes[index]) for index in range(len(columns))]
            yield ShownRow(row.css(opens), row.level, cells, spans, row.anchor)


def column_groups(columns: Sequence[Column]) -> list[tuple[str, list[Column]]]:
    """Neighbouring columns under the name of their group, `''` for those that have none."""
    return [(group, list(run)) for group, run in groupby(columns, key=lambda column: column.group)]


def as_cell(value: Any) -> Cell:
    return value if isinstance(value, Cell) else Cell(value)


def _formatted(kind: str, value: Any) -> str:
    if value is None:
        return amounts.NONE
    if isinstance(value, str) and kind != "status":
        return amounts.word(value)
    return _FORMATS[kind](value)


_FORMATS: dict[str, Callable[[Any], str]] = {
    "text": str,
    "date": lambda value: day(value) if isinstance(value, date) else value.printed(),
    "status": lambda value: str(STATUSES[value]),
    "count": amounts.plain,
    "decimal": lambda value: amounts.plain(value, decimals=amounts.decimals_of(value)),
    "signed": lambda value: amounts.signed(value, decimals=amounts.decimals_of(value)),
    "thousand": amounts.thousand,
    "million": amounts.million,
    "signed_thousand": amounts.signed_thousand,
    "signed_million": lambda won: amounts.signed(Fraction(won, amounts.MILLION)),
    "percent": amounts.percent,
    "signed_percent": amounts.change_rate_text,
    "points": amounts.points,
    "bar": amounts.percent,
    "row_bar": lambda _: "",
}


def text_of(column: Column, cell: Any) -> str:
    """Return the text of a cell as the page shows it."""
    cell = as_cell(cell)
    return amounts.as_in_tables(cell.printed or _formatted(column.kind, cell.value))


def computed_text_of(column: Column, cell: Any) -> str:
    """Return the computed figure, where it is not the printed one; else `''`."""
    computed = as_cell(cell).computed
    return "" if computed is None else amounts.as_in_tables(_formatted(column.kind, computed))


def number_of(column: Column, cell: Any) -> int | Decimal | None:
    """The number that a spreadsheet gets: amounts in the column's unit, rates rounded once to one decimal.

    None where the cell holds no number, that is for text and for what is not given.
    """
    return number_for(column.kind, as_cell(cell).value)


def number_for(kind: str, value: Any) -> int | Decimal | None:
    if kind not in NUMBER_KINDS or value is None or isinstance(value, str):
        return None
    if kind in {"thousand", "signed_thousand"}:
        return amounts.exact(Fraction(value, amounts.THOUSAND))
    if kind in {"million", "signed_million"}:
        return amounts.exact(Fraction(value, amounts.MILLION))
    if kind in {"percent", "signed_percent", "points", "bar"}:
        tenths = int(abs(Fraction(value)) * 10 + Fraction(1, 2))
        return Decimal(tenths if value >= 0 else -tenths) / 10
    return amounts.exact(Fraction(value))


def _heading(table: Table, column: Column, rowspan: int) -> Heading:
    bar = column.kind == "bar"
    classes = (
        "num" if column.is_number and not bar else "",
        "rate cb" if bar else "",
        f"w-{column.width}" if column.width else "",
    )
    css = " ".join(filter(None, classes))
    return Heading(column.label, "col", rowspan=rowspan, css=css, has_pace=bar and table.pace is not None)


def _shown(table: Table, row: Row, index: int, label: str, group: str) -> ShownCell:
    column, cell = table.columns[index], as_cell(row.cells[index])
    bar = column.kind == "bar" and number_for("bar", cell.value) is not None
    warn = cell.warn or (bar and amounts.is_behind(cell.value, cell.pace))
    text = text_of(column, cell)
    is_wide = len(text) > LONG_TEXT and sum(1 if letter >= "ᄀ" else 0.5 for letter in text) > LONG_TEXT
    classes = (
        "cb" if bar else ("num" if column.is_number else column.kind),
        "warn" if warn else "",
        "none" if cell.value in (None, "") else "zero" if column.kind == "count" and cell.value == 0 else "",
        "long" if column.kind == "text" and is_wide else "",
        f"w-{column.width}" if column.width else "",
    )
    return ShownCell(
        column=column,
        cell=cell,
        text=text,
        computed=computed_text_of(column, cell),
        href=cell.href or (row.href if index == 0 else ""),
        label=label,
        is_heading=index == 0,
        css=" ".join(filter(None, classes)),
        group=group,
    )
