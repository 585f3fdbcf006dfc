"""The fact sheet: what a number states, whose it is, what it is made of, what it was, where else it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.audit.recording import naming_relations
from core.mentions.states import states
from core.page_links import fact_url, pages_showing
from core.search import SearchEntry
from core.snapshot import Snapshot
from core.stated_facts import StatedFact, fact_text, number_of, stated_fact, value_text
from reports.site.site_document import is_remembered, site_document
from seoul_digital.lib.reported import Agreement

MOST_EARLIER = 6
EXCERPT = 80  # characters
SIGNS = {Fraction(1): "+", Fraction(-1): "−"}
AGREEMENTS = {
    Agreement.EXACT: gettext_lazy("적힌 값과 계산한 값이 같습니다."),
    Agreement.ROUNDING: gettext_lazy("단수 차이입니다."),
    Agreement.DOUBTFUL: gettext_lazy("단수 차이로 보기에는 큽니다."),
    Agreement.DISAGREES: gettext_lazy(
        "적힌 값이 계산한 값과 다릅니다. 적힌 값을 그대로 두고 계산한 값을 함께 보입니다."
    ),
}


@dataclass(frozen=True)
class Addend:
    """A term of the formula: `sign` is +, − or the factor that it is taken times with; a part of what is no sum has none."""

    sign: str
    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Formula:
    """`words` say it, `terms` are its parts; `total` is what they come to, empty where they are not added up."""

    words: str
    terms: Sequence[Addend] = ()
    total: str = ""


@dataclass(frozen=True)
class EarlierValue:
    """`value` is empty where the report of the day does not give it."""

    on: date
    url: str
    value: str = ""
    difference: str = ""


@dataclass(frozen=True)
class Place:
    """Somewhere else that the fact stands; `text` is the sentence, where it stands in one, `count` how often."""

    name: str
    url: str
    text: str = ""
    count: int = 1


@dataclass(frozen=True)
class FactSheet:
    fact: StatedFact
    value: str
    printed: str = ""  # where a computed value stands beside it
    computed: str = ""
    difference: str = ""
    agreement: str = ""
    disagrees: bool = False
    formula: Formula | None = None
    earlier: Sequence[EarlierValue] = ()
    pages: Sequence[Place] = ()
    sentences: Sequence[Place] = ()
    sections: Sequence[Place] = ()
    is_partial: bool = False  # where else it stands is yet to be asked for

    @property
    def in_document(self) -> int:
        """How often the document states it."""
        return sum(place.count for place in self.sections)


def fact_sheet(snapshot: Snapshot, fact: StatedFact, *, at_once: bool = False) -> FactSheet:
    """`at_once`: without the texts and the document where they would have to be read anew after a change of the data."""
    is_partial = at_once and not is_remembered(snapshot)
    return FactSheet(
        fact=fact,
        value=fact_text(fact),
        **_agreement(fact),
        formula=_formula(snapshot, fact),
        earlier=_earlier(snapshot, fact),
        pages=_pages(snapshot, fact),
        sentences=[] if is_partial else _sentences(snapshot, fact),
        sections=[] if is_partial else _sections(snapshot, fact),
        is_partial=is_partial,
    )


def _agreement(fact: StatedFact) -> dict[str, Any]:
    """Printed and computed side by side, where the fact has both."""
    figure = fact.figure
    if figure is None or figure.printed is None or figure.computed is None:
        return {}
    printed, computed = (
        value_text(value, fact.unit, is_change=fact.is_change) for value in (figure.printed, figure.computed)
    )
    difference = f"{printed} ↔ {computed}"  # where one of them is a word
    if figure.has_gap:
        difference = _change(Fraction(figure.printed) - Fraction(figure.computed), fact.unit)
    return {
        "printed": printed,
        "computed": computed,
        "difference": difference if figure.agreement is not Agreement.EXACT else "",
        "agreement": str(AGREEMENTS[figure.agreement]),
        "disagrees": figure.disagrees,
    }


def _change(difference: Fraction, unit: str) -> str:
    return value_text(difference, "%p" if unit == "%" else unit, is_change=True)


def _formula(snapshot: Snapshot, fact: StatedFact) -> Formula | None:
    """With a total only where the terms really come to what is computed: a rate is no sum of what it is made of."""
    if not (fact.terms or fact.formula):
        return None
    if fact.parts:
        found = (stated_fact(snapshot, identity) for identity in fact.parts)
        parts = [
            Addend("", part.label, fact_text(part), fact_url(snapshot, part.identity))
            for part in found
            if part
        ]
        return Formula(fact.formula, parts)
    terms, values = [], list[Fraction | None]()
    for term in fact.terms:
        factor, part = Fraction(term.factor), stated_fact(snapshot, term.identity)
        sign = SIGNS.get(factor) or f"×{value_text(factor, '')}"
        if part is None:
            terms.append(Addend(sign, _("지금은 없는 값"), value_text(None, "")))
            values.append(None)
            continue
        terms.append(Addend(sign, part.label, fact_text(part), fact_url(snapshot, term.identity)))
        value = number_of(part)
        values.append(None if value is None else factor * Fraction(value))
    known = [value for value in values if value is not None]
    total = sum(known, Fraction(0)) if values and len(known) == len(values) else None
    is_sum = total is not None and total == (fact.figure.computed if fact.figure else fact.value)
    return Formula(
        fact.formula, terms, value_text(total, fact.unit, is_change=fact.is_change) if is_sum else ""
    )


def _earlier(snapshot: Snapshot, fact: StatedFact) -> list[EarlierValue]:
    """The value at each base date of its scope before the one that counts, the newest first."""
    if fact.source is None:
        return []
    newest = fact.source.as_of
    days = sorted({source.as_of for source in snapshot.sources_of(fact.source.scope)}, reverse=True)
    found = [_at(snapshot, fact, on) for on in [on for on in days if on < newest][:MOST_EARLIER]]
    return [
        value for value in found if value.value or not fact.note
    ]  # texts of other reports are other texts


def _at(snapshot: Snapshot, fact: StatedFact, on: date) -> EarlierValue:
    before = snapshot.at(on)
    before.query = {**snapshot.query, "as_of": on.isoformat()}
    found = stated_fact(before, fact.identity)
    if found is None:
        return EarlierValue(on, "")
    return EarlierValue(on, fact_url(before, fact.identity), fact_text(found), _difference(fact, found))


def _difference(now: StatedFact, before: StatedFact) -> str:
    """`+12명`, `그대로`; nothing where there is no number to take from the other."""
    values = [fact.figure.shown if fact.figure else fact.value for fact in (now, before)]
    if now.unit != before.unit or any(value is None or isinstance(value, str) for value in values):
        return ""
    difference = Fraction(values[0]) - Fraction(values[1])  # type: ignore[arg-type]
    return _change(difference, now.unit) if difference else _("그대로")


def _pages(snapshot: Snapshot, fact: StatedFact) -> list[Place]:
    """Those that show its row or, where it has none, its source's; the page that the fact names, if it is no one of them."""
    shown: Any = fact.source
    if fact.record:
        model: Any = fact.record.model
        shown = (
            model._base_manager.filter(pk=fact.record.key).select_related(*naming_relations(model)).first()
        )
    found = [Place(name, address) for name, address in (pages_showing(shown, snapshot) if shown else ())]
    if fact.url and fact.url not in {place.url.partition("?")[0] for place in found}:
        found.insert(0, Place(_("이 값이 있는 화면"), with_query(fact.url, snapshot)))
    return found


def _sentences(snapshot: Snapshot, fact: StatedFact) -> list[Place]:
    """Texts that are bound to it, by their mentions, with the line in which they say it."""
    return [
        Place(f"{text.title} — {text.label}", url, excerpt(text.text, token.token.start))
        for text in states(snapshot)
        for token in text.tokens
        if fact.identity in token.stated
        for _, url in pages_showing(text.row, snapshot)[:1]
    ]


def excerpt(text: str, at: int) -> str:
    """The line of a text that a place lies in, cut where it is long."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)]
    before = max(0, at - start - EXCERPT // 2)
    cut = line[before : before + EXCERPT]
    return f"{'…' if before else ''}{cut.strip()}{'…' if before + EXCERPT < len(line) else ''}"


def _sections(snapshot: Snapshot, fact: StatedFact) -> list[Place]:
    """Where the document states it."""
    address = snapshot.url("document")
    return [
        Place(place.section, f"{address}#{place.key}", excerpt(place.text, 0), place.count)
        for place in site_document(snapshot).places.get(fact.identity, ())
    ]


def with_query(address: str, snapshot: Snapshot) -> str:
    """The address that a fact names, with what the reader asked for."""
    return SearchEntry("", "", address).url_with(snapshot.query)
