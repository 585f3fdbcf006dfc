"""Files as they are sent: each that cannot be read says why and what to do."""

import json
import time
import zipfile

import openpyxl
import pytest

from core.import_export import file_formats
from core.import_export.file_formats import Csv, Outgoing, Xlsx
from seoul_digital.lib.file_errors import FileRefused


def read(folder, content, name="명단.csv"):
    path = folder / "0123abcd"
    path.write_bytes(content)
    return file_formats.read(path, name)


def refusal(folder, content, name="명단.csv"):
    begun = time.monotonic()
    with pytest.raises(FileRefused) as refused:
        read(folder, content, name)
    assert time.monotonic() - begun < 2
    (problem,) = refused.value.problems
    assert problem.remedy
    return problem.message


def workbook(folder, **parts):
    """A zip with a workbook's parts, and more."""
    path = folder / "parts.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in ({"xl/workbook.xml": "<workbook/>"} | parts).items():
            book.writestr(name, content)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"a", "명단.txt", "‘.txt’ 파일은 읽지 않습니다. .xlsx, .csv, .json만 읽습니다."),
        (b"a", "명단", "‘확장자 없음’ 파일은 읽지 않습니다. .xlsx, .csv, .json만 읽습니다."),
        (b"", "명단.csv", "빈 파일입니다."),
        (b"\r\n,,\r\n", "명단.csv", "내용이 없는 파일입니다."),
        (b"PK\x03\x04", "명단.csv", "이름은 .csv인데 내용은 엑셀 파일입니다."),
        (b"<html><table>", "명단.xlsx", "이름은 .xlsx인데 내용은 웹 문서(HTML, XML)입니다."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "명단.xlsx",
            "암호가 걸린 파일입니다.",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "명단.xlsx", "옛 형식(.xls)의 파일입니다."),
        (b"PK\x03\x04broken", "명단.xlsx", "파일이 깨져 있어 열 수 없습니다."),
        (
            b"\x81\xff\xfe\xff",
            "명단.csv",
            "글자를 읽을 수 없습니다. UTF-8도 cp949(EUC-KR)도 아니거나 파일이 깨졌습니다.",
        ),
        (
            b'a,b\r\n"x',
            "명단.csv",
            "CSV의 칸을 나눌 수 없습니다(따옴표가 닫히지 않았거나 한 칸이 너무 깁니다).",
        ),
        (
            b"a\r\n" + b"x" * 200_000,
            "명단.csv",
            "CSV의 칸을 나눌 수 없습니다(따옴표가 닫히지 않았거나 한 칸이 너무 깁니다).",
        ),
        (b"{", "명단.json", "JSON으로 읽을 수 없습니다."),
        (b"[" * 100_000, "명단.json", "JSON으로 읽을 수 없습니다."),
        (b'[{"a": NaN}]', "명단.json", "JSON으로 읽을 수 없습니다."),
        (b'[{"a": "\\ud800"}]', "명단.json", "JSON으로 읽을 수 없습니다."),
        (
            "부서\r\n&#55296;\r\n".encode("cp949"),
            "명단.csv",
            "글자를 읽을 수 없습니다. UTF-8도 cp949(EUC-KR)도 아니거나 파일이 깨졌습니다.",
        ),
        (b'{"a": 1}', "명단.json", "JSON은 {‘열 이름’: 값, …}의 목록이어야 합니다."),
        (b'[{"a": 1}, {"b": 1}]', "명단.json", "첫 항목과 열이 다릅니다: a, b."),
        (b"[]", "명단.json", "내용이 없는 파일입니다."),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, content, name, message):
    assert refusal(tmp_path, content, name) == message


def test_what_is_dangerous_is_never_opened(tmp_path):
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook/>'
    assert "DOCTYPE" in refusal(tmp_path, workbook(tmp_path, **{"xl/workbook.xml": entity}), "a.xlsx")
    assert "매크로" in refusal(tmp_path, workbook(tmp_path, **{"xl/vbaProject.bin": "x"}), "a.xlsx")
    assert "압축 폭탄" in refusal(
        tmp_path, workbook(tmp_path, **{"xl/worksheets/sheet1.xml": b" " * (20 << 20)}), "a.xlsx"
    )
    assert "매크로" in refusal(tmp_path, b"x", "a.xlsm")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_csv_is_read_in_either_encoding(tmp_path, encoding):
    table = read(tmp_path, "부서,정원\r\n\r\n데이터센터,69\r\n".encode(encoding))
    assert (table.headers, table.rows) == (["부서", "정원"], [(3, ["데이터센터", "69"])])


def test_rows_are_numbered_as_they_are_seen(tmp_path):
    table = read(tmp_path, '\r\n부서\r\n"두\r\n줄"\r\n셋\r\n'.encode())
    assert (table.head_row, table.rows) == (2, [(3, ["두\r\n줄"]), (4, ["셋"])])


def test_an_apostrophe_before_what_looks_like_a_formula_is_taken_away(tmp_path):
    table = read(tmp_path, "글\r\n'=1\r\n''=1\r\n'글'\r\n=1\r\n-5\r\n'-5\r\n".encode())
    assert [values for _, values in table.rows] == [["=1"], ["'=1"], ["'글'"], ["=1"], ["-5"], ["'-5"]]


def test_a_text_too_long_for_a_workbook_is_not_cut():
    with pytest.raises(ValueError, match="32,767자"):
        Xlsx().write(Outgoing("글", ["글"], [["가" * 32_768]], {0}))
    assert "가" * 32_768 in Csv().write(Outgoing("글", ["글"], [["가" * 32_768]], {0})).decode("utf-8-sig")


def test_columns_of_text_are_formatted_as_text(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(Xlsx().write(Outgoing("기간", ["시작", "차례"], [["2022-08", 1]], {0})))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert (sheet["A2"].number_format, sheet["A2"].value, sheet["B2"].value) == ("@", "2022-08", 1)
    assert sheet.column_dimensions["A"].number_format == "@"


def test_json_keeps_numbers(tmp_path):
    table = Outgoing("값", ["값"], [[10**18], [None]])
    assert json.loads(file_formats.Json().write(table)) == [{"값": 10**18}, {"값": None}]
