"""Options of an import: the base date, the unit, and what the file itself leaves out."""

from dataclasses import asdict, dataclass, fields
from datetime import date

from .sandbox.sandbox_protocol import Request


@dataclass(frozen=True)
class Options:
    """`department` is a slug, `account` general, special or an account's name: what the whole file is of.

    `limited`: the file speaks only for its own department or account and leaves the others alone. None: not chosen.
    `accepted_unit`: why amounts about a thousand times off the last ones are right.
    `unit`: '' for the one that the file declares. `find_bureau`: nobody has named the bureau, so the departments tell it.
    """

    as_of: str
    unit: str
    kind: str = ""
    sheet: str = ""
    header_row: int | None = None
    fiscal_year: int | None = None
    account: str = ""
    department: str = ""
    limited: bool | None = None
    hidden: bool = False
    accepted_unit: str = ""
    find_bureau: bool = False

    @classmethod
    def from_dict(cls, values):
        known = {option.name for option in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in known})

    def to_dict(self):
        return asdict(self)

    @property
    def day(self) -> date:
        return date.fromisoformat(self.as_of)

    @property
    def of_the_file(self) -> dict:
        """The options that make another source of the same file; confirmations do not."""
        confirmed = {"accepted_unit", "limited", "find_bureau"}
        return {name: value for name, value in asdict(self).items() if name not in confirmed}

    def request(self, path, name, mapping, department_name="") -> Request:
        return Request(
            path=str(path),
            name=name,
            unit=self.unit,
            kind=self.kind,
            sheet=self.sheet,
            header_row=self.header_row,
            fiscal_year=self.fiscal_year,
            base_year=self.day.year,
            account=self.account,
            department=department_name,
            hidden=self.hidden,
            mapping=mapping,
        )
