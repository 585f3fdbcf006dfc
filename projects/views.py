from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from budgets.expenditure.linked_lines import linked_table
from core.edit_links import add_edit_links
from core.models import Source
from core.pages import render_page
from core.remembered.ahead import read_ahead
from core.remembered.pages import remembered_page
from core.snapshot import Snapshot
from seoul_digital.lib.charts.timeline import LEGEND

from . import data, filters, portfolio, sentences, strategies
from .budget import budgets_of
from .contacts.calls import people_of
from .detail import ProjectPage
from .indicators.charts import summaries, targets_figures
from .indicators.tables import indicator_table
from .indicators.tree import targets_summary
from .milestones import schedules
from .milestones.agenda import agenda_of
from .milestones.district_map import district_figures
from .milestones.progress import milestones_on, next_of
from .models import Brief, Project
from .report_table import report_table
from .spending import spendings_of

LINES_IN_SIGHT = 7  # of a project's indicators


@remembered_page
def project_list(request):
    snapshot = request.snapshot
    read_ahead([snapshot], data.briefs_of, data.vision_of, data.indicators_of)
    facts_on = snapshot.date_of(Source.Scope.PROJECTS)
    judged_on = snapshot.judged_on(Source.Scope.PROJECTS)
    chosen = filters.select_projects(request.GET, data.briefs_of(snapshot), judged_on)
    vision = data.vision_of(snapshot)
    groups = strategies.groups_of(vision, chosen.briefs)
    links = portfolio.Links(_project_link(snapshot), lambda slug: snapshot.url("departments:detail", slug))
    context = {
        "facts_on": facts_on,
        "vision": vision,
        "chosen": chosen,
        "lead": sentences.list_lead(
            chosen.briefs, budgets_of(chosen.briefs), chosen.progress, is_whole=not chosen.is_any
        ),
    }
    rows = portfolio.ProjectRows(chosen.states, data.indicators_of(snapshot), judged_on, links)
    figures = schedules.strategy_figures(groups, chosen.states, facts_on, judged_on, links.project)
    return render_page(
        request, "projects/list.html", context, [rows.table(groups, facts_on)], figures, workbook="주요 사업"
    )


@remembered_page
def timeline(request):
    snapshot = request.snapshot
    read_ahead([snapshot], data.briefs_of, data.vision_of)
    facts_on = snapshot.date_of(Source.Scope.PROJECTS)
    judged_on = snapshot.judged_on(Source.Scope.PROJECTS)
    chosen = filters.select_milestones(request.GET, data.briefs_of(snapshot), judged_on)
    context = {
        "facts_on": facts_on,
        "chosen": chosen,
        "lead": sentences.timeline_lead(
            chosen.progress, next_of(chosen.states, judged_on), () if chosen.is_any else chosen.briefs
        ),
        "status_note": sentences.status_note(facts_on, judged_on),
    }
    link = _project_link(snapshot)
    groups = strategies.groups_of(data.vision_of(snapshot), chosen.briefs)
    context |= {"agenda": agenda_of(chosen.states), "legend": LEGEND}
    figures = schedules.overview_figures(groups, chosen.states, facts_on, judged_on, link)
    table = schedules.timeline_table(groups, chosen.states, facts_on, link)
    return render_page(request, "projects/timeline.html", context, [table], figures, workbook="추진일정")


@remembered_page
def indicators(request):
    snapshot = request.snapshot
    read_ahead([snapshot], data.briefs_of, data.indicators_of)
    facts_on = snapshot.date_of(Source.Scope.INDICATORS)
    briefs = data.briefs_of(snapshot)
    chosen = filters.select_indicators(request.GET, data.indicators_of(snapshot), briefs)
    known = targets_summary(chosen.roots)
    context = {
        "facts_on": facts_on,
        "chosen": chosen,
        "lead": sentences.indicators_lead(known, chosen.places, None if chosen.is_any else ""),
        "disagreement": sentences.disagreement_sentence(known, None if chosen.is_any else ""),
    }
    judged_on = snapshot.judged_on(Source.Scope.INDICATORS)
    groups = [(heading, _page_of(slug, briefs, snapshot), roots) for (slug, heading), roots in chosen.groups]
    table = indicator_table(groups, facts_on, judged_on=judged_on, targets_apart=True)
    figures = targets_figures(chosen.roots, facts_on, judged_on)
    tables = [*(figure.table for figure in figures), table]
    return render_page(request, "projects/indicators.html", context, tables, figures, workbook="지표")


@remembered_page
def detail(request, slug):
    snapshot = request.snapshot
    read_ahead([snapshot], data.whole_briefs, data.indicators_of, data.strategy_number)
    briefs = data.briefs_of(snapshot)
    brief = next((brief for brief in briefs if brief.project.slug == slug), None)
    if brief is None:
        return _without_brief(request, get_object_or_404(Project, slug=slug))
    judged_on = snapshot.judged_on(Source.Scope.PROJECTS)
    page = ProjectPage(brief, briefs, milestones_on([brief], judged_on), judged_on)
    roots = data.indicators_of(snapshot, brief.project)
    facts_on = snapshot.date_of(Source.Scope.PROJECTS)
    measured_on = snapshot.date_of(Source.Scope.INDICATORS)
    add_edit_links(request, [brief], "report")
    spending = spendings_of(snapshot, [brief]).get(brief.pk)
    contacts = data.contacts_of(snapshot).get(brief.pk, [])
    context = {
        "spending": spending,
        "reason": spending.reason(snapshot) if spending else "",
        "page": page,
        "numbers": page.numbers(snapshot),
        "facts_on": facts_on,
        "status_note": sentences.status_note(facts_on, judged_on),
        "strategy_number": data.strategy_number(snapshot, brief),
        "people": people_of(contacts, snapshot.bureau.area_code if snapshot.bureau else ""),
        "indicators_sentence": sentences.targets_sentence(targets_summary(roots), slug),
        "summaries": list(summaries(roots)),
        "legend": LEGEND,
    }
    tables = [
        schedules.milestone_table(page.states, facts_on),
        indicator_table([("", "", roots)], measured_on, judged_on=judged_on, whole_lines=LINES_IN_SIGHT),
    ]
    if spending:
        url, linked = partial(snapshot.url, "budgets:lines"), spending.linked
        tables.append(linked_table(linked, lambda line: url(line.department.slug, detailed=line.detailed)))
    figures = district_figures(page.states, facts_on)
    tables += [figure.table for figure in figures]
    title, report = f"{brief.number}. {brief.title}", partial(report_table, page, contacts, facts_on)
    template, files = "projects/detail.html", lambda: [report()]
    return render_page(request, template, context, tables, figures, title, files, subject=title)


def _without_brief(request, project):
    """A project that the report in force at the date does not speak of: the dates at which one does."""
    briefs = Brief.objects.filter(project=project, source__in=request.snapshot.sources)
    dates = sorted(set(briefs.values_list("source__as_of", flat=True)), reverse=True)
    if not dates:
        raise Http404(_("그런 사업이 없습니다."))
    return render_page(request, "projects/absent.html", {"project": project, "dates": dates})


def _project_link(snapshot: Snapshot):
    return lambda brief: snapshot.url("projects:detail", brief.project.slug)


def _page_of(slug, briefs, snapshot: Snapshot):
    """The project's address, where it has a page at the date."""
    return (
        snapshot.url("projects:detail", slug) if any(brief.project.slug == slug for brief in briefs) else ""
    )
