"""Two people at one text: what one answers about its numbers, against what others have made of its row since the page was opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.audit.changes import Change
from core.audit.states import instance_of
from core.edit_conflicts.presentation import changes_since
from core.edit_conflicts.versions import FormVersions
from core.mentions.states import TextState, states_of
from core.models import ChangeRecord
from core.models.mentions import MentionedText
from core.snapshot import Snapshot

from .questions import options_of


@dataclass(frozen=True)
class Conflict:
    """`answers` are (number as it was shown, what was chosen for it); `was` is the text as it was shown, where it is another now."""

    changes: Sequence[Change]
    answers: Sequence[tuple[str, str]]
    was: str = ""


def conflict_of(
    versions: FormVersions, text: TextState, given: Mapping[int, str], snapshot: Snapshot
) -> Conflict | None:
    """None where nobody has changed the text or the numbers that are answered."""
    then = next((then for _, (then, _) in versions.changed_since().items()), None)
    if then is None:
        return None
    before = _text_then(then, text, snapshot)
    if before and before.text == text.text and all(_is_same(before, text, place) for place in given):
        return None
    shown = before or text
    return Conflict(
        changes_since(type(text.row), text.row.pk, then),
        [
            (
                shown.tokens[place].token.printed,
                dict(options_of(shown, shown.tokens[place], snapshot)).get(value, value),
            )
            for place, value in given.items()
            if place < len(shown.tokens)
        ],
        "" if before and before.text == text.text else shown.text,
    )


def _text_then(record: int, text: TextState, snapshot: Snapshot) -> TextState | None:
    known = ChangeRecord.objects.filter(pk=record).first()
    row = instance_of(known) if known else None
    found = states_of(row, snapshot) if isinstance(row, MentionedText) else ()
    return next((state for state in found if state.field == text.field), None)


def _is_same(before: TextState, now: TextState, place: int) -> bool:
    if place >= len(now.tokens):
        return False
    was, found = before.tokens[place].mention, now.tokens[place].mention
    return (was and (was.kind, was.target, was.formula)) == (
        found and (found.kind, found.target, found.formula)
    )
