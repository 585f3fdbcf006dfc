"""Staffing as a page shows it: the report's table, the chart beside it, and what both say. In persons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.models import ControlTotal, Source
from seoul_digital.lib import amounts
from seoul_digital.lib.charts import Chart, stacked_bars
from seoul_digital.lib.hangul import postposition
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import Cell, Column, Record, Row, Table

from .models import Department, Staffing

SERIES = (("일반직", "general"), ("임기제", "fixed_term"), ("관리운영직", "management"))
COLUMNS = (
    Column("구분"),
    Column("정원", "count"),
    Column("현원", "count"),
    Column("과부족", "count"),
    Column("소계", "count", "직종별 현원"),
    *(Column(name, "count", "직종별 현원") for name, _ in SERIES),
)
KEPT = {"authorized", *(key for _, key in SERIES)}  # the others are worked out
MEASURES = ("authorized", "headcount", "variance", "headcount", *(key for _, key in SERIES))


@dataclass(frozen=True)
class Strength:
    """Staff of one unit or of all: the sums, and what the source prints for them."""

    name: str
    authorized: int
    headcount: int
    general: int
    fixed_term: int
    management: int
    slug: str = ""
    printed: tuple[tuple[str, int], ...] = ()
    key: int | None = field(default=None, compare=False)  # of the row of one unit

    def computed(self, measure: str) -> int:
        return self.headcount - self.authorized if measure == "variance" else getattr(self, measure)

    def figure(self, measure: str) -> ReportedFigure:
        """Persons are counted one by one: nothing is rounded."""
        return ReportedFigure(self.computed(measure), dict(self.printed).get(measure))

    @property
    def figures(self) -> dict[str, ReportedFigure]:
        """What tiles show, by name."""
        return {name: self.figure(name) for name in ("authorized", "headcount", "variance")}

    @property
    def disagrees(self) -> bool:
        return any(figure.disagrees for figure in self.figures.values())

    def stated(self, measure: str) -> int:
        """The printed figure, which wins over the computed one."""
        return self.figure(measure).shown

    @property
    def authorized_stated(self) -> int:
        return self.stated("authorized")

    @property
    def headcount_stated(self) -> int:
        return self.stated("headcount")

    @property
    def variance(self) -> int:
        return self.stated("variance")

    def cell(self, measure: str) -> Cell:
        figure = self.figure(measure)
        record = Record(Staffing, self.key, measure) if self.key and measure in KEPT else None
        return Cell.of(figure, warn=figure.disagrees, record=record)


@dataclass(frozen=True)
class Strengths:
    units: tuple[Strength, ...]
    total: Strength

    @property
    def short(self) -> list[Strength]:
        """Units with vacancies, the most first."""
        return sorted((unit for unit in self.units if unit.variance < 0), key=lambda unit: unit.variance)

    @property
    def over(self) -> list[Strength]:
        return [unit for unit in self.units if unit.variance > 0]

    def of(self, department: Department) -> Strength | None:
        """The unit's own, for a bureau that of all its units."""
        if department.kind == Department.Kind.BUREAU:
            return self.total
        return next((unit for unit in self.units if unit.slug == department.slug), None)


def summary(snapshot) -> Strengths | None:
    """Staff in force for the snapshot; None where nothing is known of it."""
    source = snapshot.source(Source.Scope.STAFFING)
    rows = Staffing.objects.of(source).select_related("department").order_by("order", "pk")
    return strengths(list(rows), ControlTotal.objects.of(source)) if source else None


def strengths(rows: Sequence[Staffing], totals: Iterable[ControlTotal]) -> Strengths | None:
    """None where nothing is known of staff."""
    if not rows:
        return None
    printed = {}
    for total in totals:
        if total.value is not None:
            printed.setdefault(total.subject, []).append((total.measure, int(total.value)))
    units = tuple(_strength([row], row.department.name, row.department.slug, printed) for row in rows)
    return Strengths(units, _strength(rows, "계", "", printed))


def _strength(rows, name, slug, printed) -> Strength:
    keys = ("authorized", "headcount", *(key for _, key in SERIES))
    sums = {key: sum(getattr(row, key) for row in rows) for key in keys}
    key = rows[0].pk if slug else None
    return Strength(name, **sums, slug=slug, printed=tuple(printed.get(slug, ())), key=key)


def table(staff: Strengths | None, as_of, href, unit="명") -> Table:
    """The report's table; `href` makes the address of a unit from its slug."""
    rows = (
        [_row(staff.total, total=True), *(_row(one, href=href(one.slug)) for one in staff.units)]
        if staff
        else []
    )
    return Table("staffing", "부서별 정원과 현원", COLUMNS, rows, unit=unit, as_of=as_of, caption_hidden=True)


def _row(strength, **options) -> Row:
    return Row([strength.name, *map(strength.cell, MEASURES)], **options)


def figure(staff: Strengths, as_of) -> Chart:
    """Headcount by job series against the authorised number, without the total, which would dwarf the rest."""
    units = staff.units
    build = partial(
        stacked_bars,
        [unit.name for unit in units],
        [(name, [unit.stated(key) for unit in units]) for name, key in SERIES],
        unit="명",
        reference=("정원", [unit.stated("authorized") for unit in units]),
        beside=[
            ("현원", [amounts.plain(unit.stated("headcount")) for unit in units]),
            ("정원", [amounts.plain(unit.stated("authorized")) for unit in units]),
            ("과부족", [amounts.signed(unit.variance) for unit in units]),
        ],
    )
    return Chart("staffing", "부서별 정원과 현원", vacancy_sentence(staff), build, unit="명", as_of=as_of)


def lead(name: str, structure: str, strength: Strength) -> SafeString:
    """`디지털정책관은 6담당관 2사업소에 정원 266명, 현원 258명으로 8명이 모자랍니다.`"""
    return format_html(
        "<span>{}{} {}정원 {}명, 현원 {}명으로 {}.</span>",
        name,
        postposition(name, ("은", "는")),
        f"{structure}에 " if structure else "",
        amounts.plain(strength.authorized_stated),
        amounts.plain(strength.headcount_stated),
        _gap(strength.variance),
    )


def _gap(variance: int) -> SafeString | str:
    if not variance:
        return "정원과 현원이 같습니다"
    count = format_html('<span class="nb"><b>{}명</b>이</span>', amounts.plain(abs(variance)))
    return format_html("{} {}", count, "모자랍니다" if variance < 0 else "더 많습니다")


def vacancy_sentence(staff: Strengths) -> str:
    """Where the vacancies are, and who has more staff than authorised."""
    return (
        " ".join(filter(None, [_vacancies(staff.short), _surplus(staff.over)]))
        or "모든 부서가 정원을 채웠습니다."
    )


def _vacancies(short: Sequence[Strength]) -> str:
    if not short:
        return ""
    people = -sum(unit.variance for unit in short)
    most = short[0]
    if len(short) == 1:
        return f"결원은 {most.name}에만 {people}명 있습니다."
    return f"{len(short)}개 부서에 결원이 {people}명 있고, 가장 많은 곳은 {most.name}({amounts.plain(most.variance)})입니다."


def _surplus(over: Sequence[Strength]) -> str:
    if not over:
        return ""
    names = ", ".join(f"{unit.name}({amounts.signed(unit.variance)})" for unit in over)
    return f"정원보다 현원이 많은 곳은 {names}입니다."
