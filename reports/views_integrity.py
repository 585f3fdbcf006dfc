from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from departments.pages import render_page
from seoul_digital.integrity import Level

from . import integrity, integrity_page
from .models import Explanation

LONGEST_REASON = 2_000


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
    return render_page(request, "integrity/findings.html", context, tables)


@require_POST
@permission_required("reports.add_explanation", raise_exception=True)
def explain(request):
    """Explains a finding of the reading with the numbers that it has now."""
    reading = request.reading
    found = {one.finding.id: one.finding for one in integrity.findings_of(reading)}
    finding = found.get(request.POST.get("finding", ""))
    if finding is None or finding.level is Level.HOLDS:
        raise Http404("그런 점검 결과가 없습니다.")
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    if not reason:
        messages.error(request, "설명을 적어 주십시오. 아무것도 저장하지 않았습니다.")
    else:
        Explanation.objects.create(
            bureau=reading.chosen,
            finding=finding.id,
            fingerprint=finding.fingerprint,
            reason=reason,
            explained_by=request.user,
        )
        messages.success(request, f"‘{finding.subject}’에 설명을 달았습니다. 숫자가 바뀌면 다시 나타납니다.")
    return redirect(reading.url("integrity"))
