"""What is wrong with a 개조식 text, and how large one may be."""

from typing import NamedTuple

MAX_CHARACTERS, MAX_LINES = 20_000, 500  # the report's longest text has some 1,700 characters in 40 lines
MAX_COLUMNS, MAX_ROWS, MAX_CELLS = 30, 300, 1_000  # of a table, its head included; of all tables of a text


class Choice(NamedTuple):
    """What may stand in place of an unknown mark; an empty `mark` goes on with the line above."""

    mark: str
    label: str


class OutlineError(ValueError):
    """Text that does not follow the notation; `line` (from 1) says where, the message, in Korean, what to do.

    `choices` may replace the unknown `mark` that the line opens with. Line 0 is the text as a whole.
    """

    def __init__(self, line: int, message: str, mark: str = "", choices: tuple[Choice, ...] = ()):
        super().__init__(f"{line}번째 줄: {message}" if line else message)
        self.line = line
        self.message = message
        self.mark = mark
        self.choices = choices


def check_cells(line: int, cells: int) -> None:
    if cells > MAX_CELLS:
        raise OutlineError(
            line,
            f"글의 표가 모두 {cells:,}칸을 넘습니다. {MAX_CELLS:,}칸까지 적을 수 있습니다. 표를 간추려 주세요.",
        )


def check_size(text: str) -> None:
    """Raise OutlineError for more characters or lines than a text may have, before anything reads it."""
    if len(text) > MAX_CHARACTERS:
        raise OutlineError(
            0,
            f"글이 {len(text):,}자입니다. {MAX_CHARACTERS:,}자까지 적을 수 있습니다. 줄이거나 나누어 적어 주세요.",
        )
    lines = text.count("\n") + 1
    if lines > MAX_LINES:
        raise OutlineError(
            0, f"글이 {lines:,}줄입니다. {MAX_LINES:,}줄까지 적을 수 있습니다. 줄이거나 나누어 적어 주세요."
        )
