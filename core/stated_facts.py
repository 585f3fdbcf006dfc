"""What the numbers and dates of a report state, each under an identity that lasts from source to source.

An identity is `kind:key`, such as `measurement:wifi-ap`; never a row's id. It names a value in whatever snapshot it is asked of:
mentions in texts point to it, and the fact sheet of a number on a page is opened by it. Each app registers its kinds.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from seoul_digital.lib import amounts
from seoul_digital.lib.language import captions, in_korean, is_english
from seoul_digital.lib.periods import PartialDate, Period
from seoul_digital.lib.reported import Number, ReportedFigure
from seoul_digital.lib.tables import Record, day

from .data_version import Memory, scope_versions
from .models import Source
from .remembered import parts
from .remembered.ahead import read_ahead
from .snapshot import Snapshot


@dataclass(frozen=True)
class FormulaTerm:
    """A part of a computed value: `factor` times the fact of that identity."""

    identity: str
    factor: Decimal = Decimal(1)


@dataclass(frozen=True)
class StatedFact:
    """A value as a snapshot has it. `value` is in `unit`: 원, 명, 개 …; of a date or period, `period` says it and `value` is None.

    `words` name its subject as texts do (the indicator, its project, the unit): a number stands for this fact where they stand
    near it. `on` is the fact's own date as pages write it, `printed` the source's own form. `terms` are the formula of what
    is computed, `formula` says it in words, `parts` are the identities in one that is no sum. `department` is the slug of the unit concerned, `url` the page that shows the value,
    `note` says what is peculiar to it; a value that `is_change` is written with its sign.
    """

    identity: str
    label: str
    value: Decimal | None = None
    unit: str = ""
    period: Period | PartialDate | None = None
    figure: ReportedFigure | None = None
    printed: str = ""
    on: str = ""
    source: Source | None = None
    record: Record | None = None
    words: tuple[str, ...] = ()
    project: str = ""
    department: str = ""
    formula: str = ""
    terms: tuple[FormulaTerm, ...] = ()
    parts: tuple[str, ...] = ()
    url: str = ""
    note: str = ""
    is_change: bool = False


Provider = Callable[[Snapshot], Iterator[StatedFact]]
Finder = Callable[[Snapshot, str], StatedFact | None]
_providers: dict[str, Provider] = {}
_scopes: dict[str, frozenset[str]] = {}  # by kind those of the sources that its facts rest on
_earlier: dict[str, Provider] = {}
_finders: dict[str, Finder] = {}


def register_stated_facts(kind: str, *scopes: str) -> Callable[[Provider], Provider]:
    """Decorator of a function that gives all facts of a kind that a snapshot has; `scopes` are those of the sources whose rows
    it reads: while these stay as they are, so do the facts. Without them nothing is known of that."""

    def remember(provider: Provider) -> Provider:
        _providers[kind] = provider
        _scopes[kind] = frozenset(scopes)
        return provider

    return remember


def register_earlier_facts(kind: str) -> Callable[[Provider], Provider]:
    """Decorator of a function that gives what older sources state of a kind and the newest no longer does, or texts alone say.

    Such facts are found by their identity alone: nothing proposes them for a number.
    """

    def remember(provider: Provider) -> Provider:
        _earlier[kind] = provider
        return provider

    return remember


def register_found_facts(kind: str) -> Callable[[Finder], Finder]:
    """Decorator of a function that finds one fact by its key, of a kind with too many to work all of them out."""

    def remember(finder: Finder) -> Finder:
        _finders[kind] = finder
        return finder

    return remember


def is_identity(text: str) -> bool:
    """Whether it has the form of an identity of a kind that an app registered."""
    kind, colon, key = text.partition(":")
    return bool(colon and key) and kind in _providers


Facts = dict[str, StatedFact]
FACTS = "stated_facts"  # those of a snapshot by their kinds, in its cache
ByKinds = dict[tuple[str, ...], Facts]
_remembered: Memory[ByKinds] = Memory(8)  # of some 700 facts each
_remembered_of_scopes: Memory[ByKinds] = Memory(32)  # the same facts in four parts


def kinds() -> Collection[str]:
    """Of the facts that `stated_facts` lists."""
    return _providers.keys()


def stated_facts(snapshot: Snapshot, *kinds: str) -> Facts:
    """The facts of the kinds, or of all, under their identities; worked out once for a snapshot, all of them once for each version of
    the data."""
    parts.use(parts.REVISIONS)  # others may have read them
    known = snapshot._cache.get(FACTS, {})
    if kinds not in known:
        work = partial(_facts_by_kinds, kinds=kinds)
        with in_korean():  # it may go into what all readers share
            found = work(snapshot) if kinds else _remembered.once(snapshot, work, [*_providers])
        known = snapshot._cache[FACTS] = {**snapshot._cache.get(FACTS, {}), **found}
    facts: Facts = known[kinds]
    return facts


def _facts_by_kinds(snapshot: Snapshot, kinds: tuple[str, ...]) -> ByKinds:
    """Those of the kinds together, of several also of each; no kind stands for all."""
    if len(kinds) == 1:
        _read_ahead(snapshot, kinds)
        return {kinds: {fact.identity: fact for fact in _providers[kinds[0]](snapshot)}}
    if not kinds:
        _recall(snapshot)
    _read_ahead(snapshot, kinds or _providers)
    found: ByKinds = {(kind,): stated_facts(snapshot, kind) for kind in kinds or _providers}
    return {**found, kinds: {identity: fact for facts in found.values() for identity, fact in facts.items()}}


def _read_ahead(snapshot: Snapshot, kinds: Iterable[str]) -> None:
    known = snapshot._cache.get(FACTS, ())
    read_ahead([snapshot], *(_providers[kind] for kind in kinds if (kind,) not in known))


def _recall(snapshot: Snapshot) -> None:
    """Takes those kinds whose sources have not changed from what was worked out before."""
    versions = scope_versions(snapshot, {*_scopes.values()} - {frozenset()})
    by_scopes = {scopes: [kind for kind in _providers if _scopes[kind] == scopes] for scopes in versions}
    unknown = [
        kinds
        for scopes, kinds in by_scopes.items()
        if not _remembered_of_scopes.knows_under(versions[scopes], snapshot, kinds)
    ]
    _read_ahead(snapshot, [kind for kinds in unknown for kind in kinds])
    for scopes, kinds in by_scopes.items():

        def work(snapshot: Snapshot, kinds: list[str] = kinds) -> ByKinds:
            return {(kind,): stated_facts(snapshot, kind) for kind in kinds}

        found = _remembered_of_scopes.under(versions[scopes], snapshot, work, kinds)
        snapshot._cache[FACTS] = {**found, **snapshot._cache.get(FACTS, {})}


def stated_fact(snapshot: Snapshot, identity: str) -> StatedFact | None:
    """The fact of an identity, one of an older source where the newest has none; None where there is none."""
    kind, _, key = identity.partition(":")
    if kind in _finders:
        return _finders[kind](snapshot, key)
    found = stated_facts(snapshot, kind).get(identity) if kind in _providers else None
    return found or (_earlier_facts(snapshot, kind).get(identity) if kind in _earlier else None)


def _earlier_facts(snapshot: Snapshot, kind: str) -> dict[str, StatedFact]:
    parts.use(parts.REVISIONS)  # as above
    cached = snapshot._cache.get(("earlier_facts", kind))
    if cached is None:
        with in_korean():
            cached = {fact.identity: fact for fact in _earlier[kind](snapshot)}
        snapshot._cache["earlier_facts", kind] = cached
    return cached


def stated(figure: ReportedFigure, unit: str) -> dict[str, Any]:
    """A figure as a fact's fields: the printed number, else the computed, rates to a tenth; a word (순증) as its own form."""
    shown = figure.shown
    if isinstance(shown, str):
        return {"figure": figure, "unit": unit, "printed": shown}
    value = None if shown is None else amounts.rounded(shown, 1 if unit.startswith("%") else 0)
    return {"figure": figure, "unit": unit, "value": value}


def number_of(fact: StatedFact) -> Number | None:
    """What is added up: the computed value of a figure, where it has one."""
    if fact.figure is None:
        return fact.value
    value = fact.figure.computed if fact.figure.computed is not None else fact.figure.printed
    return None if isinstance(value, str) else value


@register_stated_facts("base_date")
def base_dates(snapshot: Snapshot) -> Iterator[StatedFact]:
    """The base date of each scope, and of the report (`base_date:report`)."""
    newest = {source.scope: source for source in reversed(snapshot.known)}
    for scope, source in newest.items():
        yield _base_date(scope, f"{source.get_scope_display()} 기준일", source.as_of, source)
    if newest and snapshot.base_date:
        yield _base_date("report", "기준일", snapshot.base_date)


def _base_date(key: str, label: str, on: date, source: Source | None = None) -> StatedFact:
    period = PartialDate(on.year, on.month, on.day)
    return StatedFact(f"base_date:{key}", label, period=period, on=day(on), source=source, words=("기준",))


UNKNOWN = "값 없음"


def value_text(value: Number | str | None, unit: str, *, is_change: bool = False) -> str:
    """`143,204,842천원`, `266명`, `△8명`, `66.9%`; an amount in 천원 where it is a whole number of them. Zero is `0`.

    With as many decimals as it was written with; one where it is worked out and has no end.
    """
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return value
    exact, decimals = Fraction(value), 1
    if unit == "원" and exact and exact % amounts.THOUSAND == 0:
        exact, unit = exact / amounts.THOUSAND, "천원"
    if exact.denominator == 1:
        decimals = 0
    elif isinstance(value, Decimal):
        decimals = max(0, -int(value.normalize().as_tuple().exponent))
    write = amounts.signed if is_change or unit == "%p" else amounts.plain
    zero = "0.0" if is_change and unit == "%" else "0"
    return _with_unit(write(exact, decimals=decimals) if exact else zero, unit)


def _with_unit(number: str, unit: str) -> str:
    """`642,720천원`, `KRW 642,720 thousand`; a unit of the report's own stays as it is."""
    if not is_english() or unit not in captions.UNITS:
        return f"{number}{unit}"
    word = captions.units_text(unit)
    if word.startswith("KRW"):
        return f"KRW {number}{word.removeprefix('KRW')}"
    return f"{number} {word}" if unit in {"명", "%p"} else number


def fact_text(fact: StatedFact) -> str:
    """The value as the report gives it: the printed one before the computed one, a period as its source writes it."""
    if fact.period is not None:
        return fact.printed or fact.period.printed()
    shown = fact.figure.shown if fact.figure else fact.value
    return value_text(shown, fact.unit, is_change=fact.is_change)
