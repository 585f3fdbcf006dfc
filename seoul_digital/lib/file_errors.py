"""What is wrong with a file, said so that the person who has it can put it right."""

from dataclasses import asdict, dataclass

MOST_SHOWN = 100


@dataclass(frozen=True)
class Problem:
    """`row` is the number that Excel shows, from 1; `remedy` says what to do. Empty parts are not known or do not apply."""

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

    def said(self, file_name: str) -> str:
        where = f"[{file_name}] {self.place}: " if self.place else f"[{file_name}] "
        return " ".join(filter(None, [where + self.message, self.remedy]))

    def to_dict(self) -> dict:
        return asdict(self)


class RefusedError(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, *problems: Problem):
        super().__init__(*(problem.message for problem in problems))
        self.problems = problems


def refuse(message: str, remedy: str = "", **place) -> RefusedError:
    return RefusedError(Problem(message, remedy, **place))
