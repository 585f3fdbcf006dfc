"""The findings of a report with their explanations, as they stood when it was published: written to JSON and back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from fractions import Fraction
from typing import Any

from core.integrity import Finding, Level

from ...findings import SHOWN, Explained, summary
from ...models import EditionEvent

NUMBERS = ("printed", "computed")


@dataclass(frozen=True)
class KeptPerson:
    display_name: str


@dataclass(frozen=True)
class KeptExplanation:
    reason: str
    explained_by: KeptPerson
    explained_at: datetime


@dataclass(frozen=True)
class KeptFinding:
    """As `Explained`, which the pages show, without anything of the database."""

    finding: Finding
    explanation: KeptExplanation | None = None


@dataclass(frozen=True)
class KeptSignature:
    """Who signed the checklist, as called then, and which list."""

    by: str
    at: datetime
    note: str


@dataclass(frozen=True)
class KeptFindings:
    """`summary` counts all that were looked at, `found` are those that do not hold."""

    summary: str = ""
    found: tuple[KeptFinding, ...] = ()
    signature: KeptSignature | None = None


def to_json(found: Sequence[Explained], signature: EditionEvent | None = None) -> str:
    """`signature` is the event of the list as it was published, None where there was nothing to sign."""
    kept: dict[str, Any] = {"summary": summary(found)}
    kept["found"] = [_stored(explained) for explained in found if explained.finding.level in SHOWN]
    if signature:
        by = signature.by.display_name if signature.by else ""
        kept["signature"] = {"by": by, "at": signature.at.isoformat(), "note": signature.note}
    return json.dumps(kept, ensure_ascii=False)


def _stored(explained: Explained) -> dict[str, Any]:
    finding, explanation = explained.finding, explained.explanation
    row = {field.name: getattr(finding, field.name) for field in fields(finding)}
    row |= {name: str(Fraction(row[name])) for name in NUMBERS if row[name] is not None}
    if explanation:
        row["explanation"] = {
            "reason": explanation.reason,
            "by": explanation.explained_by.display_name,
            "at": explanation.explained_at.isoformat(),
        }
    return row


def from_json(text: str) -> KeptFindings:
    if not text:
        return KeptFindings()
    kept = json.loads(text)
    signed = kept.get("signature")
    signature = signed and KeptSignature(**signed | {"at": datetime.fromisoformat(signed["at"])})
    return KeptFindings(kept["summary"], tuple(_read(row) for row in kept["found"]), signature)


def _read(row: dict[str, Any]) -> KeptFinding:
    said = row.pop("explanation", None)
    row |= {name: Fraction(row[name]) for name in NUMBERS if row[name] is not None}
    row |= {"level": Level(row["level"]), "names": tuple(row["names"]), "url": ""}  # pages show the present
    given = said and KeptExplanation(
        said["reason"], KeptPerson(said["by"]), datetime.fromisoformat(said["at"])
    )
    return KeptFinding(Finding(**row), given)
