"""The rows of a table's body (`templates/_table.html`): most cells are nothing but text, and a template costs ten times what that does."""

from functools import lru_cache
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from seoul_digital.lib.language import is_english
from seoul_digital.lib.language.sentences import escaped, with_links
from seoul_digital.lib.outline.signs import labelled
from seoul_digital.lib.tables import ShownCell, ShownRow, Table

from .language import fact_html
from .report import disagreement_mark, pencil, rate_bar, row_bar, status

register = template.Library()
LOW, HIGH = 6, 10  # bars of rows below another, and of the others


@register.simple_tag
def table_rows(table: Table) -> SafeString:
    rows = []
    for row in table.body:
        cells = "\n".join(_cell(table, row, shown) for shown in row.cells)
        rows.append(f"<tr{_attribute('id', row.anchor)}{_attribute('class', row.css)}>\n{cells}</tr>")
    return SafeString("\n".join(rows))


def _attribute(name: str, value: Any) -> str:
    """With a space before it; nothing without a value."""
    return f' {name}="{escaped(value)}"' if value else ""


def _cell(table: Table, row: ShownRow, shown: ShownCell) -> str:
    cell = shown.cell
    inner = _fact(shown.text) if shown.is_plain else _content(table, row, shown)
    title = _attribute("title", cell.title)
    if shown.is_heading:
        scope = "rowgroup" if row.spans else "row"
        return f'<th scope="{scope}"{_attribute("colspan", row.spans)}{title}>{inner}</th>'
    named = f'{_attribute("data-fact", cell.fact)} data-l="{escaped(shown.label)}"'
    return f'<td class="{escaped(shown.css)}"{named}{_attribute("data-g", shown.group)}{title}>{inner}</td>'


def _fact(text: Any) -> SafeString:
    return _plain_fact(text, is_english()) if type(text) is str else fact_html(labelled(with_links(text)))


@lru_cache(4_096)  # most numbers of a table are those of the view before
def _plain_fact(text: str, is_in_english: bool) -> SafeString:
    return fact_html(labelled(text))


def _content(table: Table, row: ShownRow, shown: ShownCell) -> str:
    """A cell that is more than its text; what is beside it comes behind it."""
    cell, subject = shown.cell, row.cells[0].text
    parts = [_main(table, row, shown, subject)]
    if cell.edit:
        parts.append(pencil(cell.edit, shown.column.one_line_label, subject))
    if shown.computed:
        computed, word = labelled(shown.computed), pgettext("figure", "계산")
        parts.append(f'<small class="computed">{disagreement_mark()} {escaped(word)} {computed}</small>')
    parts += [f"<small>{_fact(line)}</small>" for line in cell.lines]
    return "\n".join(parts)


def _main(table: Table, row: ShownRow, shown: ShownCell, subject: str) -> str:
    cell, kind = shown.cell, shown.column.kind
    if cell.more:
        summary = status(cell.value, cell.printed) if kind == "status" else fact_html(shown.text)
        lines = "".join(f"<small>{fact_html(line)}</small>" for line in cell.more)
        of = f'<span class="sr">: {fact_html(subject)}</span>'
        return f'<details class="fold more" open><summary>{summary}{of}</summary>{lines}</details>'
    if kind == "row_bar":
        return row_bar(cell.value, table.axis)
    if kind == "status" and cell.value:
        return status(cell.value, cell.printed)
    if kind == "bar":
        bar = rate_bar(cell.value, cell.pace, LOW if row.level else HIGH)
        return f'<span class="num">{_fact(shown.text)}</span>{bar}'
    text = _fact(shown.text)
    return f'<a href="{escaped(shown.href)}">{text}</a>' if shown.href else text
