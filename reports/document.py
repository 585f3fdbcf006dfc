"""The document of a report: its chapters in the order of the report, built once for all faces. No request, no query."""

import re

from seoul_digital.lib.tables import day

from .chapters.glossary.document import term_blocks
from .chapters.organisation.document import general_blocks, vision_blocks
from .chapters.projects.document import project_blocks
from .comparison.document import change_blocks
from .render.blocks import Block, Chapter, Document, Heading
from .report import Report

ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_NUMBER = re.compile(f"^[{ROMAN}]+[.\\s]\\s*")


def document_of(report: Report, before: Report | None = None) -> Document:
    """`before` is the report of the base date before, for what has changed since; chapters without content are left out."""
    numbered = [
        ("general", "일반현황", "", general_blocks(report)),
        ("vision", "정책목표 및 추진전략", "vision", vision_blocks(report)),
        ("projects", "주요 현안 업무", "projects", project_blocks(report)),
    ]
    told = [one for one in numbered if one[3]]
    chapters = [_chapter(report, f"{ROMAN[place]}.", *one) for place, one in enumerate(told)]
    if report.glossary:
        chapters.append(
            _chapter(report, "", "glossary", "용어 설명", "glossary", term_blocks(report, chapters))
        )
    if before:
        chapters.append(
            _chapter(report, "", "changes", "지난 보고 대비 변경사항", "", change_blocks(before, report))
        )
    return Document(
        report.title,
        report.bureau.name,
        report.as_of,
        day(report.as_of),
        tuple(chapters),
        report.council_session,
    )


def _chapter(report: Report, number: str, key: str, title: str, scope: str, blocks: list[Block]) -> Chapter:
    """Called as its source calls it, but numbered as it stands here."""
    source = report.source(scope) if scope else None
    heading = _NUMBER.sub("", source.heading) if source else ""
    return Chapter(Heading(1, heading or title, f"chapter-{key}", number, opens_page=True), tuple(blocks))
