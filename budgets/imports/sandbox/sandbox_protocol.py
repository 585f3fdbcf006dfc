"""The request to the child process and the limits on it."""

from dataclasses import asdict, dataclass, field

MEMORY = 800 << 20  # bytes of address space that the child may take
PROCESSOR_SECONDS = 900
SCALES = {"원": 1, "천원": 1_000, "백만원": 1_000_000, "억원": 100_000_000}


@dataclass(frozen=True)
class Request:
    """`name` is what the person calls the file; `unit` that of its amounts, '' for the one that it declares.

    `base_year` is that of the base date; `mapping` has plain labels with the field that they mean.
    """

    path: str
    name: str
    unit: str
    kind: str = ""
    sheet: str = ""
    header_row: int | None = None
    fiscal_year: int | None = None
    base_year: int | None = None
    account: str = ""
    department: str = ""
    hidden: bool = False
    mapping: dict[str, str] = field(default_factory=dict)

    @property
    def given(self) -> dict:
        """The values for every row that has none of its own."""
        return {
            name: value for name in ("fiscal_year", "account", "department") if (value := getattr(self, name))
        }

    def to_dict(self) -> dict:
        return asdict(self)
