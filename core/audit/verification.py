"""Whether what was written is what stands in the database: discrepancies, and the registry of what looks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

LONGEST_NAME = 60  # characters shown


@dataclass(frozen=True)
class Discrepancy:
    """`subject` is a model's name, `name` what the row is called, `field` what of it differs, `what` how, in a sentence."""

    subject: str
    name: str
    what: str
    field: str = ""

    def __str__(self) -> str:
        name = self.name if len(self.name) <= LONGEST_NAME else f"{self.name[:LONGEST_NAME]}…"
        place = f"{self.subject} ‘{name}’" + (f"의 {self.field}" if self.field else "")
        return f"{place}: {self.what}"


@dataclass
class Verified:
    """What was looked at, how many of it, and what differs."""

    title: str
    number: int = 0


Verifier = Callable[[Verified], Iterator[Discrepancy]]
_verifiers: dict[str, Verifier] = {}


def register_verifier(title: str, verifier: Verifier) -> None:
    """`verifier` yields what differs and raises the number of what it has looked at; called by an app that is ready."""
    _verifiers[title] = verifier


def verify() -> Iterator[tuple[Verified, Iterator[Discrepancy]]]:
    """Of each verifier what it counts, and what it finds as it goes."""
    for title, verifier in _verifiers.items():
        verified = Verified(title)
        yield verified, verifier(verified)
