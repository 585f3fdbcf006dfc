"""The one validation of uploaded files: what cannot be read, or should not be opened, says why and what to do."""

import io
import time
import zipfile

import pytest

from seoul_digital.lib.file_errors import FileRefused
from seoul_digital.lib.upload_validation import MEGABYTE, validate_upload

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(content, name, **options):
    begun = time.process_time()
    with pytest.raises(FileRefused) as refused:
        validate_upload(io.BytesIO(content), name, **options)
    assert time.process_time() - begun < 2
    (problem,) = refused.value.problems
    assert problem.remedy
    return problem.message


def workbook(**parts):
    """A zip with a workbook's parts, and more."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in ({"xl/workbook.xml": "<workbook/>"} | parts).items():
            book.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"a", "명단.txt", "‘.txt’ 파일은 읽지 않습니다. .xlsx, .csv만 읽습니다."),
        (b"a", "명단", "‘확장자 없음’ 파일은 읽지 않습니다. .xlsx, .csv만 읽습니다."),
        (b"[]", "명단.json", "‘.json’ 파일은 읽지 않습니다. .xlsx, .csv만 읽습니다."),
        (b"x", "명단.xlsm", "매크로가 든 파일(.xlsm)은 받지 않습니다."),
        (b"", "명단.csv", "빈 파일입니다."),
        (b"PK\x03\x04", "명단.csv", "이름은 .csv인데 내용은 엑셀 파일입니다."),
        (b"<html><table>", "명단.csv", "이름은 .csv인데 내용은 웹 문서(HTML, XML)입니다."),
        (b"a\x00b", "명단.csv", "글이 아닌 내용이 들어 있어 CSV로 읽을 수 없습니다."),
        (b"<html><table>", "명단.xlsx", "이름은 .xlsx인데 내용은 웹 문서(HTML, XML)입니다."),
        (b"a,b", "명단.xlsx", "이름은 .xlsx인데 내용은 엑셀 파일이 아닙니다."),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "명단.xlsx", "암호가 걸린 파일입니다."),
        (OLE, "명단.xlsx", "옛 형식(.xls)의 파일입니다."),
        (b"PK\x03\x04broken", "명단.xlsx", "파일이 깨져 있어 열 수 없습니다."),
    ],
)
def test_what_cannot_be_read_says_why(content, name, message):
    assert refusal(content, name) == message


def test_what_is_dangerous_is_never_opened():
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook/>'
    assert "DOCTYPE" in refusal(workbook(**{"xl/workbook.xml": entity}), "a.xlsx")
    assert "매크로" in refusal(workbook(**{"xl/vbaProject.bin": "x"}), "a.xlsx")
    assert "압축 폭탄" in refusal(workbook(**{"xl/worksheets/sheet1.xml": b" " * (20 << 20)}), "a.xlsx")


def test_size_is_limited_as_the_caller_says():
    content = b"x" * (MEGABYTE + 1)
    assert refusal(content, "a.csv", largest=MEGABYTE) == "파일이 1MB를 넘습니다(1.0MB)."
    assert validate_upload(io.BytesIO(content), "a.csv", largest=None) == "csv"


@pytest.mark.parametrize(
    ("name", "kind"), [("명단.XLSX", "xlsx"), ("명단.csv", "csv"), ("명단.json", "json")]
)
def test_kind_is_told_and_the_file_is_at_its_start_again(name, kind):
    file = io.BytesIO(workbook() if kind == "xlsx" else b"[1]")
    assert validate_upload(file, name, ("xlsx", "csv", "json")) == kind
    assert file.tell() == 0
