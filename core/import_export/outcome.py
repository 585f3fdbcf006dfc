"""What a file does, or would do, told row by row."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Model
from import_export.results import RowResult

from seoul_digital.lib.file_errors import Problem

from ..audit.changes import LONG, FieldChange, line_changes, number

KINDS = {RowResult.IMPORT_TYPE_NEW: "추가", RowResult.IMPORT_TYPE_UPDATE: "수정"}


@dataclass(frozen=True)
class ChangedRow:
    number: int
    kind: str
    name: str
    fields: Sequence[FieldChange]
    instance: Model

    @property
    def kind_label(self):
        return KINDS[self.kind]

    @property
    def is_new(self):
        return self.kind == RowResult.IMPORT_TYPE_NEW


@dataclass(frozen=True)
class Outcome:
    rows: Sequence[ChangedRow]
    unchanged: int
    problems: Sequence[Problem]
    absent: Sequence[str] = ()  # columns that the file does not have

    @property
    def added(self):
        return sum(row.is_new for row in self.rows)

    @property
    def changed(self):
        return len(self.rows) - self.added

    @property
    def digest(self):
        """The same for two outcomes of one file that start from the same: what it puts in stands in the file, or is the time of the import."""
        told = [
            [row.number, row.kind, [[field.label, field.old] for field in row.fields]] for row in self.rows
        ]
        return hashlib.sha256(json.dumps([told, self.unchanged]).encode()).hexdigest()


def outcome_of(resource, result, numbers, sheet) -> Outcome:
    """`result` is django-import-export's; `numbers` are those of the rows as people see them."""
    rows, problems = [], [Problem(str(error.error)) for error in result.base_errors]
    for number_shown, row in zip(numbers, result.rows, strict=True):
        problems += resource.problems_of(row, number_shown, sheet)
        if row.import_type in KINDS:
            rows.append(ChangedRow(number_shown, row.import_type, str(row.instance), row.diff, row.instance))
    return Outcome(rows, result.totals[RowResult.IMPORT_TYPE_SKIP], problems, resource.absent)


def difference(label, old, new) -> FieldChange:
    before, after = _text(old), _text(new)
    is_long = before and after and any("\n" in text or len(text) > LONG for text in (before, after))
    return FieldChange(label, before, after, tuple(line_changes(before, after)) if is_long else ())


def _text(value) -> str:
    match value:
        case None:
            return ""
        case int() | Decimal():
            return number(value)
        case date():
            return value.isoformat()
    return str(value)
