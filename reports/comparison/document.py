"""지난 보고 대비 변경사항: what the page that compares two dates says, as blocks."""

from collections.abc import Iterator

from seoul_digital.lib.tables import day

from ..render import tables
from ..render.blocks import Block, HeadingBlock, TextLine
from ..report import Report
from .changes import Kind
from .compare import compare
from .page import page_of
from .section import Section


def change_blocks(before: Report, report: Report) -> list[Block]:
    page = page_of(compare(before, report))
    days = f"{day(before.as_of)} {before.bureau.name} → {day(report.as_of)} {report.bureau.name}"
    summary = [tables.of_page(page.summary)] if page.summary.rows else []
    rest = [TextLine(sentence, 0, "※", "note") for sentence in page.rest]
    sections = (block for section in page.shown for block in _section(section))
    return [TextLine(days, 0, style="paragraph"), *summary, *rest, *sections]


def _section(section: Section) -> Iterator[Block]:
    yield HeadingBlock(2, section.title, f"changes-{section.slug}")
    if section.sentence:
        yield TextLine(section.sentence, 1, "ㅇ")
    for table in section.tables:
        if table.rows:
            yield tables.of_page(table)
            yield from (_note(note) for note in table.notes)
    yield from (_note(note) for note in section.notes)
    for group in section.diffs:
        yield TextLine(f"{group.title}({group.word})" if group.word else group.title, 1, "ㅇ")
        for text in group.texts:
            if text.label != group.title:
                yield TextLine(text.label, 2, "-")
            for line in text.differing:
                old, new = line.marked
                change = f"{old} → {new}" if line.kind is Kind.CHANGED else new or old
                yield TextLine(f"({line.word}) {change}", 3, "‣")


def _note(text: str) -> TextLine:
    return TextLine(text.removeprefix("※").strip(), 0, "※", "note")
