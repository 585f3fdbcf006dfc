"""The checklist (발행 점검표) of an edition: what stops its publication, and what is seen and signed once, together.

A signature is an EditionEvent that keeps the words of the list: publishing asks for one of the list as it then is.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from core.checklist.rules import ChecklistItem, Draft, Rule, rules

from ...models import Edition, EditionEvent
from ...models.published import digest
from ..sources import EditionRefused
from ..workflow import lock_for_update

UNSIGNED = "발행 점검표를 보고 서명한 뒤에 발행할 수 있습니다."
SIGNED_ANOTHER = (
    "점검표에 서명한 뒤 목록이 바뀌어 발행하지 않았습니다. 달라진 것을 점검표에서 보고 다시 서명해 주십시오."
)
LIST_CHANGED = "그 사이 점검표가 바뀌어 서명하지 않았습니다. 지금 목록을 보고 다시 서명해 주십시오."
NOT_REVIEWED = "‘검토 중’ 단계에서 서명합니다."
STOPPED = "발행을 막는 것이 남아 있어 서명하지 않았습니다. 먼저 고쳐 주십시오."
NOTHING_TO_SIGN = "점검표에 걸린 것이 없어 서명할 것이 없습니다."


@dataclass(frozen=True)
class Result:
    """A rule with what it finds."""

    rule: Rule
    items: tuple[ChecklistItem, ...]

    @property
    def refusal(self) -> str:
        items = " / ".join(item.words for item in self.items)
        return self.rule.refusal.format(count=len(self.items), items=items)

    @property
    def lines(self) -> list[str]:
        return [f"{self.rule.title} {len(self.items)}", *(f"- {item.words}" for item in self.items)]


@dataclass(frozen=True)
class Checklist:
    """`results` are of all rules, those that find nothing included; `signature` is the last one, of whatever list."""

    results: tuple[Result, ...]
    signature: EditionEvent | None

    @cached_property
    def stops(self) -> list[Result]:
        return [result for result in self.results if result.items and result.rule.refusal]

    @cached_property
    def warnings(self) -> list[Result]:
        return [result for result in self.results if result.items and not result.rule.refusal]

    @property
    def passed(self) -> list[Result]:
        return [result for result in self.results if not result.items]

    @property
    def warning_count(self) -> int:
        return sum(len(result.items) for result in self.warnings)

    @cached_property
    def note(self) -> str:
        """What a signature keeps: the words of the list, and their hash."""
        words = "\n".join(line for result in self.warnings for line in result.lines)
        return f"{words}\n점검표의 SHA-256 {digest(words)}"

    @property
    def version_token(self) -> str:
        return digest(self.note)

    @property
    def is_signed(self) -> bool:
        """Where there is nothing to sign, too."""
        return not self.warnings or (self.signature is not None and self.signature.note == self.note)

    @cached_property
    def signed_lines(self) -> frozenset[str]:
        return frozenset(self.signature.note.splitlines() if self.signature else ())

    def is_new(self, item: ChecklistItem) -> bool:
        """Whether the last signature was given without it."""
        return bool(self.signed_lines) and f"- {item.words}" not in self.signed_lines

    def require_signature(self) -> None:
        """Raises EditionRefused."""
        if not self.is_signed:
            raise EditionRefused(SIGNED_ANOTHER if self.signature else UNSIGNED)


def checklist_of(edition: Edition, draft: Draft) -> Checklist:
    signatures = edition.events.filter(kind=EditionEvent.Kind.SIGNED).select_related("by")
    results = tuple(Result(rule, tuple(rule.find(draft))) for rule in rules())
    return Checklist(results, signatures.order_by("-pk").first())


def sign(edition: Edition, checklist: Checklist, *, user: Any, version_token: str) -> None:
    """`version_token` is the mark of the list that the user was shown. Raises EditionRefused."""
    with lock_for_update(edition) as now:
        if now.state != Edition.State.REVIEW:
            raise EditionRefused(NOT_REVIEWED)
        if checklist.stops:
            raise EditionRefused(STOPPED)
        if not checklist.warnings:
            raise EditionRefused(NOTHING_TO_SIGN)
        if version_token != checklist.version_token:
            raise EditionRefused(LIST_CHANGED)
        EditionEvent.objects.create(edition=now, kind=EditionEvent.Kind.SIGNED, note=checklist.note, by=user)
