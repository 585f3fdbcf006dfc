"""A slip, made in a savepoint, and what tells of it."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, RestrictedError

from core import integrity
from core.integrity import Level
from core.snapshot import snapshots_at
from seoul_digital.lib.query_params import AskedDate

REFUSED = "refused"
REFUSALS = (ValidationError, IntegrityError, ProtectedError, RestrictedError)


@dataclass(frozen=True)
class Slip:
    """`values` are typed into the row or, `act` "copy", into a second one like it; `act` "drop" takes it out. `also`: other
    rows that change with it.

    `contradicted`: another stored value or text states otherwise; else nothing else says what it was.
    """

    kind: str
    row: Any
    values: dict[str, Any] = field(default_factory=dict)
    contradicted: bool = True
    act: str = "change"
    also: tuple[tuple[Any, dict[str, Any]], ...] = ()

    def __str__(self) -> str:
        model = self.row._meta.object_name
        changes = {name: (getattr(self.row, name, None), value) for name, value in self.values.items()}
        return f"{self.kind} {model} {self.row.pk} {str(self.row)[:30]} {self.act} {str(changes)[:200]}"

    @staticmethod
    def filled_in(row: Any, values: dict[str, Any]) -> Any:
        """The row as it is stored, with the values typed into it."""
        fresh = type(row)._base_manager.get(pk=row.pk)
        for name, value in values.items():
            setattr(fresh, name, value)
        return fresh

    def make(self) -> None:
        """As a form would save it. Raises one of REFUSALS."""
        row = self.filled_in(self.row, self.values)
        if self.act == "drop":
            row.delete()
            return
        if self.act == "copy":
            row.pk, row._state.adding = None, True
            if hasattr(row, "slug"):
                row.slug = ""
            if hasattr(row, "key"):
                row.key = ""
        row.full_clean()
        row.save()
        for other, others in self.also:
            type(other)._base_manager.filter(pk=other.pk).update(**others)


def serious(snapshot: Any) -> dict[tuple[str, str, str], Any]:
    """What a snapshot's checks find, by all that a reader sees of it."""
    found = integrity.run(snapshot)
    return {
        (row.id, row.level, row.fingerprint + row.hint): row for row in found if row.level is not Level.HOLDS
    }


def is_of_2020(row: Any) -> bool:
    source = getattr(row, "source", row if hasattr(row, "as_of") else None)
    source = source or getattr(getattr(row, "staffing", None), "source", None)
    return source is not None and source.as_of.year == 2020


class Report:
    """The seeded report, and the one before it, in which slips are made one at a time."""

    def __init__(self) -> None:
        self.known = {asked: serious(self.snapshot(asked)) for asked in ("", "2020-01-31")}

    @staticmethod
    def snapshot(asked: str) -> Any:
        return snapshots_at(AskedDate(date.fromisoformat(asked) if asked else None))[0]

    def outcome(self, slip: Slip) -> list[str]:
        """The ids of findings that the slip makes; `refused` where it can't be saved; nothing where nobody is told."""
        asked = "2020-01-31" if is_of_2020(slip.row) else ""
        with suppress(*REFUSALS), transaction.atomic():
            slip.make()
            now = serious(self.snapshot(asked))
            transaction.set_rollback(True)
            return [key[0] for key in now if key not in self.known[asked]]
        return [REFUSED]
