"""What people type into plain forms: without needless blanks, and never cut off without a word."""

from collections.abc import Mapping

LONGEST_LINE, LONGEST_NOTE = 300, 2_000


class TextTooLongError(ValueError):
    """Says in Korean how much is to go."""


def line_from(parameters: Mapping[str, str], name: str) -> str:
    """A reason in one line."""
    return within(LONGEST_LINE, " ".join(parameters.get(name, "").split()))


def note_from(parameters: Mapping[str, str], name: str) -> str:
    """Some lines, without blanks around them."""
    return within(LONGEST_NOTE, parameters.get(name, "").replace("\r\n", "\n").strip())


def within(limit: int, text: str) -> str:
    if len(text) > limit:
        raise TextTooLongError(
            f"{limit:,}자까지 적을 수 있습니다. {len(text) - limit:,}자를 줄여 주십시오. 저장한 것은 없습니다."
        )
    return text
