"""Findings with what people have said of them, counted and filtered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core import integrity
from core.integrity import Finding, Level
from core.remembered import parts
from core.snapshot import Snapshot
from seoul_digital.lib.hangul import with_particle
from seoul_digital.lib.typed_text import TextTooLongError, note_from

from .editions.checklist.vanished import vanished_checks
from .models import Explanation

NOTHING_SAID = "설명을 적어 주십시오. 아무것도 저장하지 않았습니다."
SHOWN = (Level.ERROR, Level.WARNING, Level.INFO)


@dataclass(frozen=True)
class Explained:
    """A finding and the explanation that holds for its numbers, if any; the latest counts."""

    finding: Finding
    explanation: Explanation | None = None

    @property
    def is_open(self) -> bool:
        """Errors and warnings that nobody has explained."""
        return self.finding.level in (Level.ERROR, Level.WARNING) and self.explanation is None


def findings_of(snapshot: Snapshot) -> list[Explained]:
    """Every finding on the snapshot, those that hold included; of one that is being written what can be checked no more, too."""
    known = Explanation.objects.filter(bureau=snapshot.chosen).select_related("explained_by")
    known_findings = integrity.run_once(snapshot)
    rows, _reads = parts.rows(None, snapshot, lambda: list(known.order_by("explained_at")))
    explanations = {(row.finding, row.fingerprint): row for row in rows}
    return [
        Explained(finding, explanations.get((finding.id, finding.fingerprint)))
        for finding in sorted(
            (*known_findings, *vanished_checks(snapshot, known_findings)), key=lambda row: row.level.rank
        )
    ]


@integrity.register_reasons
def reason_of(snapshot: Snapshot, finding: Finding) -> str:
    """The latest explanation of a finding with its numbers."""
    known = Explanation.objects.filter(
        bureau=snapshot.chosen, finding=finding.id, fingerprint=finding.fingerprint
    )
    return known.order_by("-explained_at").values_list("reason", flat=True).first() or ""


def errors_left(found: Iterable[Explained]) -> list[Explained]:
    """What keeps an edition from being published."""
    return [explained for explained in found if explained.is_open and explained.finding.level is Level.ERROR]


class NotExplainedError(Exception):
    """An explanation without words, or with too many: says which, in Korean."""


def explain(bureau, found: Iterable[Explained], parameters, user) -> Finding | None:
    """Keeps what somebody says of one of the findings with the numbers that it has now; None where there is no such.

    Raises NotExplainedError.
    """
    known = {explained.finding.id: explained.finding for explained in found}
    finding = known.get(parameters.get("finding", ""))
    if finding is None or finding.level is Level.HOLDS:
        return None
    try:
        reason = note_from(parameters, "reason")
    except TextTooLongError as error:
        raise NotExplainedError(str(error)) from error
    if not reason:
        raise NotExplainedError(NOTHING_SAID)
    Explanation.objects.create(
        bureau=bureau, finding=finding.id, fingerprint=finding.fingerprint, reason=reason, explained_by=user
    )
    return finding


@dataclass(frozen=True)
class FindingFilter:
    """What a reader wants to see; '' is everything that does not simply hold. A value that nothing has is as if not asked."""

    app: str = ""
    level: str = ""
    department: str = ""

    @classmethod
    def from_query(cls, parameters, found: Iterable[Explained]) -> "FindingFilter":
        known: dict[str, set[Any]] = {
            "app": {explained.finding.app for explained in found},
            "level": set(Level),
            "department": {explained.finding.department for explained in found},
        }
        asked = {name: parameters.get(name, "") for name in known}
        return cls(**{name: value for name, value in asked.items() if value in known[name]})

    def select(self, found: Iterable[Explained]) -> list[Explained]:
        levels = (self.level,) if self.level else SHOWN
        return [
            explained
            for explained in found
            if explained.finding.level in levels
            and self.app in ("", explained.finding.app)
            and self.department in ("", explained.finding.department)
        ]


def summary(found: Sequence[Explained]) -> str:
    """`점검한 식 667개 가운데 662개가 맞고, 오류 4건, 참고 1건이 있습니다.`"""
    counts = integrity.count_by_level(explained.finding for explained in found)
    if not found:
        return _("이 기준일에는 점검할 자료가 없습니다.")
    each = _("%(level)s %(count)s건")
    rest = ", ".join(
        each % {"level": level.label, "count": counts[level]} for level in SHOWN if counts[level]
    )
    if not rest:
        return _("점검한 식 %(total)s개가 모두 맞습니다.") % {"total": f"{len(found):,}"}
    return _("점검한 식 %(total)s개 가운데 %(held)s개가 맞고, %(rest_subject)s 있습니다.") % {
        "total": f"{len(found):,}",
        "held": f"{counts[Level.HOLDS]:,}",
        "rest_subject": with_particle(rest, "이/가"),
        "rest": rest,
    }
