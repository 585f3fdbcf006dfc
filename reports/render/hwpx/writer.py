"""Puts paragraphs, tables and pictures one below another, and the pages of what is referred to into the references."""

import logging
from dataclasses import dataclass
from datetime import date

from . import theme, xml
from .adapter import Package
from .grid import Grid, GridCell
from .png import Image
from .theme import Border, Look
from .xml import Node

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class StyledText:
    """Words in a look of their own within a paragraph."""

    words: str | list[Node]
    look: Look


class Writer:
    def __init__(self) -> None:
        self._package = Package()
        self._ids = xml.Ids()
        self._body: list[Node] = []
        # The keys' places among the body's paragraphs; the first is the empty document's own.
        self._places: dict[str, int] = {}
        self._references: list[tuple[str, Node]] = []
        self._tables: list[tuple[Node, Node]] = []  # those that pages do not divide, with their stand-ins

    def say(
        self, look: Look, *parts: str | list[Node] | StyledText, key: str = "", opens_page: bool = False
    ) -> None:
        """A paragraph; `key` is what references lead to."""
        ref = self._package.ref(look)
        runs = []
        for part in parts:
            words, own = (part.words, part.look) if isinstance(part, StyledText) else (part, look)
            nodes = [xml.text(words)] if isinstance(words, str) else words
            runs.append(xml.run(self._package.ref(own).character, *nodes))
        if key:
            self._places[key] = len(self._body) + 1
            runs.insert(0, xml.run(ref.character, xml.bookmark(key)))
        self._body.append(xml.paragraph(self._ids(), ref, runs, opens_page))

    def link(self, key: str, words: str) -> list[Node]:
        return xml.link(self._ids(), key, words)

    def page_of(self, key: str) -> list[Node]:
        shown = xml.text("")
        self._references.append((key, shown))
        return xml.page_reference(self._ids(), key, shown)

    def grid(self, grid: Grid, holder: Look, key: str = "") -> None:
        """A table in a paragraph of its own."""
        table = self._table(grid)
        if not grid.flows:
            self._tables.append((xml.stand_in(grid), table))
        self.say(holder, [table if grid.flows else self._tables[-1][0]], key=key)

    def picture(self, image: Image, size: tuple[int, int], description: str) -> None:
        item = self._package.image(image.png)
        self.say(theme.PICTURE, [xml.picture(self._ids(), item, size, image.pixels, description)])

    def finished(self, title: str, author: str, day: date, keywords: str = "") -> bytes:
        self._package.append(self._body)
        self._fill_in_pages()
        for stand_in, table in self._tables:
            stand_in.getparent().replace(stand_in, table)
        return self._package.to_bytes(title, author, day, keywords)

    def _fill_in_pages(self) -> None:
        pages = self._package.pages()
        if not pages:
            logger.warning("The pages of a HWPX document could not be reckoned; Hangul fills them in.")
            return
        for key, shown in self._references:
            shown.text = str(pages[self._places[key]])

    def _table(self, grid: Grid) -> Node:
        rows = [
            xml.row(self._cell(grid, cell, number) for cell in row) for number, row in enumerate(grid.rows)
        ]
        return xml.table(self._ids(), grid, self._package.border(Border()), rows)

    def _cell(self, grid: Grid, cell: GridCell, row: int) -> Node:
        ref = self._package.ref(cell.look)
        paragraphs = [
            xml.paragraph(self._ids(), ref, [xml.run(ref.character, xml.text(words))])
            for words in cell.paragraphs
        ]
        return xml.cell(grid, cell, row, self._package.border(cell.border), paragraphs)
