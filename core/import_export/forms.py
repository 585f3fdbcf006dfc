"""The forms of import and export in admin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from import_export.forms import ExportForm, ImportForm

from seoul_digital.lib.file_errors import FileRefused
from seoul_digital.lib.upload_validation import check_name

from .file_reader import LARGEST_FILE, MAX_ROWS
from .formats import FileFormat


class UploadForm(ImportForm):
    """The format is told by the file, not by the person."""

    import_file = forms.FileField(
        label="파일",
        allow_empty_file=True,  # so that the validation says what to do
        help_text=f"엑셀(.xlsx), CSV(.csv: UTF-8, cp949), JSON(.json). {LARGEST_FILE >> 20}MB, {MAX_ROWS:,}행까지. "
        "올리면 먼저 미리보기가 나오고, 확인하기 전에는 아무것도 바뀌지 않습니다.",
    )
    format = forms.CharField(required=False, widget=forms.HiddenInput)
    media = forms.Media()  # without the script that guesses the format

    def __init__(self, formats: list[type[FileFormat]], resources: list[type], **kwargs: Any):
        super().__init__(formats, resources, **kwargs)
        self.kinds, self.kind = [kind.key for kind in formats], formats[0].key
        self.fields["import_file"].widget.attrs["accept"] = ",".join(f".{kind}" for kind in self.kinds)

    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        try:
            self.kind = check_name(file.name, file.size, self.kinds, LARGEST_FILE)
        except FileRefused as error:
            raise ValidationError(error.sentences(file.name)) from error
        return file

    def clean_format(self) -> str:
        return str(self.kinds.index(self.kind))


class ConfirmForm(forms.Form):
    """`token` is the signed name of what was uploaded and previewed."""

    token = forms.CharField(widget=forms.HiddenInput)


class FormatForm(ExportForm):
    format = forms.ChoiceField(
        label="형식",
        initial="xlsx",
        widget=forms.RadioSelect,
        help_text="내보낸 파일은 고쳐서 다시 가져올 수 있습니다. "
        "cp949에 없는 글자는 &#8227;처럼 나가고, 가져올 때 되살아납니다.",
    )

    def _init_formats(self, formats: list[type[FileFormat]]) -> None:
        self.fields["format"].choices = [(kind.key, kind.title) for kind in formats]

    def clean_format(self) -> int:
        return [key for key, _ in self.fields["format"].choices].index(self.cleaned_data["format"])
