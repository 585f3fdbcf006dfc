"""A mention (언급): what a number or a date at its place in a text states, or that it states nothing.

It stands beside the text, on the text's row. Its place is the field, the number and unit as normalised, which of those equal to
it, and the words beside it; its target an identity of `core.stated_facts`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from seoul_digital.lib.number_tokens import DATE

LONGEST_NUMBER = 40
_NUMBER = re.compile(r"-?[0-9]++(?:\.[0-9]++)?+")
Place = tuple[str, str, str, int]  # of a number in a row: field, number, unit, which of those equal to it


class Kind(StrEnum):
    BOUND = "bound"
    DERIVED = "derived"
    ONLY_HERE = "only_here"
    NO_FACT = "no_fact"

    @property
    def label(self) -> str:
        return {"bound": "연결", "derived": "셈", "only_here": "본문에만 있음", "no_fact": "사실 아님"}[
            self.value
        ]


@dataclass(frozen=True)
class Mention:
    """`number` and `unit` are those of the token (`NumberToken.number`, `.unit`), `nth` counts equal ones of the field from 0.

    `target` is the identity that is meant (bound), `formula` what it is worked out by (derived): `{kind:key} - {kind:key}`, with
    + - * / ( ) and numbers. `label` is what the target was called when it was bound. `rounded`: the text gives the value
    to its last place. `is_lost`: the text has no such number any more, and somebody has to say what became of it.
    """

    field: str
    number: str
    unit: str = ""
    nth: int = 0
    before: str = ""
    after: str = ""
    kind: Kind = Kind.BOUND
    target: str = ""
    formula: str = ""
    label: str = ""
    rounded: bool = False
    is_lost: bool = False

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Mention":
        """From what a row stores. ValueError for anything else."""
        known = {name: stored[name] for name in stored if name in cls.__dataclass_fields__}
        if len(known) < len(stored) or not {"field", "number"} <= known.keys():
            raise ValueError("no mention")
        mention = cls(**known | {"kind": Kind(known.get("kind", Kind.BOUND))})
        if mention.unit != DATE:
            number = mention.number if isinstance(mention.number, str) else ""
            if len(number) > LONGEST_NUMBER or not _NUMBER.fullmatch(number):
                raise ValueError("no number")
        return mention

    @property
    def stored(self) -> dict[str, Any]:
        """As JSON, without what is as usual."""
        usual = {name: field.default for name, field in self.__dataclass_fields__.items()}
        return {name: value for name, value in asdict(self).items() if value != usual[name]} | {
            "kind": self.kind.value
        }

    @property
    def shown(self) -> str:
        """`28,006대`"""
        return self.number if self.unit == DATE else f"{Decimal(self.number):,f}{self.unit}"

    @property
    def words(self) -> str:
        """`28,006대: 공공와이파이 운영현황(AP대수)`, `5G: 사실 아님`."""
        turn = f" ({self.nth + 1}번째)" if self.nth else ""
        return f"{self.shown}{turn}: {self.label or self.kind.label}{' (본문에서 없어짐)' if self.is_lost else ''}"

    @property
    def key(self) -> Place:
        """Its place among the numbers of its row."""
        return (self.field, self.number, self.unit, self.nth)


def mentions_of(stored: Iterable[Mapping[str, Any]]) -> list[Mention]:
    return [Mention.of(entry) for entry in stored]
