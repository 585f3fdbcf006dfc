"""Checks that were made of the last report and cannot be made of the one that is being written.

What a check was about is told by its id: `contact.phone/public-wifi/1` is of the contacts of a project, whichever of them. A subject
of whose checks none is left is one finding; where a whole scope has none left, that is the one. Printed totals, which a new report
rightly does not carry, are no cause.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from core import integrity
from core.integrity import Finding, Level
from core.models import Source
from core.snapshot import Snapshot
from departments.models import Department, Succession
from glossary.models import Term
from projects.models import Indicator, Project

VANISHED = "checks.vanished/"
# Checks of what a text happens to have in it, of two statements of one person, and of a source, which is another each time.
BY_CHANCE = (
    *("text.list", "text.former", "text.size", "contact.one-person", "contact.one-phone"),
    *("mention.stale", "mention.unbound", "organisation.line", "unit.jump-since", "source.year", "lines"),
    *("contact.one-head", "row.numbering", "source.date", "source.missing", "control.gap"),
    *("project.strategy", "project.strategy-order", "vision.strategies"),
)
STATEMENTS = ("measurement", "target")
FAMILIES = {
    "contact": "담당자",
    "duty": "주요업무",
    "foundation": "재단의 현황",
    "milestone": "실적·일정",
    "organisation": "조직",
    "project": "사업예산",
    "staffing": "인력",
    "statement": "지표의 값",
    "term": "용어의 풀이",
    "unit": "예산",
}
Subject = tuple[str, str]  # the family of a check and the key of what it is about


def snapshot_before(snapshot: Snapshot) -> Snapshot | None:
    """Of the day of the report before; None of the first one, and of what readers see."""
    day = snapshot.executed_after
    return replace(snapshot.at(day), executed_after=None) if day else None


def subject_of(finding: Finding) -> Subject | None:
    """None of checks that come and go with what is written, and of those that rest on printed totals."""
    kind, *keys = finding.id.split("/")
    if finding.rests_on_total or not keys or kind in BY_CHANCE:
        return None
    if keys[0] in STATEMENTS and len(keys) > 1:
        return "statement", keys[1]
    family = kind.partition(".")[0]
    return (
        None if family == "indicator" else (family, keys[0])
    )  # of two statements, which are looked at above


def vanished_checks(snapshot: Snapshot, found: Iterable[Finding]) -> Iterator[Finding]:
    """`found` is what the snapshot's checks give. One finding for each cause."""
    before = snapshot_before(snapshot)
    if before is None:
        return
    now = list(found)
    left = {subject_of(finding) for finding in now}
    scopes = {finding.scope for finding in now if subject_of(finding)}
    gone = [row for row in integrity.run_once(before) if (of := subject_of(row)) and of not in left]
    by_scope, by_key = defaultdict(list), defaultdict(list)
    for finding in gone:
        if finding.scope and finding.scope not in scopes:
            by_scope[finding.scope].append(finding)
        else:
            by_key[_subject(finding)[1]].append(finding)
    for scope, findings in by_scope.items():
        yield _finding(f"scope/{scope}", str(Source.Scope(scope).label), findings, scope)
    names = _names(by_key)
    told = {_subject(finding)[1] for findings in by_scope.values() for finding in findings}
    for key, findings in by_key.items():
        if key not in told and names.get(key, key):
            words = dict.fromkeys(FAMILIES.get(_subject(row)[0], "") for row in findings)
            subject = f"{names.get(key, findings[0].subject)} ({', '.join(filter(None, words))})"
            yield _finding(key, subject, findings)


def _subject(finding: Finding) -> Subject:
    return subject_of(finding) or ("", "")


def _finding(key: str, subject: str, gone: list[Finding], scope: str = "") -> Finding:
    first = gone[0]
    return Finding(
        id=f"{VANISHED}{key}",
        level=Level.WARNING,
        subject=subject,
        formula="지난 보고서에서 한 점검을 이 보고서에서도 할 수 있다",
        printed=len(gone),
        computed=0,
        unit="개",
        names=("지난 점검", "지금 점검"),
        hint=f"점검 {len(gone):,}개가 사라졌습니다. 자료나 줄이 빠졌는지 확인하십시오.",
        department=first.department,
        url=first.url,
        app=first.app,
        scope=scope,
    )


def _names(keys: Iterable[str]) -> dict[str, str]:
    """What the slugs are called; '' of units that became others, whose checks are theirs."""
    wanted = list(keys)
    found: dict[str, str] = {}
    for model in (Term, Indicator, Project, Department) if wanted else ():
        found |= dict(model._default_manager.filter(slug__in=wanted).values_list("slug", "name"))
    became = Succession.objects.filter(predecessor__slug__in=wanted).values_list(
        "predecessor__slug", flat=True
    )
    return found | dict.fromkeys(became, "")
