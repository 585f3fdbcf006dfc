"""What every number and date of a snapshot's texts states, and whether it still holds."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache, partial
from itertools import chain, product
from typing import Any

from django.apps import apps
from django.db.models import F, Value

from seoul_digital.lib.hangul import fold
from seoul_digital.lib.number_notation import same_notation
from seoul_digital.lib.number_tokens import NumberToken, agrees, agrees_on_date, number_tokens

from ..audit.recording import naming_relations
from ..audit.revisions import source_path
from ..data_version import Memory, SourceMemory
from ..models import Source
from ..models.mentions import MentionedText
from ..models.sources import scopes_of
from ..remembered import parts
from ..remembered.together import read_together
from ..snapshot import Snapshot, cached_on_snapshot
from ..stated_facts import StatedFact, stated_fact, stated_facts
from .alignment import placed, places_in
from .candidates import TokenContext, candidates, value_of
from .formula import FormulaError, evaluated, identities
from .mention import Kind, Mention, Place

NEAR = 200  # characters of a line on either side of a number
_fold_again = lru_cache(256)(fold)  # of what a row is about, the same for each of its numbers


class State(StrEnum):
    BOUND = "bound"
    DERIVED = "derived"
    ONLY_HERE = "only_here"
    NO_FACT = "no_fact"
    STALE = "stale"
    UNBOUND = "unbound"

    @property
    def label(self) -> str:
        return {
            "bound": "연결됨", "derived": "셈한 값", "only_here": "본문에만 있음",
            "no_fact": "사실 아님", "stale": "값이 달라짐", "unbound": "확인 안 됨",
        }[self.value]  # fmt: skip


@dataclass(frozen=True)
class TokenState:
    """A number or date of a text at its `place` (as `Mention.key` names it).

    `fact` is what it is bound to, of a derived one the first of its formula, and `value` what that gives, a Decimal or a period;
    `offered` how the text would say it in its own notation where it is stale; `candidates` what an unbound one may state,
    the likeliest first. `own` is the identity under which the number itself opens (`core.mentions.text_facts`).
    """

    token: NumberToken
    state: State
    place: Place = ("", "", "", 0)
    mention: Mention | None = None
    fact: StatedFact | None = None
    value: Any = None
    offered: str = ""
    candidates: tuple[StatedFact, ...] = ()
    own: str = ""

    @property
    def identity(self) -> str:
        """That of the fact that it is bound to, else its own; empty for a name."""
        if self.state is State.NO_FACT:
            return ""
        is_bound = self.mention and self.mention.kind is Kind.BOUND and self.state is not State.UNBOUND
        return self.mention.target if self.mention and is_bound else self.own

    @property
    def stated(self) -> frozenset[str]:
        """The identities that it speaks of: its own, what it is bound to, the terms of its formula."""
        terms = identities(self.mention.formula) if self.state is State.DERIVED and self.mention else ()
        return frozenset(filter(None, (self.identity, *terms)))


@dataclass(frozen=True)
class TextState:
    """A text of a row with its numbers in their order. `lost` are the mentions that no number of it is any more.

    `row` is the row itself, `label` the text's name (추진실적), `title` what the row is called; `department` the slug of its unit.
    """

    row: MentionedText
    field: str
    label: str
    title: str
    text: str
    tokens: tuple[TokenState, ...]
    lost: tuple[Mention, ...] = ()
    department: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether anything of it is to be decided."""
        return bool(self.lost) or any(token.state in (State.STALE, State.UNBOUND) for token in self.tokens)


_remembered: Memory[tuple[TextState, ...]] = Memory(16)


def states(snapshot: Snapshot) -> tuple[TextState, ...]:
    """Of every text with numbers, in the order of the models and rows; worked out once for each version of the data."""
    return _remembered.once(
        snapshot,
        lambda snapshot: tuple(state for row in read_rows(snapshot) for state in states_of(row, snapshot)),
    )


def mentioned_models() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, MentionedText)]


def mentioned_rows(snapshot: Snapshot) -> Iterator[Any]:
    """The rows with texts that a snapshot shows, each with the slug of its unit as `unit_slug`: read anew, so that they may be changed."""
    yield from _rows_of(snapshot.in_force)


def _rows_of(sources: list[Source], *, are_fresh: bool = False) -> Iterator[Any]:
    """What a row refers to and is read before it, as a step's report, is that very row; so are sources that are `fresh`."""
    keys = {
        model: [source.pk for source in sources if source.scope in scopes_of(model)]
        for model in mentioned_models()
    }
    links: dict[Any, list[Any]] = {}
    for model in filter(keys.get, keys):
        links[model] = [
            field for field in model._meta.fields if field.many_to_one and field.related_model in links
        ]
    asked = [model for model in links if not (are_fresh and model is Source)]
    querysets = [_with_names(model, keys[model], links[model]) for model in asked]
    found = dict(zip(asked, read_together(querysets), strict=True))
    read: dict[Any, dict[int, Any]] = {}
    for model in links:
        rows = found[model] if model in found else [_as_row(source) for source in sources]
        read[model] = {row.pk: row for row in rows}
        for row, field in product(rows, links[model]):
            if above := read[field.related_model].get(getattr(row, field.attname)):
                setattr(row, field.name, above)
        yield from rows


def _with_names(model: Any, sources: list[int], links: list[Any]) -> Any:
    """The rows of sources with what they are called by, but for what `links` lead to, each with the slug of its unit."""
    path, owner = source_path(model), model.owning_department()
    rows: Any = model._base_manager.filter(**{f"{path}__in": sources})
    slug: Any = F(f"{owner.name}__slug") if isinstance(owner, F) else Value("")  # type: ignore[attr-defined]
    known = {field.name for field in links} | {"brought_by"}  # no text speaks of a person
    paths = {way for way in naming_relations(model) if way.partition("__")[0] not in known}
    return (
        rows.select_related(*paths or [None])
        .annotate(unit_slug=slug, source_key=F(path))
        .order_by(*model._meta.ordering, "pk")
    )


def _as_row(source: Source) -> Source:
    """One that a page has read after the revisions that it rests on."""
    row = copy(source)
    row.unit_slug, row.source_key = "", source.pk  # type: ignore[attr-defined]
    return row


_read: SourceMemory[list[Any]] = SourceMemory(64)


@cached_on_snapshot
def read_rows(snapshot: Snapshot) -> list[Any]:
    """The same, read once for all who only read them; after a change those of the changed source alone."""
    work = partial(_by_source, are_fresh=parts.revisions_for(snapshot) is not None)
    rows = chain.from_iterable(_read.of_each(snapshot, work))
    place = {model: number for number, model in enumerate(mentioned_models())}
    return sorted(rows, key=lambda row: place[type(row)])


def _by_source(sources: list[Source], *, are_fresh: bool) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {source.pk: [] for source in sources}
    for row in _rows_of(sources, are_fresh=are_fresh):
        found[row.source_key].append(row)
    return found


def states_of(row: Any, snapshot: Snapshot) -> Iterator[TextState]:
    """Of one row's texts, as it stands in memory, against a snapshot's facts."""
    mentions = row.all_mentions
    for field in row.mention_fields:
        text = getattr(row, field)
        own = [mention for mention in mentions if mention.field == field]
        if text or own:
            state = _text_state(row, field, text, own, snapshot)
            if state.tokens or state.lost:
                yield state


def _text_state(row: Any, field: str, text: str, mentions: list[Mention], snapshot: Snapshot) -> TextState:
    stood = placed(text, [mention for mention in mentions if not mention.is_lost])
    tokens = tuple(
        token_state(
            token,
            stood.found.get(index),
            snapshot,
            partial(context_of, row, text, token),
            place=place,
            own=own,
        )
        for index, (token, (place, own)) in enumerate(
            zip(stood.tokens, _keys_in(field, text, text_key(row, field)), strict=True)
        )
    )
    lost = (*stood.lost, *(mention for mention in mentions if mention.is_lost))
    label = str(row._meta.get_field(field).verbose_name)
    return TextState(row, field, label, str(row), text, tokens, lost, getattr(row, "unit_slug", ""))


@lru_cache(1_024)
def _keys_in(field: str, text: str, key: str) -> tuple[tuple[Place, str], ...]:
    """Of each number of a text its place and its own identity."""
    places = places_in(field, text, number_tokens(text))
    return tuple((place.key, text_identity(key, place)) for place in places)


def text_key(row: Any, field: str) -> str:
    """Of a text from report to report: what names its row without the source."""
    names = row.natural_key()
    words = "/".join(map(str, names[1:] or names))
    return f"{row._meta.model_name}/{hashlib.sha256(words.encode()).hexdigest()[:12]}/{field}"


def text_identity(key: str, place: Mention) -> str:
    """`text:q83vEjRW`: 48 bits in eight characters, since documents have many."""
    words = f"{key}/{place.number}{place.unit}/{place.nth}"
    return f"text:{urlsafe_b64encode(hashlib.sha256(words.encode()).digest()[:6]).decode()}"


def context_of(row: Any, text: str, token: NumberToken) -> TokenContext:
    """The line that a number stands in, of a long one what is near, and what its row is about."""
    before = text[max(0, token.start - NEAR) : token.start].rpartition("\n")[2]
    after = text[token.end : token.end + NEAR].partition("\n")[0]
    links = [field.name for field in row._meta.fields if field.is_relation and field.name != "source"]
    about = [str(row), *(str(getattr(row, name)) for name in links if getattr(row, f"{name}_id"))]
    return TokenContext(
        fold(f"{before} {after}"),
        _fold_again(" ".join(about)),
        {*row.natural_key(), getattr(row, "unit_slug", "")} - {""},
    )


def unsaved_state(row: Any, field: str) -> TextState:
    """Of a text that no row has yet: nobody has said what its numbers state."""
    tokens = tuple(TokenState(token, State.UNBOUND) for token in number_tokens(getattr(row, field)))
    label = str(row._meta.get_field(field).verbose_name)
    return TextState(row, field, label, "", getattr(row, field), tokens)


def token_state(
    token: NumberToken,
    mention: Mention | None,
    snapshot: Snapshot,
    context: Callable[[], TokenContext],
    **at: Any,
) -> TokenState:
    """`at`: its place and its own identity."""
    if mention is None:
        return TokenState(token, State.UNBOUND, candidates=candidates(snapshot, token, context()), **at)
    if mention.kind in (Kind.ONLY_HERE, Kind.NO_FACT):
        return TokenState(token, State(mention.kind.value), mention=mention, **at)
    fact, value = meant(mention, snapshot)
    if value is None:  # the snapshot has no such fact
        found = candidates(snapshot, token, context())
        return TokenState(token, State.UNBOUND, mention=mention, fact=fact, candidates=found, **at)
    if holds(token, mention, value):
        return TokenState(token, State(mention.kind.value), mention=mention, fact=fact, value=value, **at)
    is_comparable = token.is_date != isinstance(value, Decimal)
    offered = same_notation(token, value, rounded=_is_rounded(mention)) if is_comparable else ""
    return TokenState(token, State.STALE, mention=mention, fact=fact, value=value, offered=offered, **at)


def meant(mention: Mention, snapshot: Snapshot) -> tuple[StatedFact | None, Any]:
    """The fact that a mention is bound to, of a formula the first, and the value or period that it gives."""
    facts = stated_facts(snapshot)
    if mention.kind == Kind.BOUND:
        fact = facts.get(mention.target) or stated_fact(snapshot, mention.target)
        return fact, None if fact is None else fact.period if fact.value is None else value_of(fact)
    try:
        named = identities(mention.formula)
        terms = {name: facts.get(name) or stated_fact(snapshot, name) for name in named}
        numbers = {name: value_of(fact) for name, fact in terms.items() if fact and fact.value is not None}
        value = evaluated(mention.formula, numbers.get)
    except FormulaError:
        return None, None
    return next(filter(None, terms.values()), None), None if value is None else decimal(value)


def decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def holds(token: NumberToken, mention: Mention, value: Any) -> bool:
    """Whether the text says the value; a quotient it gives to its last place."""
    if not isinstance(value, Decimal):
        return agrees_on_date(token, value)
    return agrees(token, value, rounded=_is_rounded(mention))


def _is_rounded(mention: Mention) -> bool:
    return mention.rounded or "/" in mention.formula
