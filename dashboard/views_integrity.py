from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from departments.pages import render_page
from seoul_digital.integrity import Level

from . import integrity, integrity_page


def findings(request):
    reading = request.reading
    found = integrity.findings_of(reading)
    choice = integrity.Choice.from_query(request.GET, found)
    shown = choice.select(found)
    departments = sorted({one.finding.department for one in found} - {""})
    context = {
        "found": found,
        "choice": choice,
        "shown": [] if choice.level == Level.HOLDS else shown,
        "summary": integrity.summary(found),
        "apps": [(name, integrity_page.app_label(name)) for name in sorted({one.finding.app for one in found})],
        "levels": list(Level),
        "departments": reading.names_of(departments),
        "may_explain": request.user.has_perm("reports.add_explanation"),
    }
    tables = [integrity_page.findings_table(shown, reading.as_of), integrity_page.counts_table(found, reading.as_of)]
    return render_page(request, "integrity/findings.html", context, tables, workbook="자료 점검")


@require_POST
@permission_required("reports.add_explanation", raise_exception=True)
def explain(request):
    """Explains a finding of the reading with the numbers that it has now."""
    reading = request.reading
    try:
        finding = integrity.explain(reading.chosen, integrity.findings_of(reading), request.POST, request.user)
        if finding is None:
            raise Http404("그런 점검 결과가 없습니다.")
        messages.success(request, f"‘{finding.subject}’에 설명을 달았습니다. 숫자가 바뀌면 다시 나타납니다.")
    except integrity.NothingSaidError:
        messages.error(request, integrity.NOTHING_SAID)
    return redirect(reading.url("integrity"))
