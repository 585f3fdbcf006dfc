"""Tables of 개조식 text: pipe rows to cells with their spans, and back.

`|---|` ends the header. `>` goes on with the cell to the left, `^` with the one above; `<br>` breaks a line in a
cell and `\\|` is a bar (`\\>` and `\\^` alone in a cell are those characters). Without a rule row the head is the first row
and those joined to it by `^`. A pasted table has tabs between its cells; a line `---` ends its head. `(머리행 없음)` in the
caption line says that there is no head.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from .errors import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, OutlineError

_SEPARATOR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_RULE = re.compile(r":?-{3,}:?")
_UNIT = re.compile(r"\(단위\s*:")
# A unit that stands alone above its table, in brackets of any kind: `(단위 : 명, ’22.7. 기준)`, `(’22.7. 기준, 단위: 명)`.
UNIT_LINE = re.compile(
    r"\A[(\[<【〔]?\s{0,9}(?P<day>[^:：(\[<]{1,40},\s{0,9})?단위\s{0,9}[:：](?P<unit>[^|]{1,60}?)[)\]>】〕]?"
)

LEFT, ABOVE = ">", "^"
NO_HEAD = "(머리행 없음)"


@dataclass
class Cell:
    """Text (its lines parted by newlines) that begins at `column`, counted from 0, and covers spans from there."""

    text: str
    column: int
    colspan: int = 1
    rowspan: int = 1


@dataclass
class Table:
    """Rows of the cells that begin in them; what a span covers from the left or above is not repeated."""

    caption: str = ""
    unit: str = ""
    header: list[list[Cell]] = field(default_factory=list)
    body: list[list[Cell]] = field(default_factory=list)

    @property
    def columns(self) -> int:
        return sum(cell.colspan for cell in (self.header or self.body)[0])


# The number of a line, and its cells as typed.
Row = tuple[int, list[str]]


def parse_row(line: str) -> list[str]:
    """The cells of a pipe row, as typed; the bar at its end may be missing."""
    _, *cells = _SEPARATOR.split(line.strip())
    if cells[-1] == "":
        cells.pop()
    return [cell.strip() for cell in cells] or [""]


def is_rule(line: str) -> bool:
    """Whether it is the rule row of a table, typed with bars or without."""
    return bool(_RULE.fullmatch(line)) or (line.startswith("|") and _are_rules(parse_row(line)))


def _are_rules(cells: list[str]) -> bool:
    return all(map(_RULE.fullmatch, cells))


def parse_table(caption: list[str], rows: list[Row]) -> Table:
    """A table from its rows, the rule row, if any, among them; raises OutlineError."""
    rules = [index for index, (_, cells) in enumerate(rows) if _are_rules(cells)]
    if len(rules) > 1:
        raise OutlineError(rows[rules[1]][0], "|---| 줄은 표마다 하나만 둘 수 있습니다.")
    caption, has_head = head_of(caption)
    if not has_head:
        check_no_rule([rows[index][0] for index in rules])
        _check_widths(rows, [])
        return Table(*caption_of(caption), [], _cells(rows, "표의 첫 행"))
    if rules[:1] == [0]:
        raise OutlineError(rows[0][0], "|---| 줄 위에 머리행을 넣어 주세요.")
    _check_widths(rows, rules)
    if not rules and not any(rows[0][1]):
        raise OutlineError(rows[0][0], "표의 첫 행은 머리행입니다. 칸에 제목을 적어 주세요.")
    # without a rule row the head is the first row, with those joined to it
    below = (index for index, (_, cells) in enumerate(rows) if index and ABOVE not in cells)
    header = rules[0] if rules else next(below, len(rows))
    name, unit = caption_of(caption)
    body = rows[header + len(rules) :]
    return Table(name, unit, _cells(rows[:header], "표의 첫 행"), _cells(body, "본문의 첫 행"))


def head_of(caption: list[str]) -> tuple[list[str], bool]:
    """The caption without what it says of the head, and whether the table has one."""
    left = [" ".join(line.replace(NO_HEAD, " ").split()) for line in caption]
    return left, not any(NO_HEAD in line for line in caption)


def check_no_rule(numbers: list[int]) -> None:
    if numbers:
        raise OutlineError(
            numbers[0], f"{NO_HEAD}인 표에는 --- 줄을 두지 않습니다. 둘 가운데 하나를 지워 주세요."
        )


def caption_of(lines: Iterable[str]) -> tuple[str, str]:
    """Name and unit of a caption: `현황 (단위: 대)`, or the unit in a line of its own."""
    lines = list(filter(None, lines))
    alone = [match for line in lines if (match := UNIT_LINE.fullmatch(line))]
    units = [part.strip(" ,") for match in alone for part in (match["unit"], match["day"]) if part]
    name = " ".join(line for line in lines if not UNIT_LINE.fullmatch(line))
    found = _UNIT.search(name) if name.endswith(")") else None
    if found and (unit := name[found.end() : -1].strip()):
        name, units = name[: found.start()].strip(), [unit, *units]
    return name, ", ".join(units)


def _check_widths(rows: list[Row], rules: list[int]) -> None:
    columns = len(rows[0][1])
    check_extent(rows, columns)
    for index, (line, cells) in enumerate(rows):
        if len(cells) != columns and not (index in rules and len(cells) == 1):
            message = f"칸이 {len(cells)}개입니다. 표의 첫 행처럼 {columns}개로 맞춰 주세요."
            raise OutlineError(line, f"{message} 합친 칸에는 > 또는 ^를 적습니다.")


def check_extent(rows: list[Row], columns: int) -> None:
    if columns > MAX_COLUMNS:
        raise OutlineError(rows[0][0], f"표가 {columns:,}열입니다. {MAX_COLUMNS}열까지 적을 수 있습니다.")
    if len(rows) > MAX_ROWS or len(rows) * columns > MAX_CELLS:
        raise OutlineError(
            rows[0][0],
            f"표가 {len(rows):,}행 {len(rows) * columns:,}칸입니다. {MAX_ROWS:,}행, {MAX_CELLS:,}칸까지 적을 수 있습니다. "
            "표를 나누거나 간추려 주세요.",
        )


def _cells(rows: list[Row], first: str) -> list[list[Cell]]:
    """Resolve the merges; `first` names the first row in an error."""
    areas = defaultdict(list)
    for (row, column), owner in _owners(rows, first).items():
        areas[owner].append((row, column))
    resolved: list[list[Cell]] = [[] for _ in rows]
    for (row, column), area in areas.items():
        height = max(below for below, _ in area) - row + 1
        width = max(right for _, right in area) - column + 1
        if height * width != len(area):
            raise OutlineError(rows[area[-1][0]][0], "합친 칸이 네모 모양이 아닙니다. >와 ^를 확인해 주세요.")
        text = rows[row][1][column]
        if text in (rf"\{LEFT}", rf"\{ABOVE}"):
            text = text[1:]
        else:
            text = "\n".join(line.strip() for line in _BREAK.split(text.replace(r"\|", "|")))
        resolved[row].append(Cell(text, column, width, height))
    return resolved


def _owners(rows: list[Row], first: str) -> dict[tuple[int, int], tuple[int, int]]:
    """For every place of the grid, row by row, the place where its cell begins."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for row, (line, cells) in enumerate(rows):
        for column, text in enumerate(cells):
            if text == LEFT and not column:
                raise OutlineError(line, "첫 칸에는 왼쪽 칸이 없어 >를 쓸 수 없습니다.")
            if text == ABOVE and not row:
                raise OutlineError(line, f"{first}에는 합칠 위 칸이 없어 ^를 쓸 수 없습니다.")
            here = {LEFT: (row, column - 1), ABOVE: (row - 1, column)}.get(text)
            owners[row, column] = owners[here] if here else (row, column)
    return owners


def readable_lines(table: Table) -> list[str]:
    """The table for a reader: its caption, then a row a line, without what is typed for spans and for the rule under the header."""
    unit = f"(단위: {table.unit})" if table.unit else ""
    caption = " ".join(part for part in (table.caption, unit) if part)
    rows = [
        " | ".join(cell.text.replace("\n", " ") for cell in row if cell.text)
        for row in (*table.header, *table.body)
    ]
    return [line for line in (caption, *rows) if line]


def table_lines(table: Table) -> list[str]:
    """The table as typed: its caption line if it has any, its rows, the rule row under the header."""
    unit = f"(단위: {table.unit})" if table.unit else ""
    caption = " ".join(part for part in (table.caption, unit, "" if table.header else NO_HEAD) if part)
    lines = [f"[표] {caption}"] if caption else []
    if table.header:
        lines += _row_lines(table.header, table.columns)
        lines.append("|" + "---|" * table.columns)
    return lines + _row_lines(table.body, table.columns)


def _row_lines(rows: list[list[Cell]], columns: int) -> list[str]:
    grid = [[ABOVE] * columns for _ in rows]
    for index, row in enumerate(rows):
        for cell in row:
            for below in range(index, index + cell.rowspan):
                grid[below][cell.column + 1 : cell.column + cell.colspan] = [LEFT] * (cell.colspan - 1)
            typed = cell.text.replace("|", r"\|").replace("\n", "<br>")
            grid[index][cell.column] = rf"\{typed}" if typed in (LEFT, ABOVE) else typed
    return [f"| {' | '.join(cells)} |" for cells in grid]
