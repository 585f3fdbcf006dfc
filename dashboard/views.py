from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.edit_links import add_edit_links
from core.pages import named_file, render_page, require_export, wants_whole
from core.remembered.pages import remembered_page
from core.search import remembered_entries
from core.snapshot import cached_on_snapshot
from departments.models import Department
from reports.assembly import assemble, reports_of, reports_version
from reports.workbook import to_xlsx, unit_to_xlsx
from seoul_digital.gates import FILES
from seoul_digital.lib.hangul import Query, asked_words
from seoul_digital.lib.language import is_english

from . import compare_page, department_page, edition_tasks, home_files, search_results
from . import home as home_page


@remembered_page
def home(request):
    snapshot = request.snapshot
    if snapshot.is_empty:
        return render_page(request, "home/home.html", {})
    page = home_page.Home(snapshot)

    @cached_on_snapshot
    def tasks(snapshot):
        found = edition_tasks.tasks(snapshot, request.user)
        if found and found.editions:
            request.shows_drafts = True
        return found

    figures = page.figures if "download" in request.GET else []  # which the page itself makes block by block
    return render_page(
        request,
        "home/home.html",
        {"home": page, "tasks": lambda: tasks(snapshot), "figures": page.has_figures},
        [figure.table for figure in figures],
        workbook="현황판",
        files=lambda: home_files.files(page, snapshot.base_date),
    )


@remembered_page
def department(request, slug):
    """Any unit of the tree: bureau, division, office, section, team or foundation."""
    snapshot = request.snapshot
    page = department_page.department_page(snapshot, slug)
    if page is None:
        return _unplaced(request, slug)

    def project_url(brief):
        return snapshot.url("projects:detail", brief.project.slug)

    def budget_url(row):
        return "" if row.department else snapshot.url("budgets:lines", row.slug)

    if wants_whole(request) and not snapshot.error:
        require_export(request)
        return _unit_file(snapshot, page.unit)
    add_edit_links(request, page.duties, "duties")
    context = {"page": page, "unit": page.unit, "leads": department_page.lead(page)}
    tables = [
        department_page.projects_table(page, page.projects_on, project_url),
        department_page.people_table(page, page.projects_on),
        department_page.budget_table(page, budget_url),
    ]
    context["workbook_label"] = _("이 부서 엑셀로")
    figures = department_page.execution_figures(page, snapshot)
    return render_page(
        request,
        "departments/detail.html",
        context,
        [*filter(None, tables), *(figure.table for figure in figures)],
        figures,
        workbook=page.unit.name,
        subject="" if page.unit.slug == snapshot.bureau.slug else page.unit.name,
    )


def _unit_file(snapshot, unit):
    """What the report says of the unit; of the bureau all of it."""

    def make() -> bytes | None:
        if unit.slug == snapshot.bureau.slug:
            return to_xlsx(*reports_of(snapshot))
        return unit_to_xlsx(assemble(snapshot), unit.slug)

    content = FILES.once((unit.slug, *reports_version(snapshot)), make)
    if content is None:
        raise Http404("내려받을 자료가 없습니다.")
    return named_file(content, f"업무보고_{unit.name}_{snapshot.as_of}", "xlsx")


def _unplaced(request, slug):
    """A unit that exists, but not in the tree of the date."""
    unit = Department.objects.filter(slug=slug).first()
    if unit is None or unit.is_planned:
        raise Http404("그런 부서가 없습니다.")
    placed = set(unit.placements.values_list("source", flat=True))
    sources = [source for source in request.snapshot.sources if source.pk in placed]
    request.reads_other_bureaus = True
    context = {"unit": unit, "sources": sources, "successions": department_page.successions_of(unit)}
    return render_page(request, "departments/unplaced.html", context)


def search(request):
    words, unread = asked_words(request.GET.get("q", ""))
    query, snapshot = Query(words), request.snapshot
    groups = search_results.search(remembered_entries(snapshot), query, snapshot.query) if query else []
    bureau = str(snapshot.bureau) if len(snapshot.bureaus) > 1 else ""
    context = {
        "words": words,
        "asked": bool(query),
        "groups": groups,
        "summary": search_results.summary(words, groups, bureau),
        "unread": unread,
        "elsewhere": search_results.elsewhere(snapshot, query, words) if query else [],
    }
    return render_page(request, "search/search.html", context)


@remembered_page
def compare(request):
    """What changed between two dates."""
    snapshot = request.snapshot
    asked = compare_page.asked_dates(request.GET, snapshot)
    problem = compare_page.problem(asked, snapshot)
    page = None if problem else compare_page.page_of(snapshot, asked)
    context = {"asked": asked, "problem": problem, "page": page, "known": compare_page.known_pairs(snapshot)}
    response = render_page(
        request, "compare/compare.html", context, page.tables if page else [], workbook="두 날 비교"
    )
    if asked.error:
        response.status_code = 400
    return response


@login_not_required
def accessibility(request):
    """What conforms, how that was seen, and what does not: for whoever cannot even sign in, too."""
    return render(request, "accessibility_en.html" if is_english() else "accessibility.html")


@login_not_required
def health(request):
    """Whether the database answers; it says no more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("unavailable", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
