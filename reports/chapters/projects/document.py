"""Ⅲ 주요 현안 업무: the list by strategy, then a section for each project."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from seoul_digital.lib import amounts
from seoul_digital.lib.number_tokens import number_tokens

from ...chapter import DocumentSoFar
from ...render.blocks import Block, Box, FactMark, HeadingBlock, People, ProjectList, RoleContacts, TableBlock
from ...render.outline import blocks_of
from ..vision.document import strategy_blocks
from .data import ContactRow, ProjectRow, ProjectsData


def blocks(data: ProjectsData, document: DocumentSoFar) -> list[Block]:
    return [
        ProjectList(strategy_blocks(document.report)),
        *(block for project in data.projects for block in _section(project)),
    ]


def _section(project: ProjectRow) -> list[Block]:
    """Every block that says something has a key, so that a term's reference can lead to it."""
    key = f"project-{project.slug}"
    heading = HeadingBlock(2, project.title, key, f"{project.number}.", opens_page=True)
    blocks: list[Block] = [heading]
    for place, block in enumerate(_parts(project), 1):
        if not isinstance(block, People):
            # Tables without a caption are told apart by their names.
            name: dict[str, Any] = (
                {"name": f"{heading.title} 표 {place}"} if isinstance(block, TableBlock) else {}
            )
            block = replace(block, key=f"{key}-{place}", **name)
        blocks.append(block)
    return blocks


def _parts(project: ProjectRow) -> Iterator[Block]:
    if project.contacts:
        yield People(_persons(project.contacts))
    if project.purpose:
        yield Box(project.purpose)
    yield from _part("사업개요", project.overview)
    yield from _part("추진실적", project.achievements)
    if budget := budget_text(project):
        text = f"사업예산 : {budget}"
        yield HeadingBlock(3, text, marks=tuple(_budget_marks(project, text)))
    yield from _part(project.schedule_heading or "향후일정", project.schedule)


def _budget_marks(project: ProjectRow, text: str) -> Iterator[FactMark]:
    """Where the line says the budget, and what of it comes from whom; each amount stands for one fact."""
    facts = [(f"project_budget:{project.slug}", project.budget)]
    facts += [(f"funding:{project.slug}/{row.name}", row.amount) for row in project.fundings]
    for token in number_tokens(text):
        stated = next((fact for fact in facts if fact[1] == token.value and token.unit == "원"), None)
        if stated:
            facts.remove(stated)
            yield FactMark(token.start, token.end, stated[0])


def _part(heading: str, text: str) -> Iterator[Block]:
    if text.strip():
        yield HeadingBlock(3, heading)
        yield from blocks_of(text)


def _persons(contacts: tuple[ContactRow, ...]) -> tuple[RoleContacts, ...]:
    """Neighbours in the same role share it: `담당 : 박재송 ☎2934, 김송이 ☎2943`."""
    return tuple(
        RoleContacts(role, tuple((contact.names, contact.phone) for contact in group))
        for role, group in groupby(contacts, key=lambda contact: contact.role)
    )


def budget_text(project: ProjectRow) -> str:
    """As printed, else in 백만원 with its sources of money; empty where nothing is known."""
    if project.budget_printed:
        return project.budget_printed
    if project.budget is None:
        return ""
    parts = ", ".join(f"{row.name} {row.printed or _millions(row.amount)}" for row in project.fundings)
    return _millions(project.budget) + (f"({parts})" if parts else "")


def _millions(won: int) -> str:
    return f"{amounts.million(won)}백만원"
