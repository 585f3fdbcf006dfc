"""Blocks of rows as columns of lines. What is no plain line (sums, headings, mistakes) is left to the reader of single rows.

A plain line has its last name, all names readable and no words for a total, and amounts that can be read: most rows of most files. Their cells are
looked at by column, each different name once; blanks in merged cells are filled by column, too.
"""

from collections.abc import Callable, Iterator, Sequence
from operator import and_, eq
from typing import Any

from ..fields import BOOK, EXECUTION
from .blocks import Block, CellColumn, ListedBlock
from .cells import LARGEST_SUM, amount_column, clean, is_total
from .line_columns import LineColumns, NumberedNames, ParsedLine
from .row_parser import CONTROL, LONGEST, LONGEST_NAME, PARTS_OF_CURRENT, RowReader, year_of
from .subtotal_rows import NAME_AND_CODE, Subtotal

PLAIN_CELLS = {str, float, int}
UNREAD = -1  # the number of what the block cannot read


class NameColumn(dict):
    """Numbers of names by the cells of one column; `apart` are those that ask for a look at the whole row."""

    def __init__(self, names: NumberedNames, is_odd: Callable[[str], bool], *, is_last: bool):
        super().__init__()
        self.names, self.is_odd, self.apart = names, is_odd, {UNREAD, 0} if is_last else {UNREAD}
        self.written: dict[str, WrittenNames] = {}

    def is_apart(self, text: str) -> bool:
        return bool(is_total(text) or CONTROL.search(text) or self.is_odd(text))

    def __missing__(self, cell):
        text = clean(cell)
        number = self[cell] = self.names.number(text)
        if text and self.is_apart(text):
            self.apart.add(number)
        return number

    def of(self, cell: object) -> int:
        return self[cell if type(cell) in PLAIN_CELLS else clean(cell)]

    def read(self, column: CellColumn) -> list[int]:
        if column.kind:
            known = self.written.setdefault(column.kind, WrittenNames(self, column.read))
            return list(map(known.__getitem__, column.cells))
        is_plain = set(map(type, column.cells)) <= PLAIN_CELLS
        return list(map(self.__getitem__ if is_plain else self.of, column.cells))


class WrittenNames(dict):
    """The same by the cells as they are written in the file, for one way of writing them."""

    def __init__(self, names: NameColumn, read: Callable[[Any], object]):
        super().__init__()
        self.names, self.read = names, read

    def __missing__(self, cell):
        known = self.read(cell)
        number = self[cell] = UNREAD if known is None else self.names.of(known)
        return number


class BlockReader:
    """Reads blocks of rows; `lines` holds what has been read and not yet `taken`, `subtotals` all of them.

    `scale`: 원 in the file's unit; `given`: what holds for every row and has no column.
    """

    def __init__(self, layout, sheet: str, scale: int, given=None):
        self.rows, self.scale = RowReader(layout, sheet, scale, given), scale
        self.has_plain_lines = layout.kind in {EXECUTION, BOOK}
        self.subtotals: list[Subtotal] = []
        self.lines = LineColumns.empty(len(self.rows.part_names), len(self.rows.amount_names))
        self._number_anew()

    def _number_anew(self):
        self.names, self.passed = NumberedNames(), set[tuple[int, ...]]()
        last = len(self.rows.fields) - 1
        self.columns = [
            NameColumn(self.names, self._odd(name), is_last=place == last)
            for place, name in enumerate(self.rows.fields)
        ]
        self.coded: dict[int, tuple[int, int]] = {}

    def _odd(self, name):
        if name == "fiscal_year":
            return lambda text: year_of(text) is None
        longest = LONGEST.get(name, LONGEST_NAME)
        return lambda text: len(text) > longest

    def read(self, first: int, rows: Sequence[Sequence[object]]) -> None:
        """Read rows that follow one another from the number `first` on."""
        if not self.has_plain_lines:
            for number, cells in enumerate(rows[:], first):
                self._read_row(number, cells)
            return
        block = rows if isinstance(rows, Block) else ListedBlock(rows, self.rows.width)
        numbers, amounts, apart = self._columns(block)
        block.prepare(apart)
        start = 0
        for place in (*sorted(apart), len(block)):
            if start < place:
                part = slice(start, place)
                self._take(
                    first + start,
                    lambda part=part: block[part],
                    [column[part] for column in numbers],
                    [column and column[part] for column in amounts],
                )
            if place < len(block):
                self._read_row(first + place, block[place])
            start = place + 1

    def _read_row(self, number, cells):
        found = self.rows.read(number, cells)
        if isinstance(found, ParsedLine):
            self._add(found)
        elif found is not None:
            self.subtotals.append(found)

    def _add(self, line):
        year, *names = line.parts
        parts = [year, *map(self.names.number, names)]
        self.lines.extend([line.row], [[part] for part in parts], [[amount] for amount in line.amounts])

    def _columns(self, block):
        """The names and the amounts by column, and the places of rows that are no plain lines."""
        reader, apart = self.rows, set(block.apart)
        numbers = [
            names.read(block.column(position))
            for names, (position, _) in zip(self.columns, reader.parts, strict=True)
        ]
        for names, column in zip(self.columns, numbers, strict=True):
            if not names.apart.isdisjoint(column):
                apart |= {place for place, number in enumerate(column) if number in names.apart}
        amounts: list[Any] = []
        for position, read in zip(reader.amounts, reader.readers, strict=True):
            values, unread = (
                amount_column(block.column(position), self.scale, read) if position >= 0 else (None, ())
            )
            amounts.append(values)
            apart.update(unread)
        needed = amounts[reader.needed_at]
        if None in needed:
            apart |= {place for place, value in enumerate(needed) if value is None}
        return numbers, amounts, apart

    def _take(self, first, rows, numbers, amounts):
        """Plain lines that follow one another; `rows` gives them as rows."""
        reader, count = self.rows, len(numbers[0])
        sums = [sum(map(abs, filter(None, column))) if column else 0 for column in amounts]
        blanks, numbers = self._filled(numbers)
        if numbers is None or max(map(int.__add__, reader.sums_of, sums)) > LARGEST_SUM:
            for number, cells in enumerate(rows(), first):
                self._read_row(number, cells)
            return
        texts = self.names.texts
        begin, end = ([texts[column[place]] for column in numbers] for place in (0, -1))
        reader.pass_over(begin, end, sums)
        self.passed.update(zip(*numbers[:-1], strict=True))
        reader.filled += blanks
        self._warn(first, amounts)
        absent = [None] * count
        self.lines.extend(
            range(first, first + count),
            self._parts(count, numbers),
            [column or absent for column in amounts],
        )

    def _filled(self, numbers):
        """How many blanks stand for the name above, and the columns with it, as RowReader fills one row; None where a row has to say why not."""
        if not any(0 in column for column in numbers[:-1]):
            return 0, numbers
        before, count, found = self.rows.before, 0, []
        if any(text and names.is_apart(text) for names, text in zip(self.columns, before, strict=True)):
            return 0, None
        same: list[bool] = [True] * len(numbers[0])  # whether all columns before have what stands above
        to_come = [0 in column for column in numbers]
        for text, column in zip(before, numbers, strict=True):
            above = start = self.names.number(text)
            if to_come.pop(0):
                filled = [
                    above := number or (above if is_same else 0)
                    for number, is_same in zip(column, same, strict=True)
                ]
                count += column.count(0) - filled.count(0)
            else:
                filled = column
            found.append(filled)
            if not any(to_come):
                continue
            if filled.count(filled[0]) < len(filled):
                same = list(map(and_, same, map(eq, filled, [start, *filled])))
            elif filled[0] != start:
                same[0] = False
        is_dated = year_of(str(self.rows.given.get("fiscal_year", ""))) is not None
        years = [
            column for name, column in zip(self.rows.fields, found, strict=True) if name == "fiscal_year"
        ]
        return (count, found) if is_dated or not any(0 in column for column in years) else (0, None)

    def _prefixes(self) -> Iterator[tuple[str, ...]]:
        """Under what the lines stand that were read by column: the different names of every level above the last."""
        found = self.passed
        while found and (found := found - {()}):
            for prefix in found:
                if prefix[-1]:
                    yield tuple(map(self.names.texts.__getitem__, prefix))
            found = {prefix[:-1] for prefix in found}

    def _parts(self, count, numbers):
        """Columns of all parts; a programme's code may stand in brackets behind its name."""
        found = dict(zip(self.rows.fields, numbers, strict=True))
        if "detailed" in found and "detailed_code" not in found:
            pairs = [self.coded.get(number) or self._coded(number) for number in found["detailed"]]
            found["detailed"], found["detailed_code"] = ([pair[side] for pair in pairs] for side in (0, 1))
        if "fiscal_year" in found:
            years = {number: year_of(self.names.texts[number]) for number in set(found["fiscal_year"])}
            found["fiscal_year"] = [years[number] for number in found["fiscal_year"]]
        given = self.rows.given
        for name in self.rows.part_names:
            known = given.get(name, "")
            own = year_of(str(known)) if name == "fiscal_year" else self.names.number(known)
            column = found.get(name) or [own] * count
            yield [number or own for number in column] if own and not all(column) else column

    def _coded(self, number):
        match, code = (
            NAME_AND_CODE.fullmatch(self.names.texts[number]),
            self.names.number(self.rows.given.get("detailed_code", "")),
        )
        pair = (
            (self.names.number(match["name"]), self.names.number(match["code"])) if match else (number, code)
        )
        return self.coded.setdefault(number, pair)

    def _warn(self, first, amounts):
        """Identities that a file should keep and need not."""
        parts, current = amounts[:PARTS_OF_CURRENT], amounts[PARTS_OF_CURRENT]
        if None in parts:
            return
        if any(None in column for column in parts):
            sums = [None if None in values else sum(values) for values in zip(*parts, strict=True)]
        else:
            sums = list(map(sum, zip(*parts, strict=True)))
        if sums != current:
            for number, (computed, printed) in enumerate(zip(sums, current, strict=True), first):
                if computed is not None and computed != printed:
                    self.rows.warn(number)

    def finish(self) -> None:
        if self.rows.short:
            self.rows.extend(self._prefixes())
        short, subtotals = self.rows.finish()
        self.subtotals += subtotals
        for line in short:
            self._add(line)

    def taken(self) -> dict:
        """The message of the lines read so far."""
        message = self.names.message(self.lines)
        self.lines = LineColumns.empty(len(self.lines.parts), len(self.lines.amounts))
        if self.names.is_full:
            self.rows.extend(self._prefixes())
            self._number_anew()
        return message
