"""개조식 text as HTML: nested lists, reference paragraphs and accessible tables; every word of it is escaped."""

import re
from collections.abc import Callable, Iterable
from itertools import count, groupby
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .marks import KNOWN
from .parser import Cell, Item, Note, Outline, Paragraph, Picture, Section, Table

_NUMBER = re.compile(r"[+△-]?[0-9][0-9,]*(\.[0-9]+)?%?|[-–]")


def render(outline: Outline, link: Callable[[str], str] = conditional_escape, name: str = "") -> SafeString:
    """The outline as HTML.

    `link` turns a piece of raw text into safe HTML, to link the terms in it; what it returns unmarked is escaped.
    `name` says whose tables these are, to tell them apart on a page with several outlines.
    """
    return _Renderer(link, name).blocks(outline.blocks)


def _join(parts: Iterable[str]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


class _Renderer:
    def __init__(self, link: Callable[[str], str], name: str) -> None:
        self.link = link
        self.name = name
        self.unnamed = count(1)

    def text(self, raw: str) -> SafeString:
        lines = ((conditional_escape(self.link(line)),) for line in raw.split("\n"))
        return format_html_join(mark_safe("<br>"), "{}", lines)

    def blocks(self, blocks: list[Any]) -> SafeString:
        """Neighbouring items of one level make a list."""
        groups = groupby(blocks, key=lambda block: block.level if isinstance(block, Item) else 0)
        return _join(
            self.items(level, members) if level else _join(map(self.block, members))
            for level, members in groups
        )

    def items(self, level: int, items: Iterable[Item]) -> SafeString:
        return format_html('<ul class="outline-{}">{}</ul>', level, _join(map(self.item, items)))

    def item(self, item: Item) -> SafeString:
        label = format_html('<b class="label">({})</b>', self.text(item.label)) if item.label else ""
        space = " " if label and item.text else ""
        parts = (label, space, self.text(item.text), self.blocks(item.children))
        mark = item.mark if item.mark in KNOWN else item.printed_mark
        return format_html('<li data-mark="{}">{}</li>', mark, _join(parts))

    def block(self, block: Section | Note | Table | Picture | Paragraph) -> SafeString:
        match block:
            case Section():
                return format_html(
                    '<p class="outline-section"><b>{} {}</b></p>', block.printed_mark, self.text(block.text)
                )
            case Note():
                return format_html('<p class="ref">{} {}</p>', block.mark, self.text(block.text))
            case Picture():
                return format_html('<p class="picture">[그림] {}</p>', self.text(block.caption))
            case Paragraph():
                return format_html("<p>{}</p>", self.text(block.text))
            case Table():
                return self.table(block)

    def table(self, table: Table) -> SafeString:
        numeric = _numeric_columns(table)
        return format_html(
            '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table class="plain">{}'
            "{}<tbody>{}</tbody></table></div>",
            table.caption or f"{self.name} 표 {next(self.unnamed)}".strip(),
            self.caption(table),
            self.thead(table, numeric),
            self.rows(table.body, self.cell),
        )

    def thead(self, table: Table, numeric: set[int]) -> SafeString | str:
        rows = self.rows(table.header, lambda cell: self.head(cell, numeric))
        return format_html("<thead>{}</thead>", rows) if rows else ""

    def caption(self, table: Table) -> SafeString | str:
        if not (table.caption or table.unit):
            return ""
        caption = self.text(table.caption)  # drawn in the order of the text
        unit = (
            format_html('<span class="unit">(단위: {})</span>', self.text(table.unit)) if table.unit else ""
        )
        space = " " if table.caption and unit else ""
        return format_html("<caption>{}{}{}</caption>", caption, space, unit)

    def rows(self, rows: list[list[Cell]], draw: Callable[[Cell], SafeString]) -> SafeString:
        return _join(format_html("<tr>{}</tr>", _join(map(draw, row))) for row in rows)

    def head(self, cell: Cell, numeric: set[int]) -> SafeString:
        if not cell.text:
            return self.tag("td", cell)
        if cell.colspan > 1:
            return self.tag("th", cell, scope="colgroup")
        return self.tag("th", cell, scope="col", **{"class": "num" if cell.column in numeric else None})

    def cell(self, cell: Cell) -> SafeString:
        if _NUMBER.fullmatch(cell.text):
            return self.tag("td", cell, **{"class": "num"})
        if cell.column or not cell.text:
            return self.tag("td", cell)
        return self.tag("th", cell, scope="rowgroup" if cell.rowspan > 1 else "row")

    def tag(self, name: str, cell: Cell, **attributes: str | None) -> SafeString:
        spans = {
            key: span for key, span in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if span > 1
        }
        given = {key: value for key, value in attributes.items() if value}
        written = format_html_join("", ' {}="{}"', (given | spans).items())
        return format_html("<{0}{1}>{2}</{0}>", name, written, self.text(cell.text))


def _numeric_columns(table: Table) -> set[int]:
    """The columns that hold numbers only, so that their heads stand over them to the right."""
    cells = [cell for row in table.body for cell in row]
    filled = {cell.column for cell in cells if cell.text}
    return filled - {cell.column for cell in cells if cell.text and not _NUMBER.fullmatch(cell.text)}
