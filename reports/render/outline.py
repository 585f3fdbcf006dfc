"""개조식 text as blocks: a line an item, in the report's own marks."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, starmap

from seoul_digital.lib.outline import parser
from seoul_digital.lib.outline.marks import DEFINITION

from . import tables
from .blocks import Block, Pictures, TextLine

LONGEST_REMEMBERED = 10_000  # characters


def blocks_of(text: str) -> tuple[Block, ...]:
    """Remembered by the text where it is not long. Raises outline.OutlineError for one that is not 개조식."""
    return _remembered(text) if len(text) <= LONGEST_REMEMBERED else _blocks(text)


def _blocks(text: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for is_picture, group in groupby(
        parser.parse(text).walk(), key=lambda item: isinstance(item[0], parser.Picture)
    ):
        if is_picture:
            pictures, levels = zip(*group, strict=True)
            blocks.append(Pictures(tuple(picture.caption for picture in pictures), levels[0]))
        else:
            blocks += starmap(_block, group)
    return tuple(blocks)


_remembered = lru_cache(512)(_blocks)


def _block(block: parser.Block, level: int) -> Block:
    match block:
        case parser.Table():
            return tables.of_outline(block, level)
        case parser.Section():
            return TextLine(block.text, 0, block.printed_mark, "section")
        case parser.Note():
            return TextLine(block.text, level, block.mark, "note")
        case parser.Paragraph():
            return TextLine(block.text, level, style="paragraph")
        case _:
            style = "definition" if block.printed_mark == DEFINITION else "item"
            return TextLine(block.full_text, block.level, block.printed_mark, style)


def texts_of(block: Block) -> Iterator[str]:
    """The words of a block, to look terms up in."""
    match block:
        case TextLine():
            yield block.text
        case Pictures():
            yield from block.captions
        case tables.TableBlock():
            yield from (block.caption, block.unit)
            yield from (cell.text for row in (*block.header, *block.body) for cell in row)
        case _:
            yield getattr(block, "text", "")


def note_line(printed: str) -> TextLine:
    """A note as its source prints it, under the mark that it has or ※."""
    mark = printed[:1] if printed[:1] in "※*" else "※"
    return TextLine(printed.removeprefix(mark).strip(), 0, mark, "note")
