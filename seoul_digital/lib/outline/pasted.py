"""Tables pasted from Excel, Word or Hangul: tabs between cells, merged ones as empty cells, quoted ones of several lines."""

from .errors import OutlineError
from .table import Cell, Row, Table, caption_of, check_extent, check_no_rule, head_of, is_rule


def pasted_table(caption: list[str], lines: list[tuple[int, str]]) -> Table:
    """A table of lines with tabs; their first row is the head, or those above a line `---`, or none
    where the caption says so. Raises OutlineError.

    Rows above the head with one filled cell are the caption and the unit.
    """
    rules = [index for index, (_, line) in enumerate(lines) if is_rule(line.strip())]
    if len(rules) > 1:
        raise OutlineError(lines[rules[1]][0], "--- 줄은 표마다 하나만 둘 수 있습니다.")
    caption, has_head = head_of(caption)
    if not has_head:
        check_no_rule([lines[index][0] for index in rules])
    header = rules[0] if rules else int(has_head)
    rows = [(number, _cells(line)) for index, (number, line) in enumerate(lines) if index not in rules]
    columns = max(len(cells) for _, cells in rows)
    check_extent(rows, columns)
    rows = [(number, cells + [""] * (columns - len(cells))) for number, cells in rows]
    titles = _titles(rows)
    header -= titles if rules else 0
    if has_head and header < 1:
        raise OutlineError(lines[0][0], "--- 줄 위에 머리행을 넣어 주세요.")
    name, unit = caption_of([*caption, *(cell for _, cells in rows[:titles] for cell in cells)])
    head, body = rows[titles : titles + header], rows[titles + header :]
    resolved = [[Cell(text, place) for place, text in enumerate(cells)] for _, cells in body]
    return Table(name, unit, _head([cells for _, cells in head]) if head else [], resolved)


def _cells(line: str) -> list[str]:
    """The cells of a row; Excel doubles the quotation marks within quoted ones."""
    cells: list[str] = []
    for piece in line.split("\t"):
        if cells and cells[-1].startswith('"') and cells[-1].count('"') % 2:
            cells[-1] += f" {piece}"
        else:
            cells.append(piece.strip())
    return [_unquoted(cell) for cell in cells]


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and ("\n" in cell or '""' in cell):
        cell = cell[1:-1].replace('""', '"')
    return "\n".join(filter(None, (line.strip() for line in cell.splitlines())))


def _titles(rows: list[Row]) -> int:
    """How many of the first rows are the caption and the unit: one filled cell each, of several, above other rows."""
    count = 0
    while count + 1 < min(len(rows), 4) and len(rows[count][1]) > 1 and sum(map(bool, rows[count][1])) == 1:
        count += 1
    return count


def _head(rows: list[list[str]]) -> list[list[Cell]]:
    """The head's cells: an empty one goes with the cell to its left in the first row, with the one above below it."""
    columns = len(rows[0])
    starts = [place for place, text in enumerate(rows[0]) if text or not place]
    first = [
        Cell(rows[0][start], start, colspan=end - start)
        for start, end in zip(starts, [*starts[1:], columns], strict=True)
    ]
    below = [[Cell(text, place) for place, text in enumerate(cells)] for cells in rows[1:]]
    for cell in first:
        covered = range(cell.column, cell.column + cell.colspan)
        if not any(row[place].text for row in below for place in covered) and cell.text:
            cell.rowspan = len(rows)
            below = [[other for other in row if other.column not in covered] for row in below]
    return [first, *below]
