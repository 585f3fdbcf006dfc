"""What changed between two reports. A function of the reports alone: a published edition and a live date compare alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..chapters import CHAPTERS
from ..report import Report
from ..text_size import require_printable
from .changes import ReportPair


@dataclass(frozen=True)
class ReportComparison:
    """`changes` by chapter. A chapter is not there where one of the reports has no source for it: nothing can be compared."""

    before: Report
    after: Report
    changes: Mapping[str, Any] = field(default_factory=dict)


def compare(before: Report, after: Report, *, edits_only: bool = False) -> ReportComparison:
    """From the earlier report to the later one. Raises ReportTooLargeError."""
    require_printable(before, after)
    compared = {}
    for chapter in CHAPTERS:
        old, new = (side.chapters.get(chapter.key, chapter.empty) for side in (before, after))
        if before.source(chapter.scope) and after.source(chapter.scope) and None not in (old, new):
            changes = chapter.compare(old, new, ReportPair(before, after, edits_only))
            if changes is not None:
                compared[chapter.key] = changes
    return ReportComparison(before, after, compared)
