"""What a file does, or would do, row by row."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from import_export.resources import Diff
from import_export.results import Result, RowResult

from seoul_digital.lib.file_errors import Problem
from seoul_digital.lib.tables import day

from ..audit.changes import ChangedField, number
from ..models import MentionedText


class FieldDiff(Diff):
    """The columns whose values differ, as FieldChanges: the library's own HTML has inline styles."""

    def __init__(self, resource: Any, instance: Any, new: bool):
        super().__init__(resource, instance, new)
        self.headers = [
            *resource.get_diff_headers(),
            *(["언급"] if isinstance(instance, MentionedText) else []),
        ]
        self.left += _mentions_of(instance)

    def compare_with(self, resource: Any, instance: Any) -> None:
        super().compare_with(resource, instance)
        self.right += _mentions_of(instance)

    def as_html(self) -> list[ChangedField]:
        left = [None] * len(self.left) if self.new else self.left
        cells = zip(self.headers, left, self.right, strict=True)
        return [ChangedField.of(header, _text(old), _text(new)) for header, old, new in cells if old != new]


def _mentions_of(instance: Any) -> list[str]:
    """What is said of the numbers of its texts, a line each."""
    is_mentioned = isinstance(instance, MentionedText)
    return ["\n".join(mention.words for mention in instance.all_mentions)] if is_mentioned else []


def _text(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return day(value) if isinstance(value, date) else number(value)


class FileRow(RowResult):
    """`number` is the row's as people see it."""

    number = 0
    problems: Sequence[Problem] = ()
    doubts: Sequence[str] = ()


class FileResult(Result):
    """`absent` are the columns that the file does not have, `total_doubts` what is improbable of its rows together."""

    file_name = ""
    total_doubts: Sequence[str] = ()
    absent: Sequence[str] = ()

    @property
    def changed_rows(self) -> list[FileRow]:
        return [row for row in self.rows if row.is_new() or row.is_update()]

    @property
    def doubts(self) -> list[str]:
        """What is improbable in the rows that change something."""
        rows = [(row.number, sentence) for row in self.changed_rows for sentence in row.doubts]
        return [*(f"{number:,}행: {sentence}" for number, sentence in rows), *self.total_doubts]

    @property
    def problems(self) -> list[Problem]:
        of_head = [problem for error in self.base_errors for problem in error.error.problems]
        return of_head + [problem for row in self.rows for problem in row.problems]

    @property
    def digest(self) -> str:
        """Equal for two results of one file that start from the same: what it puts in stands in the file."""
        rows = self.changed_rows
        before = [
            [row.number, row.import_type, [[change.label, change.old] for change in row.diff]] for row in rows
        ]
        return hashlib.sha256(
            json.dumps([before, self.totals[RowResult.IMPORT_TYPE_SKIP]]).encode()
        ).hexdigest()
