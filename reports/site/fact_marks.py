"""The document as the site shows it: numbers in prose lead to what they state, by the mentions of the texts that they stand in.

A line of the document is that of a text with the same words; where several texts have it, that of the section's own subject.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from core.mentions.states import TextState, TokenState
from core.stated_facts import StatedFact
from seoul_digital.lib.number_tokens import number_tokens
from seoul_digital.lib.outline.errors import OutlineError

from ..render.blocks import (
    Block,
    Box,
    ChartUnit,
    Document,
    FactMark,
    HeadingBlock,
    OrganisationChart,
    TableBlock,
    TableCell,
    TermEntry,
    TextLine,
)
from ..render.outline import blocks_of, note_line, texts_of

Marks = tuple[FactMark, ...]
BULLET = "･ "  # before each duty of a unit
SECTIONS = ("project-", "term-")  # of a subject of its own, whose slug follows
MONEY = ("revenue:", "expenditure:")  # facts of tables whose head names years of account
YEAR = 4  # digits
PERIOD = " : "  # between a step and its time


@dataclass(frozen=True)
class _Piece:
    """The marks of each string of a block, and what its text's row is known by."""

    marks: tuple[Marks, ...]
    subjects: frozenset[Any]


class FactMarks:
    """Finds the marks of a document's lines. `facts` are those of the snapshot, for the times of steps.

    `times` are base dates and years of account as the report itself names them, with what they state.
    """

    def __init__(
        self, texts: Iterable[TextState], facts: Iterable[StatedFact], times: Mapping[str, str] | None = None
    ) -> None:
        self._times = times or {}
        self._pieces: dict[tuple[str, ...], list[_Piece]] = defaultdict(list)
        self._met: Counter[tuple[str, ...]] = Counter()
        for text in texts:
            if any(token.identity for token in text.tokens):
                self._add(text)
        self._steps = {
            (fact.project, f"{fact.words[0]}{PERIOD}{fact.printed or fact.period.printed()}"): fact.identity
            for fact in facts
            if fact.identity.startswith("milestone:") and fact.period
        }

    def _add(self, text: TextState) -> None:
        row: Any = text.row
        subjects = frozenset(row.natural_key())
        lines = text.text.splitlines()
        printed = [[(line.strip(),) for line in lines], [(note_line(line).text,) for line in lines if line]]
        with suppress(OutlineError):  # a title is none
            printed.append([tuple(texts_of(block)) for block in blocks_of(text.text)])
        known = {strings: marks for way in printed for strings, marks in _aligned(way, text.tokens)}
        for strings, marks in known.items():
            if any(marks):
                self._pieces[strings].append(_Piece(marks, subjects))

    def marked(self, document: Document) -> Document:
        chapters = []
        for chapter in document.chapters:
            subject, blocks = "", []
            for block in chapter.blocks:
                if isinstance(block, HeadingBlock) and block.level <= 2:
                    subject = _subject(block.key)
                blocks.append(self._block(block, subject))
            chapters.append(replace(chapter, blocks=tuple(blocks)))
        fact = self._times.get(document.as_of.isoformat(), "")
        return replace(document, chapters=tuple(chapters), as_of_fact=fact)

    def _block(self, block: Block, subject: str) -> Block:
        match block:
            case TermEntry():
                own = _subject(block.key)
                return replace(block, body=tuple(self._block(inner, own) for inner in block.body))
            case TableBlock():
                return self._table(block, subject)
            case OrganisationChart():
                return replace(block, root=self._unit(block.root))
            case HeadingBlock():
                marks = block.marks or self._line(block.text, subject)
                return replace(block, marks=marks, remark_marks=self._line(block.remark, subject))
            case TextLine() | Box():
                return replace(block, marks=self._line(block.text, subject))
        return block

    def _unit(self, unit: ChartUnit) -> ChartUnit:
        below = tuple(map(self._unit, unit.below))
        return replace(unit, below=below, note_marks=self._line(unit.note, ""))

    def _table(self, block: TableBlock, subject: str) -> TableBlock:
        """That of a text, else one that the report makes, where times alone are left to mark."""
        strings = self._lookup(tuple(texts_of(block)), subject)
        _, unit_marks, *cells = strings or ((), self._times_in(block.unit))
        found = iter(cells)
        has_years = any(cell.fact.startswith(MONEY) for row in block.body for cell in row)

        def marks_of(cell: TableCell) -> Marks:
            if BULLET in cell.text:
                return self._line(cell.text, subject)
            return next(found, ()) if strings else self._times_in(cell.text, with_years=has_years)

        header, body = (
            tuple(tuple(_cell(cell, marks_of(cell)) for cell in row) for row in part)
            for part in (block.header, block.body)
        )
        return replace(block, header=header, body=body, unit_marks=unit_marks)

    def _line(self, text: str, subject: str) -> Marks:
        """Of the whole, else of its lines one by one, else of the dates that the report itself names."""
        if whole := self._lookup((text,), subject):
            return whole[0]
        return self._of_lines(text, subject) or self._times_in(text)

    def _of_lines(self, text: str, subject: str) -> Marks:
        marks, at = list[FactMark](), 0
        for line in text.split("\n"):
            start = len(BULLET) if line.startswith(BULLET) else 0
            by = at + start
            marks += [
                replace(mark, start=mark.start + by, end=mark.end + by)
                for mark in self._words(line[start:], subject)
            ]
            at += len(line) + 1
        return tuple(marks)

    def _times_in(self, text: str, *, with_years: bool = False) -> Marks:
        """Of the report's own dates, of its years of account where they head columns of money: elsewhere they may count."""
        known = ((token, self._times.get(token.number)) for token in number_tokens(text) if token.is_date)
        return tuple(
            FactMark(token.start, token.end, fact)
            for token, fact in known
            if fact and (with_years or len(token.number) > YEAR)
        )

    def _words(self, line: str, subject: str) -> Marks:
        """A step with its time behind it, or a line of a text."""
        step = self._steps.get((subject, line))
        if step is None:
            return next(iter(self._lookup((line,), subject)), ())
        start = line.rindex(PERIOD)
        title = next(iter(self._lookup((line[:start],), subject)), ())
        return (*title, FactMark(start + len(PERIOD), len(line), step))

    def _lookup(self, strings: tuple[str, ...], subject: str) -> tuple[Marks, ...]:
        """Nothing where several texts say it, of which none is the subject's, and mean different facts. Those that say it
        of themselves alone follow one another as in the document: two units with the same duty."""
        pieces = self._pieces.get(strings, [])
        own = [piece for piece in pieces if subject in piece.subjects] or pieces
        if len({_shared(piece.marks) for piece in own}) != 1:
            return ()
        self._met[strings] += 1
        return own[(self._met[strings] - 1) % len(own)].marks


def _shared(marks: tuple[Marks, ...]) -> tuple[Marks, ...]:
    """Without what is a text's own."""
    return tuple(tuple(mark for mark in own if not mark.fact.startswith("text:")) for own in marks)


def _aligned(
    pieces: Iterable[tuple[str, ...]], tokens: Sequence[TokenState]
) -> Iterator[tuple[tuple[str, ...], tuple[Marks, ...]]]:
    """The marks of printed strings, whose numbers are those of the text in its order."""
    at = 0
    for strings in pieces:
        marks = []
        for string in strings:
            own = []
            for number in number_tokens(string):
                here = next(
                    (i for i in range(at, len(tokens)) if tokens[i].token.printed == number.printed), None
                )
                if here is None:
                    continue
                at = here + 1
                if identity := tokens[here].identity:
                    own.append(FactMark(number.start, number.end, identity))
            marks.append(tuple(own))
        yield strings, tuple(marks)


def _subject(key: str) -> str:
    return next((key.removeprefix(section) for section in SECTIONS if key.startswith(section)), "")


def _cell(cell: TableCell, marks: Marks) -> TableCell:
    """A cell that is nothing but a number is itself what leads to the fact."""
    if cell.fact or not marks:
        return cell
    (first, *others), text = marks, cell.text
    if not others and text[first.start : first.end] == text.strip():
        return replace(cell, fact=first.fact)
    return replace(cell, marks=marks)
