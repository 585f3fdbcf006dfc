from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from core.integrity import Level
from core.pages import render_page
from core.remembered.pages import remembered_page
from reports import findings
from reports.edition_requests import deny_unless
from reports.editions.access import Access

from . import integrity_page


@remembered_page
def integrity(request):
    snapshot = request.snapshot
    found = findings.findings_of(snapshot)
    choice = findings.FindingFilter.from_query(request.GET, found)
    shown = choice.select(found)
    departments = sorted({row.finding.department for row in found} - {""})
    context = {
        "found": found,
        "choice": choice,
        "shown": [] if choice.level == Level.HOLDS else shown,
        "summary": findings.summary(found),
        "apps": [
            (name, integrity_page.app_label(name)) for name in sorted({row.finding.app for row in found})
        ],
        "levels": list(Level),
        "departments": snapshot.names_of(departments),
        "may_explain": Access(request.user, snapshot.chosen).may_explain_findings,
    }
    tables = [
        integrity_page.findings_table(shown, snapshot.base_date),
        integrity_page.counts_table(found, snapshot.base_date),
    ]
    return render_page(request, "integrity/findings.html", context, tables, workbook="자료 점검")


@require_POST
def explain(request):
    """Explains a finding of the snapshot with the numbers that it has now."""
    snapshot = request.snapshot
    deny_unless(Access(request.user, snapshot.chosen).may_explain_findings)
    try:
        finding = findings.explain(
            snapshot.chosen, findings.findings_of(snapshot), request.POST, request.user
        )
        if finding is None:
            raise Http404("그런 점검 결과가 없습니다.")
        messages.success(request, f"‘{finding.subject}’에 설명을 달았습니다. 숫자가 바뀌면 다시 나타납니다.")
    except findings.NotExplainedError as error:
        messages.error(request, str(error))
    return redirect(snapshot.url("integrity"))
