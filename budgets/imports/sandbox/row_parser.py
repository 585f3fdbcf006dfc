"""Rows below the header as lines of the budget: subtotals set apart, blanks filled, what cannot be read named.

Knows no database and no file: cells in, lines out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from seoul_digital.lib.file_errors import MAX_SHOWN, Problem
from seoul_digital.lib.hangul import quoted

from .. import fields
from ..fields import OVERVIEW, REVENUE
from .cells import FOOTER, LARGEST_SUM, NOTE, amount_reader, clean, is_total
from .line_columns import ParsedLine
from .subtotal_rows import Subtotal, SubtotalRows, named, of_all_below

LONGEST = {"policy": 120, "unit": 120, "detailed": 160, "detailed_code": 40}
LONGEST_NAME = 80
YEARS = range(1990, 2100)
MOST_REMEMBERED = 200_000
LABELS_OF_A_HEADER = 3
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")

FORMULAS = (
    "예산현액 = 본예산 + 추경 + 성립전 + 예비비 + 이월액 + 이체 + 전용",
    "징수결정액 = 실제수납액 + 불납결손액 + 미수납액",
)
PARTS_OF_CURRENT = len(fields.PARTS_OF_CURRENT)


@dataclass
class Problems:
    """The first of them, and how many there are."""

    sheet: str
    shown: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, message, remedy="", row=None, column=""):
        self.count += 1
        if len(self.shown) < MAX_SHOWN:
            self.shown.append(Problem(message, remedy, self.sheet, row, column))


class RowReader:
    """Reads rows one after another: `read` gives a ParsedLine, a Subtotal, or None for what is neither.

    `scale`: 원 in the file's unit; `given`: what holds for every row and has no column (fiscal_year, account).
    """

    def __init__(self, layout, sheet: str, scale: int, given=None):
        self.layout, self.given = layout, given or {}
        self.problems, self.warnings = Problems(sheet), Problems(sheet)
        self.part_names, self.amount_names = names_of(layout.kind)
        columns = layout.columns
        self.parts = sorted((columns[name], name) for name in self.part_names if name in columns)
        self.fields = [name for _, name in self.parts]
        self.sums = SubtotalRows()
        self.amounts = [columns.get(name, -1) for name in self.amount_names]
        self.needed = "current" if "current" in columns else "assessed"
        self.needed_at = self.amount_names.index(self.needed)
        self.width = max(columns.values()) + 1
        money, count = amount_reader(scale), amount_reader(1)
        self.readers = [count if name in fields.COUNTS else money for name in self.amount_names]
        self.names: dict[str, str] = {}
        self.totals: set[str] = set()
        self.unreadable: set[str] = set()
        self.before = [""] * len(self.parts)
        self.filled = self.heading = self.notes = 0
        self.sums_of = [0] * len(self.amounts)
        self.extended: set[int] = set()
        self.short: list[tuple[ParsedLine, list[str]]] = []
        self.unread: list[tuple[str, int]] = []
        self.above: set[tuple[str, ...]] = set()

    def remember(self, cells):
        """A row of the titles or the header, which each printed page may repeat."""
        if texts := _texts(cells):
            self.above.add(texts)

    def read(self, row: int, cells: Sequence[object]) -> ParsedLine | Subtotal | None:
        if len(cells) < self.width:
            cells = [*cells, *[""] * (self.width - len(cells))]
        names = [self._name(cells[position]) for position, _ in self.parts]
        figures = tuple(
            [
                self._amount(cells[position], position, read) if position >= 0 else None
                for position, read in zip(self.amounts, self.readers, strict=True)
            ]
        )
        if self.unread and self._unread(row, cells):
            return None
        if figures.count(None) == len(figures):
            return self._without_figures(row, cells, names)
        if not any(names):
            return self._unnamed(row, cells, figures)
        if not self.totals.isdisjoint(names):
            return self._subtotal(row, names, figures)
        return self._line(row, cells, names, figures)

    def _name(self, cell):
        known = self.names.get(cell) if type(cell) is str else None
        if known is None:
            known = clean(cell)
            if type(cell) is str:
                if len(self.names) > MOST_REMEMBERED:
                    self.names.clear()
                self.names[cell] = known
            if known and is_total(known):
                self.totals.add(known)
            if CONTROL.search(known):
                self.unreadable.add(known)
        return known

    def _amount(self, cell, position, read):
        try:
            return read(cell)
        except ValueError as error:
            self.unread.append((str(error), position))
            return None

    def _unread(self, row, cells):
        """Cells that hold no amount: of the header repeated at the top of a printed page, of another table's, or a mistake."""
        unread, self.unread = self.unread, []
        if _texts(cells) in self.above:
            return True
        labels = [" ".join(str(cell).split()) for cell in cells]
        if sum(fields.plain_label(label) in fields.FIELD_OF for label in labels) >= LABELS_OF_A_HEADER:
            if any(labels[position] != self.layout.labels[position] for position, _ in self.parts):
                self.problems.add(
                    "다른 머리글이 한 번 더 나옵니다.", "표를 시트나 파일로 나누어 주십시오.", row=row
                )
            return True
        if _is_remark(cells):
            self.notes += 1
            return True
        for message, position in unread:
            self.problems.add(message, row=row, column=self.layout.labels[position])
        return True

    def _without_figures(self, row, cells, names):
        """A title again, a remark, or a heading over the rows below; else something is missing."""
        if _texts(cells) in self.above:
            return
        if _is_remark(cells):
            self.notes += any(map(clean, cells))
        elif any(names) and not names[-1] and self.totals.isdisjoint(names):
            self.before = self._filled(names)
            self.heading = row if names.count("") < len(names) - 1 else 0
        else:
            self.problems.add(
                "금액이 모두 비어 있습니다.",
                "값을 적거나 그 행을 지워 주십시오.",
                row=row,
                column=self.layout.label(self.needed),
            )

    def _unnamed(self, row, cells, figures):
        """A total whose label stands in a column of no meaning, such as a running number."""
        label = next((text for cell in cells if isinstance(cell, str) and is_total(text := clean(cell))), "")
        if label:
            return self.sums.make(row, label, [""] * len(self.parts), self.before, figures)
        self.problems.add(
            "무엇의 금액인지 적혀 있지 않습니다.", "이름을 적거나 그 행을 지워 주십시오.", row=row
        )
        return None

    def _filled(self, names):
        """Blanks left of a name, within the same context, stand for the name above: merged cells, names not repeated."""
        last = max((place for place, name in enumerate(names) if name), default=-1)
        before, same = self.before, True
        for place in range(last):
            if not names[place] and same and before[place]:
                names[place] = before[place]
                self.filled += 1
            same = same and names[place] == before[place]
        return names

    def _subtotal(self, row, names, figures):
        """A printed sum; one of names that differ from those above stands over its lines, whose names may then be blank."""
        self.heading = 0
        place = next(place for place, name in enumerate(names) if name in self.totals)
        subtotal = self.sums.make(row, names[place], names[:place], self.before, figures)
        if any(name not in {"", before} for name, before in zip(names[:place], self.before, strict=False)):
            self.before = [*subtotal.contexts[0].names, *[""] * (len(names) - place)]
        return subtotal

    def _line(self, row, cells, names, figures):
        names = self._filled(names) if "" in names else names
        if "" in names or "" in self.before or names[:-1] != self.before[:-1]:
            self._extend(names)
        self.before = names
        self.sums.begin(names)
        line = ParsedLine(row, self._parts(row, names), figures)
        if figures[self.needed_at] is None:
            self.problems.add(
                "금액이 비어 있습니다.",
                "값을 적어 주십시오. 없으면 0을 적습니다.",
                row=row,
                column=self.layout.label(self.needed),
            )
            return None
        self.heading = 0
        self._check(line)
        if names[-1]:
            return line
        self.short.append((line, names))
        return None

    def _extend(self, names):
        """Remembers what this row stands under, so that a row of just that is known for a subtotal."""
        last = max(place for place, name in enumerate(names) if name)
        self.extended.update(
            hash(tuple(names[:length])) for length in range(1, last + 1) if names[length - 1]
        )

    def pass_over(self, first: list[str], last: list[str], sums: list[int]):
        """Lines that were read by column stand here: the names of the first and of the last, and their sums."""
        self.sums.begin(first)
        self.before, self.heading = last, 0
        self.sums_of = list(map(int.__add__, self.sums_of, sums))

    def extend(self, above: Iterable[tuple[str, ...]]):
        """All that they stand under."""
        self.extended.update(map(hash, above))

    def _parts(self, row, names):
        found, readable = dict(named(self.fields, names)), self.unreadable.isdisjoint(names)
        for name, text in found.items():
            if len(text) > LONGEST.get(name, LONGEST_NAME) or not (readable or CONTROL.search(text) is None):
                self.problems.add(
                    f"이름을 읽을 수 없거나 너무 깁니다({len(text)}자).",
                    "다른 열의 글이 섞이지 않았는지 확인하십시오.",
                    row,
                    fields.LABELS[name],
                )
        found["fiscal_year"] = self._year(row, found.get("fiscal_year", ""))
        return tuple([found.get(name) or self.given.get(name, "") for name in self.part_names])

    def _year(self, row, text):
        text = text or str(self.given.get("fiscal_year", ""))
        if (year := year_of(text)) is not None:
            return year
        self.problems.add(
            f"{quoted(plain_year(text)[:20], '은/는')} 회계연도가 아닙니다.",
            "2022처럼 네 자리 연도로 적어 주십시오.",
            row,
            fields.LABELS["fiscal_year"],
        )
        return 0

    def _check(self, line):
        """Identities that a file should keep and need not, and a sum that the database can make."""
        figures = line.amounts
        self.sums_of = [total + abs(figure or 0) for total, figure in zip(self.sums_of, figures, strict=True)]
        if max(self.sums_of) > LARGEST_SUM:
            self.problems.add("여기까지 더한 금액이 너무 큽니다.", "값과 단위를 확인하십시오.", row=line.row)
        if self.layout.kind == OVERVIEW:
            return  # what it prints of a difference is kept beside it
        if self.layout.kind == REVENUE:
            _, assessed, *settled = figures
            holds = None in figures[1:] or assessed == sum(settled)
        else:
            parts = figures[:PARTS_OF_CURRENT]
            holds = None in parts or figures[PARTS_OF_CURRENT] == sum(parts)
        if not holds:
            self.warn(line.row)

    def warn(self, row):
        self.warnings.add(f"{quoted(FORMULAS[self.layout.kind == REVENUE], '이/가')} 맞지 않습니다.", row=row)

    def finish(self) -> tuple[list[ParsedLine], list[Subtotal]]:
        """Rows that name no last part: lines, or subtotals where other rows stand under them."""
        if self.heading:
            self.problems.add(
                "이름만 있고 금액이 없는 채로 끝납니다.",
                "파일이 끝까지 내려받아졌는지 확인하십시오.",
                self.heading,
            )
        lines, subtotals = [], []
        for line, names in self.short:
            length = max(place for place, name in enumerate(names) if name) + 1
            if hash(tuple(names[:length])) in self.extended:
                subtotals.append(of_all_below(line.row, names[:length], line.amounts))
            else:
                lines.append(line)
        return lines, subtotals


def names_of(kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields of a line's parts and of its amounts."""
    if kind == REVENUE:
        return ("fiscal_year", *fields.REVENUE_PARTS), tuple(fields.REVENUE_AMOUNTS)
    if kind == OVERVIEW:
        return tuple(fields.OVERVIEW_PARTS), tuple(fields.OVERVIEW_AMOUNTS)
    return tuple(fields.LINE_PARTS), tuple(fields.LINE_AMOUNTS)


def plain_year(text: str) -> str:
    return text.removesuffix("년도").removesuffix("년")


def year_of(text: str) -> int | None:
    """`2022년도` → 2022; None where it is no fiscal year."""
    plain = plain_year(text)
    return int(plain) if len(plain) == 4 and plain.isdecimal() and int(plain) in YEARS else None


def _texts(cells):
    """Texts of a row without the blanks behind them."""
    texts = [" ".join(str(cell).split()) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _is_remark(cells):
    """A page's footer, a note, or nothing at all."""
    together = " ".join(text for cell in cells if (text := clean(cell)))
    return not together or bool(FOOTER.fullmatch(together) or NOTE.match(together))
