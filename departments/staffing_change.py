"""Staff of two dates against each other, unit by unit: the date of the page and the base date of staff before it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from core.models import Source
from core.snapshot import Snapshot
from seoul_digital.lib import amounts
from seoul_digital.lib.charts import Chart, DatedPair, dumbbells
from seoul_digital.lib.hangul import with_particle
from seoul_digital.lib.tables import Cell, Column, Row, Table, day

from . import staffing
from .staffing import AUTHORIZED, HEADCOUNT, StaffCount, StaffingSummary


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
        "현원 증감(명)",
    )
    title = f"부서별 현원, {before} → {after}"
    table = _table(change, title)
    return Chart("staff_change", title, sentence(change), build, table, unit="명", as_of=change.dates[1])


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
    change = amounts.signed(difference) if old and new else "앞 자료에 없음" if new else "뒤 자료에 없음"
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
    return f"현원 {headcount}명, 정원 {authorized}명"


def _table(change: StaffingChange, title: str) -> Table:
    before, after = map(day, change.dates)
    columns = [
        Column("부서"),
        *(Column(name, "count", group) for group in (before, after) for name in ("정원", "현원")),
        Column("현원 증감", "signed"),
    ]
    total = (change.before.total, change.after.total)
    rows = [_row(*pair, is_total=pair is total) for pair in (total, *change.units)]
    return Table(
        "staff-change-rows", title, columns, rows, unit="명", as_of=change.dates[1], since=change.dates[0]
    )


def _row(old: StaffCount | None, new: StaffCount | None, *, is_total: bool) -> Row:
    cells = [
        Cell.of(unit.figure(measure)) if unit else Cell(None)
        for unit in (old, new)
        for measure in (AUTHORIZED, HEADCOUNT)
    ]
    return Row([(new or old).name if new or old else "", *cells, Cell(_difference(old, new))], total=is_total)


def sentence(change: StaffingChange) -> str:
    """`현원은 250명에서 258명으로 8명 늘었습니다.`"""
    old, new = (side.total.figure(HEADCOUNT) for side in (change.before, change.after))
    difference = _difference(change.before.total, change.after.total) or 0
    words = f"현원은 {old.text(amounts.plain, '명')}에서 {with_particle(new.text(amounts.plain, '명'), '으로/로')}"
    if not difference:
        return f"현원은 두 날 모두 {old.text(amounts.plain, '명')}입니다."
    return f"{words} {abs(difference):,}명 {'늘었습니다' if difference > 0 else '줄었습니다'}."
