"""What comes up in the next days, by month: beginnings and ends of milestones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from projects.milestones.progress import NEAR_DAYS, Next, next_of
from seoul_digital.lib.periods import month_text

FOREMOST = 5


@dataclass(frozen=True)
class Month:
    year: int
    month: int
    events: Sequence[Next]

    @property
    def label(self) -> str:
        return month_text(self.month)

    @property
    def label_with_year(self) -> str:
        return _("%(year)s년 %(month)s") % {"year": self.year, "month": self.label}


@dataclass(frozen=True)
class Upcoming:
    """`first` to `last`, the as-of date itself left out; a month given without a day counts from its first day."""

    first: date
    last: date
    months: Sequence[Month]

    @property
    def count(self):
        return sum(len(month.events) for month in self.months)

    @property
    def foremost(self) -> list[Next]:
        """Those that a sheet of paper has room for."""
        return [event for month in self.months for event in month.events][:FOREMOST]


def upcoming(states, as_of, days=NEAR_DAYS):
    last = as_of + timedelta(days=days)
    nexts = (next_of([state], as_of) for state in states)
    events = sorted(
        (event for event in nexts if event and event.on.first() <= last),
        key=lambda event: (
            event.on.first(),
            event.on.last(),
            event.state.brief.number,
            event.state.milestone.order,
        ),
    )
    months = [
        Month(year, month, list(group))
        for (year, month), group in groupby(
            events, key=lambda event: (event.on.first().year, event.on.first().month)
        )
    ]
    return Upcoming(as_of + timedelta(days=1), last, months)
