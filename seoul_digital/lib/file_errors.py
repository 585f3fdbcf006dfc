"""Problems of a file, in sentences by which its owner can correct it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

MAX_SHOWN = 100


@dataclass(frozen=True)
class Problem:
    """`row` is the number that Excel shows, from 1; `remedy` says what to do. Empty parts are unknown or do
    not apply."""

    message: str
    remedy: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""

    @property
    def place(self) -> str:
        """`‘집행현황’ 시트 12행 ‘예산현액’ 열`; '' for the file as a whole."""
        parts = [
            f"‘{self.sheet}’ 시트" if self.sheet else "",
            f"{self.row:,}행" if self.row else "",
            f"‘{self.column}’ 열" if self.column else "",
        ]
        return " ".join(filter(None, parts))

    def sentence(self, file_name: str) -> str:
        where = f"[{file_name}] {self.place}: " if self.place else f"[{file_name}] "
        return " ".join(filter(None, [where + self.message, self.remedy]))

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


class StoreUnavailableError(OSError):
    """The object store does not answer, or refuses; nothing has been done. The message is for the log."""


class FileRefused(Exception):
    """The file as a whole cannot be read: for one reason, or for `problems`. `details` say more to a program."""

    def __init__(
        self, message: str = "", remedy: str = "", *, problems: Sequence[Problem] = (), **place: Any
    ):
        self.problems = tuple(problems) or (Problem(message, remedy, **place),)
        self.details: dict[str, Any] = {}
        super().__init__(*(problem.message for problem in self.problems))

    def sentences(self, file_name: str) -> list[str]:
        return [problem.sentence(file_name) for problem in self.problems]
