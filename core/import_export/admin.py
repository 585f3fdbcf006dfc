"""Files in admin: export of what the list shows, import with a preview and whole or not at all, a template file to fill in."""

from dataclasses import replace

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from seoul_digital.lib.file_errors import MAX_SHOWN, FileRefused, Problem

from ..access.scope import access_scope
from ..admin.checks import serious_findings, tell
from ..admin.history import REASON
from ..models import Source
from ..page_links import source_reached
from . import file_formats, uploads

MOST_EXPORTED = 20_000
ROWS_SHOWN = 200
SOURCES_CHECKED = 5
GONE = "올린 지 한 시간이 지났거나 이미 가져온 파일입니다. 다시 올려 주세요."
CHANGED = Problem(
    "미리 본 뒤에 자료가 바뀌었습니다. 아무것도 쓰지 않았습니다.",
    "아래의 새 미리보기를 확인하고 다시 가져와 주세요.",
)


class ImportFileForm(forms.Form):
    file = forms.FileField(label="파일", widget=forms.FileInput({"accept": ",".join(file_formats.KINDS)}))


class ExportFileForm(forms.Form):
    format = forms.ChoiceField(
        label="형식",
        choices=[(one.key, one.title) for one in file_formats.FORMATS],
        initial="xlsx",
        widget=forms.RadioSelect,
    )


class FileAdmin(admin.ModelAdmin):
    """Who may import and export is told by `has_import_permission` and `has_export_permission`; which rows, by the reach of the user."""

    change_list_template = "admin/import_export/change_list.html"

    def get_urls(self):
        views = {
            "import/": ("import", self.import_view),
            "import/confirm/": ("import_confirm", self.confirm_view),
            "import/template/": ("import_template", self.template_view),
            "export/": ("export", self.export_view),
        }
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path(route, self.admin_site.admin_view(view), name=f"{prefix}_{name}")
            for route, (name, view) in views.items()
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        may = {
            "has_import_permission": self.has_import_permission(request),
            "has_export_permission": self.has_export_permission(request),
        }
        return super().changelist_view(request, may | (extra_context or {}))

    def resource_for(self, request):
        from .resources import resource_of

        access = access_scope(request.user)
        return resource_of(self.model)(
            may_change=lambda instance: self.has_change_permission(request, instance),
            may_save_as=access.may_save_as,
            may_add=self.has_add_permission(request),
        )

    def _require_import(self, request):
        if not self.has_import_permission(request):
            raise PermissionDenied

    # Import

    def import_view(self, request):
        self._require_import(request)
        form = ImportFileForm(request.POST, request.FILES) if request.method == "POST" else ImportFileForm()
        if not form.is_valid():
            return self._import_page(request, form=form, status=400 if form.is_bound else 200)
        file = form.cleaned_data["file"]
        return self._preview_import(request, uploads.keep(file, request.user, self.model))

    def _preview_import(self, request, upload, told=()):
        try:
            table = file_formats.read(upload.path, upload.name)
            outcome = self.resource_for(request).bring_in(table, dry_run=True)
        except FileRefused as error:
            upload.remove()
            return self._refuse_import(request, upload.name, error.problems)
        if outcome.problems:
            upload.remove()
            return self._refuse_import(request, upload.name, outcome.problems)
        concerned = replace(
            upload, digest=outcome.digest, sources=[source.pk for source in _sources(outcome)]
        )
        token = concerned.token() if outcome.rows else upload.remove()
        said = [problem.sentence(upload.name) for problem in told]
        return self._import_page(
            request,
            outcome=outcome,
            rows=outcome.rows[:ROWS_SHOWN],
            file_name=upload.name,
            token=token,
            problems=said,
            status=409 if told else 200,
        )

    def _refuse_import(self, request, name, problems, status=400):
        said = [problem.sentence(name) for problem in problems[:MAX_SHOWN]]
        return self._import_page(
            request, problems=said, problem_count=len(problems), file_name=name, status=status
        )

    @method_decorator(require_POST)
    def confirm_view(self, request):
        """What was previewed, if it still does the same."""
        self._require_import(request)
        upload = uploads.find(request.POST.get("token", ""), request.user, self.model)
        if upload is None:
            return self._import_page(request, problems=[GONE], problem_count=1, status=400)
        try:
            before = self._import_findings(Source.objects.filter(pk__in=upload.sources))
            outcome = self._bring_in(request, upload)
        except FileRefused as error:
            upload.remove()
            return self._refuse_import(request, upload.name, error.problems)
        if outcome.problems or outcome.digest != upload.digest:
            return self._preview_import(request, upload, [CHANGED])
        upload.remove()
        self._tell_import(request, upload.name, outcome)
        for source, found in self._import_findings(_sources(outcome)).items():
            tell(request, source, before.get(source, {}), found)
        return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def _bring_in(self, request, upload):
        table = file_formats.read(upload.path, upload.name)
        return self.resource_for(request).bring_in(
            table, dry_run=False, reason=request.POST.get(REASON, ""), expected=upload.digest
        )

    def _import_findings(self, sources):
        return {source: serious_findings(source, {self.opts.app_label}) for source in sources}

    def _tell_import(self, request, name, outcome):
        for flag, is_new in ((ADDITION, True), (CHANGE, False)):
            instances = [row.instance for row in outcome.rows if row.is_new == is_new]
            if instances:
                LogEntry.objects.log_actions(
                    request.user.pk,
                    instances,
                    flag,
                    f"파일에서 가져옴: {name}"[:200],
                    single_object=len(instances) == 1,
                )
        messages.success(
            request,
            f"‘{name}’에서 {outcome.added:,}건을 더하고 {outcome.changed:,}건을 고쳤습니다. 같은 {outcome.unchanged:,}건은 그대로입니다.",
        )

    def _import_page(self, request, status=200, **context):
        resource = self.resource_for(request)
        columns = [header for column in resource.fields.values() for header in column.headers]
        context = {"form": ImportFileForm(), "rows_shown": ROWS_SHOWN, "columns": columns} | context
        return self._file_page(
            request, "admin/import_export/import.html", "파일에서 가져오기", status, context
        )

    def _file_page(self, request, template, title, status, context):
        request.current_app = self.admin_site.name
        common = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"{self.opts.verbose_name_plural}: {title}",
        }
        return TemplateResponse(request, template, common | context, status=status)

    # Files that leave

    def template_view(self, request):
        from .template_files import template_file

        self._require_import(request)
        return self._file_response(
            template_file(self, request), file_formats.Xlsx(), f"{self.opts.verbose_name_plural} 서식.xlsx"
        )

    def export_view(self, request):
        """The list's rows, as filtered, searched and ordered there."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        try:
            listed = admin.ModelAdmin.get_changelist_instance(
                self, request
            )  # the list itself, without what editing in it needs
        except IncorrectLookupParameters:
            return redirect(request.path)
        form, count = ExportFileForm(request.POST if request.method == "POST" else None), listed.result_count
        if not form.is_valid():
            return self._export_page(request, form, count)
        if count > MOST_EXPORTED:
            return self._export_page(
                request, form, count, f"{MOST_EXPORTED:,}행까지 내보냅니다. 목록을 걸러 나누어 주세요."
            )
        file_format = next(one for one in file_formats.FORMATS if one.key == form.cleaned_data["format"])()
        try:
            content = file_format.write(self.resource_for(request).outgoing(listed.queryset))
        except ValueError as error:
            return self._export_page(request, form, count, str(error))
        name = f"{self.opts.verbose_name_plural}_{timezone.localdate():%Y-%m-%d}.{file_format.extension}"
        return self._file_response(content, file_format, name)

    def _export_page(self, request, form, count, problem=""):
        context = {"form": form, "count": count, "problem": problem, "most": MOST_EXPORTED}
        return self._file_page(
            request,
            "admin/import_export/export.html",
            "내보내기",
            400 if problem or form.errors else 200,
            context,
        )

    @staticmethod
    def _file_response(content, file_format, name):
        headers = {
            "Content-Type": file_format.content_type,
            "Content-Disposition": content_disposition_header(True, name),
        }
        return HttpResponse(content, headers=headers)


def _sources(outcome):
    """The first of those whose figures a file changes."""
    found = dict.fromkeys(filter(None, (source_reached(row.instance) for row in outcome.rows)))
    return list(found)[:SOURCES_CHECKED]
