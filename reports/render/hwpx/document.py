"""The document's blocks as paragraphs of a HWPX file, in reading order."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .. import blocks
from ..tables import width_of
from . import charts, png, tables, theme, xml
from .grid import HALF_EM, units
from .theme import Look
from .writer import StyledText, Writer

PICTURE_WIDTH = 150.0
# Half-width characters in a line.
PEOPLE_FIT = int(theme.TEXT_WIDTH / (theme.PEOPLE.size * theme.EM * HALF_EM))


def to_hwpx(document: blocks.Document) -> bytes:
    """The same bytes for the same document. Page numbers are those that Hangul would give, as far as they can be reckoned without it."""
    writer = Writer()
    writer.grid(charts.title(document.title), replace(theme.HOLDER, before=32.0))
    for line in (document.occasion, *document.cover_notes):
        writer.say(theme.COVER_DAY, line)
    writer.say(theme.COVER_BUREAU, document.bureau)
    if document.proof:
        writer.say(theme.COVER_PROOF, document.proof)
    _contents(writer, document)
    for chapter in document.chapters:
        writer.say(theme.CHAPTER, chapter.heading.title, key=chapter.heading.key, opens_page=True)
        for block in chapter.blocks:
            _block(writer, block)
    return writer.finished(
        f"{document.title} ({document.as_of_printed} 기준)", document.bureau, document.as_of, document.proof
    )


def _block(writer: Writer, block: blocks.Block) -> None:
    match block:
        case blocks.TextLine():
            look = theme.line(block.level, block.mark, block.style)
            writer.say(look, f"{block.mark} {block.text}".strip(), key=block.key)
        case blocks.Pictures():
            writer.grid(tables.of_pictures(block), _holder(block.level + 1), key=block.key)
        case blocks.Box():
            writer.grid(charts.framed(block.text), theme.HOLDER, key=block.key)
        case blocks.VisionPicture():
            for grid in charts.vision(block):
                writer.grid(grid, theme.HOLDER)
        case _:
            _DRAWN[type(block)](writer, block)


def _contents(writer: Writer, document: blocks.Document) -> None:
    writer.say(theme.CONTENTS, "목 차", opens_page=True)
    for heading in document.contents:
        entry = (writer.link(heading.key, heading.title), [xml.tab(leader="3")], writer.page_of(heading.key))
        writer.say(theme.CONTENT_LINES[heading.level - 1], *entry)


def _heading(writer: Writer, block: blocks.HeadingBlock) -> None:
    if block.level == 3:
        writer.say(theme.PART, f"□ {block.title}", key=block.key, opens_page=block.opens_page)
        return
    soft = replace(theme.SECTION, size=12, bold=False, color=theme.SOFT)
    remark = [StyledText(f"  {block.remark}", soft)] if block.remark else []
    look = theme.PROJECT if block.number else theme.SECTION
    writer.say(look, block.title, *remark, key=block.key, opens_page=block.opens_page)


def _table(writer: Writer, block: blocks.TableBlock) -> None:
    grid, holder = tables.of_table(block), _holder(block.level, tables.INSET)
    key = block.key
    if block.caption or block.unit:
        _caption(writer, block, holder)
        key, holder = "", replace(holder, before=0.0)
    writer.grid(grid, holder, key=key)


def _caption(writer: Writer, block: blocks.TableBlock, holder: Look) -> None:
    if not block.caption:
        writer.say(theme.UNIT, block.unit, key=block.key)
        return
    unit: list[Any] = [[xml.tab()], StyledText(block.unit, theme.UNIT)] if block.unit else []
    writer.say(replace(theme.CAPTION, left=holder.left), block.caption, *unit, key=block.key)


def _holder(level: int, inset: float = 0) -> Look:
    """What a table of text of that level stands in."""
    return replace(theme.HOLDER, left=theme.LEFTS[min(level, 3)] + inset) if level else theme.HOLDER


def _people(writer: Writer, block: blocks.People) -> None:
    """As many to a line as fit, so that no line ends between a name and its number."""
    first, *others = (person.text for person in block.persons)
    lines = [first]
    for text in others:
        joined = f"{lines[-1]}   {text}"
        lines[-1:] = [joined] if width_of(joined) <= PEOPLE_FIT else [lines[-1], text]
    for line in lines:
        writer.say(theme.PEOPLE, line)


def _chart(writer: Writer, block: blocks.OrganisationChart) -> None:
    *above, last = charts.organisation(block.root)
    for grid in above:
        writer.grid(grid, theme.JOINED)
    writer.grid(last, theme.HOLDER)


def _project_list(writer: Writer, block: blocks.ProjectList) -> None:
    for strategy in block.strategies:
        if strategy.name:
            writer.say(theme.STRATEGY, f"{strategy.mark} {strategy.name}".strip())
        for number, title, key in strategy.projects:
            writer.say(theme.LISTED, writer.link(key, f"{number}. {title}"))


def _bars(writer: Writer, block: blocks.Bars) -> None:
    image = png.bars(block)
    height = PICTURE_WIDTH * image.pixels[1] / image.pixels[0]
    writer.say(theme.PICTURE_TITLE, block.title)
    writer.picture(image, (units(PICTURE_WIDTH), units(height)), block.summary)


def _term(writer: Writer, block: blocks.TermEntry) -> None:
    soft = replace(theme.TERM, size=10, bold=False, color=theme.SOFT)
    place: list[list[xml.Node] | StyledText] = []
    if block.target:
        place = [[xml.tab()], StyledText("업무보고 p.", soft), StyledText(writer.page_of(block.target), soft)]
    writer.say(theme.TERM, f"▮ {block.heading}", *place, key=block.key)
    for part in block.body:
        _block(writer, part)


_DRAWN: dict[type, Callable[[Writer, Any], None]] = {
    blocks.HeadingBlock: _heading,
    blocks.TableBlock: _table,
    blocks.People: _people,
    blocks.OrganisationChart: _chart,
    blocks.ProjectList: _project_list,
    blocks.Bars: _bars,
    blocks.TermEntry: _term,
}
