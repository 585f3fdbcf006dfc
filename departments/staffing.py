"""Staffing as a page shows it: the report's table, the chart beside it, and what both say. In persons."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import cast

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from core.models import ControlTotal, Source
from core.remembered.ahead import reading, rows_of_snapshot
from core.remembered.printed_totals import totals_printed
from core.snapshot import remembered_on_snapshot
from core.templatetags.language import fact_html, join_facts, name_text, with_facts
from seoul_digital.lib import amounts
from seoul_digital.lib.charts import Chart, PlaceRow, people, persons_a_mark
from seoul_digital.lib.hangul import postposition, with_particle
from seoul_digital.lib.language.sentences import linked_number, sentence_html
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import Cell, Column, Record, Row, Table

from .models import Department, JobSeries, Staffing

AUTHORIZED, HEADCOUNT, VARIANCE = "authorized", "headcount", "variance"
MEASURES = (AUTHORIZED, HEADCOUNT, VARIANCE, HEADCOUNT)  # of the table's columns before the series
TOTAL = gettext_noop("계")  # as the source names it; pages say it in the reader's language


@dataclass(frozen=True)
class StaffCount:
    """Staff of one unit or of all: the sums, and what the source prints for them.

    A measure is AUTHORIZED, HEADCOUNT, VARIANCE or the name of a job series.
    """

    name: str
    authorized: int
    counts: Mapping[str, int]  # by name of the job series, in their order
    slug: str = ""
    printed: Mapping[str, int] = field(default_factory=dict)  # by measure
    key: int | None = field(default=None, compare=False)  # of the row of one unit

    @property
    def headcount(self) -> int:
        return sum(self.counts.values())

    def computed(self, measure: str) -> int:
        if measure == VARIANCE:
            return self.headcount - self.authorized
        return self.counts[measure] if measure in self.counts else getattr(self, measure)

    def figure(self, measure: str) -> ReportedFigure:
        """Persons are counted one by one: nothing is rounded."""
        return ReportedFigure(self.computed(measure), self.printed.get(measure))

    @property
    def figures(self) -> dict[str, ReportedFigure]:
        """What tiles show, by name."""
        return {name: self.figure(name) for name in (AUTHORIZED, HEADCOUNT, VARIANCE)}

    @property
    def disagrees(self) -> bool:
        return any(figure.disagrees for figure in self.figures.values())

    @property
    def shortage(self) -> int:
        """How many persons fewer than authorised, as shown; negative for a surplus."""
        return -cast(int, self.figure(VARIANCE).shown)

    def cell(self, measure: str, form_field: str = "") -> Cell:
        """`form_field`: where the figure is typed in the form of the unit's row; sums have none."""
        figure = self.figure(measure)
        record = Record(Staffing, self.key, form_field) if self.key and form_field else None
        return Cell.of(figure, warn=figure.disagrees, record=record, fact=f"staffing:{self.slug}/{measure}")


@dataclass(frozen=True)
class StaffingSummary:
    """`series`: those that have staff or a printed total in the source, in their order."""

    units: tuple[StaffCount, ...]
    total: StaffCount
    series: tuple[JobSeries, ...]

    @property
    def short(self) -> list[StaffCount]:
        """Units with vacancies, the most first."""
        return sorted((unit for unit in self.units if unit.shortage > 0), key=lambda unit: -unit.shortage)

    @property
    def over(self) -> list[StaffCount]:
        return [unit for unit in self.units if unit.shortage < 0]

    def of(self, department: Department) -> StaffCount | None:
        """The unit's own, for a bureau that of all its units."""
        if department.kind == Department.Kind.BUREAU:
            return self.total
        return next((unit for unit in self.units if unit.slug == department.slug), None)


@rows_of_snapshot
def _rows(snapshot):
    return Staffing.objects.of(snapshot.source(Source.Scope.STAFFING)).by_count()


@remembered_on_snapshot
@reading(totals_printed, _rows)
def summary(snapshot) -> StaffingSummary | None:
    """Staff in force for the snapshot; None where nothing is known of it."""
    source = snapshot.source(Source.Scope.STAFFING)
    if source is None:
        return None
    totals = totals_printed(snapshot, [source])
    rows, series = Staffing.objects.counted(_rows(snapshot))
    printed = {name for total in totals if (name := total.subject.partition("/")[2])}
    is_all = printed <= {each.name for each in series}
    return summarize(rows, totals, series if is_all else JobSeries.objects.all())


def summarize(
    rows: Sequence[Staffing], totals: Iterable[ControlTotal], series: Iterable[JobSeries]
) -> StaffingSummary | None:
    """None where nothing is known of staff. `series` are all that there are, in their order."""
    if not rows:
        return None
    printed = printed_by_unit(totals)
    staffed = {row.series_id for unit in rows for row in unit.counts.all() if row.count}
    named = {measure for measures in printed.values() for measure in measures}
    shown = tuple(job_series for job_series in series if job_series.pk in staffed or job_series.name in named)
    units = tuple(
        _count([row], name_text(row.department), row.department.slug, shown, printed) for row in rows
    )
    return StaffingSummary(units, _count(rows, TOTAL, "", shown, printed), shown)


def printed_by_unit(totals: Iterable[ControlTotal]) -> dict[str, dict[str, int]]:
    """The printed figures by measure, by slug of the unit; of the whole by the empty one."""
    printed: dict[str, dict[str, int]] = {}
    for total in totals:
        slug, _, series = total.subject.partition("/")
        if total.value is not None:
            measure = series if series and total.measure == HEADCOUNT else total.measure
            printed.setdefault(slug, {})[measure] = int(total.value)
    return printed


def _count(rows, name, slug, series, printed) -> StaffCount:
    counted = [(row.series_id, row.count) for unit in rows for row in unit.counts.all()]
    return StaffCount(
        name,
        sum(row.authorized for row in rows),
        {
            job_series.name: sum(count for key, count in counted if key == job_series.pk)
            for job_series in series
        },
        slug,
        printed.get(slug, {}),
        rows[0].pk if slug else None,
    )


def table(staff: StaffingSummary | None, as_of, href) -> Table:
    """The report's table; `href` makes the address of a unit from its slug."""
    series = staff.series if staff else ()
    by_series = _("직종별 현원")
    columns = [
        Column(_("구분")),
        Column(_("정원"), "count"),
        Column(_("현원"), "count"),
        Column(_("과부족"), "signed"),
        Column(_("소계"), "count", by_series),
        *(Column(job_series.name, "count", by_series) for job_series in series),
    ]
    rows = (
        [
            _row(staff.total, series, total=True),
            *(_row(unit, series, href=href(unit.slug)) for unit in staff.units),
        ]
        if staff
        else []
    )
    title = _("부서별 정원과 현원")
    unit = pgettext("unit", "명")
    return Table("staffing", title, columns, rows, unit=unit, as_of=as_of, caption_hidden=True, phone="keeps")


def _row(staff: StaffCount, series, **options) -> Row:
    sums = (staff.cell(measure, AUTHORIZED if measure == AUTHORIZED else "") for measure in MEASURES)
    name = staff.name if staff.slug else _(TOTAL)
    return Row(
        [name, *sums, *(staff.cell(job_series.name, job_series.form_field) for job_series in series)],
        **options,
    )


def figure(staff: StaffingSummary, as_of: date, href: Callable[[str], str], name: str = "people") -> Chart:
    """A mark for each place by unit and job series; `href` makes the address of a unit from its slug."""
    units = [_places(unit, staff.series, href) for unit in staff.units]
    titles = (pgettext("chart", "현원"), pgettext("chart", "정원"), pgettext("chart", "과부족"))
    build = partial(people, units, [job_series.name for job_series in staff.series], titles)
    per = persons_a_mark(units)
    read = (
        _("표지 하나는 한 자리입니다.")
        if per == 1
        else _("표지 하나는 %(per)s자리이고, 남는 자리는 작게 그렸습니다.") % {"per": per}
    )
    summary = join_facts(" ", [vacancy_sentence(staff), read])
    title = places_sentence(staff)
    return Chart(name, title, summary, build, unit=pgettext("unit", "명"), as_of=as_of, table_name="staffing")


def _places(unit: StaffCount, series: Sequence[JobSeries], href: Callable[[str], str]) -> PlaceRow:
    counts = [int(unit.figure(job_series.name).number or 0) for job_series in series]
    shown = ", ".join(
        _("%(name)s %(count)s명")
        % {"name": job_series.name, "count": unit.figure(job_series.name).marked(amounts.plain)}
        for job_series, count in zip(series, counts, strict=True)
        if count
    )
    figures = {name: figure.marked(amounts.plain) for name, figure in unit.figures.items()}
    variance = unit.figure(VARIANCE).marked(amounts.signed)
    line = _("정원 %(authorized)s명, 현원 %(headcount)s명, 과부족 %(variance)s")
    return PlaceRow(
        unit.name,
        int(unit.figure(AUTHORIZED).number or 0),
        counts,
        (figures[HEADCOUNT], figures[AUTHORIZED], variance),
        (line % (figures | {VARIANCE: variance}), shown),
        href(unit.slug),
    )


def places_sentence(staff: StaffingSummary) -> str:
    """`266자리 가운데 9자리가 비었고, 1명이 더 있습니다`"""
    number = staff.total.figure(AUTHORIZED)
    places = number.text(amounts.plain, ngettext("자리", "자리", int(number.number or 0)))
    empty = sum(unit.shortage for unit in staff.short)
    more = -sum(unit.shortage for unit in staff.over)
    sentence = {
        (True, True): _("%(places)s 가운데 %(empty)s자리가 비었고, %(more)s명이 더 있습니다"),
        (True, False): _("%(places)s 가운데 %(empty)s자리가 비었습니다"),
        (False, True): _("%(places_subject)s 모두 찼고, %(more)s명이 더 있습니다"),
        (False, False): _("%(places_subject)s 모두 찼습니다"),
    }[bool(empty), bool(more)]
    subject = with_particle(places, "이/가")
    return sentence % {
        "places": places,
        "places_subject": subject,
        "empty": f"{empty:,}",
        "more": f"{more:,}",
    }


def persons(figure: ReportedFigure, form: Callable[..., str] = amounts.plain) -> str:
    """`266명`"""
    return figure.text(form, ngettext("명", "명", abs(int(figure.number or 0))))


def lead(name: str, structure: str, count: StaffCount) -> SafeString:
    """`디지털정책관은 6담당관 2사업소에 정원 266명, 현원 258명으로 8명이 모자랍니다.`"""
    variance = count.figure(VARIANCE)
    if not variance.shown:
        sentence = _("<span>{subject} 정원 {authorized}, 현원 {headcount_as} 정원과 현원이 같습니다.</span>")
    elif cast(int, variance.shown) < 0:
        sentence = _(
            '<span>{subject} 정원 {authorized}, 현원 {headcount_as} <span class="nb"><b>{gap}</b>이</span> 모자랍니다.</span>'
        )
    else:
        sentence = _(
            '<span>{subject} 정원 {authorized}, 현원 {headcount_as} <span class="nb"><b>{gap}</b>이</span> 더 많습니다.</span>'
        )
    headcount, own = persons(count.figure(HEADCOUNT)), f"staffing:{count.slug}"
    return sentence_html(
        sentence,
        subject=f"{with_particle(name, '은/는')} {structure}에"
        if structure
        else with_particle(name, "은/는"),
        name=format_html("{} ({})", *map(fact_html, (name, structure))) if structure else fact_html(name),
        authorized=linked_number(persons(count.figure(AUTHORIZED)), f"{own}/{AUTHORIZED}"),
        headcount=linked_number(headcount, f"{own}/{HEADCOUNT}"),
        headcount_as=linked_number(headcount, f"{own}/{HEADCOUNT}", postposition(headcount, ("으로", "로"))),
        gap=linked_number(persons(variance, lambda value: amounts.plain(abs(value))), f"{own}/{VARIANCE}"),
    )


def vacancy_sentence(staff: StaffingSummary) -> str:
    """Where the vacancies are, and who has more staff than authorised."""
    sentences = [*_vacancies(staff.short), *_surplus(staff.over)]
    return join_facts(" ", sentences) or _("모든 부서가 정원을 채웠습니다.")


def _vacancies(short: Sequence[StaffCount]) -> Iterator[str]:
    if not short:
        return
    people = sum(unit.shortage for unit in short)
    sentence = (
        _("결원은 %(name)s에만 %(people)s명 있습니다.")
        if len(short) == 1
        else _("%(units)s개 부서에 결원이 %(people)s명 있고, 가장 많은 곳은 %(name)s(%(variance)s)입니다.")
    )
    yield with_facts(
        sentence,
        units=linked_number(str(len(short)), "vacancies:units"),
        people=linked_number(str(people), "vacancies:people"),
        name=short[0].name,
        variance=_variance(short[0], amounts.plain),
    )


def _variance(unit: StaffCount, form: Callable[..., str]) -> str:
    return linked_number(unit.figure(VARIANCE).text(form), f"staffing:{unit.slug}/{VARIANCE}")


def _surplus(over: Sequence[StaffCount]) -> Iterator[str]:
    if over:
        named = _("%(name)s(%(variance)s)")
        names = [with_facts(named, name=unit.name, variance=_variance(unit, amounts.signed)) for unit in over]
        yield with_facts(_("정원보다 현원이 많은 곳은 %(names)s입니다."), names=join_facts(", ", names))
