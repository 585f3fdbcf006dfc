"""A unit's parts handed in or confirmed at once, each with its own event."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from seoul_digital.lib.hangul import postposition

from ..models import Edition
from .collection import Collection, PartCell, UnitParts
from .workflow import STATES, Pick, confirm, confirm_in_place, submit

SEPARATOR = "/"
HELD = "제출하지 않고 두었습니다. 이대로 내려면 그 부분에서 제출하십시오."


@dataclass
class Confirmation:
    """`left` are the parts that nobody picked or handed in, `refused` those that changed meanwhile, with the reason."""

    row: UnitParts
    confirmed: list[PartCell] = field(default_factory=list)
    left: list[PartCell] = field(default_factory=list)
    refused: list[tuple[PartCell, str]] = field(default_factory=list)

    def sentences(self) -> list[tuple[bool, str]]:
        """(whether it is a success, sentence)."""
        name, said = self.row.department.name, []
        if self.confirmed:
            parts = _listed(self.confirmed)
            said.append((True, f"{name}의 {len(self.confirmed)}개 부분을 확인했습니다: {parts}."))
        waiting = [cell for cell in self.left if cell.state != STATES.CONFIRMED]
        if waiting:
            words = _listed(waiting)
            topic = postposition(words, ("은", "는"))
            said.append((True, f"{words}{topic} 그대로 두었습니다."))
        said += [(False, f"{name} {cell.place.label}: {reason}") for cell, reason in self.refused]
        return said or [(False, f"{name}에서 확인할 부분을 고르지 않았습니다.")]


def pick_name(cell: PartCell) -> str:
    """What a picked part is called in the form: `projects/public-wifi`."""
    project = cell.place.project
    return f"{cell.place.part}{SEPARATOR}{project.slug if project else ''}"


def confirm_unit(edition: Edition, row: UnitParts, tokens: Mapping[str, str], *, user: Any) -> Confirmation:
    """Confirms the unit's handed-in parts that `tokens` name, each as it was shown; the rest is left."""
    picks, done = [], Confirmation(row)
    for cell in row.cells:
        token = tokens.get(pick_name(cell), "")
        if token and cell.stored == STATES.SUBMITTED:
            picks.append((cell, token))
        else:
            done.left.append(cell)
    done.refused = confirm.of_all(edition, picks, user=user)
    done.confirmed = _taken(picks, done.refused)
    return done


def _taken(picks: Iterable[Pick], refused: Iterable[tuple[PartCell, str]]) -> list[PartCell]:
    others = [cell for cell, _ in refused]
    return [cell for cell, _ in picks if cell not in others]


def submit_unit(
    edition: Edition, row: UnitParts, cells: Iterable[PartCell], tokens: Mapping[str, str], *, user: Any
) -> list[tuple[bool, str]]:
    """Hands in those of the cells that `tokens` name; what is to be looked at singly is left. As `Confirmation.sentences`."""
    name, picks, left = row.department.name, [], []
    for cell in cells:
        if cell.hold_reason:
            left.append((False, f"{cell.place.label}: {cell.hold_reason} {HELD}"))
        elif token := tokens.get(pick_name(cell), ""):
            picks.append((cell, token))
    refused = submit.of_all(edition, picks, user=user)
    submitted = _taken(picks, refused)
    left[:0] = [(False, f"{name} {cell.place.label}: {reason}") for cell, reason in refused]
    done = (
        [(True, f"{name}의 {len(submitted)}개 부분을 제출했습니다: {_listed(submitted)}.")]
        if submitted
        else []
    )
    return [*done, *left] or [(False, f"{name}에는 제출할 부분이 없습니다.")]


@transaction.atomic
def confirm_rest(
    edition: Edition, collection: Collection, tokens: Mapping[str, str], *, reason: str, user: Any
) -> tuple[int, list[str]]:
    """Confirms the parts of any unit that `tokens` name, each as it was shown: what was handed in, and for the reason what was not.

    How many, and why others were not.
    """
    picks = [(cell, tokens[name]) for cell in collection.unconfirmed if (name := full_name(cell)) in tokens]
    waiting = [pick for pick in picks if pick[0].stored == STATES.SUBMITTED and not pick[0].changed_since]
    others = [pick for pick in picks if pick not in waiting]
    refused = confirm.of_all(edition, waiting, user=user)
    refused += confirm_in_place.of_all(edition, others, user=user, note=reason)
    words = [f"{cell.place.department.name} {cell.place.label}: {why}" for cell, why in refused]
    return len(picks) - len(refused), words


def full_name(cell: PartCell) -> str:
    """What a part is called among those of all units."""
    return f"{cell.place.department.slug}{SEPARATOR}{pick_name(cell)}"


def _listed(cells: list[PartCell]) -> str:
    return ", ".join(cell.place.label for cell in cells)
