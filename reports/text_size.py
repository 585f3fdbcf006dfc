"""How much text a report may hold: within this, every document of it takes a web worker five seconds at most."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from seoul_digital.lib.outline.table import parse_row

from .report import Report


class ReportTooLargeError(ValueError):
    """Says in Korean how much is to go."""


@dataclass(frozen=True)
class TextSize:
    characters: int
    lines: int
    cells: int

    def __str__(self) -> str:
        return f"{self.characters:,}자, {self.lines:,}줄, 표 {self.cells:,}칸"

    def within(self, most: "TextSize") -> bool:
        return all(getattr(self, row.name) <= getattr(most, row.name) for row in fields(self))


# The report of 2022 has some 40,000 characters in 1,100 lines.
MOST = TextSize(250_000, 5_000, 4_000)
TOO_LARGE = "보고서의 글이 모두 {}입니다. 문서는 {}까지 만듭니다. 사업과 용어의 글과 표를 줄여 주십시오. 적은 것은 그대로 있습니다."


def size_of(texts: Iterable[str]) -> TextSize:
    characters = lines = cells = 0
    for text in texts:
        characters += len(text)
        lines += text.count("\n") + 1 if "\n" in text else 0
        if "|" in text or "\t" in text:
            cells += sum(
                len(parse_row(line)) if line.lstrip().startswith("|") else line.count("\t") + ("\t" in line)
                for line in text.splitlines()
            )
    return TextSize(characters, lines, cells)


def require_printable(*reports: Report | None) -> None:
    """Raises ReportTooLargeError before anything dear is done."""
    for report in reports:
        if report and (words := too_large(texts_of_report(report))):
            raise ReportTooLargeError(words)


def too_large(texts: Iterable[str]) -> str:
    """The sentence that says so; '' where it is not."""
    size = size_of(texts)
    return "" if size.within(MOST) else TOO_LARGE.format(size, MOST)


def texts_of_report(report: Report) -> Iterator[str]:
    return _texts(report.chapters)


def _texts(value: Any) -> Iterator[str]:
    """Every text of a report's data."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for name in value.__dataclass_fields__:
            yield from _texts(getattr(value, name))
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
