"""The document as plain blocks in reading order: what every face (HTML, PDF, HWPX) draws, each in its own way.

Texts are ready to print. A `key` names a place that the contents, or a term's page reference, lead to; it is unique in a document.
"""

from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from typing import Any


@dataclass(frozen=True)
class FactMark:
    """`text[start:end]` states the fact of that identity."""

    start: int
    end: int
    fact: str


def for_site(default: Any) -> Any:
    """A field of a block that the site alone reads: it is no part of the document, so it does not compare and is in no file."""
    return field(default=default, compare=False, repr=False)


@dataclass(frozen=True)
class HeadingBlock:
    """`level` 1 is a chapter's, 2 a section's (both in the contents), 3 a part of a section; `remark` stands beside it.

    `opens_page`: the section begins on a page of its own.
    """

    level: int
    text: str
    key: str = ""
    number: str = ""
    remark: str = ""
    opens_page: bool = False
    marks: tuple[FactMark, ...] = for_site(())
    remark_marks: tuple[FactMark, ...] = for_site(())

    @property
    def title(self) -> str:
        """As the contents give it."""
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True)
class TextLine:
    """A line of 개조식 text with its mark: `level` 1 to 3, or that of the item it belongs to; 0 for a line without one.

    `style`: `section` (□), `item`, `note` (※ and *), `paragraph` or `definition` (▪).
    """

    text: str
    level: int = 1
    mark: str = ""
    style: str = "item"
    key: str = ""
    marks: tuple[FactMark, ...] = for_site(())


@dataclass(frozen=True)
class Pictures:
    """Captions of pictures that the report shows side by side; the pictures themselves are not in the data."""

    captions: tuple[str, ...]
    level: int = 0
    key: str = ""


@dataclass(frozen=True)
class TableCell:
    """`column` counts from 0; `align` is left, center or right; `indent` the depth of a row's name.

    `fact` is the identity of what its figure states; in words, `marks` say it of the numbers.
    """

    text: str
    column: int
    colspan: int = 1
    rowspan: int = 1
    align: str = "left"
    is_head: bool = False
    indent: int = 0
    fact: str = for_site("")
    marks: tuple[FactMark, ...] = for_site(())


@dataclass(frozen=True)
class TableBlock:
    """Rows of the cells that begin in them. `widths` are the columns' shares, in half-width characters of the text that they hold."""

    header: tuple[tuple[TableCell, ...], ...]
    body: tuple[tuple[TableCell, ...], ...]
    widths: tuple[int, ...]
    caption: str = ""
    unit: str = ""
    level: int = 0
    key: str = ""
    name: str = ""
    unit_marks: tuple[FactMark, ...] = for_site(())

    @property
    def columns(self) -> int:
        return len(self.widths)


@dataclass(frozen=True)
class Box:
    """Framed text: what a project is for."""

    text: str
    key: str = ""
    marks: tuple[FactMark, ...] = for_site(())


@dataclass(frozen=True)
class RoleContacts:
    """Those who answer for something in one role: `people` as (names, phone)."""

    role: str
    people: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return f"{self.role} : " + ", ".join(
            f"{names} ☎{phone}" if phone else names for names, phone in self.people
        )


@dataclass(frozen=True)
class People:
    persons: tuple[RoleContacts, ...]


@dataclass(frozen=True)
class ChartUnit:
    """A box of the organisation chart with those below it; `lines` is its name, broken where it may be."""

    name: str
    below: "tuple[ChartUnit, ...]" = ()
    note: str = ""
    lines: tuple[str, ...] = ()
    note_marks: tuple[FactMark, ...] = for_site(())


@dataclass(frozen=True)
class OrganisationChart:
    """The organisation chart."""

    root: ChartUnit
    summary: str


@dataclass(frozen=True)
class StrategyBox:
    """`projects` as (number, title, key)."""

    mark: str
    name: str
    projects: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True)
class VisionPicture:
    """The picture of the statement, its values and the strategies with their projects."""

    statement: tuple[str, ...]
    values: tuple[str, ...]
    strategies: tuple[StrategyBox, ...]


@dataclass(frozen=True)
class ProjectList:
    strategies: tuple[StrategyBox, ...]


@dataclass(frozen=True)
class Bars:
    """A bar chart of percentages: `bars` as (name, percent, printed, depth), with their `facts`; `pace` is the line across, in percent."""

    title: str
    summary: str
    bars: tuple[tuple[str, float, str, int], ...]
    pace: float | None = None
    pace_word: str = ""
    facts: tuple[str, ...] = for_site(())


@dataclass(frozen=True)
class TermEntry:
    """A glossary's entry; `target` is the key of the place in this document that it is about, `target_title` that place's section."""

    heading: str
    body: "tuple[Block, ...]"
    key: str
    target: str = ""
    target_title: str = ""


Block = (
    HeadingBlock
    | TextLine
    | Pictures
    | TableBlock
    | Box
    | People
    | OrganisationChart
    | VisionPicture
    | ProjectList
    | Bars
    | TermEntry
)


@dataclass(frozen=True)
class DocumentChapter:
    heading: HeadingBlock
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    title: str
    bureau: str
    as_of: date
    as_of_printed: str
    chapters: tuple[DocumentChapter, ...]
    council_session: str = ""
    cover_notes: tuple[str, ...] = ()
    proof: str = ""
    as_of_fact: str = for_site("")

    @property
    def occasion(self) -> str:
        """The cover's line: `제314회 임시회 · 2022. 8. 29. 기준`."""
        return " · ".join(filter(None, (self.council_session, f"{self.as_of_printed} 기준")))

    @property
    def occasion_marks(self) -> tuple[FactMark, ...]:
        end = len(self.occasion) - len(" 기준")
        mark = FactMark(end - len(self.as_of_printed), end, self.as_of_fact)
        return (mark,) if self.as_of_fact else ()

    @property
    def contents(self) -> list[HeadingBlock]:
        """Chapters and sections in order."""
        return [
            block
            for chapter in self.chapters
            for block in (chapter.heading, *chapter.blocks)
            if isinstance(block, HeadingBlock) and block.level <= 2
        ]


def without_facts(value: Any) -> Any:
    """The blocks as files have them."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = {
            field.name: without_facts(getattr(value, field.name)) if field.compare else field.default
            for field in fields(value)
        }
        return replace(value, **kept)
    return tuple(map(without_facts, value)) if isinstance(value, tuple) else value


def plain(value: Any) -> Any:
    """The blocks as JSON's values; each names its kind (`headingblock`, `textline`, `tableblock` …)."""
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {
            "kind": type(value).__name__.lower(),
            **{field.name: plain(getattr(value, field.name)) for field in fields(value) if field.compare},
        }
    return [plain(item) for item in value] if isinstance(value, tuple | list) else value
