"""Texts with their numbers marked by state: plain ones in their lines, 개조식 ones as readers see them."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from seoul_digital.lib.fields import OutlineField
from seoul_digital.lib.number_tokens import number_tokens
from seoul_digital.lib.outline import html, parser

from ..stated_facts import StatedFact, fact_text
from .states import State, TextState, TokenState

ASKED = (State.STALE, State.UNBOUND)
Draw = Callable[[int, TokenState], SafeString]  # the markup of a number, from its place among the text's


def marked(text: TextState, draw: Draw) -> SafeString:
    """The text as HTML, every number of it drawn; an outline that can't be read stands as it was typed."""
    if isinstance(text.row._meta.get_field(text.field), OutlineField):
        try:
            return html.render(
                parser.parse(text.text), Pieces(text.tokens, draw), f"{text.title} {text.label}"
            )
        except parser.OutlineError:
            pass
    return format_html('<p class="lines">{}</p>', _whole(text, draw))


def number_mark(state: TokenState, address: str = "") -> SafeString:
    """A number with the class of its state, as a link where it has an address. What is asked about is said in words, too."""
    asked = format_html('<span class="sr"> ({})</span>', state.state.label) if state.state in ASKED else ""
    tag, link = ("a", format_html(' href="{}"', address)) if address else ("span", "")
    return format_html(
        '<{0} class="number n-{1}"{2} title="{3}">{4}{5}</{0}>',
        tag,
        state.state.value,
        link,
        ": ".join(filter(None, [state.state.label, fact_words(state.fact) if state.fact else ""])),
        state.token.printed,
        asked,
    )


def unlinked(place: int, state: TokenState) -> SafeString:
    """For forms, where whoever fills them in stays."""
    return number_mark(state)


def fact_words(fact: StatedFact) -> str:
    """`공공와이파이 누적 설치: 28,006대 (’22. 8. 29.)`"""
    return f"{fact.label}: {fact_text(fact)}" + (f" ({fact.on})" if fact.on else "")


class Pieces:
    """Draws the numbers of a text in its pieces, which come in the text's order; the link of `outline.html.render`."""

    def __init__(self, tokens: Sequence[TokenState], draw: Draw) -> None:
        self.draw = draw
        self.waiting: dict[str, deque[tuple[int, TokenState]]] = defaultdict(deque)
        for place, state in enumerate(tokens):
            self.waiting[state.token.printed].append((place, state))

    def __call__(self, piece: str) -> SafeString:
        parts: list[str] = []
        at = 0
        for token in number_tokens(piece):
            if waiting := self.waiting.get(token.printed):
                parts += [piece[at : token.start], self.draw(*waiting.popleft())]
                at = token.end
        return _joined([*parts, piece[at:]])


def _whole(text: TextState, draw: Draw) -> SafeString:
    parts: list[str] = []
    at = 0
    for place, state in enumerate(text.tokens):
        parts += [text.text[at : state.token.start], draw(place, state)]
        at = state.token.end
    return _joined([*parts, text.text[at:]])


def _joined(parts: Iterable[str]) -> SafeString:
    return format_html_join("", "{}", ((conditional_escape(part),) for part in parts))
