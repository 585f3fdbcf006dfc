"""Finds the header of a table under its title rows and says which column holds what."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from seoul_digital.lib.file_errors import FileRefused, Problem
from seoul_digital.lib.hangul import with_particle

from .. import fields
from ..fields import BOOK, EXECUTION, IGNORED, KINDS, LABELS, OVERVIEW, REVENUE, plain_label
from . import titles
from .cells import clean

LOOKED_THROUGH = 60  # rows in which a header must stand
KNOWN_LABELS_OF_A_HEADER = 3
BY_HAND = {
    "department": "--department",
    "fiscal_year": "--year",
    "money_unit": "--unit",
}  # what a person may say for the whole file; as the command has it
SUMS = {"계", "소계", "합계", "금액"}


@dataclass(frozen=True)
class Layout:
    """`columns`: position (from 0) by field; `labels`: what stands over each position."""

    kind: str
    header_row: int
    first_row: int
    columns: Mapping[str, int]
    labels: Sequence[str]
    unknown: Sequence[str] = ()
    units: Mapping[str, str] = field(default_factory=dict)  # where a unit is declared → 천원
    heading: str = ""
    from_titles: Mapping[str, object] = field(default_factory=dict)  # by the title rows

    def label(self, name: str) -> str:
        return self.labels[self.columns[name]] or LABELS[name]


@dataclass(frozen=True)
class Candidate:
    """A row, or two, that may be the header."""

    number: int
    rows: int
    labels: tuple[str, ...]
    columns: Mapping[str, int]
    clashes: tuple[str, ...] = ()
    year: int | None = None  # that the labels of its amounts tell (2020년)

    @property
    def is_by_account(self) -> bool:
        """Whether it has an account a row and nothing else that names a line."""
        return not self.columns.keys() & (fields.LINE_PARTS.keys() - {"fiscal_year", "account"})

    @property
    def kind(self) -> str:
        names = self.columns.keys()
        if "bureau" in names or names & fields.COUNTS.keys():
            return OVERVIEW
        if names & fields.REVENUE_PARTS.keys() or names & {"assessed", "collected"}:
            return REVENUE
        return EXECUTION if names & {"committed", "disbursed"} else BOOK

    def missing(self, given) -> list[str]:
        """Fields without which the file says nothing; `given` are those stated for the whole file. Revenue is of the year of its base date."""
        known = self.columns.keys() | given | ({"fiscal_year"} if self.year else set())
        if self.kind == REVENUE:
            absent = [] if self.columns.keys() & fields.REVENUE_PARTS.keys() else ["item"]
        elif self.kind == OVERVIEW:
            absent = [] if "bureau" in known else ["bureau"]
        else:
            is_whole = "account" in self.columns and self.is_by_account
            absent = [] if "department" in known or is_whole else ["department"]
        if not (
            self.columns.keys() & {"current", "assessed"}
            if self.kind == REVENUE
            else "current" in self.columns
        ):
            absent.append("current")
        if self.kind != REVENUE and "fiscal_year" not in known:
            absent.append("fiscal_year")
        return absent


class UnknownLayoutError(FileRefused):
    """The header is not understood: a person may say what its columns mean. `labels` are those that are not known, `missing` fields."""

    def __init__(self, problem, labels, sample, missing=()):
        super().__init__(problems=[problem])
        self.details = {"labels": labels, "sample": sample, "missing": missing}


def find(
    rows,
    sheet: str,
    *,
    mapping: Mapping[str, str],
    given: Set[str] = frozenset(),
    kind: str = "",
    header_row: int | None = None,
) -> Layout:
    """The layout of the sheet whose first `rows` (number, cells) are given.

    `mapping` names the field of further plain labels. Raises FileRefused, or UnknownLayoutError where saying what columns mean would help.
    """
    mapping = _division(rows, mapping, kind)
    numbered = [(number, cells) for number, cells in rows if not header_row or number == header_row]
    following = dict(rows)
    candidates = _without_titles(
        [_candidate(number, cells, following.get(number + 1), mapping) for number, cells in numbered]
    )
    best = max(candidates, key=lambda candidate: len(candidate.columns), default=None)
    if best is None or (len(best.columns) < KNOWN_LABELS_OF_A_HEADER and not header_row):
        raise _no_header(rows, sheet)
    _refuse_clash(best, sheet)
    whole = [
        candidate
        for candidate in candidates
        if len(candidate.columns) >= KNOWN_LABELS_OF_A_HEADER and not _absent(candidate, given, rows)
    ]
    if not whole:
        raise _missing(best, _absent(best, given, rows), rows, sheet)
    chosen = whole[0]
    _refuse_second(chosen, whole, sheet)
    if kind and chosen.kind != kind:
        raise FileRefused(
            f"‘{KINDS[kind]}’ 파일이라고 했는데 머리글은 ‘{KINDS[chosen.kind]}’의 것입니다.",
            "파일의 종류를 확인하십시오.",
            sheet=sheet,
            row=chosen.number,
        )
    return _layout(chosen, rows)


def _division(rows, mapping, kind):
    """`구분` means what stands below it: accounts, bureaus where they have goals and indicators, else departments."""
    if kind == OVERVIEW:
        mapping = dict.fromkeys(fields.WORDS["department"].split(), "bureau") | dict(mapping)
    for number, cells in rows:
        labels = [plain_label(cell) for cell in cells]
        if fields.DIVISION not in labels:
            continue
        names = {fields.FIELD_OF.get(label) for label in labels}
        place = labels.index(fields.DIVISION)
        below = [clean(row[place]) for other, row in rows if other > number and len(row) > place]
        if kind == OVERVIEW or names & fields.COUNTS.keys():
            meaning = "bureau"
        else:
            meaning = "account" if any(map(fields.ACCOUNT.fullmatch, below)) else "department"
        return mapping if meaning in names else {fields.DIVISION: meaning} | dict(mapping)
    return mapping


def _without_titles(candidates):
    """A title row above a header of one row does not make it one of two."""
    width = {candidate.number: len(candidate.columns) for candidate in candidates}
    return [
        candidate
        for candidate in candidates
        if candidate.rows == 1 or width.get(candidate.number + 1, -1) < len(candidate.columns)
    ]


def _above(candidate, rows):
    return [(number, cells) for number, cells in rows if number < candidate.number]


def _absent(candidate, given, rows):
    """Return the required fields that its columns, the options and the title rows all lack."""
    return candidate.missing(given | titles.values_in_titles(_above(candidate, rows)).keys())


def _layout(chosen, rows):
    above = _above(chosen, rows)
    unknown = tuple(
        label
        for position, label in enumerate(chosen.labels)
        if label and position not in chosen.columns.values()
    )
    return Layout(
        kind=chosen.kind,
        header_row=chosen.number,
        first_row=chosen.number + chosen.rows,
        columns={name: position for name, position in chosen.columns.items() if not name.startswith(IGNORED)},
        labels=chosen.labels,
        unknown=unknown,
        units=_units(above, chosen),
        heading=titles.heading(above),
        from_titles={
            name: value
            for name, value in (
                titles.values_in_titles(above) | ({"fiscal_year": chosen.year} if chosen.year else {})
            ).items()
            if name not in chosen.columns
        },
    )


def _units(above, chosen):
    """Units as the title rows and the labels declare them, by place."""
    declared = titles.units(above)
    for label in chosen.labels:
        if unit := fields.unit_in(label):
            declared[f"‘{label}’ 열"] = unit
    return declared


def _candidate(number, cells, below, mapping):
    single = _read(number, 1, [clean(cell) for cell in cells], mapping)
    if below is None or any(isinstance(cell, int | float) for cell in below):
        return single
    two = _read(
        number, 2, _joined([clean(cell) for cell in cells], [clean(cell) for cell in below], mapping), mapping
    )
    return two if len(two.columns) > len(single.columns) else single


def _joined(top, below, mapping):
    """Labels of a header over two rows: a group's label runs on over the blanks beside it."""
    width = max(len(top), len(below))
    top, below = top + [""] * (width - len(top)), below + [""] * (width - len(below))
    labels, group = [], ""
    for upper, lower in zip(top, below, strict=True):
        group = upper or (group if lower else "")
        labels.append(_one_of(upper or group, lower, mapping))
    return labels


def _one_of(upper, lower, mapping):
    """The label that counts: `예산현액 / 계` is 예산현액, `예산의 구성 / 본예산` is 본예산, `집행률 / 원인행위` is 집행률."""
    over, under = _field_of(upper, mapping), _field_of(lower, mapping)
    if not lower or over in fields.CHECKS:
        return upper
    if over == "previous":  # of last year the budget is kept, not what was spent
        return upper if under in {"original", "current"} or plain_label(lower) in SUMS else f"{upper} {lower}"
    if plain_label(lower) in SUMS:
        return upper or lower
    return lower if under else f"{upper} {lower}".strip()


def _field_of(label, mapping):
    plain = plain_label(label)
    return mapping.get(plain) or fields.FIELD_OF.get(plain)


def _read(number, rows, labels, mapping):
    columns, clashes = {}, []
    for position, label in enumerate(labels):
        name = _field_of(label, mapping)
        if name == IGNORED:
            columns[f"{IGNORED}{position}"] = position
        elif name in columns and not _gives_way(labels[columns[name]], name):
            clashes += (
                []
                if name in {*fields.CHECKS, "previous"} or _gives_way(label, name)
                else [f"‘{labels[columns[name]]}’ 열과 ‘{label}’ 열"]
            )
        elif name:
            columns[name] = position
    year = None if "current" in columns else _add_years(columns, labels)
    return Candidate(number, rows, tuple(labels), columns, tuple(clashes), year)


def _add_years(columns, labels):
    """Columns that are labelled by their year: the later is the budget, the one before last year's; returns the later."""
    found = {
        int(year[1]): position
        for position, label in enumerate(labels)
        if (year := fields.YEAR.fullmatch(plain_label(label)))
    }
    if not found:
        return None
    columns["current"] = found[max(found)]
    if (before := found.get(max(found) - 1)) is not None:
        columns.setdefault("previous", before)
    return max(found)


def _gives_way(label, name):
    """예산액 is what a book has; beside 예산현액 it is another figure, which is not kept."""
    return name == "current" and plain_label(label) in fields.BUDGET_WORDS


def _refuse_clash(best, sheet):
    if best.clashes:
        raise FileRefused(
            f"{with_particle(best.clashes[0], '이/가')} 같은 뜻으로 읽힙니다.",
            "한 열만 남기거나 열의 뜻을 정해 주십시오.",
            sheet=sheet,
            row=best.number,
        )


def _refuse_second(chosen, whole, sheet):
    """The same header again is a page's; another one heads another table."""
    others = [
        candidate
        for candidate in whole[1:]
        if candidate.number >= chosen.number + chosen.rows and candidate.labels != chosen.labels
    ]
    if others:
        raise FileRefused(
            f"머리글로 볼 수 있는 행이 둘입니다({chosen.number}행과 {others[0].number}행).",
            "표 하나만 남기거나 머리글 행의 번호를 적어 주십시오.",
            sheet=sheet,
            row=others[0].number,
        )


def _missing(best, names, rows, sheet):
    words = ", ".join(f"‘{LABELS[name]}’" for name in names)
    remedy = "열을 넣거나 어느 열인지 정해 주십시오."
    if by_hand := [f"‘{LABELS[name]}’({BY_HAND[name]})" for name in names if name in BY_HAND]:
        remedy += f" 파일 전체의 {with_particle(', '.join(by_hand), '을/를')} 따로 적어도 됩니다."
    unknown = [
        label for position, label in enumerate(best.labels) if label and position not in best.columns.values()
    ]
    problem = Problem(f"{words} 열이 없습니다.", remedy, sheet, best.number, LABELS[names[0]])
    return UnknownLayoutError(
        problem, unknown, _sample(rows, best.number), [name for name in names if name in BY_HAND]
    )


def _no_header(rows, sheet):
    """Refuse rows without known labels; the likeliest header is the first row of texts that numbers follow."""
    numbers = {
        number
        for number, cells in rows
        if any(isinstance(cell, int | float) or str(cell).replace(",", "").isdecimal() for cell in cells)
    }
    likely = [
        (number, [clean(cell) for cell in cells])
        for number, cells in rows
        if number not in numbers
        and sum(bool(clean(cell)) for cell in cells) > 2
        and numbers & {number + 1, number + 2}
    ]
    row, labels = likely[0] if likely else (None, [])
    problem = Problem(
        "머리글(열 이름이 적힌 행)을 찾지 못했습니다.",
        "재정시스템의 집행현황·예산서·세입 파일인지 확인하십시오.",
        sheet,
        row,
    )
    if not likely:
        return FileRefused(problems=[problem])
    return UnknownLayoutError(problem, [label for label in labels if label], _sample(rows, row))


def _sample(rows, header_row):
    """The header and a few rows below, as text, for the person who says what the columns mean."""
    return [
        [clean(cell) for cell in cells] for number, cells in rows if header_row <= number <= header_row + 3
    ]
