"""Numbers of a text, as a page draws it piece by piece, that lead to what they state."""

from collections.abc import Callable, Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from seoul_digital.lib.number_tokens import number_tokens

from ..models.mentions import MentionedText
from ..snapshot import Snapshot
from .states import states

StatedNumber = tuple[str, str]  # as printed, and the identity of its fact, empty where it has none


def stated_numbers(
    snapshot: Snapshot, rows: Iterable[MentionedText]
) -> dict[tuple[MentionedText, str], list[StatedNumber]]:
    """Under (row, field), in the order of each text."""
    wanted = set(rows)
    return {
        (text.row, text.field): [(token.token.printed, token.identity) for token in text.tokens]
        for text in states(snapshot)
        if text.row in wanted
    }


class NumberLinker:
    """`link` is called with the pieces of the text in its order, whose words between numbers `words` draws."""

    def __init__(self, words: Callable[[str], SafeString], numbers: Sequence[StatedNumber]) -> None:
        self._words, self._numbers = words, list(numbers)

    def link(self, text: str) -> SafeString:
        pieces, at = list[SafeString](), 0
        for number in number_tokens(text) if self._numbers else ():
            if identity := self._next(number.printed):
                pieces.append(self._words(text[at : number.start]))
                pieces.append(format_html('<span data-fact="{}">{}</span>', identity, number.printed))
                at = number.end
        return format_html_join("", "{}", ((piece,) for piece in [*pieces, self._words(text[at:])]))

    def _next(self, printed: str) -> str:
        """What the next number of the text that is printed so states; those before it are passed."""
        place = next((place for place, number in enumerate(self._numbers) if number[0] == printed), None)
        if place is None:
            return ""
        identity = self._numbers[place][1]
        del self._numbers[: place + 1]
        return identity
