"""Staff of two dates against each other, unit by unit: the date of the page and the base date of staff before it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.data_version import Memory
from core.models import Source
from core.snapshot import Snapshot
from seoul_digital.lib import amounts
from seoul_digital.lib.charts import Chart, DatedPair, TrendLine, dumbbells, trend
from seoul_digital.lib.hangul import with_particle
from seoul_digital.lib.tables import Cell, Column, Row, Table, day

from . import staffing
from .staffing import AUTHORIZED, HEADCOUNT, StaffCount, StaffingSummary

MOST_DAYS = 12  # of a trend
_remembered: Memory[dict[date, StaffCount]] = Memory(16)  # all staff by base date


@dataclass(frozen=True)
class StaffingChange:
    """`units`: of both dates, those that are no more last; None on the side of a date that does not have it."""

    before: StaffingSummary
    after: StaffingSummary
    dates: tuple[date, date]

    @property
    def units(self) -> list[tuple[StaffCount | None, StaffCount | None]]:
        old = {unit.slug: unit for unit in self.before.units}
        new = {unit.slug: unit for unit in self.after.units}
        return [(old.get(slug), new.get(slug)) for slug in [*new, *(slug for slug in old if slug not in new)]]


def staffing_change(snapshot: Snapshot) -> StaffingChange | None:
    """None where there is no staff of an earlier day."""
    sources = snapshot.sources_of(Source.Scope.STAFFING)
    earlier = next((source for source in sources if source.as_of < sources[0].as_of), None)
    if earlier is None:
        return None
    before, after = staffing.summary(snapshot.at(earlier.as_of)), staffing.summary(snapshot)
    return StaffingChange(before, after, (earlier.as_of, sources[0].as_of)) if before and after else None


def figure(change: StaffingChange, href: Callable[[str], str]) -> Chart:
    """Headcounts of both dates on one line of each unit."""
    before, after = map(day, change.dates)
    build = partial(
        dumbbells,
        [_pair(old, new, href) for old, new in change.units],
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
        return {on: found.total for on in days if (found := staffing.summary(snapshot.at(on)))}

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


def _number(unit: StaffCount | None, measure: str) -> int | None:
    number = unit.figure(measure).number if unit else None
    return None if number is None else int(number)


def _difference(old: StaffCount | None, new: StaffCount | None) -> int | None:
    before, after = _number(old, HEADCOUNT), _number(new, HEADCOUNT)
    return None if before is None or after is None else after - before


def _pair(old: StaffCount | None, new: StaffCount | None, href: Callable[[str], str]) -> DatedPair:
    unit = new or old
    if unit is None:
        raise ValueError("a unit of neither date")
    difference = _difference(old, new)
    change = (
        amounts.signed(difference) if old and new else _("앞 자료에 없음") if new else _("뒤 자료에 없음")
    )
    return DatedPair(
        unit.name,
        _number(old, HEADCOUNT),
        _number(new, HEADCOUNT),
        (_text(old), _text(new)),
        change,
        href(unit.slug) if new else "",
    )


def _text(unit: StaffCount | None) -> str:
    if unit is None:
        return ""
    headcount, authorized = (
        unit.figure(measure).marked(amounts.plain) for measure in (HEADCOUNT, AUTHORIZED)
    )
    return _("현원 %(headcount)s명, 정원 %(authorized)s명") % {
        "headcount": headcount,
        "authorized": authorized,
    }


def _table(change: StaffingChange, title: str) -> Table:
    before, after = map(day, change.dates)
    columns = [
        Column(_("부서")),
        *(Column(name, "count", group) for group in (before, after) for name in (_("정원"), _("현원"))),
        Column(_("현원 증감"), "signed"),
    ]
    total = (change.before.total, change.after.total)
    rows = [_row(*pair, is_total=pair is total) for pair in (total, *change.units)]
    return Table(
        "staff-change-rows",
        title,
        columns,
        rows,
        unit=pgettext("unit", "명"),
        as_of=change.dates[1],
        since=change.dates[0],
    )


def _row(old: StaffCount | None, new: StaffCount | None, *, is_total: bool) -> Row:
    cells = [
        Cell.of(unit.figure(measure)) if unit else Cell(None)
        for unit in (old, new)
        for measure in (AUTHORIZED, HEADCOUNT)
    ]
    unit = new or old
    name = _(staffing.TOTAL) if is_total else unit.name if unit else ""
    return Row([name, *cells, Cell(_difference(old, new))], total=is_total)


def sentence(change: StaffingChange) -> str:
    """`현원은 250명에서 258명으로 8명 늘었습니다.`"""
    old, new = (side.total.figure(HEADCOUNT) for side in (change.before, change.after))
    difference = _difference(change.before.total, change.after.total) or 0
    sentence = {
        0: _("현원은 두 날 모두 %(before)s입니다."),
        1: _("현원은 %(before)s에서 %(after_as)s %(difference)s명 늘었습니다."),
        -1: _("현원은 %(before)s에서 %(after_as)s %(difference)s명 줄었습니다."),
    }[(difference > 0) - (difference < 0)]
    after = staffing.persons(new)
    return sentence % {
        "before": staffing.persons(old),
        "after": after,
        "after_as": with_particle(after, "으로/로"),
        "difference": f"{abs(difference):,}",
    }
