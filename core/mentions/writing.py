"""Writes of mentions: what a person says of a number, and new values taken into the texts.

Each saves the row as any form does: whole, with its change record. Who may is asked by the caller for each row
(`access_scope(user).may_change`); `refused` rows are left alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ..models.mentions import MentionedText
from ..snapshot import Snapshot
from .mention import Kind, Mention
from .states import TokenState

Place = tuple[str, str, str, int]  # Mention.key


def bind(row: MentionedText, place: Place, identity: str, snapshot: Snapshot) -> None:
    """Say that the number there states the fact; saved by `confirm` or `row.save`."""
    raise NotImplementedError


def confirm(row: MentionedText, choices: Mapping[Place, str | Kind]) -> None:
    """Save what a person chose for numbers of a row: an identity, `Kind.ONLY_HERE` or `Kind.NO_FACT`."""
    raise NotImplementedError


def forget(row: MentionedText, lost: Sequence[Mention]) -> None:
    """Drop mentions whose number is gone from the text (지움)."""
    raise NotImplementedError


def accept(snapshot: Snapshot, row: MentionedText, accepted: Sequence[TokenState]) -> None:
    """Rewrite stale numbers of a row's texts to what their facts say (`offered`), all in one save."""
    raise NotImplementedError


def propose(row: MentionedText, snapshot: Snapshot) -> list[Any]:
    """Bind each unbound number that one fact alone fits in number, unit and subject; saves nothing."""
    raise NotImplementedError
