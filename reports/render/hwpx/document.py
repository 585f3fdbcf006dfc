"""The document's blocks as paragraphs of a HWPX file, in reading order."""

from collections.abc import Callable
from dataclasses import replace

from .. import blocks
from ..tables import width_of
from . import charts, house, png, tables, xml
from .grid import HALF_EM, units
from .house import Look
from .writer import Said, Writer

PICTURE_WIDTH = 150.0
PEOPLE_FIT = int(
    house.TEXT_WIDTH / (house.PEOPLE.size * house.EM * HALF_EM)
)  # half-width characters in a line


def to_hwpx(document: blocks.Document) -> bytes:
    """The same bytes for the same document. Page numbers are those that Hangul would give, as far as they can be reckoned without it."""
    writer = Writer()
    _cover(writer, document)
    _contents(writer, document)
    for chapter in document.chapters:
        writer.say(house.CHAPTER, chapter.heading.title, key=chapter.heading.key, opens_page=True)
        for block in chapter.blocks:
            _block(writer, block)
    return writer.finished(
        f"{document.title} ({document.as_of_printed} 기준)", document.bureau, document.as_of
    )


def _block(writer: Writer, block: blocks.Block) -> None:
    _DRAWN[type(block)](writer, block)


def _cover(writer: Writer, document: blocks.Document) -> None:
    writer.grid(charts.title(document.title), replace(house.HOLDER, before=32.0))
    writer.say(house.COVER_DAY, document.occasion)
    writer.say(house.COVER_BUREAU, document.bureau)


def _contents(writer: Writer, document: blocks.Document) -> None:
    writer.say(house.CONTENTS, "목 차", opens_page=True)
    for heading in document.contents:
        entry = (writer.link(heading.key, heading.title), [xml.tab(leader="3")], writer.page_of(heading.key))
        writer.say(house.CONTENT_LINES[heading.level - 1], *entry)


def _heading(writer: Writer, block: blocks.Heading) -> None:
    if block.level == 3:
        writer.say(house.PART, f"□ {block.title}", key=block.key, opens_page=block.opens_page)
        return
    remark = (
        [Said(f"  {block.remark}", replace(house.SECTION, size=12, bold=False, color=house.SOFT))]
        if block.remark
        else []
    )
    look = house.PROJECT if block.number else house.SECTION
    writer.say(look, block.title, *remark, key=block.key, opens_page=block.opens_page)


def _line(writer: Writer, block: blocks.Line) -> None:
    writer.say(
        house.line(block.level, block.mark, block.style), f"{block.mark} {block.text}".strip(), key=block.key
    )


def _pictures(writer: Writer, block: blocks.Pictures) -> None:
    writer.grid(tables.of_pictures(block), _holder(block.level + 1), key=block.key)


def _table(writer: Writer, block: blocks.Table) -> None:
    grid, holder = tables.of_table(block), _holder(block.level, tables.INSET)
    key = block.key
    if block.caption or block.unit:
        _caption(writer, block, holder)
        key, holder = "", replace(holder, before=0.0)
    writer.grid(grid, holder, key=key)


def _caption(writer: Writer, block: blocks.Table, holder: Look) -> None:
    if not block.caption:
        writer.say(house.UNIT, block.unit, key=block.key)
        return
    unit = [[xml.tab()], Said(block.unit, house.UNIT)] if block.unit else []
    writer.say(replace(house.CAPTION, left=holder.left), block.caption, *unit, key=block.key)


def _holder(level: int, inset: float = 0) -> Look:
    """What a table of text of that level stands in."""
    return replace(house.HOLDER, left=house.LEFTS[min(level, 3)] + inset) if level else house.HOLDER


def _box(writer: Writer, block: blocks.Box) -> None:
    writer.grid(charts.framed(block.text), house.HOLDER, key=block.key)


def _people(writer: Writer, block: blocks.People) -> None:
    for line in _filled([one.text for one in block.persons]):
        writer.say(house.PEOPLE, line)


def _filled(parts: list[str]) -> list[str]:
    """As many parts to a line as fit, so that no line ends between a name and its number."""
    lines = [parts[0]]
    for part in parts[1:]:
        joined = f"{lines[-1]}   {part}"
        lines[-1:] = [joined] if width_of(joined) <= PEOPLE_FIT else [lines[-1], part]
    return lines


def _chart(writer: Writer, block: blocks.Chart) -> None:
    *above, last = charts.organisation(block.root)
    for grid in above:
        writer.grid(grid, house.JOINED)
    writer.grid(last, house.HOLDER)


def _vision(writer: Writer, block: blocks.Vision) -> None:
    for grid in charts.vision(block):
        writer.grid(grid, house.HOLDER)


def _project_list(writer: Writer, block: blocks.ProjectList) -> None:
    for strategy in block.strategies:
        if strategy.name:
            writer.say(house.STRATEGY, f"{strategy.mark} {strategy.name}".strip())
        for number, title, key in strategy.projects:
            writer.say(house.LISTED, writer.link(key, f"{number}. {title}"))


def _bars(writer: Writer, block: blocks.Bars) -> None:
    image = png.bars(block)
    height = PICTURE_WIDTH * image.pixels[1] / image.pixels[0]
    writer.say(house.PICTURE_TITLE, block.title)
    writer.picture(image, (units(PICTURE_WIDTH), units(height)), block.summary)


def _term(writer: Writer, block: blocks.Term) -> None:
    soft = replace(house.TERM, size=10, bold=False, color=house.SOFT)
    place = (
        [[xml.tab()], Said("업무보고 p.", soft), Said(writer.page_of(block.target), soft)]
        if block.target
        else []
    )
    writer.say(house.TERM, f"▮ {block.heading}", *place, key=block.key)
    for one in block.body:
        _block(writer, one)


_DRAWN: dict[type, Callable[[Writer, blocks.Block], None]] = {
    blocks.Heading: _heading,
    blocks.Line: _line,
    blocks.Pictures: _pictures,
    blocks.Table: _table,
    blocks.Box: _box,
    blocks.People: _people,
    blocks.Chart: _chart,
    blocks.Vision: _vision,
    blocks.ProjectList: _project_list,
    blocks.Bars: _bars,
    blocks.Term: _term,
}
