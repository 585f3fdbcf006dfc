"""A table of figures as the report prints it, with live formulas; what is printed otherwise stands, and its computed value beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from seoul_digital.lib.reported import Number, ReportedFigure
from seoul_digital.lib.tables import COMPUTED_MARK
from seoul_digital.lib.xlsx.writer import WARN

from .formulas import CellPlace, Rule, Value
from .sheet import BODY, CHANGE, CHANGE_RATE, COUNT, POINTS, RATE, Disagreement, ReportSheet, marked

FORMS = {"count": COUNT, "change": CHANGE, "rate": RATE, "change_rate": CHANGE_RATE, "points": POINTS}
DIGITS = {"count": 0, "change": 0, "rate": 3, "change_rate": 3, "points": 1}  # that are printed
CHECKED = f"계산값 {COMPUTED_MARK}"


@dataclass(frozen=True)
class GridColumn:
    """`kind`: count (also amounts, in the column's unit), rate (a share), their change with its sign, or points (%p)."""

    label: str
    kind: str = "count"
    group: str = ""

    @property
    def one_line_label(self) -> str:
        return " ".join(self.label.split())


@dataclass(frozen=True)
class GridFigure:
    """In the column's unit. `rule` gives its formula; `printed` stands where it reads otherwise than what is computed.

    Of one that `is_derived` the report says nothing: it is what the formula gives.
    """

    computed: Value
    rule: Rule | None = None
    printed: Value = None
    disagrees: bool = False
    is_derived: bool = False


@dataclass(frozen=True)
class GridLine:
    name: str
    figures: Sequence[GridFigure]
    level: int = 0
    is_total: bool = False


def amount(figure: ReportedFigure, rule: Rule | None = None, unit: int = 1) -> GridFigure:
    """Persons, or 원 in `unit`; of a percentage, a share by `unit` 100. A word stands as it is."""
    computed, printed = (
        Fraction(value) / unit if isinstance(value, Number) else value
        for value in (figure.computed, figure.printed)
    )
    return GridFigure(computed, rule, printed, figure.disagrees)


def rate(figure: ReportedFigure, rule: Rule | None = None) -> GridFigure:
    """A percentage as a share."""
    return amount(figure, rule, 100)


def derived(rule: Rule) -> GridFigure:
    """A figure that the formula alone gives."""
    return GridFigure(None, rule, is_derived=True)


class FigureGrid:
    """Rows and columns count from 0 inside the table; columns are those beside the names."""

    def __init__(self, sheet: ReportSheet, columns: Sequence[GridColumn], lines: Sequence[GridLine]):
        self.sheet, self.columns, self.lines = sheet, columns, lines
        self.checked = [
            place
            for place in range(len(columns))
            if any(self._differs(row, place) for row in range(len(lines)))
        ]
        self.first = sheet.row + (2 if self.checked or any(column.group for column in columns) else 1)
        self._derived: dict[tuple[int, int], Value] = {}

    def _stands(self, row: int, column: int) -> bool:
        """Whether what is printed reads otherwise than what is computed."""
        figure, digits = self.lines[row].figures[column], DIGITS[self.columns[column].kind]
        return figure.printed is not None and _read(figure.computed, digits) != _read(figure.printed, digits)

    def _differs(self, row: int, column: int) -> bool:
        return self._stands(row, column) and self.lines[row].figures[column].computed is not None

    def at(self, row: int, column: int) -> CellPlace:
        """Where the computed value stands."""
        figure = self.lines[row].figures[column]
        value = self._derived.get((row, column), figure.computed)
        if self._differs(row, column):
            return self.sheet.place(self.first + row, self.at_check(column), value)
        return self.sheet.place(self.first + row, 1 + column, figure.printed if value is None else value)

    def at_check(self, column: int) -> int:
        """The column of the sheet that has the computed values."""
        return 1 + len(self.columns) + self.checked.index(column)

    def shown(self, row: int, column: int) -> CellPlace:
        """Where the table gives the figure."""
        figure = self.lines[row].figures[column]
        value = self._derived.get((row, column), figure.computed)
        if self._stands(row, column):
            value = figure.printed
        return self.sheet.place(self.first + row, 1 + column, value)

    def agreed(self, row: int, column: int) -> CellPlace:
        """What is printed, unless it disagrees beyond rounding."""
        return self.at(row, column) if self.lines[row].figures[column].disagrees else self.shown(row, column)

    def draw(self, label: str = "구분"):
        """Writes head and rows; the sheet goes on below."""
        self.sheet.header(self._labels(label))
        for row, line in enumerate(self.lines):
            look: dict[str, Any] = {**BODY, "bold": line.is_total}
            self.sheet.text(self.first + row, 0, line.name, **look, indent=line.level)
            for column in range(len(self.columns)):
                self._figure(row, column, look)
            for column in self.checked:
                if not self._differs(row, column):
                    self.sheet.value(self.first + row, self.at_check(column), None, **look)
        self.sheet.row = self.first + len(self.lines)

    def _labels(self, label: str) -> list[str | tuple[str, list[str]]]:
        labels: list[str | tuple[str, list[str]]] = [label]
        for column in self.columns:
            if not column.group:
                labels.append(column.label)
            elif isinstance(labels[-1], tuple) and labels[-1][0] == column.group:
                labels[-1][1].append(column.label)
            else:
                labels.append((column.group, [column.label]))
        checked = [self.columns[place].one_line_label for place in self.checked]
        return [*labels, (CHECKED, checked)] if checked else labels

    def _figure(self, row: int, column: int, look: dict):
        figure, form = self.lines[row].figures[column], FORMS[self.columns[column].kind]
        at = self.agreed if figure.is_derived else self.at
        live = figure.rule(at, row, column) if figure.rule else None
        is_live = live is not None and (figure.is_derived or live.value == figure.computed)
        if is_live and figure.is_derived:
            self._derived[row, column] = live.value
        value, formula = (live.value, live.formula) if is_live else (figure.computed, "")
        if not self._stands(row, column):
            self.sheet.value(self.first + row, 1 + column, value, formula, **look, num_format=form)
            return
        warning = (
            {"num_format": marked(form), "font_color": WARN} if figure.disagrees else {"num_format": form}
        )
        self.sheet.value(self.first + row, 1 + column, figure.printed, **look | warning)
        if value is None:
            return
        place = self.at(row, column)
        self.sheet.value(place.row, place.column, value, formula, **look, num_format=form)
        if figure.disagrees:
            what = f"{self.lines[row].name} {self.columns[column].one_line_label}"
            shown = self.shown(row, column)
            self.sheet.book.disagreements.append(Disagreement(what, shown, place, form))

    def names(self, first: int = 0) -> list:
        """The names beside the figures from that row on, for a chart."""
        return [self.sheet.name, self.first + first, 0, self.first + len(self.lines) - 1, 0]

    def values(self, column: int, first: int = 0) -> list:
        return [self.sheet.name, self.first + first, 1 + column, self.first + len(self.lines) - 1, 1 + column]


def _read(value: Value, digits: int) -> int | str | None:
    """What prints alike is alike: in units of the last printed digit, rounded half up."""
    if not isinstance(value, Fraction):
        return value
    units = int(abs(value) * 10**digits + Fraction(1, 2))
    return units if value >= 0 else -units
