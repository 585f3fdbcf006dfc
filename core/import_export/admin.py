"""Files in admin: export of what the list shows, import with a preview, whole or not at all."""

from contextlib import nullcontext, suppress
from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin
from import_export.tmp_storages import MediaStorage

from seoul_digital.gates import FILES, UPLOADS
from seoul_digital.lib.file_errors import MAX_SHOWN, FileRefused

from ..access.scope import access_scope
from ..admin.checks import serious_findings, tell
from ..admin.history import REASON
from ..models import Source
from ..page_links import source_reached
from ..storage.storage import KEPT
from .formats import EXPORT_FORMATS, IMPORT_FORMATS, FileFormat, Xlsx
from .forms import ConfirmForm, FormatForm, UploadForm
from .resources import MAX_EXPORTED, BaseResource, Rows, resource_class
from .results import FileResult
from .template_files import template_file

Upload = dict[str, Any]  # what the token holds of a file: where it is stored, its name, its preview
ROWS_SHOWN = 200
SOURCES_CHECKED = 5
GONE = "올린 지 한 시간이 지났거나 이미 가져온 파일입니다. 다시 올려 주세요."
CHANGED = "미리 본 뒤에 자료가 바뀌었습니다. 아무것도 쓰지 않았습니다. 아래의 새 미리보기를 확인하고 다시 가져와 주세요."


class FileAdmin(ImportExportMixin, admin.ModelAdmin):
    """Which rows come in and go out is told by the access scope of the user.

    What is kept between the preview and the confirmation stands in the signed `token` alone: the stored
    file, its name, and what the preview said; so that only who sent it confirms it, and only as it was
    shown.
    """

    import_formats, export_formats = IMPORT_FORMATS, EXPORT_FORMATS
    import_form_class, confirm_form_class, export_form_class = UploadForm, ConfirmForm, FormatForm

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_import_template"
        return [
            path("import/template/", self.admin_site.admin_view(self.template_view), name=name),
            *super().get_urls(),
        ]

    def get_resource_classes(self, request: HttpRequest | None) -> list[type[BaseResource]]:
        return self.resource_classes or [resource_class(self.model)]

    def get_resource_kwargs(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            "may_add": self.has_add_permission(request),
            "may_change": partial(self.has_change_permission, request),
            "may_save_as": access_scope(request.user).may_save_as,
        }

    def resource_for(self, request: HttpRequest) -> Any:
        return self.choose_import_resource_class(None, request)(**self.get_resource_kwargs(request))

    # Import

    def import_action(self, request: HttpRequest, **kwargs: Any) -> Any:
        """The library's preview. What cannot be confirmed is not kept."""
        try:
            with UPLOADS.entered() if request.method == "POST" else nullcontext():
                response = super().import_action(request, **kwargs)
        except Exception:
            self._remove_upload(_stored_name(request))
            raise
        context, stored = response.context_data, _stored_name(request)
        if confirm_form := context.pop("confirm_form", None):
            context |= self._preview(request, confirm_form.initial, context["result"])
        elif stored:
            self._remove_upload(stored)
            context |= self._problems(context.get("result"))
        response.status_code = 400 if context["form"].errors or context.get("problems") else 200
        context["title"] = self._title("파일에서 가져오기")
        return response

    def _preview(self, request: HttpRequest, upload: Upload, result: FileResult) -> dict[str, Any]:
        """What would change, and the way to confirm it where anything would."""
        context = {"result": result, "rows": result.changed_rows[:ROWS_SHOWN]}
        if result.changed_rows:
            upload = upload | {"digest": result.digest, "sources": _sources(result)}
            token = signing.dumps(upload, salt=self._salt(request))
            return context | {"confirm_form": self.confirm_form_class(initial={"token": token})}
        self._remove_upload(upload["import_file_name"])
        return context

    def _problems(self, result: FileResult | None) -> dict[str, Any]:
        sentences = [problem.sentence(result.file_name) for problem in result.problems] if result else []
        return {"problems": sentences[:MAX_SHOWN], "problem_count": len(sentences)}

    def write_to_tmp_storage(self, import_file: Any, input_format: FileFormat) -> Any:
        """Under a name that is known before, so that it goes whatever fails; the storage keeps it for an hour, and every node reads it."""
        stored = self._upload_storage(uuid4().hex)
        import_file.tmp_storage_name = stored.name
        stored.save(import_file.read())
        return stored

    def get_tmp_storage_class_kwargs(self) -> dict[str, Any]:
        return {"MEDIA_FOLDER": None}

    def _remove_upload(self, name: str) -> None:
        """What cannot be removed is cleared away with what has waited too long; no name where nothing was kept yet."""
        with suppress(OSError, DatabaseError):
            if name:
                self._upload_storage(name).remove()

    def _upload_storage(self, name: str) -> MediaStorage:
        return self.get_tmp_storage_class()(name=name, **self.get_tmp_storage_class_kwargs())

    def add_data_read_fail_error_to_form(self, form: UploadForm, e: Exception) -> None:
        if not isinstance(e, FileRefused):
            raise e
        form.add_error("import_file", e.sentences(form.files["import_file"].name))

    def _salt(self, request: HttpRequest) -> str:
        return f"{self.opts.label_lower} of {request.user.pk}"

    def _title(self, what: str) -> str:
        return f"{self.opts.verbose_name_plural}: {what}"

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest, **kwargs: Any) -> Any:
        """What was previewed, if it still does the same."""
        with UPLOADS.entered():
            return self._process_import(request)

    def _process_import(self, request: HttpRequest) -> Any:
        if not self.has_import_permission(request):
            raise PermissionDenied
        try:
            upload = signing.loads(request.POST.get("token", ""), salt=self._salt(request), max_age=KEPT)
            stored = self._upload_storage(upload["import_file_name"])
            content = stored.read()
        except (signing.BadSignature, FileNotFoundError):
            return self._import_page(request, 400, problems=[GONE])
        try:
            dataset = self.import_formats[int(upload["format"])]().create_dataset(content)
        except FileRefused as error:  # the child process was killed
            return self._import_page(request, 400, problems=error.sentences(upload["original_file_name"]))
        before = self._findings(upload["sources"])
        with transaction.atomic():
            options = {"file_name": upload["original_file_name"], "reason": request.POST.get(REASON, "")}
            result = self.process_dataset(dataset, None, request, expected=upload["digest"], **options)
            response = None
            if not result.problems and result.digest == upload["digest"]:
                response = self.process_result(result, request)
                stored.remove()
        if response is None and not result.problems:
            context = self._preview(request, upload, result)
            return self._import_page(
                request, 409, problems=[CHANGED] if result.changed_rows else [], **context
            )
        if response is None:
            self._remove_upload(upload["import_file_name"])
            return self._import_page(request, 400, **self._problems(result))
        for source, found in self._findings(_sources(result)).items():
            tell(request, source, before.get(source, {}), found)
        return response

    def _findings(self, sources: list[int]) -> dict[Source, Any]:
        found = Source.objects.filter(pk__in=sources)
        return {source: serious_findings(source, self.model) for source in found}

    def add_success_message(self, result: FileResult, request: HttpRequest) -> None:
        counts = "{new:,}건을 더하고 {update:,}건을 고쳤습니다. 같은 {skip:,}건은 그대로입니다.".format(
            **result.totals
        )
        messages.success(request, f"‘{result.file_name}’에서 {counts}")

    def _import_page(self, request: HttpRequest, status: int, **context: Any) -> TemplateResponse:
        request.current_app = self.admin_site.name
        form = self.import_form_class(self.import_formats, self.get_import_resource_classes(request))
        columns = [field.column_name for field in self.resource_for(request).get_user_visible_fields()]
        common = {"opts": self.opts, "title": self._title("파일에서 가져오기"), "form": form}
        common["fields_list"] = [("", columns)]
        context = self.admin_site.each_context(request) | common | context
        return TemplateResponse(request, self.import_template_name, context, status=status)

    # Files that leave

    def template_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_import_permission(request):
            raise PermissionDenied
        with FILES.entered():
            content = template_file(self, request)
        response = HttpResponse(content, content_type=Xlsx.content_type)
        return _named(response, f"{self.opts.verbose_name_plural} 서식.xlsx")

    def export_action(self, request: HttpRequest) -> Any:
        """The list's rows, as filtered, searched and ordered there."""
        try:
            with FILES.entered() if request.method == "POST" else nullcontext():
                response = super().export_action(request)
        except IncorrectLookupParameters:
            return redirect(request.path)
        if request.method == "POST" and isinstance(response, TemplateResponse):
            response.status_code = 400
        return response

    def get_valid_export_item_pks(self, request: HttpRequest) -> Any:
        """Whatever is asked for beyond the list, nothing is told of it."""
        return self.get_export_queryset(request).values_list("pk", flat=True)

    def get_export_data(
        self, file_format: FileFormat, request: HttpRequest, queryset: Rows, **kwargs: Any
    ) -> Any:
        if queryset.count() > MAX_EXPORTED:
            raise ValueError(f"{MAX_EXPORTED:,}행까지 내보냅니다. 목록을 걸러 나누어 주세요.")
        return super().get_export_data(file_format, request, queryset, **kwargs)

    def get_export_filename(self, request: HttpRequest, queryset: Rows, file_format: FileFormat) -> str:
        return (
            f"{self.opts.verbose_name_plural}_{timezone.localdate():%Y-%m-%d}.{file_format.get_extension()}"
        )

    def _do_file_export(
        self, file_format: FileFormat, request: HttpRequest, queryset: Rows, export_form: Any = None
    ) -> Any:
        response = super()._do_file_export(file_format, request, queryset, export_form)
        return _named(response, self.get_export_filename(request, queryset, file_format))

    def init_request_context_data(self, request: HttpRequest, form: FormatForm) -> Any:
        count = self.get_export_queryset(request).count()
        context = {"title": self._title("내보내기"), "count": count, "most": MAX_EXPORTED}
        return super().init_request_context_data(request, form) | context


def _named(response: HttpResponse, file_name: str) -> HttpResponse:
    """The library writes the name without encoding it."""
    response["Content-Disposition"] = content_disposition_header(True, file_name)
    return response


def _stored_name(request: HttpRequest) -> str:
    return getattr(request.FILES.get("import_file"), "tmp_storage_name", "")


def _sources(result: FileResult) -> list[int]:
    """The keys of the first sources whose figures a file changes."""
    found = dict.fromkeys(filter(None, (source_reached(row.instance) for row in result.changed_rows)))
    return [source.pk for source in found][:SOURCES_CHECKED]
