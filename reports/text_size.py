"""How much text and how many rows a report may hold: within this, every document of it takes a web worker five seconds at most."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from seoul_digital.lib.outline.table import parse_row

from .chapters.organisation.data import OrganisationData
from .report import Report


class ReportTooLargeError(ValueError):
    """Says in Korean how much is to go."""


@dataclass(frozen=True)
class TextSize:
    characters: int
    lines: int
    cells: int
    rows: int = 0
    units: int = 0

    def __str__(self) -> str:
        rows = f", 자료 {self.rows:,}건(부서 {self.units:,}곳)" if self.rows else ""
        return f"{self.characters:,}자, {self.lines:,}줄, 표 {self.cells:,}칸{rows}"

    def within(self, most: "TextSize") -> bool:
        return all(getattr(self, row.name) <= getattr(most, row.name) for row in fields(self))


# The report of 2022 has some 40,000 characters in 1,100 lines, 720 rows and 28 units.
MOST = TextSize(250_000, 5_000, 4_000, 5_000, 500)
TOO_LARGE = (
    "보고서의 글이 모두 {}입니다. 문서는 {}까지 만듭니다. {} 줄여 주십시오. 적은 것은 그대로 있습니다."
)
TEXTS, ROWS, UNITS = "사업과 용어의 글과 표를", "업무, 일정, 지표, 용어 같은 자료의 수를", "조직도의 부서를"


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
        if report and (words := too_large(report)):
            raise ReportTooLargeError(words)


def too_large(report: Report) -> str:
    """The sentence that says so and what is to be less; '' where it is not."""
    size = size_of_report(report)
    if size.within(MOST):
        return ""
    less = UNITS if size.units > MOST.units else ROWS if size.rows > MOST.rows else TEXTS
    return TOO_LARGE.format(size, MOST, less)


def size_of_report(report: Report) -> TextSize:
    units = len((report.get(OrganisationData) or OrganisationData()).units)
    return replace(size_of(texts_of_report(report)), rows=_rows(report.chapters), units=units)


def _rows(value: Any) -> int:
    """How many rows a report's data has, those within others and single lines of a list too."""
    if is_dataclass(value):
        return sum(_rows(getattr(value, name)) for name in value.__dataclass_fields__)
    if isinstance(value, Mapping):
        return _rows(tuple(value.values()))
    if isinstance(value, list | tuple):
        return sum(isinstance(part, str) or is_dataclass(part) + _rows(part) for part in value)
    return 0


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
