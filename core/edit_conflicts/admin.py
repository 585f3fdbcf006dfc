"""Two people at once, in admin: who saves over another's newer change is asked first, and nothing is saved until then."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, models, router, transaction
from django.forms import BaseFormSet, BaseModelForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

from ..audit.changes import changes
from ..audit.recording import is_tracked
from ..audit.states import instance_of
from ..models.changes import ChangeRecord
from .edit_conflicts import CHOICE, CONTESTED, EditConflict, FormVersion, parts_of, places_of
from .form_data import is_key
from .presentation import changes_since, contested_objects
from .versions import FORM_VERSIONS, FormVersions

NOT_SENT_AGAIN = {"csrfmiddlewaretoken", FORM_VERSIONS, CONTESTED}
Context = dict[str, Any]
T = TypeVar("T")
MOST_CHANGES = 5  # of others, that a message names


class OptimisticLockAdmin(admin.ModelAdmin):
    """Every form carries the versions that it was opened with. Checking and saving hold the rows meanwhile."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Context | None = None,
    ) -> HttpResponse:
        def proceed(context: Context | None = None) -> HttpResponse:
            return super(OptimisticLockAdmin, self).changeform_view(
                request, object_id, form_url, {**(context or {}), **(extra_context or {})}
            )

        if object_id is None or "_saveasnew" in request.POST or not is_tracked(self.model):
            return retry_on_integrity_error(proceed)
        if request.method != "POST":
            return proceed({FORM_VERSIONS: self._form_versions(request, object_id).signed()})
        sent = request.POST
        return retry_on_integrity_error(lambda: self._save(request, sent, object_id, proceed))

    def _save(
        self, request: HttpRequest, sent: QueryDict, object_id: str, proceed: Callable[..., HttpResponse]
    ) -> HttpResponse:
        request.POST = sent  # type: ignore[assignment]  # immutable to the stubs alone
        versions = _sent_versions(request)
        with self._atomic():
            versions.lock(no_key=True)
            instance = self.get_object(request, unquote(object_id))
            if instance is None:
                return self._deleted_meanwhile(request, object_id, versions) or proceed()
            if not self.has_change_permission(request, instance):
                return proceed()  # which refuses
            conflict = EditConflict(request, versions, lambda: places_of(*self._forms(request, object_id)))
            refusal = self._resolve(conflict, str(instance))
            return refusal or proceed({FORM_VERSIONS: request.POST.get(FORM_VERSIONS, "")})

    def _form_versions(self, request: HttpRequest, object_id: str) -> FormVersions:
        """Read before the page's rows are, so that what changes in between counts as changed."""
        versions, instance = FormVersions(), self.get_object(request, unquote(object_id))
        if instance is None or not self.has_change_permission(request, instance):
            return versions
        versions.add(self.model, [instance.pk])
        forms = [self._form(request, instance)]
        for formset in self._create_formsets(request, instance, change=True)[0]:
            if is_tracked(formset.model):
                forms += formset.initial_forms
                versions.add(formset.model, formset.get_queryset().values_list("pk", flat=True))
                versions.add_owner(formset.model, formset.fk.name, instance.pk)
        for part in (part for form in forms for part in parts_of(form) if part.instance.pk):
            versions.add(type(part.instance), [part.instance.pk])
        return versions

    def _forms(self, request: HttpRequest, object_id: str) -> tuple[BaseModelForm, list[BaseFormSet]]:
        """The change form and its formsets, bound to request.POST."""
        instance = self.get_object(request, unquote(object_id))
        formsets = self._create_formsets(request, instance, change=True)[0]
        return self._form(request, instance), [formset for formset in formsets if is_tracked(formset.model)]

    def _form(self, request: HttpRequest, instance: models.Model | None) -> BaseModelForm:
        names = flatten_fieldsets(self.get_fieldsets(request, instance))
        form = self.get_form(request, instance, change=True, fields=names)
        return form(request.POST, request.FILES, instance=instance)

    def _resolve(self, conflict: EditConflict, title: str) -> TemplateResponse | None:
        """The page that asks, or None; then request.POST holds what others made of what was left as it was."""
        request = conflict.request
        contested, kept = conflict.resolve()
        if not contested:
            self._report_kept(request, kept)
            return None
        return self._refuse(
            request,
            "admin/conflict.html",
            title=f"그 사이에 바뀌었습니다: {title}",
            conflicts=contested_objects(contested),
            kept=changes(kept[:MOST_CHANGES]),
            sent=[
                (name, value)
                for name, values in request.POST.lists()
                if name not in NOT_SENT_AGAIN and not name.startswith(CHOICE)
                for value in values
            ],
            form_versions=conflict.versions.refreshed().signed(),
            address=request.get_full_path(),
        )

    def _report_kept(self, request: HttpRequest, kept: Sequence[ChangeRecord]) -> None:
        for change in changes(kept[:MOST_CHANGES]):
            subject = f"{change.model_label} ‘{change.name}’"
            messages.info(
                request,
                f"그 사이에 {change.who} 님이 {change.kind_label}한 것은 그대로 두었습니다: {subject}",
            )

    def _deleted_meanwhile(
        self, request: HttpRequest, object_id: str, versions: FormVersions
    ) -> TemplateResponse | None:
        """The page for what somebody deleted since the form was opened; None where it was not so."""
        ((key, then),) = versions.versions.get(self.model._meta.label_lower, {}).items() or ((None, None),)
        if then is None or str(key) != unquote(object_id) or not self.has_change_permission(request):
            return None
        records = ChangeRecord.objects.of(self.model).filter(object_id=key)
        was, now = records.get(pk=then), records[0]
        if now.kind != ChangeRecord.Kind.DELETED:
            return None  # it is there, and out of the user's reach
        version = FormVersion(self._form(request, instance_of(was)), was, now)
        return self._refuse(
            request,
            "admin/conflict_gone.html",
            title="그 사이에 지워졌습니다",
            conflict=contested_objects([version])[0],
            history=reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[key]),
        )

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """A list that is edited in place carries the versions of its rows. They are read before the rows are."""
        found = super().get_changelist_instance(request)
        if found.list_editable and is_tracked(self.model):
            versions = FormVersions()
            versions.add(self.model, list(found.result_list.values_list("pk", flat=True)))
            found.form_versions = request.POST.get(FORM_VERSIONS) or versions.signed()
        return found

    def changelist_view(self, request: HttpRequest, extra_context: Context | None = None) -> HttpResponse:
        if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise SuspiciousOperation("rows were picked by what is no key")
        if request.POST.get("action") == "delete_selected" and is_tracked(self.model):
            return self._delete_picked(request, extra_context)
        versions = _sent_versions(request)
        if "_save" not in request.POST or not versions.versions or not self.has_change_permission(request):
            return super().changelist_view(request, extra_context)
        with self._atomic():
            versions.lock(no_key=True)
            conflict = EditConflict(request, versions, lambda: places_of(None, [self._list_formset(request)]))
            refusal = self._resolve(conflict, str(self.opts.verbose_name_plural))
            return refusal or super().changelist_view(request, extra_context)

    def _list_formset(self, request: HttpRequest) -> BaseFormSet:
        formset = self.get_changelist_formset(request)
        edited = self._get_list_editable_queryset(request, formset.get_default_prefix())
        return formset(request.POST, request.FILES, queryset=edited)

    def _delete_picked(self, request: HttpRequest, extra_context: Context | None) -> HttpResponse:
        """As `_confirm`, of several."""
        if "post" not in request.POST:
            response = super().changelist_view(request, extra_context)
            context = getattr(response, "context_data", None) or {}
            if "queryset" in context:  # the page that asks
                picked = context["queryset"].values_list("pk", flat=True)
                context[FORM_VERSIONS] = FormVersions.with_cascades(self.model, picked).signed()
            return response
        versions = _sent_versions(request)
        with self._atomic():
            versions.lock()
            if self._is_outdated(versions):
                return self._ask_again(request, versions)
            return super().changelist_view(request, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Context | None = None
    ) -> HttpResponse:
        return self._confirm(request, object_id, super().delete_view, extra_context=extra_context)

    def restore_view(self, request: HttpRequest, object_id: str, record_id: int) -> HttpResponse:
        return self._confirm(request, str(object_id), super().restore_view, record_id)

    def _confirm(
        self,
        request: HttpRequest,
        object_id: str,
        view: Callable[..., HttpResponse],
        *arguments: Any,
        **options: Any,
    ) -> HttpResponse:
        """A page that asks before it does something: what it has shown must still be so when the answer comes."""
        key = unquote(object_id)
        if not is_tracked(self.model) or not is_key(key):
            return view(request, object_id, *arguments, **options)
        if request.method != "POST":
            shown = FormVersions.with_cascades(self.model, [int(key)]).signed()
            response = view(request, object_id, *arguments, **options)
            if hasattr(response, "context_data"):
                response.context_data[FORM_VERSIONS] = shown
            return response
        versions = _sent_versions(request)
        with self._atomic():
            versions.lock()
            if self._is_outdated(versions) and self.has_view_permission(
                request, self.get_object(request, key)
            ):
                return self._ask_again(request, versions)
            return view(request, object_id, *arguments, **options)

    def was_changed_meanwhile(self, request: HttpRequest) -> bool:
        """Whether what the request's page has asked of is no longer as it was shown: it is then asked again."""
        return self._is_outdated(_sent_versions(request))

    def _is_outdated(self, versions: FormVersions) -> bool:
        """Whether what a page has asked of is no longer as it was shown."""
        keys = versions.versions.get(self.model._meta.label_lower, {})
        return bool(keys) and versions != FormVersions.with_cascades(self.model, keys)

    def _ask_again(self, request: HttpRequest, versions: FormVersions) -> TemplateResponse:
        shown = versions.versions[self.model._meta.label_lower]
        return self._refuse(
            request,
            "admin/conflict_confirm.html",
            title="그 사이에 바뀌었습니다",
            changes=[
                change for key, version in shown.items() for change in changes_since(self.model, key, version)
            ],
            address=request.get_full_path(),
        )

    def _atomic(self) -> transaction.Atomic:
        return transaction.atomic(using=router.db_for_write(self.model))

    def _refuse(self, request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, template, context, status=409)


def _sent_versions(request: HttpRequest) -> FormVersions:
    return FormVersions.read(request.POST.get(FORM_VERSIONS))


def retry_on_integrity_error(save: Callable[[], T]) -> T:
    """Of two who add the same thing at the same time the second meets the database's constraint; asked again, the form says it."""
    try:
        return save()
    except IntegrityError:
        return save()
