"""The document as HTML: its body for a page of the site, or a file that stands alone. Every word of it is escaped."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from seoul_digital.lib.outline import signs

from . import blocks, svg

STYLE = Path("static/css/document.css")
TAGS = {1: "h2", 2: "h3", 3: "h4"}
QUOTED = frozenset(" \t\n\f\r\"'`=<>")  # within what has one of these


def to_html(document: blocks.Document) -> bytes:
    """A file without anything outside itself."""
    style = mark_safe((settings.BASE_DIR / STYLE).read_text(encoding="utf-8"))  # noqa: S308  (our own style sheet)
    bare = body(blocks.without_facts(document))
    return render_to_string(
        "document/file.html", {"document": document, "body": bare, "style": style}
    ).encode()


def body(document: blocks.Document) -> SafeString:
    return format_html(
        "{}{}{}", _cover(document), _contents(document), _join(map(_chapter, document.chapters))
    )


def _join(parts: Iterable[str], between: str = "") -> SafeString:
    return format_html_join(mark_safe(between), "{}", ((part,) for part in parts))  # noqa: S308  (a tag of ours)


def _lines(text: str, marks: Iterable[blocks.FactMark] = ()) -> SafeString:
    """The text with its line breaks; numbers that state a fact lead to it."""
    pieces, at = [], 0
    for mark in marks:
        number = signs.labelled(text[mark.start : mark.end])
        pieces += [
            _broken(text[at : mark.start]),
            format_html("<span{}>{}</span>", _fact(mark.fact), number),
        ]
        at = mark.end
    return (
        _join([*pieces, _broken(text[at:])])
        if pieces
        else _join(map(signs.labelled, text.split("\n")), "<br>")
    )


def _fact(identity: str) -> SafeString | str:
    """Without quotes where HTML asks for none: a document has some seven hundred."""
    quote = "" if QUOTED.isdisjoint(identity) else '"'
    return format_html(" data-fact={0}{1}{0}", mark_safe(quote), identity) if identity else ""  # noqa: S308  (a quote)


def _broken(text: str) -> SafeString:
    """A piece between numbers; a dash that is all of it joins them, and is no figure."""
    is_dash = text in {"-", "–"}
    return _join((line if is_dash else signs.labelled(line) for line in text.split("\n")), "<br>")


def _id(key: str) -> SafeString | str:
    return format_html(' id="{}"', key) if key else ""


def _cover(document: blocks.Document) -> SafeString:
    notes = format_html_join("", '<p class="note">{}</p>', ((note,) for note in document.cover_notes))
    proof = format_html('<p class="proof">{}</p>', document.proof) if document.proof else ""
    return format_html(
        '<header class="cover"><h1>{}</h1><p>{}</p>{}<p class="bureau">{}</p>{}</header>',
        *(document.title, _lines(document.occasion, document.occasion_marks), notes, document.bureau, proof),
    )


def _contents(document: blocks.Document) -> SafeString:
    items = format_html_join(
        "",
        '<li class="c{}"><a href="#{}">{}</a></li>',
        ((heading.level, heading.key, heading.title) for heading in document.contents),
    )
    return format_html(
        '<nav class="contents" aria-labelledby="contents"><h2 id="contents">목 차</h2><ol>{}</ol></nav>',
        items,
    )


def _chapter(chapter: blocks.DocumentChapter) -> SafeString:
    return format_html(
        '<section class="chapter">{}{}</section>',
        _heading(chapter.heading),
        _join(map(_block, chapter.blocks)),
    )


def _block(block: blocks.Block) -> SafeString:
    match block:
        case blocks.Pictures():
            captions = format_html_join("", "<li>[그림] {}</li>", ((text,) for text in block.captions))
            return format_html('<ul class="pictures l{}"{}>{}</ul>', block.level, _id(block.key), captions)
        case blocks.Box():
            return format_html('<p class="box"{}>{}</p>', _id(block.key), _lines(block.text, block.marks))
        case blocks.People():
            persons = format_html_join(" ", "<span>{}</span>", ((person.text,) for person in block.persons))
            return format_html('<p class="people">{}</p>', persons)
        case blocks.OrganisationChart():
            chart = '<div class="units" role="group" aria-label="{}"><ul>{}</ul></div>'
            return format_html(chart, block.summary, _unit(block.root))
        case blocks.ProjectList():
            strategies = _join(map(_strategy, block.strategies))
            return format_html('<div class="project-list">{}</div>', strategies)
        case blocks.Bars():
            figure = '<figure class="bars"><figcaption>{}</figcaption>{}</figure>'
            return format_html(figure, block.title, svg.bars(block))
    return _DRAWN[type(block)](block)


def _heading(block: blocks.HeadingBlock) -> SafeString:
    remark = (
        format_html(" <small>{}</small>", _lines(block.remark, block.remark_marks)) if block.remark else ""
    )
    square = "□ " if block.level == 3 else ""
    names = " ".join(
        name for name, holds in (("numbered", block.number), ("new-page", block.opens_page)) if holds
    )
    names = format_html(' class="{}"', names) if names else ""
    title = _join([f"{block.number} " if block.number else "", _lines(block.text, block.marks)])
    return format_html(
        "<{0}{1}{2}>{3}{4}{5}</{0}>", *(TAGS[block.level], _id(block.key), names, square, title, remark)
    )


def _line(block: blocks.TextLine) -> SafeString:
    mark = format_html('<span class="mark">{}</span> ', block.mark) if block.mark else ""
    return format_html(
        '<p class="line {} l{}"{}>{}{}</p>',
        *(block.style, block.level, _id(block.key), mark, _lines(block.text, block.marks)),
    )


def _table(block: blocks.TableBlock) -> SafeString:
    head = _join(_row(row, "col") for row in block.header)
    head = format_html("<thead>{}</thead>", head) if head else head
    rows = _join(_row(row, "row") for row in block.body)
    return format_html(
        '<div class="table l{}" tabindex="0" role="region" aria-label="{}"{}><table>{}{}<tbody>{}</tbody></table></div>',
        *(block.level, block.caption or block.name or "표", _id(block.key), _caption(block), head, rows),
    )


def _caption(block: blocks.TableBlock) -> SafeString | str:
    if not (block.caption or block.unit):
        return ""
    parts = (("name", block.caption), ("unit", _lines(block.unit, block.unit_marks)))
    spans = format_html_join(" ", '<span class="{}">{}</span>', (part for part in parts if part[1]))
    return format_html("<caption>{}</caption>", spans)


def _row(row: tuple[blocks.TableCell, ...], scope: str) -> SafeString:
    """What the facts of a row have in common stands once, on the row: `staffing:ict-security`."""
    subjects = [cell.fact.rpartition("/")[0] for cell in row if cell.fact]
    common = subjects[0] if len(subjects) > 1 and len(set(subjects)) == 1 else ""
    shared = format_html(' data-facts="{}"', common) if common else ""
    return format_html("<tr{}>{}</tr>", shared, _join(_cell(cell, scope, common) for cell in row))


def _cell(cell: blocks.TableCell, scope: str, common: str) -> SafeString:
    tag = "th" if cell.is_head and cell.text else "td"
    extent = scope + ("group" if max(cell.colspan if scope == "col" else cell.rowspan, 1) > 1 else "")
    attributes = [
        ("scope", extent if tag == "th" else ""),
        ("class", " ".join(filter(None, (cell.align, f"in{cell.indent}" if cell.indent else "")))),
        ("colspan", cell.colspan if cell.colspan > 1 else ""),
        ("rowspan", cell.rowspan if cell.rowspan > 1 else ""),
    ]
    written = format_html_join("", ' {}="{}"', ((name, value) for name, value in attributes if value))
    fact = _fact(cell.fact.removeprefix(common))
    return format_html("<{0}{1}{2}>{3}</{0}>", tag, written, fact, _lines(cell.text, cell.marks))


def _unit(unit: blocks.ChartUnit) -> SafeString:
    note = format_html("<small>{}</small>", _lines(unit.note, unit.note_marks)) if unit.note else ""
    below = format_html("<ul>{}</ul>", _join(map(_unit, unit.below))) if unit.below else ""
    return format_html(
        "<li><span>{}{}</span>{}</li>", _join(map(conditional_escape, unit.lines), "<wbr>"), note, below
    )


def _vision(block: blocks.VisionPicture) -> SafeString:
    values = format_html_join("", "<li>{}</li>", ((value,) for value in block.values))
    strategies = _join(
        format_html(
            "<li><b>{}</b><ul>{}</ul></li>",
            strategy.name,
            format_html_join("", "<li>{}</li>", ((title,) for _, title, _ in strategy.projects)),
        )
        for strategy in block.strategies
    )
    return format_html(
        '<div class="vision-picture"><p>{}</p><ul class="values">{}</ul><ul class="strategies">{}</ul></div>',
        *(_join(map(conditional_escape, block.statement), "<br>"), values, strategies),
    )


def _strategy(strategy: blocks.StrategyBox) -> SafeString:
    name = f"{strategy.mark} {strategy.name}".strip() if strategy.name else ""
    items = format_html_join(
        "",
        '<li><a href="#{}">{}. {}</a></li>',
        ((key, number, title) for number, title, key in strategy.projects),
    )
    return format_html(
        "{}<ul>{}</ul>", format_html('<p class="strategy">{}</p>', name) if name else "", items
    )


def _term(block: blocks.TermEntry) -> SafeString:
    place = format_html('<a href="#{}">{}</a>', block.target, block.target_title) if block.target else ""
    return format_html(
        '<section class="entry"{}><p class="entry-heading"><b>▮ {}</b> {}</p>{}</section>',
        *(_id(block.key), block.heading, place, _join(map(_block, block.body))),
    )


_DRAWN: dict[type, Callable[[Any], SafeString]] = {
    blocks.HeadingBlock: _heading,
    blocks.TextLine: _line,
    blocks.TableBlock: _table,
    blocks.VisionPicture: _vision,
    blocks.TermEntry: _term,
}
