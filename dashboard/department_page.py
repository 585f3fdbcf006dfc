"""The page of one unit: what every app knows of it. Everything is as of the snapshot's date."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from budgets.expenditure import execution
from budgets.expenditure.execution import Execution, ExecutionSummary
from budgets.expenditure.sentences import department_lead
from budgets.expenditure.table import execution_table
from budgets.expenditure.trend import points, trend_figure
from core.models import Source
from core.remembered.ahead import read_ahead
from core.snapshot import Snapshot
from core.templatetags.language import fact_html, name_text
from departments import organisation, staffing
from departments.models import Department, Duty, Succession
from departments.organisation import Unit
from departments.staffing import StaffCount
from projects.budget import budget_fact
from projects.contacts.calls import Call, people_of
from projects.data import briefs_with_words
from projects.milestones.progress import Progress, milestones_on, progress_of
from projects.models import Brief
from projects.portfolio import progress_cells
from seoul_digital.lib.charts import Chart
from seoul_digital.lib.hangul import with_particle
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import Cell, Column, Row, Table


@dataclass
class Person:
    """A people line of one or several projects; `call` is how its phone is dialled, where that is known."""

    role: str
    names: str
    phone: str
    call: Call | None
    briefs: list[Brief] = field(default_factory=list)


@dataclass
class DepartmentPage:
    """`path`: the units from the top down to this one; `row`: its budget; `briefs`: projects that it leads or takes part in."""

    path: tuple[Unit, ...]
    duties: list[Duty]
    successions: list[Succession]
    summary: ExecutionSummary | None
    row: Execution | None
    briefs: list[tuple[Brief, Progress]]
    people: list[Person]
    duties_on: date | None = None
    projects_on: date | None = None

    @property
    def unit(self) -> Unit:
        return self.path[-1]

    @property
    def above(self) -> tuple[Unit, ...]:
        return self.path[:-1]

    @property
    def parent(self) -> Unit | None:
        return self.path[-2] if len(self.path) > 1 else None

    @property
    def staff(self) -> StaffCount | None:
        return self.unit.staff

    @property
    def series(self) -> list[tuple[str, ReportedFigure]]:
        return [(name, self.staff.figure(name)) for name in self.staff.counts] if self.staff else []

    @property
    def led(self) -> list[Brief]:
        return [brief for brief, _ in self.briefs if brief.lead_department_id == self.unit.department.pk]

    @property
    def projects_sentence(self) -> SafeString:
        """Why these projects: a bureau itself leads none, and people lines name the teams too."""
        name = self.unit.name
        if self.unit.department.kind == Department.Kind.BUREAU:
            sentence = _("{name}에 속한 부서가 주관하거나 담당자 줄에 적힌 사업입니다.")
        elif self.unit.own:
            sentence = _("{name_and} 소속 부서가 주관하거나 담당자 줄에 적힌 사업입니다.")
        else:
            sentence = _("{name_subject} 주관하거나 담당자 줄에 적힌 사업입니다.")
        return format_html(
            sentence,
            name=fact_html(name),
            name_and=with_particle(name, "과/와"),
            name_subject=with_particle(name, "이/가"),
        )

    @property
    def budget(self) -> dict[str, ReportedFigure]:
        return self.summary.figures(self.row)

    @property
    def pace(self):
        pace = self.summary.pace_of(self.row)
        return pace and pace * 100

    @property
    def gap(self):
        return self.summary.gap(self.row)


def department_page(snapshot, slug) -> DepartmentPage | None:
    """None where the unit has no place in the tree of the date."""
    read_ahead([snapshot], staffing.summary, organisation.units, execution.summary, briefs_with_words)
    path = organisation.path_to(organisation.units(snapshot, staffing.summary(snapshot)), slug)
    if not path:
        return None
    unit = path[-1]
    row = summary = execution.summary(snapshot)
    if summary:
        is_whole = unit.department.kind == Department.Kind.BUREAU
        row = summary.total if is_whole else summary.department(unit.slug)
    briefs = [brief for brief in briefs_with_words(snapshot) if concerns(brief, unit)]
    judged_on = snapshot.judged_on(Source.Scope.PROJECTS)
    return DepartmentPage(
        path=path,
        duties=list(
            Duty.objects.of(snapshot.source(Source.Scope.DUTIES))
            .filter(department=unit.department)
            .order_by("order")
        ),
        successions=successions_of(unit.department),
        summary=summary,
        row=row,
        briefs=[(brief, progress_of(milestones_on([brief], judged_on))) for brief in briefs],
        people=people(briefs, snapshot.bureau.area_code if snapshot.bureau else ""),
        duties_on=snapshot.date_of(Source.Scope.DUTIES) or snapshot.date_of(Source.Scope.ORGANISATION),
        projects_on=snapshot.date_of(Source.Scope.PROJECTS),
    )


def successions_of(department: Department) -> list[Succession]:
    """What the unit came from and what became of it."""
    either = Q(predecessor=department) | Q(successor=department)
    return list(Succession.objects.filter(either).select_related("predecessor", "successor"))


def concerns(brief: Brief, unit: Unit) -> bool:
    """Whether the unit, or one below it, leads the project or stands in its people line."""
    own = {below.department.pk for below in unit.walk() if below is unit or not below.is_supervised}
    return bool(
        own & {brief.lead_department_id, *(contact.department_id for contact in brief.contacts.all())}
    )


def people(briefs: Iterable[Brief], area_code: str) -> list[Person]:
    """Everyone in the people lines, once, with their projects, in the order of the report."""
    found: dict[tuple[str, str, str], Person] = {}
    for brief in briefs:
        for contact, call in people_of(brief.contacts.all(), area_code):
            identity = contact.role, contact.names, contact.phone
            person = found.setdefault(identity, Person(*identity, call))
            person.briefs.append(brief)
    return list(found.values())


def projects_table(page: DepartmentPage, as_of, url_of) -> Table:
    columns = [
        Column(_("사업")),
        Column(_("주관 부서")),
        Column(_("사업예산\n(백만원)"), "million", short=_("사업예산")),
        *(Column(word, "count", _("실적·일정")) for word in (_("완료"), _("기간 중"), _("예정"), _("미정"))),
    ]
    rows = [
        Row(
            [
                name_text(brief),
                name_text(brief.lead_department),
                Cell(brief.budget, fact=budget_fact(brief)),
                *progress_cells(progress, brief)[:4],
            ],
            href=url_of(brief),
        )
        for brief, progress in page.briefs
    ]
    title, unit = _("주요 사업"), _("백만원, 건")
    return Table(
        "projects", title, columns, rows, unit=unit, as_of=as_of, caption_hidden=True, phone="stack run"
    )


def people_table(page: DepartmentPage, as_of) -> Table:
    columns = [Column(_("직위")), Column(_("이름")), Column(_("전화")), Column(_("사업"))]
    rows = [
        Row(
            [
                person.role,
                person.names,
                Cell(person.phone, href=f"tel:{call.number}", title=call.note)
                if (call := person.call)
                else person.phone,
                Cell(
                    ", ".join(
                        pgettext("project", "%(number)s번") % {"number": brief.number}
                        for brief in person.briefs
                    ),
                    title=", ".join(f"{brief.number}. {brief.title}" for brief in person.briefs),
                ),
            ]
        )
        for person in page.people
    ]
    return Table(
        "people", _("사업 담당자"), columns, rows, as_of=as_of, caption_hidden=True, phone="stack run"
    )


def budget_table(page: DepartmentPage, url_of) -> Table | None:
    """The unit's line with its accounts; for the bureau, all lines under the total."""
    if page.row is None:
        return None
    whole = page.row is page.summary.total
    rows = page.summary.rows if whole else [page.row, *page.row.accounts]
    return execution_table(page.summary, rows, url_of, with_total=whole)


def execution_figures(page: DepartmentPage, snapshot: Snapshot) -> list[Chart]:
    """The unit's execution over the base dates of the year, where there are several."""
    if page.row is None:
        return []
    chart = trend_figure(points(snapshot, execution.summary, page.row.slug), page.summary)
    return [chart] if chart else []


def lead(page: DepartmentPage) -> list[SafeString]:
    """The sentences at the head of the page: staff, budget, projects."""
    budget = [department_lead(page.summary, page.row)] if page.row else []
    name = page.unit.name
    staff = (
        staffing.lead(name, "", page.staff) if page.staff else format_html("<span>{}</span>", belonging(page))
    )
    return [staff, *budget, *_projects_sentence(page)]


def belonging(page: DepartmentPage) -> SafeString:
    """What the unit is, for those of which little more is known."""
    name, kind = page.unit.name, page.unit.department.get_kind_display()
    above = page.parent.name if page.parent else ""
    if not above:
        sentence = _("{name}의 인력 자료는 없습니다.")
    elif page.unit.is_supervised:
        sentence = _(
            "{name_topic} {above_subject} 지도·감독하는 {kind_as}, 정원과 현원의 합계에 넣지 않습니다."
        )
    else:
        sentence = _("{name_topic} {above}에 속한 {kind}입니다.")
    return format_html(
        sentence,
        name=fact_html(name),
        name_topic=with_particle(name, "은/는"),
        above=fact_html(above),
        above_subject=with_particle(above, "이/가"),
        kind=_(kind),
        kind_as=with_particle(kind, "으로/로"),
    )


def _projects_sentence(page):
    number = len(page.briefs)
    if not number:
        return
    sentence = (
        ngettext(
            '<span>주요 사업 <span class="nb"><b>{number}건</b>을</span> 주관합니다.</span>',
            '<span>주요 사업 <span class="nb"><b>{number}건</b>을</span> 주관합니다.</span>',
            number,
        )
        if len(page.led) == number
        else ngettext(
            '<span>주요 사업 <span class="nb"><b>{number}건</b>을</span> 맡고 있습니다.</span>',
            '<span>주요 사업 <span class="nb"><b>{number}건</b>을</span> 맡고 있습니다.</span>',
            number,
        )
    )
    yield format_html(sentence, number=number)
