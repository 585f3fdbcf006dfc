"""Pages of admin for whole sources: copying one to a new base date, and bringing sources into force or withdrawing them."""

from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from budgets.models import BudgetImport
from core.admin.view_on_site import tell_where
from core.audit.recording import change_reason
from core.copying import copy_source, counts_of
from core.edit_conflicts.form_data import is_key
from core.edit_conflicts.versions import FORM_VERSIONS, FormVersions
from core.models import Source
from seoul_digital.lib.fields import DayField
from seoul_digital.lib.query_params import asked_date
from seoul_digital.lib.tables import day
from seoul_digital.lib.typed_text import TextTooLongError, line_from

from .source_impact import impact_preview

State = Source.State
MOST_SOURCES = 30  # at once: a whole report has one a scope
NO_REASON = "철회하는 까닭을 적어 주십시오. 바뀐 내역에 누가, 언제와 함께 남습니다."
WORDS = {State.IN_FORCE: "확정", State.WITHDRAWN: "철회"}


class CopyForm(forms.Form):
    as_of = DayField(label="새 기준일")

    def __init__(self, *args, source, **kwargs):
        super().__init__(*args, **kwargs)
        self.source = source

    def clean_as_of(self):
        as_of = self.cleaned_data["as_of"]
        if as_of == self.source.as_of:
            raise forms.ValidationError("지금의 기준일과 다른 날을 적어 주세요.")
        if error := asked_date(as_of.isoformat()).error:
            raise forms.ValidationError(error)
        return as_of


def urls(site):
    wrap = site.admin_view
    return [
        path("sources/<int:pk>/copy/", wrap(partial(copy, site)), name="source_copy"),
        path("sources/confirm/", wrap(partial(change_state, site, State.IN_FORCE)), name="source_confirm"),
        path("sources/withdraw/", wrap(partial(change_state, site, State.WITHDRAWN)), name="source_withdraw"),
    ]


def copy(site, request, pk):
    source_admin = site.get_model_admin(Source)
    source = get_object_or_404(Source.objects.select_related("bureau"), pk=pk)
    if not source_admin.may_copy(request, source):
        raise PermissionDenied
    form = CopyForm(request.POST or None, source=source)
    if form.is_valid():
        draft = copy_source(source, form.cleaned_data["as_of"], request.user)
        messages.success(
            request, f"{day(draft.as_of)} 기준의 초안으로 복사했습니다. 달라진 값을 고친 뒤 확정하십시오."
        )
        return redirect("admin:core_source_change", draft.pk)
    same = Source.objects.filter(bureau=source.bureau, scope=source.scope).exclude(pk=source.pk)
    context = {"title": "새 기준일로 복사", "source": source, "form": form, "counts": counts_of(source)}
    context |= {"others": same.newest_first()[:10], "media": source_admin.media + form.media}
    return _page(site, request, "admin/source_copy.html", context)


def change_state(site, state, request):
    """Asks, saying what readers will see change; on POST does it, all of the sources or none."""
    sources = _asked_sources(site, request, state)
    drafts = [source for source in sources if source.state == State.DRAFT and state == State.IN_FORCE]
    # Whether a budget file is read, new and of the right unit is known on its own page.
    if file := BudgetImport.objects.filter(source__in=drafts).first() if drafts else None:
        messages.warning(request, "예산 파일에서 온 초안은 이 화면에서 확정합니다.")
        return redirect("budgets:import", file.pk)
    reason, refusal = "", ""
    try:
        reason = line_from(request.POST, "change_reason")
    except TextTooLongError as error:
        refusal = str(error)
    if state == State.WITHDRAWN and not reason:
        refusal = refusal or NO_REASON
    is_refused = request.method == "POST" and bool(refusal)
    is_posted = request.method == "POST" and not is_refused
    if is_posted:
        with transaction.atomic():
            if FormVersions.read(request.POST.get(FORM_VERSIONS)) in (FormVersions(), _held(sources)):
                _set_state(request, sources, state, reason)
                return redirect("admin:core_source_changelist")
    # Taken before what the page says of them is read.
    versions = FormVersions.with_cascades(Source, [source.pk for source in sources]).signed()
    context = {
        FORM_VERSIONS: versions,
        "title": f"자료 {WORDS[state]}",
        "word": WORDS[state],
        "sources": sources,
        "impact": impact_preview(sources, state),
        "is_withdrawal": state == State.WITHDRAWN,
        "has_changed": is_posted,
        "refusal": refusal if is_refused else "",
    }
    status = 422 if is_refused else 409 if is_posted else 200
    return _page(site, request, "admin/source_state.html", context, status)


def _asked_sources(site, request, state):
    keys = [key for key in request.GET.getlist("pk") if is_key(key)]
    if len(keys) > MOST_SOURCES:
        raise Http404(f"한 번에 {MOST_SOURCES}건까지 고를 수 있습니다.")
    sources = list(Source.objects.filter(pk__in=keys).select_related("bureau").newest_first())
    if not sources or len({source.bureau_id for source in sources}) > 1:
        raise Http404("한 국·정책관의 자료를 하나 넘게 고르십시오.")
    source_admin = site.get_model_admin(Source)
    if not all(source_admin.has_confirm_permission(request, source) for source in sources):
        raise PermissionDenied
    if any(not _may_become(source, state) for source in sources):
        raise Http404(f"{WORDS[state]}할 수 없는 상태의 자료가 들어 있습니다.")
    return sources


def _may_become(source, state):
    return (source.state == State.IN_FORCE) == (state == State.WITHDRAWN)


def _held(sources):
    """What the sources hold, themselves locked."""
    keys = [source.pk for source in sources]
    list(Source.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    return FormVersions.with_cascades(Source, keys)


def _set_state(request, sources, state, reason):
    locked = Source.objects.select_for_update().filter(pk__in=[source.pk for source in sources])
    with change_reason(f"{WORDS[state]}. {reason}"):
        for source in locked:
            if _may_become(source, state):
                source.state = state
                source.save()
                messages.success(request, f"‘{source}’ 자료를 {WORDS[state]}했습니다.")
                tell_where(request, source)


def _page(site, request, template, context, status=200):
    request.current_app = site.name
    own = {"opts": Source._meta, "list_url": reverse("admin:core_source_changelist")}
    values = {**site.each_context(request), **own, **context}
    return TemplateResponse(request, template, values, status=status)
