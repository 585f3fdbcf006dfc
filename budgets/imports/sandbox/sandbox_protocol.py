"""What is asked of the child process, and the messages that come back, as JSON lines."""

from dataclasses import asdict, dataclass, field

MEMORY = 800 << 20  # bytes of address space that the child may take
PROCESSOR_SECONDS = 900
ROWS_AT_ONCE = 2_000
SCALES = {"원": 1, "천원": 1000}


@dataclass(frozen=True)
class Request:
    """`name` is what the person calls the file; `base_year` that of the base date; `mapping` plain labels with the field that they mean."""

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
        """What holds for every row that does not say otherwise."""
        return {
            name: value for name in ("fiscal_year", "account", "department") if (value := getattr(self, name))
        }

    def to_dict(self) -> dict:
        return asdict(self)
