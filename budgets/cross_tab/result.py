"""A cross-tab with the names and dates of what it shows, ready to be drawn as a table or a chart."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .data import DatedSums
from .filters import DIMENSIONS, CrossTabFilters
from .pivot import TOTAL, Axis, CellSum, CrossTab


@dataclass(frozen=True)
class Member:
    """A row or a column of the cross-tab: its place in the matrices, its label, and its key (None of the total and the folded)."""

    place: int
    label: str
    key: str | None = None
    is_total: bool = False


@dataclass(frozen=True)
class CrossTabResult:
    """`dates` are one or two, the earlier first, each with its matrix; `successions` name departments that became others between them."""

    filters: CrossTabFilters
    tab: CrossTab
    dates: tuple[DatedSums, ...]
    successions: tuple[str, ...] = ()

    @property
    def later(self) -> DatedSums:
        return self.dates[-1]

    @property
    def has_two_dates(self) -> bool:
        return len(self.dates) > 1

    @property
    def is_folded(self) -> bool:
        return bool(self.tab.rows.folded or self.tab.columns.folded)

    @property
    def rows(self) -> list[Member]:
        """The total, then the rows in the order of the source, then those folded into one."""
        return list(self._members(self.tab.rows, self.filters.rows))

    @property
    def columns(self) -> list[Member]:
        """As `rows`."""
        return list(self._members(self.tab.columns, self.filters.columns))

    def cell(self, number: int, row: Member, column: Member) -> CellSum | None:
        """Return the sums of the lines on one of the dates; None where there is no line."""
        return self.tab.matrices[number][row.place][column.place]

    def _members(self, axis: Axis, dimension: str) -> Iterator[Member]:
        labels = {key: label for date in self.dates for key, label in date.labels[dimension].items()}
        yield Member(len(axis), _(TOTAL), is_total=True)
        yield from (Member(place, labels[key], key) for place, key in enumerate(axis.keys))
        if axis.folded:
            folded = _("그 밖의 %(dimension)s %(count)s개")
            values = {"dimension": DIMENSIONS[dimension], "count": f"{axis.folded:,}"}
            yield Member(len(axis.keys), folded % values)
