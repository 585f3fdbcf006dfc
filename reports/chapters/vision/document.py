"""정책목표 및 추진전략: the picture of the vision, and strategies as it and the list of projects print them."""

from collections.abc import Iterable, Iterator

from ...chapter import DocumentSoFar
from ...render.blocks import Block, StrategyBox, VisionPicture
from ...report import Report
from ..projects.data import ProjectRow
from .data import VisionData, projects_of, strategies_of

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def blocks(data: VisionData, document: DocumentSoFar) -> Iterator[Block]:
    if data.statement or data.values:
        yield VisionPicture(data.statement, data.values, strategy_blocks(document.report, in_vision=True))


def strategy_blocks(report: Report, in_vision: bool = False) -> tuple[StrategyBox, ...]:
    """With their projects; those of no strategy come last. The vision may call a project otherwise than its own page."""
    projects = projects_of(report)

    def titles(own: Iterable[ProjectRow]) -> tuple[tuple[int, str, str], ...]:
        return tuple(
            (
                project.number,
                (in_vision and project.title_in_vision) or project.title,
                f"project-{project.slug}",
            )
            for project in own
        )

    strategies = [
        StrategyBox(
            mark_of(strategy.number),
            strategy.name,
            titles(row for row in projects if row.strategy and row.strategy.slug == strategy.slug),
        )
        for strategy in strategies_of(report)
    ]
    others = titles(row for row in projects if row.strategy is None)
    return (*strategies, *([StrategyBox("", "", others)] if others else []))


def mark_of(number: int | None) -> str:
    if not number:
        return ""
    return CIRCLED[number - 1] if number <= len(CIRCLED) else f"{number}."
