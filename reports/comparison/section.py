"""A chapter's section of a comparison: what the page, the document and the workbook of two reports show of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from seoul_digital.lib.tables import Table

from .changes import Counts
from .text import TextDiff


@dataclass(frozen=True)
class DiffGroup:
    """The texts of one thing that differ: a unit's duties, a project's texts, a term's definition."""

    title: str
    texts: Sequence[TextDiff]
    word: str = ""
    href: str = ""


@dataclass(frozen=True)
class Section:
    """`lead` are its sentences at the head of the comparison. `tables` are shown, `files` can only be downloaded, for
    `diffs` shows the same; `missing` says why there is nothing."""

    slug: str = ""
    title: str = ""
    sentence: str = ""
    lead: Sequence[SafeString] = ()
    counts: Counts | None = None
    tables: Sequence[Table] = ()
    files: Sequence[Table] = ()
    diffs: Sequence[DiffGroup] = ()
    notes: Sequence[str] = ()
    missing: str = ""
    days: tuple[date | None, date | None] = (None, None)

    @property
    def is_changed(self) -> bool:
        return bool(self.diffs) or any(table.rows for table in self.tables)

    @property
    def is_of_one_source(self) -> bool:
        return self.days[0] == self.days[1]
