"""History in admin: a reason for every change, what changed of an object, and going back to an earlier state."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from ..access.scope import access_scope
from ..audit.changes import changes, difference, moment
from ..audit.history_rows import label_of
from ..audit.recording import DELETED, change_reason, history_of, restore

REASON = "change_reason"  # the form field's name, in templates/admin/_reason.html too
PICKED = "목록에서 골라 지움"
CHANGES_ON_A_PAGE = 50


class HistoryAdmin(admin.ModelAdmin):
    """Saves with the reason that the form gives, and nothing where nothing was changed."""

    def changeform_view(self, request, *args, **kwargs):
        with change_reason(request.POST.get(REASON, "")):
            return super().changeform_view(request, *args, **kwargs)

    def delete_view(self, request, *args, **kwargs):
        with change_reason(request.POST.get(REASON, "")):
            return super().delete_view(request, *args, **kwargs)

    def changelist_view(self, request, *args, **kwargs):
        with change_reason(
            PICKED if request.POST.get("action") == "delete_selected" else request.POST.get(REASON, "")
        ):
            return super().changelist_view(request, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        own = {field.name for field in obj._meta.concrete_fields}  # links and parts are saved by themselves
        if not change or own & set(form.changed_data):
            super().save_model(request, obj, form, change)

    def get_urls(self):
        restoring = path(
            "<int:object_id>/history/<int:history_id>/restore/",
            self.admin_site.admin_view(self.restore_view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_restore",
        )
        return [restoring, *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        """Of what was deleted too."""
        key = unquote(object_id)
        rows = self._rows(int(key)) if key.isdecimal() else None
        if not rows or not (newest := rows.first()):
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        instance = self._stored(key)
        if not self.has_view_or_change_permission(request, instance or newest.instance):
            raise PermissionDenied
        page = Paginator(rows.values_list("history_id", flat=True), CHANGES_ON_A_PAGE).get_page(
            request.GET.get("p")
        )
        found = changes([(label_of(self.model), history_id) for history_id in page])
        return self._page(
            request,
            "admin/history.html",
            title=f"바뀐 내역: {instance or found[0].name}",
            object=instance,
            object_id=int(key),
            page=page,
            changes=found,
            current_id=None if newest.history_type == DELETED else newest.history_id,
            restorable=self._restorable(request, instance, found),
            restore_url_name=f"admin:{self.opts.app_label}_{self.opts.model_name}_restore",
            **(extra_context or {}),
        )

    def restore_view(self, request, object_id, history_id):
        """Asks, and on POST puts the object back to what it was after (before, for a deletion) one change."""
        row = get_object_or_404(self._rows(object_id), history_id=history_id)
        instance = self._stored(object_id)
        if not self._may_restore(request, instance, row.instance):
            raise PermissionDenied
        if request.method == "POST":
            return self._restore(request, row)
        newest = self._rows(object_id).first()
        fields = difference(self.model, newest.history_id, history_id)
        if newest.history_id == history_id and instance:
            raise Http404("지금의 값입니다.")
        title = f"{moment(row.history_date)}의 값으로 되돌리기"
        return self._page(
            request, "admin/restore.html", title=title, object=instance, object_id=object_id, fields=fields
        )

    def _restore(self, request, row):
        reason = f"{moment(row.history_date)}의 값으로 되돌림. {request.POST.get(REASON, '')}"
        try:
            with change_reason(reason):
                instance = restore(row)
        except ValidationError as error:
            messages.error(request, f"되돌리지 못했습니다. {' '.join(error.messages)}")
        else:
            self.log_change(request, instance, reason)
            messages.success(
                request, f"‘{instance}’의 값을 되돌렸습니다. 그 사이의 내역도 그대로 남아 있습니다."
            )
        return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[row.id]))

    def _restorable(self, request, instance, found):
        return {
            change.history_id for change in found if self._may_restore(request, instance, change.instance)
        }

    def _may_restore(self, request, instance, wanted):
        """Whether the user may change what there is (add it again, where it is gone) to what is wanted."""
        allowed = (
            self.has_change_permission(request, instance) if instance else self.has_add_permission(request)
        )
        return allowed and access_scope(request.user).may_save_as(wanted)

    def _stored(self, key):
        return self.model._base_manager.filter(pk=key).first()

    def _rows(self, key):
        return history_of(self.model)._base_manager.filter(id=key).order_by("-history_id")

    def _page(self, request, template, **context):
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request, template, {**self.admin_site.each_context(request), "opts": self.opts, **context}
        )
