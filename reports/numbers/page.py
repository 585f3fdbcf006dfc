"""The review of numbers (숫자 확인): every text of a report with its numbers by state, and what is asked about them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.safestring import SafeString

from core.access.scope import access_scope
from core.admin.text_numbers import name_of
from core.edit_conflicts.versions import FormVersions
from core.edit_links import record_addresses
from core.mentions.marking import ASKED, marked, number_mark
from core.mentions.states import State, TextState, TokenState
from core.models.changes import ChangeRecord
from core.page_links import fact_url
from core.snapshot import Snapshot
from core.stated_facts import StatedFact

from .questions import Question, lost_name, questions_of
from .saving import offers_token

TO_DECIDE = "asked"  # as a state that is asked for: all that somebody has to decide
NO_RECORD = 0  # the version of a row that came in without one
LOST_STATE = ("lost", "본문에서 사라짐")


@dataclass(frozen=True)
class NumbersFilter:
    """What a reader wants to see; '' is everything. `text` is one text, all of whose numbers are then asked about."""

    state: str = ""
    department: str = ""
    row: str = ""
    text: str = ""

    @classmethod
    def from_query(cls, parameters: Mapping[str, str], texts: Iterable[TextState]) -> "NumbersFilter":
        """A value that nothing has is as if not asked."""
        known = {
            "state": {*State, TO_DECIDE, LOST_STATE[0]},
            "department": {text.department for text in texts},
            "row": {row_name(text) for text in texts},
            "text": {name_of(text) for text in texts},
        }
        asked = {name: parameters.get(name, "") for name in known}
        return cls(**{name: value for name, value in asked.items() if value in known[name]})

    @property
    def is_narrow(self) -> bool:
        return any((self.state, self.department, self.row, self.text))

    def select(self, texts: Iterable[TextState]) -> list[TextState]:
        return [
            text
            for text in texts
            if self.text in ("", name_of(text))
            and self.row in ("", row_name(text))
            and self.department in ("", text.department)
            and (not self.state or self._has_state(text))
        ]

    def _has_state(self, text: TextState) -> bool:
        if self.state == TO_DECIDE:
            return text.is_asked
        if self.state == LOST_STATE[0]:
            return bool(text.lost)
        return any(token.state == self.state for token in text.tokens)


def row_name(text: TextState) -> str:
    """`projects.brief.12`"""
    return name_of(text).rpartition(".")[0]


@dataclass(frozen=True)
class TextView:
    """`versions` are signed for its form; empty where nothing is asked of the reader. `lost` are (control, words)."""

    text: TextState
    name: str
    html: SafeString
    may_change: bool
    versions: str = ""
    questions: Sequence[Question] = ()
    lost: Sequence[tuple[str, str]] = ()

    @property
    def stale(self) -> list[Question]:
        return [question for question in self.questions if question.state is State.STALE]

    @property
    def unbound(self) -> list[Question]:
        """Of which nobody has said anything yet."""
        tokens = self.text.tokens
        unbound = (question for question in self.questions if question.state is State.UNBOUND)
        return [question for question in unbound if not tokens[question.place].mention]

    @property
    def offers_token(self) -> str:
        return offers_token([self.text])


@dataclass(frozen=True)
class RowView:
    title: str
    department: str
    texts: Sequence[TextView]

    @property
    def is_asked(self) -> bool:
        return any(view.text.is_asked for view in self.texts)

    @property
    def number_count(self) -> int:
        return sum(len(view.text.tokens) for view in self.texts)


def counts_of(texts: Iterable[TextState]) -> list[tuple[str, str, int]]:
    """(state, word, how many), for the legend; every state."""
    listed = list(texts)
    counts = Counter(token.state for text in listed for token in text.tokens)
    known = [(state.value, state.label, counts[state]) for state in State]
    lost = sum(len(text.lost) for text in listed)
    return [*known, (*LOST_STATE, lost)] if lost else known


def asked_count(texts: Iterable[TextState]) -> int:
    """How many numbers are to be decided."""
    return sum(
        len(text.lost) + sum(token.state in ASKED for token in text.tokens) for text in texts if text.is_asked
    )


def row_views(
    request: HttpRequest,
    snapshot: Snapshot,
    texts: Sequence[TextState],
    *,
    every: bool = False,
    is_draft: bool = False,
) -> list[RowView]:
    """Neighbouring texts of one row together. Facts of a draft have no page yet: their numbers lead to forms."""
    named = dict(snapshot.names_of({text.department for text in texts} - {""}))
    drawer = _Drawer(request, snapshot, texts, every, is_draft)
    rows = groupby(texts, key=lambda text: (type(text.row), text.row.pk))
    return [
        RowView(of[0].title, named.get(of[0].department, ""), [drawer.view(text) for text in of])
        for of in (list(of) for _, of in rows)
    ]


class _Drawer:
    """Knows of all rows of a page which may be changed, and where their facts are seen and put right: a few queries."""

    def __init__(
        self,
        request: HttpRequest,
        snapshot: Snapshot,
        texts: Sequence[TextState],
        every: bool,
        is_draft: bool,
    ) -> None:
        self.snapshot, self.every, self.is_draft = snapshot, every, is_draft
        self.changeable = rows_by_model(texts, access_scope(request.user).changeable)
        asked = [text for text in texts if every or text.is_asked]
        self.versions = _versions(text for text in asked if text.row.pk in self.changeable[type(text.row)])
        shown = texts if is_draft else asked
        facts = [token.fact for text in shown for token in text.tokens if token.fact]
        self.forms = record_addresses(request, [fact.record for fact in facts if fact.record], "main")

    def view(self, text: TextState) -> TextView:
        name = name_of(text)
        may_change = text.row.pk in self.changeable[type(text.row)]
        if not (may_change and (self.every or text.is_asked)):
            return TextView(text, name, marked(text, lambda _, token: self._mark(token)), may_change)
        return TextView(
            text,
            name,
            marked(text, lambda place, token: self._mark(token, f"{name}-{place}")),
            may_change,
            self.versions[type(text.row), text.row.pk],
            questions_of(text, self.snapshot, self._form, every=self.every),
            [(lost_name(mention), mention.words) for mention in text.lost],
        )

    def _mark(self, token: TokenState, control: str = "") -> SafeString:
        fact = token.fact
        if control and (self.every or token.state in ASKED):
            return number_mark(token, f"#{control}")
        if fact is None:
            return number_mark(token)
        return number_mark(
            token, self._form(fact) if self.is_draft else fact_url(self.snapshot, fact.identity)
        )

    def _form(self, fact: StatedFact) -> str:
        return self.forms.get(fact.record, "") if fact.record else ""


def rows_by_model(
    texts: Iterable[TextState], those_of: Callable[[type[Model], set[int]], set[int]]
) -> dict[type[Model], set[int]]:
    """Keys of the rows that `those_of` gives back of each model's: a query a model."""
    keys: dict[type[Model], set[int]] = defaultdict(set)
    for text in texts:
        keys[type(text.row)].add(text.row.pk)
    return {model: those_of(model, of) for model, of in keys.items()}


def changeable_texts(user: Any, texts: Iterable[TextState]) -> list[TextState]:
    listed = list(texts)
    changeable = rows_by_model(listed, access_scope(user).changeable)
    return [text for text in listed if text.row.pk in changeable[type(text.row)]]


def _versions(texts: Iterable[TextState]) -> dict[tuple[type[Model], int], str]:
    """Signed versions of each row, for a form of its own."""
    found = {}
    for model, of in rows_by_model(texts, lambda _, keys: keys).items():
        newest = ChangeRecord.objects.newest_ids(model, of)
        for key in of:
            versions = FormVersions({model._meta.label_lower: {key: newest.get(key, NO_RECORD)}})
            found[model, key] = versions.signed()
    return found
