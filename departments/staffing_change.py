"""Staff of two dates against each other, unit by unit: the date of the page and the base date of staff before it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.data_version import Memory
from core.models import Source
from core.remembered.ahead import read_ahead
from core.snapshot import Snapshot
from core.unit_matches import UnitLink, match_units
from seoul_digital.lib import amounts
from seoul_digital.lib.charts import Chart, DatedPair, TrendLine, dumbbells, trend
from seoul_digital.lib.hangul import with_particle
from seoul_digital.lib.reported import ReportedFigure, total_of
from seoul_digital.lib.tables import Cell, Column, Row, Table, day

from . import staffing
from .models import Succession
from .staffing import AUTHORIZED, HEADCOUNT, StaffCount, StaffingSummary

MOST_DAYS = 12  # of a trend
_remembered: Memory[dict[date, StaffCount]] = Memory(16)  # all staff by base date


@dataclass(frozen=True)
class UnitPair:
    """A unit, or those that became others together, at both dates; nothing on the side of a date that does not have it."""

    name: str
    before: Sequence[StaffCount]
    after: Sequence[StaffCount]

    def figures(self, measure: str) -> list[ReportedFigure | None]:
        return [total_of(unit.figure(measure) for unit in side) for side in (self.before, self.after)]

    @property
    def headcounts(self) -> list[int | None]:
        numbers = [figure.number if figure else None for figure in self.figures(HEADCOUNT)]
        return [None if number is None else int(number) for number in numbers]

    @property
    def difference(self) -> int | None:
        before, after = self.headcounts
        return None if before is None or after is None else after - before


@dataclass(frozen=True)
class StaffingChange:
    """`links`: which unit came after which."""

    before: StaffingSummary
    after: StaffingSummary
    dates: tuple[date, date]
    links: Sequence[UnitLink] = ()

    @property
    def total(self) -> UnitPair:
        return UnitPair(_(staffing.TOTAL), [self.before.total], [self.after.total])

    @cached_property
    def units(self) -> list[UnitPair]:
        """In the order of the later date; those that are no more last."""
        old, new = ({unit.slug: unit for unit in side.units} for side in (self.before, self.after))
        before, after = ({slug: unit.name for slug, unit in side.items()} for side in (old, new))
        return [
            UnitPair(match.name, [old[slug] for slug in match.before], [new[slug] for slug in match.after])
            for match in match_units(before, after, self.links)
        ]

    @property
    def lasting(self) -> UnitPair | None:
        """The units of both dates added up, where others came or went; None where none did."""
        pairs = [pair for pair in self.units if pair.before and pair.after]
        if not pairs or len(pairs) == len(self.units):
            return None
        before, after = (
            [unit for pair in pairs for unit in getattr(pair, side)] for side in ("before", "after")
        )
        return UnitPair(_("두 날에 모두 있는 부서"), before, after)


def staffing_change(snapshot: Snapshot) -> StaffingChange | None:
    """None where there is no staff of an earlier day."""
    sources = snapshot.sources_of(Source.Scope.STAFFING)
    earlier = next((source for source in sources if source.as_of < sources[0].as_of), None)
    if earlier is None:
        return None
    before, after = staffing.summary(snapshot.at(earlier.as_of)), staffing.summary(snapshot)
    if not before or not after:
        return None
    links = Succession.objects.select_related("predecessor", "successor")
    return StaffingChange(before, after, (earlier.as_of, sources[0].as_of), list(links))


def figure(change: StaffingChange, href: Callable[[str], str]) -> Chart:
    """Headcounts of both dates on one line of each unit."""
    before, after = map(day, change.dates)
    build = partial(
        dumbbells,
        [_pair(pair, href) for pair in change.units],
        (before, after),
        _("현원 증감(명)"),
    )
    title = _("부서별 현원, %(before)s → %(after)s") % {"before": before, "after": after}
    table = _table(change, title)
    return Chart(
        "staff_change",
        title,
        sentence(change),
        build,
        table,
        unit=pgettext("unit", "명"),
        as_of=change.dates[1],
    )


def trend_figure(snapshot: Snapshot) -> Chart | None:
    """All staff on the newest base dates; None below three, which `figure` tells unit by unit."""
    days = sorted({source.as_of for source in snapshot.sources_of(Source.Scope.STAFFING)})[-MOST_DAYS:]
    if len(days) < 3:
        return None

    def staff(snapshot: Snapshot) -> dict[date, StaffCount]:
        dated = snapshot.over(Source.Scope.STAFFING, days)
        read_ahead(dated, staffing.summary)
        return {
            on: found.total for on, each in zip(days, dated, strict=True) if (found := staffing.summary(each))
        }

    totals = _remembered.once(snapshot, staff, days)
    known = list(totals)
    measures = [(_("현원"), HEADCOUNT), (_("정원"), AUTHORIZED)]
    figures = {name: [total.figure(measure) for total in totals.values()] for name, measure in measures}
    lines = [
        TrendLine(
            name,
            [figure.number for figure in counts],
            [figure.marked(amounts.plain) for figure in counts],
        )
        for name, counts in figures.items()
    ]
    title, unit = _("기준일별 현원과 정원"), pgettext("unit", "명")
    columns = [Column(_("기준일")), *(Column(name, "count") for name in figures)]
    rows = [
        Row([day(on), *map(Cell.of, counts)]) for on, *counts in zip(known, *figures.values(), strict=True)
    ]
    table = Table("staff-trend-rows", title, columns, rows, unit=unit, as_of=known[-1], since=known[0])
    summary = _("현원은 %(before)s에 %(first)s, %(after)s에 %(last)s입니다.") % {
        "before": day(known[0]),
        "first": staffing.persons(totals[known[0]].figure(HEADCOUNT)),
        "after": day(known[-1]),
        "last": staffing.persons(totals[known[-1]].figure(HEADCOUNT)),
    }
    build = partial(trend, known, lines)
    return Chart("staff_trend", title, summary, build, table, unit=unit, as_of=known[-1])


def _pair(pair: UnitPair, href: Callable[[str], str]) -> DatedPair:
    before, after = pair.headcounts
    texts = [
        _text(*figures) for figures in zip(pair.figures(HEADCOUNT), pair.figures(AUTHORIZED), strict=True)
    ]
    if pair.before and pair.after:
        change = amounts.signed(pair.difference)
    else:
        change = _("앞 자료에 없음") if pair.after else _("뒤 자료에 없음")
    address = href(pair.after[0].slug) if len(pair.after) == 1 else ""
    return DatedPair(pair.name, before, after, (texts[0], texts[1]), change, address)


def _text(headcount: ReportedFigure | None, authorized: ReportedFigure | None) -> str:
    if headcount is None or authorized is None:
        return ""
    return _("현원 %(headcount)s명, 정원 %(authorized)s명") % {
        "headcount": headcount.marked(amounts.plain),
        "authorized": authorized.marked(amounts.plain),
    }


def _table(change: StaffingChange, title: str) -> Table:
    before, after = map(day, change.dates)
    columns = [
        Column(_("부서")),
        *(Column(name, "count", group) for group in (before, after) for name in (_("정원"), _("현원"))),
        Column(_("현원 증감"), "signed"),
    ]
    pairs = [change.total, *filter(None, [change.lasting]), *change.units]
    rows = [_row(pair, is_total=place == 0) for place, pair in enumerate(pairs)]
    return Table(
        "staff-change-rows",
        title,
        columns,
        rows,
        unit=pgettext("unit", "명"),
        as_of=change.dates[1],
        since=change.dates[0],
    )


def _row(pair: UnitPair, *, is_total: bool) -> Row:
    sides = zip(pair.figures(AUTHORIZED), pair.figures(HEADCOUNT), strict=True)
    cells = [Cell.of(figure) if figure else Cell(None) for figures in sides for figure in figures]
    return Row([pair.name, *cells, Cell(pair.difference)], total=is_total)


def sentence(change: StaffingChange) -> str:
    """`현원은 250명에서 258명으로 8명 늘었습니다.`, and by how many the units of both dates alone changed, where others came or went."""
    old, new = (side.total.figure(HEADCOUNT) for side in (change.before, change.after))
    difference = change.total.difference or 0
    sentence = {
        0: _("현원은 두 날 모두 %(before)s입니다."),
        1: _("현원은 %(before)s에서 %(after_as)s %(difference)s명 늘었습니다."),
        -1: _("현원은 %(before)s에서 %(after_as)s %(difference)s명 줄었습니다."),
    }[(difference > 0) - (difference < 0)]
    after = staffing.persons(new)
    total = sentence % {
        "before": staffing.persons(old),
        "after": after,
        "after_as": with_particle(after, "으로/로"),
        "difference": f"{abs(difference):,}",
    }
    if not change.lasting:
        return total
    lasting = _("두 날에 모두 있는 부서만 더하면 현원 %(staff)s입니다.")
    return f"{total} {lasting % {'staff': arrow(*change.lasting.headcounts)}}"


def arrow(old: int | None, new: int | None) -> str:
    """`199 → 211(+12)`"""
    if old == new or old is None or new is None:
        return _("%(number)s(그대로)") % {"number": amounts.plain(new)}
    return f"{amounts.plain(old)} → {amounts.plain(new)}({amounts.signed(new - old)})"
