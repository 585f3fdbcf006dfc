"""What changed between two reports. A function of the reports alone: a published edition and a live date compare alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..chapter import Chapter
from ..chapters import CHAPTERS
from ..report import Report
from .changes import ReportPair


@dataclass(frozen=True)
class ReportComparison:
    """`changes` by chapter. A chapter is not there where one of the reports has no source for it: nothing can be compared."""

    before: Report
    after: Report
    changes: Mapping[str, Any] = field(default_factory=dict)


def compare(before: Report, after: Report) -> ReportComparison:
    """From the earlier report to the later one."""
    pair = ReportPair(before, after)
    compared = {chapter.key: _changes(chapter, pair) for chapter in CHAPTERS}
    return ReportComparison(
        before, after, {key: changes for key, changes in compared.items() if changes is not None}
    )


def _changes(chapter: Chapter, pair: ReportPair) -> Any:
    sides = pair.before, pair.after
    old, new = (side.chapters.get(chapter.key, chapter.empty) for side in sides)
    if None in (old, new) or not all(side.source(chapter.scope) for side in sides):
        return None
    return chapter.compare(old, new, pair)
