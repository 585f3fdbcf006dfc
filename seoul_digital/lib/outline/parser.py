"""개조식 text: what staff write in the report's own notation, parsed to a tree that everything else is drawn from.

A line opens with its mark, which alone tells its level: `ㅇ` (1), `-` (2), `‣` (3). A line without a mark goes on
with the one above. `※` notes, `*` footnotes, tables and `[그림]` captions belong to the item above them. `▪` is of
level 3 below another mark and opens a paragraph of a definition, of level 1, where there is none. Nothing is
dropped: what cannot be read is an OutlineError that names its line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .table import Cell, OutlineError, Table, parse_row, parse_table, table_lines

__all__ = [
    "Cell",
    "Item",
    "Note",
    "Outline",
    "OutlineError",
    "Paragraph",
    "Picture",
    "Table",
    "parse",
    "plain_text",
    "print_text",
]

DEFINITION = "▪"
LEVELS = {**dict.fromkeys("ㅇ○o•", 1), **dict.fromkeys("-–—", 2), **dict.fromkeys("‣›․·∙‧･・ㆍ▪", 3)}
PRINTED_MARKS = {1: "ㅇ", 2: "-", 3: "‣"}

_ROW, _TABLE, _PICTURE, _NOTE = "|", "[표]", "[그림]", "※"
# A mark may touch its text, except those that also open words (`o`, `-`); doubled, as in ○○구, it is no mark.
_MARK = re.compile(r"([ㅇ○•‣›․·∙‧･・ㆍ▪※])(?!\1)|[o–—-](?!\S)|\*+|\||\[표\]|\[그림\]")
_LABEL = re.compile(r"\(([^()]+)\)(?:\s+(.*))?", re.DOTALL)


@dataclass
class Paragraph:
    """Text without a mark: at the top, or after a table."""

    text: str


@dataclass
class Note:
    """`※ …` or `* …`; a second footnote may be marked `**`."""

    text: str
    mark: str = _NOTE

    @property
    def kind(self) -> str:
        """`note` (※) or `footnote` (*)."""
        return "note" if self.mark == _NOTE else "footnote"


@dataclass
class Picture:
    """The caption of a picture that the report shows; the picture itself is not part of the text."""

    caption: str


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
        """The report's own mark of this level."""
        return DEFINITION if self.level == 1 and self.mark == DEFINITION else PRINTED_MARKS[self.level]

    @property
    def full_text(self) -> str:
        """Label and text as one line."""
        return " ".join(part for part in (f"({self.label})" if self.label else "", self.text) if part)


Block = Item | Note | Table | Picture | Paragraph


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


@dataclass(frozen=True)
class _Line:
    """A line with those that go on with it; `number` is its first one's, `gap` says that an empty line precedes."""

    number: int
    mark: str
    text: str
    gap: bool


def parse(text: str) -> Outline:
    """The tree of `text`; raises OutlineError."""
    outline = Outline()
    open_items: list[Item] = []
    lines = _lines(text)
    position = 0
    while position < len(lines):
        rows = _table_rows(lines, position)
        block = _table(lines, position, rows) if rows else _block(lines[position], open_items)
        _attach(block, outline, open_items)
        position += len(rows) or 1
    return outline


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    gap = False
    for number, typed in enumerate(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), start=1):
        line = _line(number, typed.strip(), gap)
        above = lines[-1].mark if lines else _TABLE
        # A line without a mark belongs to the one above: not to a table, nor over a gap to a paragraph.
        if line and not line.mark and above not in (_ROW, _TABLE) and not (above == "" and gap):
            lines[-1] = replace(lines[-1], text=f"{lines[-1].text} {line.text}")
        elif line:
            lines.append(line)
        gap = line is None
    return lines


def _line(number: int, typed: str, gap: bool) -> _Line | None:
    if not typed:
        return None
    match = _MARK.match(typed)
    mark = match.group() if match else ""
    text = typed if mark == _ROW else typed[len(mark) :].strip()
    if not text and mark != _TABLE:
        raise OutlineError(number, f"‘{mark}’ 뒤에 내용을 적어 주세요.")
    return _Line(number, mark, text, gap)


def _table_rows(lines: list[_Line], position: int) -> list[_Line]:
    """The lines of the table at `position`, its caption line included; none where no table is."""
    if lines[position].mark not in (_ROW, _TABLE):
        return []
    end = position + 1
    captioned = lines[position].mark == _TABLE
    while (
        end < len(lines)
        and lines[end].mark == _ROW
        and (not lines[end].gap or (captioned and end == position + 1))
    ):
        end += 1
    return lines[position:end]


def _table(lines: list[_Line], position: int, rows: list[_Line]) -> Table:
    captioned = lines[position].mark == _TABLE
    if captioned and len(rows) == 1:
        raise OutlineError(rows[0].number, "[표] 제목 바로 아래에 | 로 시작하는 표를 넣어 주세요.")
    typed = rows[1:] if captioned else rows
    caption = rows[0].text if captioned else ""
    return parse_table(caption, [(row.number, parse_row(row.text)) for row in typed])


def _block(line: _Line, open_items: list[Item]) -> Block:
    if not line.mark:
        return Paragraph(line.text)
    if line.mark == _PICTURE:
        return Picture(line.text)
    if line.mark == _NOTE or line.mark.startswith("*"):
        return Note(line.text, line.mark)
    return _item(line, open_items)


def _item(line: _Line, open_items: list[Item]) -> Item:
    defines = line.mark == DEFINITION and (not open_items or open_items[0].printed_mark == DEFINITION)
    match = _LABEL.fullmatch(line.text)
    label, text = (match[1], match[2] or "") if match else (None, line.text)
    return Item(1 if defines else LEVELS[line.mark], text, label, mark=line.mark)


def _attach(block: Block, outline: Outline, open_items: list[Item]) -> None:
    """Put a block below the item that it belongs to; an item closes those of its own level and deeper."""
    if isinstance(block, Item):
        while open_items and open_items[-1].level >= block.level:
            open_items.pop()
    (open_items[-1].children if open_items else outline.blocks).append(block)
    if isinstance(block, Item):
        open_items.append(block)


def print_text(outline: Outline) -> str:
    """The text in canonical form, with the report's marks; it parses to the same tree."""
    lines: list[str] = []
    above: Block | None = None
    for block, level in outline.walk():
        # Two tables or two paragraphs would run together.
        if isinstance(block, Table | Paragraph) and type(above) is type(block):
            lines.append("")
        depth = max(level - 1, 0) if isinstance(block, Item) else level
        lines += ["  " * depth + line for line in _printed(block)]
        above = block
    return "\n".join(lines)


def _printed(block: Block) -> list[str]:
    match block:
        case Item():
            return [f"{block.printed_mark} {block.full_text}"]
        case Note():
            return [f"{block.mark} {block.text}"]
        case Picture():
            return [f"{_PICTURE} {block.caption}"]
        case Table():
            return table_lines(block)
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
        case Note() | Paragraph():
            return block.text
