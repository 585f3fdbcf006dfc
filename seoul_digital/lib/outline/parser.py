"""개조식 text: what staff write in the report's own notation, parsed to a tree that everything else is drawn from.

A line opens with its mark, which alone tells its level: `ㅇ` (1), `-` (2), `‣` (3); `marks` knows what else is written
for them. A line without a mark goes on with the one above. `□` heads a section. `※` notes, `*` footnotes, tables and
`[그림]` captions belong to the item above them. `▪` is of level 3 below another mark and opens a paragraph of a
definition, of level 1, where there is none. Nothing is dropped: what cannot be read is an OutlineError that names its line.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from . import marks
from .errors import OutlineError, check_cells, check_size
from .lines import Line, lines_of
from .marks import DEFINITION, NOTE, PICTURE, ROW, TAB, TABLE
from .pasted import pasted_table
from .table import Cell, Table, parse_row, parse_table, table_lines

__all__ = [
    "Cell",
    "Item",
    "Note",
    "Outline",
    "OutlineError",
    "Paragraph",
    "Picture",
    "Section",
    "Table",
    "parse",
    "plain_text",
    "print_text",
]

_LABEL = re.compile(r"\(([^()]+)\)(?:\s+(.*))?", re.DOTALL)


@dataclass
class Paragraph:
    """Text without a mark: at the top, or after a table."""

    text: str


@dataclass
class Note:
    """`※ …` or `* …`; a second footnote may be marked `**`."""

    text: str
    mark: str = NOTE

    @property
    def kind(self) -> str:
        """`note` (※) or `footnote` (*)."""
        return "note" if self.mark == NOTE else "footnote"


@dataclass
class Picture:
    """The caption of a picture that the report shows; the picture itself is not part of the text."""

    caption: str


@dataclass
class Section:
    """A line that heads what follows it, up to the next: `□ …`, or a number that stands over lines of level 1."""

    text: str
    mark: str = field(default="", compare=False)

    @property
    def printed_mark(self) -> str:
        return marks.printed(self.mark, 0)


@dataclass
class Item:
    """A marked line: `label` is what it opens with in brackets. Two items that differ in the typed mark only are equal."""

    level: int
    text: str
    label: str | None = None
    children: "list[Block]" = field(default_factory=list)
    mark: str = field(default="", compare=False)

    @property
    def printed_mark(self) -> str:
        """The report's own mark of this level; a number stays."""
        is_definition = self.level == 1 and self.mark == DEFINITION
        return DEFINITION if is_definition else marks.printed(self.mark, self.level)

    @property
    def full_text(self) -> str:
        """Label and text as one line."""
        return " ".join(part for part in (f"({self.label})" if self.label else "", self.text) if part)


Block = Section | Item | Note | Table | Picture | Paragraph


@dataclass
class Outline:
    blocks: list[Block] = field(default_factory=list)

    def walk(self) -> Iterator[tuple[Block, int]]:
        """Every block in the order of the text, with the level of the item that it is or belongs to (0: none)."""
        yield from _walk(self.blocks, 0)


def _walk(blocks: list[Block], level: int) -> Iterator[tuple[Block, int]]:
    for block in blocks:
        if isinstance(block, Item):
            yield block, block.level
            yield from _walk(block.children, block.level)
        else:
            yield block, level


def parse(text: str) -> Outline:
    """The tree of `text`; raises OutlineError."""
    check_size(text)
    outline = Outline()
    open_items: list[Item] = []
    lines = lines_of(text)
    no_items = {"", ROW, TABLE, TAB, PICTURE}
    levels = marks.Levels(
        [line.kind for line in lines if line.mark not in no_items and not marks.is_note(line.mark)]
    )
    position = cells = 0
    while position < len(lines):
        rows = _table_rows(lines, position)
        block = _table(rows) if rows else _block(lines[position], open_items, levels)
        if isinstance(block, Table):
            cells += block.columns * (len(block.header) + len(block.body))
            check_cells(rows[0].number, cells)
        _attach(block, outline, open_items)
        position += len(rows) or 1
    return outline


def _table_rows(lines: list[Line], position: int) -> list[Line]:
    """The lines of the table at `position`, its caption line included; none where no table is."""
    if lines[position].mark not in (ROW, TAB, TABLE):
        return []
    captioned = lines[position].mark == TABLE
    first = position + captioned
    if first == len(lines) or lines[first].mark not in (ROW, TAB):
        raise OutlineError(
            lines[position].number, "[표] 제목 바로 아래에 | 로 시작하는 표나 복사한 표를 넣어 주세요."
        )
    end = first + 1
    while end < len(lines) and lines[end].mark == lines[first].mark and not lines[end].gap:
        end += 1
    return lines[position:end]


def _table(lines: list[Line]) -> Table:
    captioned = lines[0].mark == TABLE
    rows, caption = lines[captioned:], lines[0].parts if captioned else []
    if rows[0].mark == TAB:
        return pasted_table(caption, [(row.number, row.parts[0]) for row in rows])
    return parse_table(caption, [(row.number, parse_row(row.text)) for row in rows])


def _block(line: Line, open_items: list[Item], levels: marks.Levels) -> Block:
    if not line.mark:
        return Paragraph(line.text)
    if line.mark == PICTURE:
        return Picture(line.text)
    if marks.is_note(line.mark):
        return Note(line.text, marks.footnote(line.mark))
    above = open_items[-1].level if open_items else 0
    defines = line.kind == DEFINITION and (not open_items or open_items[0].printed_mark == DEFINITION)
    level = 1 if defines else levels.level(line.kind, above)
    if level > marks.DEEPEST:
        raise marks.question(line.number, line.mark, "세 층보다 깊은 표시")
    if not level:
        return Section(line.text, line.mark)
    match = _LABEL.fullmatch(line.text)
    label, text = (match[1], match[2] or "") if match else (None, line.text)
    return Item(level, text, label, mark=line.mark)


def _attach(block: Block, outline: Outline, open_items: list[Item]) -> None:
    """Put a block below the item that it belongs to; an item closes those of its own level and deeper, a section all."""
    if isinstance(block, Section):
        open_items.clear()
    if isinstance(block, Item):
        while open_items and open_items[-1].level >= block.level:
            open_items.pop()
    (open_items[-1].children if open_items else outline.blocks).append(block)
    if isinstance(block, Item):
        open_items.append(block)


def print_text(outline: Outline, of_table: Callable[[Table], list[str]] = table_lines) -> str:
    """The text in canonical form, with the report's marks; it parses to the same tree where tables are as typed (`of_table`)."""
    lines: list[str] = []
    above: Block | None = None
    for block, level in outline.walk():
        # Two tables or two paragraphs would run together.
        if isinstance(block, Table | Paragraph) and type(above) is type(block):
            lines.append("")
        depth = max(level - 1, 0) if isinstance(block, Item) else level
        lines += ["  " * depth + line for line in _printed(block, of_table)]
        above = block
    return "\n".join(lines)


def _printed(block: Block, of_table: Callable[[Table], list[str]]) -> list[str]:
    match block:
        case Item():
            return [f"{block.printed_mark} {block.full_text}"]
        case Section():
            return [f"{block.printed_mark} {block.text}"]
        case Note():
            return [f"{block.mark} {block.text}"]
        case Picture():
            return [f"{PICTURE} {block.caption}"]
        case Table():
            return of_table(block)
        case Paragraph():
            return [block.text]


def plain_text(outline: Outline) -> str:
    """The words alone, a block a line, for searching."""
    return "\n".join(_words(block) for block, _ in outline.walk())


def _words(block: Block) -> str:
    match block:
        case Item():
            return block.full_text
        case Picture():
            return block.caption
        case Table():
            cells = [cell.text.replace("\n", " ") for row in (*block.header, *block.body) for cell in row]
            return " ".join(part for part in (block.caption, block.unit, *cells) if part)
        case Note() | Paragraph() | Section():
            return block.text
