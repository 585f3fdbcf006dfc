"""A registry of checks on data (정합성), after the manner of Django's system checks.

Each app's `checks.py` registers functions that take a snapshot and yield a Finding for every formula they looked at,
those that hold included, so that a reader sees what was checked and not only what failed.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import partial
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from seoul_digital.lib import amounts
from seoul_digital.lib.reported import Agreement, Number, ReportedFigure, reported_rate

from .data_version import Memory, data_version, read_after, revisions_read_once, scope_versions
from .models import Source
from .remembered import parts
from .remembered.ahead import read_ahead
from .snapshot import Snapshot


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    HOLDS = "holds"

    @property
    def label(self) -> Any:
        words = {"error": _("오류"), "warning": _("주의"), "info": _("참고"), "holds": _("맞음")}
        return words[self.value]

    @property
    def rank(self) -> Any:
        return list(Level).index(self)


@dataclass(frozen=True)
class Finding:
    """One formula with its numbers. `id` is stable from run to run and no other formula of the snapshot has it; `printed` and
    `computed` are in `unit`.

    `formula` says in words what should hold; `hint` what to do where it does not; `department` is the slug of the
    unit concerned and `url` where to look. `names`: what the two numbers are called where the second is not computed from facts.
    `scope` is that of the one source whose own facts these are, empty where several speak. `rests_on_total`: it holds a printed
    total against something, and so is made only where one is printed. `particulars`: the rows or lines that it is about,
    where neither formula nor numbers change with them.
    """

    id: str
    level: Level
    subject: str
    formula: str
    printed: Number | None = None
    computed: Number | None = None
    unit: str = ""
    names: tuple[str, str] = ("적힌 값", "계산한 값")
    hint: str = ""
    department: str = ""
    url: str = ""
    app: str = ""
    scope: str = ""
    rests_on_total: bool = False
    particulars: str = ""

    @property
    def difference(self) -> Number | None:
        """The second number less the first."""
        if self.printed is None or self.computed is None:
            return None
        return Fraction(self.computed) - Fraction(self.printed)

    @property
    def fingerprint(self) -> str:
        """Of the numbers and particulars: an explanation holds as long as they stay the same."""
        words = [self.formula, self.printed, self.computed, *filter(None, [self.particulars])]
        return hashlib.sha256("|".join(map(str, words)).encode()).hexdigest()[:32]


STORED = ("원문 표기", "저장한 값")

Check = Callable[..., Iterator[Finding]]
EVERY_SCOPE = frozenset(Source.Scope.values)
ANEW = "scopes_checked_anew"  # in the cache of a snapshot


@dataclass(frozen=True)
class RegisteredCheck:
    """`reads` are the scopes of the sources whose rows it looks at: while these stay as they are, so do its findings."""

    app: str
    check: Check
    reads: frozenset[str]
    scope: str
    of_totals: bool
    of_all_sources: bool
    rows: Sequence[Any] = ()

    @property
    def name(self) -> str:
        function = getattr(self.check, "func", self.check)
        return f"{function.__module__}.{function.__qualname__}"

    def findings(self, snapshot: Snapshot) -> tuple[Finding, ...]:
        found = tuple(self.check(snapshot))
        # They were made a moment ago and are known to nobody yet: copies would cost a tenth of the checks.
        for finding in found:
            vars(finding).update(
                app=self.app, scope=finding.scope or self.scope, rests_on_total=self.of_totals
            )
        return found


_checks: list[RegisteredCheck] = []


def register_check(
    app: str,
    *reads: str,
    scope: str = "",
    of_totals: bool = False,
    of_each_scope: bool = False,
    of_all_sources: bool = False,
    rows: Sequence[Any] = (),
) -> Callable[[Check], Check]:
    """`@register_check("budgets", Source.Scope.REVENUE)`: the check belongs to the app of that label and reads the rows of sources of
    those scopes and `scope`, that of its findings; of all where none is named. `of_totals`: they rest on printed totals.
    `of_each_scope`: each row is looked at by itself or with those of its table, and the check takes the one scope to look at.
    `of_all_sources`: it reads more than the snapshot knows (drafts, other bureaus), and so is never recalled. `rows`: the functions of
    a snapshot that give what it looks at, which are read for all checks together (`remembered/ahead.py`)."""

    def remember(check: Check) -> Check:
        named = frozenset({*reads, scope} - {""}) or EVERY_SCOPE
        parts = [(check, named)]
        if of_each_scope:
            parts = [(partial(check, scope=part), frozenset({part})) for part in Source.Scope.values]
        _checks.extend(
            RegisteredCheck(app, part, read, scope, of_totals, of_all_sources, rows) for part, read in parts
        )
        return check

    return remember


ByCheck = dict[str, tuple[Finding, ...]]
_remembered: Memory[tuple[Finding, ...]] = Memory(16)  # of some 1,500 findings each
_remembered_of_scopes: Memory[ByCheck] = Memory(64)  # the same findings in a dozen parts


def run(snapshot: Snapshot, scopes: Collection[str] = ()) -> list[Finding]:
    """Every finding on what is in force for the snapshot, errors first: of all checks, or of those that read rows of the scopes.

    Findings whose sources have not changed are taken from what was worked out before."""
    with revisions_read_once(snapshot):
        return _run(snapshot, scopes)


def _run(snapshot: Snapshot, scopes: Collection[str]) -> list[Finding]:
    if not snapshot._cache or parts.revisions_for(snapshot):
        read_after(snapshot, data_version(snapshot))
    groups: dict[tuple[frozenset[str], bool], list[RegisteredCheck]] = defaultdict(list)
    for check in _checks:
        if not scopes or not check.reads.isdisjoint(scopes):
            groups[check.reads, check.of_all_sources].append(check)
    versions = scope_versions(snapshot, {reads for reads, is_of_all in groups if not is_of_all})
    unknown = [
        check
        for (reads, is_of_all), checks in groups.items()
        if is_of_all
        or reads not in versions
        or not _remembered_of_scopes.knows_under(versions[reads], snapshot, [check.name for check in checks])
        for check in checks
    ]
    of_one_scope = (check.reads for check in unknown if isinstance(check.check, partial))
    snapshot._cache[ANEW] = {*chain.from_iterable(of_one_scope)}
    read_ahead([snapshot], *(rows for check in unknown for rows in check.rows))
    by_group = {
        (reads, is_of_all): _found_by(snapshot, None if is_of_all else versions.get(reads), checks)
        for (reads, is_of_all), checks in groups.items()
    }
    found = chain.from_iterable(
        by_group[check.reads, check.of_all_sources][check.name]
        for check in _checks
        if (check.reads, check.of_all_sources) in by_group
    )
    return sorted(found, key=lambda finding: finding.level.rank)


def _found_by(snapshot: Snapshot, version: str | None, checks: Sequence[RegisteredCheck]) -> ByCheck:
    """The findings of checks that read the same scopes; without a version of these they are worked out anew."""

    def work(snapshot: Snapshot) -> ByCheck:
        return {check.name: check.findings(snapshot) for check in checks}

    if version is None:
        return work(snapshot)
    return _remembered_of_scopes.under(version, snapshot, work, [check.name for check in checks])


def scopes_checked_anew(snapshot: Snapshot) -> Collection[str]:
    """Those of whose checks `of_each_scope` nothing was known."""
    scopes: Collection[str] = snapshot._cache.get(ANEW, ())
    return scopes


def run_once(snapshot: Snapshot) -> tuple[Finding, ...]:
    """As `run`, worked out once for each version of the data and each choice of a reader."""
    return _remembered.once(
        snapshot, lambda fresh: tuple(run(fresh)), [(check.name, sorted(check.reads)) for check in _checks]
    )


ReasonOf = Callable[[Snapshot, Finding], str]
_reasons: list[ReasonOf] = []


def register_reasons(reason_of: ReasonOf) -> ReasonOf:
    """`reason_of(snapshot, finding)` gives what people have said of a finding with the numbers that it has now, '' for nothing."""
    _reasons.append(reason_of)
    return reason_of


def reason_of(snapshot: Snapshot, finding: Finding) -> str:
    return next(filter(None, (known(snapshot, finding) for known in _reasons)), "")


_LEVELS = {
    Agreement.EXACT: Level.HOLDS,
    Agreement.ROUNDING: Level.INFO,
    Agreement.DOUBTFUL: Level.WARNING,
    Agreement.DISAGREES: Level.ERROR,
}
_HINTS = {
    Agreement.ROUNDING: "단수 차이입니다. 고치지 않아도 됩니다.",
    Agreement.DOUBTFUL: "단수 차이로 보기에는 큽니다. 더한 값을 하나씩 확인하십시오.",
}


def sum_holds(
    printed: Number, computed: Number, *, terms: int = 1, rounded_to: int = 1, **finding: Any
) -> Finding:
    """A printed sum of `terms` figures rounded to `rounded_to` each; a difference that rounding makes is information, one that
    it could hardly make a warning."""
    agreement = ReportedFigure(computed, printed, terms, rounded_to).agreement
    finding["hint"] = _HINTS.get(agreement, finding.get("hint", ""))
    return Finding(level=_LEVELS[agreement], printed=printed, computed=computed, **finding)


def rate_holds(printed: Number, computed: Number | None, *, slack: Number = 0, **finding: Any) -> Finding:
    """A printed percentage, to one decimal; an error, too, where none can be computed."""
    figure = reported_rate(computed, printed, slack)
    agreement = Agreement.DISAGREES if computed is None else figure.agreement
    return Finding(level=_LEVELS[agreement], printed=printed, computed=computed, **finding)


def condition_holds(holds: bool, *, otherwise: Level = Level.ERROR, **finding: Any) -> Finding:
    return Finding(level=Level.HOLDS if holds else otherwise, **finding)


def count_by_level(findings: Iterable[Finding]) -> dict[Level, int]:
    counts = dict.fromkeys(Level, 0)
    for finding in findings:
        counts[finding.level] += 1
    return counts


def number(value: Number | None) -> int | Decimal | None:
    """As tables and JSON want it: whole numbers as int, others as Decimal."""
    if value is None:
        return None
    exact = Fraction(value)
    return (
        int(exact)
        if exact.denominator == 1
        else round(Decimal(exact.numerator) / Decimal(exact.denominator), 4).normalize()
    )


def number_text(value: Number | None) -> str:
    """For the list: zero is zero here, not `none`."""
    shown = number(value)
    if shown is None:
        return ""
    return amounts.plain(shown, decimals=max(0, -int(Decimal(shown).as_tuple().exponent))) if shown else "0"
