"""The lines of 개조식 text: each with its mark, those that go on with it joined, rows of pasted tables told apart.

A pasted row has tabs between its cells. Excel puts a cell of several lines into quotation marks; its lines are one row here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import marks
from .errors import OutlineError
from .marks import ROW, TAB, TABLE
from .table import UNIT_LINE, is_rule

_LINE_END = re.compile(r"\r\n|\r|\n")
_CLOSING = re.compile(r'"(?=\t|\Z)')
_UNSEEN = "\u200b\u2060\ufeff"


@dataclass
class Line:
    """A line with those that go on with it; `number` is its first one's, `gap` says that an empty line precedes.

    `kind` is alike for marks that take one level. A pasted row has the mark TAB and its text as typed.
    """

    number: int
    mark: str
    kind: str
    parts: list[str] = field(default_factory=list)
    gap: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.parts)


def lines_of(text: str) -> list[Line]:
    """Raises OutlineError for a mark without text and for a symbol that is no mark known."""
    typed = list(_typed(text.removeprefix("\ufeff")))
    ordinals = {
        index: found for index, (_, line) in enumerate(typed) if (found := marks.ordinal_of(_bare(line)))
    }
    counted = marks.sequences(ordinals.items())
    lines: list[Line] = []
    gap = False
    for index, (number, line) in enumerate(typed):
        if not _bare(line):
            gap = gap or TAB not in line
            continue
        after = next((below for _, below in typed[index + 1 : index + 2]), "")
        if _is_row(line, lines[-1] if lines and not gap else None, after):
            _take_unit(lines)
            lines.append(Line(number, TAB, TAB, [line], gap))
        else:
            ordinal = ordinals[index] if index in counted else None
            _append(lines, _marked(number, " ".join(_bare(line).split(TAB)), ordinal, gap))
        gap = False
    return lines


def _bare(line: str) -> str:
    return line.strip().strip(_UNSEEN).strip()


def _typed(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers; a quoted cell of several lines keeps them, in one."""
    lines = _LINE_END.split(text)
    # Where the next line stands that closes a quoted cell, from each line on.
    closing = [0] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        closing[index] = index if _CLOSING.search(lines[index]) else closing[index + 1]
    index = 0
    while index < len(lines):
        end = closing[index + 1] if _opens_quote(lines[index]) else 0
        end = end if end and any(TAB in line for line in lines[index : end + 1]) else index
        yield index + 1, "\n".join(lines[index : end + 1])
        index = end + 1


def _opens_quote(line: str) -> bool:
    """Whether its last cell begins a quotation that it does not end."""
    cell = line.rpartition(TAB)[2]
    return cell.startswith('"') and cell.count('"') % 2 == 1


def _is_row(line: str, above: Line | None, below: str) -> bool:
    """Whether it is a row of a pasted table: tabs between its cells, not only before its text or behind its mark."""
    bare = _bare(line)
    follows = above is not None and above.mark == TAB
    if follows and is_rule(bare):
        return True
    if TAB not in line or bare.startswith(ROW):
        return False
    if follows and above is not None and line.count(TAB) == above.parts[0].count(TAB):
        return True
    ordinal = marks.ordinal_of(bare)
    if marks.mark_of(bare) or (ordinal and TAB not in bare[len(ordinal.mark) :].strip()):
        return False
    return TAB in bare or follows or (TAB in line.lstrip() and TAB in below)


def _marked(number: int, bare: str, ordinal: marks.Ordinal | None, gap: bool) -> Line:
    mark = ordinal.mark if ordinal else marks.mark_of(bare)
    if not mark and (unknown := marks.unknown_mark(bare)):
        raise marks.question(number, unknown)
    text = bare if mark == ROW else bare[len(mark) :].strip()
    if not text and mark != TABLE:
        raise OutlineError(number, f"‘{mark}’ 뒤에 내용을 적어 주세요.")
    kind = ordinal.kind if ordinal else mark.rstrip("\ufe0f")
    return Line(number, mark, kind, [text], gap)


def _append(lines: list[Line], line: Line) -> None:
    """A line without a mark belongs to the one above: not to a table, nor over a gap to a paragraph."""
    if line.mark == ROW:
        _take_unit(lines)
    above = lines[-1].mark if lines else TABLE
    if not line.mark and above not in (ROW, TABLE, TAB) and not (above == "" and line.gap):
        lines[-1].parts += line.parts
    else:
        lines.append(line)


def _take_unit(lines: list[Line]) -> None:
    """Make `(단위: 명)`, alone in a line above a table, the end of the table's caption."""
    if not lines or lines[-1].mark in (ROW, TAB, TABLE):
        return
    last = lines[-1]
    if len(last.parts) == bool(last.mark) or not UNIT_LINE.fullmatch(last.parts[-1]):
        return
    unit = last.parts.pop()
    number = last.number
    if not last.parts:
        lines.pop()
    if lines and lines[-1].mark == TABLE:
        lines[-1].parts.append(unit)
    else:
        lines.append(Line(number, TABLE, TABLE, [unit], last.gap))
