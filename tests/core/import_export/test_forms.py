"""The forms of files in admin: the file tells its format, the formats have names."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.import_export.formats import EXPORT_FORMATS, IMPORT_FORMATS
from core.import_export.forms import FormatForm, UploadForm
from core.import_export.resources import resource_class
from departments.models import Duty

RESOURCES = [resource_class(Duty)]


def upload(name, content, **fields):
    files = {"import_file": SimpleUploadedFile(name, content)}
    return UploadForm(IMPORT_FORMATS, RESOURCES, data={"resource": "0", **fields}, files=files)


@pytest.mark.parametrize(("name", "index"), [("업무.csv", "1"), ("업무.JSON", "2")])
def test_format_is_that_of_the_file_whatever_is_sent(name, index):
    form = upload(name, b"[1]", format="0")
    assert (form.errors, form.cleaned_data["format"]) == ({}, index)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("업무.hwp", b"x", "[업무.hwp] ‘.hwp’ 파일은 읽지 않습니다. .xlsx, .csv, .json만 읽습니다."),
        ("업무.csv", b"", "[업무.csv] 빈 파일입니다."),
        ("업무.csv", b"x" * (10 * 1024 * 1024 + 1), "[업무.csv] 파일이 10MB를 넘습니다"),
    ],
)
def test_bad_file_is_refused_with_its_name_and_a_remedy(name, content, message):
    (sentence,) = upload(name, content).errors["import_file"]
    assert sentence.startswith(message)
    assert sentence.endswith("오.")


def test_formats_are_picked_by_name():
    form = FormatForm(EXPORT_FORMATS, RESOURCES, data={"resource": "0", "format": "cp949"})
    assert form.is_valid()
    assert EXPORT_FORMATS[form.cleaned_data["format"]].key == "cp949"
    assert not FormatForm(EXPORT_FORMATS, RESOURCES, data={"resource": "0", "format": "exe"}).is_valid()
