"""History in admin: a reason for every change, what changed of an object, and going back to an earlier state."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from ..access.scope import access_scope
from ..audit.changes import changes, difference, moment
from ..audit.recording import change_reason, restore
from ..audit.states import instance_of
from ..edit_conflicts.form_data import is_key
from ..models.changes import ChangeRecord

REASON = "change_reason"  # the form field's name, in templates/admin/_reason.html too
PICKED = "목록에서 골라 지움"
CHANGES_ON_A_PAGE = 50


class HistoryAdmin(admin.ModelAdmin):
    """Saves with the reason that the form gives, and nothing where nothing was changed."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with change_reason(request.POST.get(REASON, "")):
            return super().changeform_view(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with change_reason(request.POST.get(REASON, "")):
            return super().delete_view(request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with change_reason(
            PICKED if request.POST.get("action") == "delete_selected" else request.POST.get(REASON, "")
        ):
            return super().changelist_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        own = {field.name for field in obj._meta.concrete_fields}  # links and parts are saved by themselves
        if not change or own & set(form.changed_data):
            super().save_model(request, obj, form, change)

    def get_urls(self) -> list[Any]:
        restoring = path(
            "<int:object_id>/history/<int:record_id>/restore/",
            self.admin_site.admin_view(self.restore_view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_restore",
        )
        return [restoring, *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Of what was deleted too."""
        key = unquote(object_id)
        records = self._records(key) if is_key(key) else None
        if not records or not (newest := records.first()):
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        instance = self._stored(key)
        if not self.has_view_or_change_permission(request, instance or instance_of(newest)):
            raise PermissionDenied
        page = Paginator(records, CHANGES_ON_A_PAGE).get_page(request.GET.get("p"))
        found = changes(page)
        return self._page(
            request,
            "admin/history.html",
            title=f"바뀐 내역: {instance or found[0].name}",
            object=instance,
            object_id=int(key),
            page=page,
            changes=found,
            current_id=newest.pk if instance else None,
            restorable={
                change.record.pk for change in found if self._may_restore(request, instance, change.instance)
            },
            restore_url_name=f"admin:{self.opts.app_label}_{self.opts.model_name}_restore",
            **(extra_context or {}),
        )

    def restore_view(self, request: HttpRequest, object_id: str, record_id: Any) -> Any:
        """Asks, and on POST puts the object back to what it was after (before, for a deletion) one change."""
        record = get_object_or_404(self._records(object_id), pk=record_id)
        instance = self._stored(object_id)
        if not self._may_restore(request, instance, instance_of(record)):
            raise PermissionDenied
        if request.method == "POST":
            return self._restore(request, record)
        newest = self._records(object_id).first()
        if newest == record and instance:
            raise Http404("지금의 값입니다.")
        return self._page(
            request,
            "admin/restore.html",
            title=f"{moment(record.at)}의 값으로 되돌리기",
            object=instance,
            object_id=object_id,
            fields=difference(newest, record),
        )

    def _restore(self, request: HttpRequest, record: Any) -> HttpResponse:
        reason = f"{moment(record.at)}의 값으로 되돌림. {request.POST.get(REASON, '')}"
        try:
            with change_reason(reason):
                instance = restore(record)
        except ValidationError as error:
            messages.error(request, f"되돌리지 못했습니다. {' '.join(error.messages)}")
        else:
            self.log_change(request, instance, reason)
            done = f"‘{instance}’의 값을 되돌렸습니다. 그 사이의 내역도 그대로 남아 있습니다."
            messages.success(request, done)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
        return redirect(reverse(name, args=[record.object_id]))

    def _may_restore(self, request: HttpRequest, instance: Model, wanted: Any) -> Any:
        """Whether the user may change what there is (add it again, where it is gone) to what is wanted."""
        allowed = (
            self.has_change_permission(request, instance) if instance else self.has_add_permission(request)
        )
        return allowed and access_scope(request.user).may_save_as(wanted)

    def _stored(self, key: str) -> Any:
        return self.model._base_manager.filter(pk=key).first()

    def _records(self, key: str) -> Any:
        return ChangeRecord.objects.of(self.model).filter(object_id=key)

    def _page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, template, context)
