"""Parts of a line in the form in which the database knows them, and what only the database tells of a file."""

from collections import Counter
from itertools import compress

from .names import account_of
from .sandbox.line_columns import LineColumns
from .sandbox.row_parser import Problems

Place = tuple[int, int, str, str]  # year, department (key), kind and name of the account


class Resolver:
    """`unknown` departments: name → [first row, number of rows]; `year` is the first line's, which the others must have.

    `bureau`: the file has no departments but the bureau's accounts, one a row.
    """

    def __init__(self, names, problems: Problems, options, bureau: int | None = None):
        self.names, self.problems, self.bureau = names, problems, bureau
        self.times: Counter[str] = (
            Counter()
        )  # how often an account stands in a table of the bureau by account
        self.departments: dict[str, int | None] = {}
        self.accounts: dict[str, tuple[str, str]] = {}
        self.places: dict[tuple, Place] = {}
        self.unknown: dict[str, list[int]] = {}
        self.account = self._account(options.account, None) if options.account else None
        self.department = names.by_slug(options.department)
        self.year: int | None = None
        self.first_rows: dict[int, int] = {}  # of each department

    def keys(self, lines: LineColumns) -> LineColumns:
        """The lines with the parts of their natural keys, without those of which something is wrong."""
        given, known = list(zip(*lines.parts[:3], strict=True)), self.places
        if known.keys() >= set(given):
            places = list(map(known.__getitem__, given))
        else:
            places = [
                known.get(parts) or self.place(row, *parts)
                for row, parts in zip(lines.rows, given, strict=True)
            ]
        columns = [lines.rows, *lines.parts[3:], *lines.amounts]
        if None in places:
            columns = [[*compress(column, places)] for column in columns]
            places = [*filter(None, places)]
        first = map(list, zip(*places, strict=True)) if places else ([] for _ in range(4))
        end = len(lines.parts) - 2
        return LineColumns(columns[0], [*first, *columns[1:end]], columns[end:])

    def place(self, row: int, year: int, account: str, department: str) -> Place | None:
        """What a line's year, account and department are; None where something about them is wrong. Lines that have the same are looked at once."""
        unit, (kind, name) = self.department_of(department), self.account_of(account, row)
        if self.bureau:
            # an account that is printed again is numbered
            self.times[account] += 1
            number = self.times[account]
            unit, name = self.bureau, name if number == 1 else f"{account} ({number})"
        if unit is None:
            self.unknown.setdefault(department, [row, 0])[1] += 1
            return None
        if not self._is_of_the_file(row, year, unit, (kind, name)):
            return None
        self.first_rows.setdefault(unit, row)
        found = year, unit, kind, name
        if not self.bureau:
            self.places[year, account, department] = found
        return found

    def department_of(self, name):
        if name not in self.departments:
            self.departments[name] = self.names.find(name)
        return self.departments[name]

    def account_of(self, text, row=None):
        if text not in self.accounts:
            self.accounts[text] = self._account(text, row)
        return self.accounts[text]

    def _account(self, text, row):
        try:
            return account_of(text)
        except ValueError as error:
            self.problems.add(
                str(error),
                "회계구분을 ‘일반회계’, ‘○○특별회계’, ‘○○기금’처럼 적어 주십시오.",
                row,
                "회계구분",
            )
            return "", ""

    def _is_of_the_file(self, row, year, unit, account):
        self.year = self.year or year
        if not year:
            return False  # the row parser has reported it
        if year != self.year:
            self.problems.add(
                f"회계연도가 {self.year}년이 아니라 {year}년입니다.",
                "한 파일에는 한 회계연도만 두십시오.",
                row,
                "회계연도",
            )
        elif self.department and unit != self.department:
            self.problems.add(
                "고른 부서의 줄이 아닙니다.",
                "부서를 고르지 말거나 그 부서의 파일을 올리십시오.",
                row,
                "부서명",
            )
        elif self.account and (self.account[0] != account[0] or self.account[1] not in {"", account[1]}):
            # A kind alone takes every account of that kind.
            self.problems.add(
                "고른 회계의 줄이 아닙니다.",
                "회계를 고르지 말거나 그 회계의 파일을 올리십시오.",
                row,
                "회계구분",
            )
        else:
            return True
        return False
