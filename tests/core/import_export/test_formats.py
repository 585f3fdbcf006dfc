"""Files as they are sent: each that cannot be read says why and what to do; and as they leave."""

import io
import json
import time
import tracemalloc

import openpyxl
import pytest
import tablib

from core.import_export.formats import Csv, ExportedTable, Json, Xlsx
from seoul_digital.lib.file_errors import FileRefused

UNREADABLE = "글자를 읽을 수 없습니다. UTF-8도 cp949(EUC-KR)도 아니거나 파일이 깨졌습니다."
UNPARTED = "CSV의 칸을 나눌 수 없습니다(따옴표가 닫히지 않았거나 한 칸이 너무 깁니다)."


def dataset_of(headers, *rows, text_columns=()):
    dataset = tablib.Dataset(*rows, headers=headers, title="글")
    dataset.text_columns, dataset.mentions = text_columns, None
    return dataset


@pytest.mark.parametrize(
    ("file_format", "content", "message"),
    [
        (Csv, b"\r\n,,\r\n", "내용이 없는 파일입니다."),
        (Csv, "부서,정원\r\n".encode(), "내용이 없는 파일입니다."),
        (Csv, b"\x81\xff\xfe\xff", UNREADABLE),
        (Csv, "부서\r\n&#55296;\r\n".encode("cp949"), UNREADABLE),
        (Csv, b'a,b\r\n"x', UNPARTED),
        (Csv, b"a\r\n" + b"x" * 200_000, UNPARTED),
        (Json, b"{", "JSON으로 읽을 수 없습니다."),
        (Json, b"[" * 100_000, "JSON으로 읽을 수 없습니다."),
        (Json, b'[{"a": NaN}]', "JSON으로 읽을 수 없습니다."),
        (Json, b'[{"a": "\\ud800"}]', "JSON으로 읽을 수 없습니다."),
        (Json, b'{"a": 1}', "JSON은 {‘열 이름’: 값, …}의 목록이어야 합니다."),
        (Json, b'[{"a": 1}, {"b": 1}]', "첫 항목과 열이 다릅니다: a, b."),
        (Json, b"[]", "내용이 없는 파일입니다."),
    ],
)
def test_what_cannot_be_read_says_why(file_format, content, message):
    begun = time.process_time()
    with pytest.raises(FileRefused) as refused:
        file_format().create_dataset(content)
    assert time.process_time() - begun < 2
    (problem,) = refused.value.problems
    assert problem.message == message
    assert problem.remedy


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_csv_is_read_in_either_encoding(encoding):
    dataset = Csv().create_dataset("부서,정원\r\n\r\n데이터센터,69\r\n".encode(encoding))
    assert (dataset.headers, list(dataset), dataset.numbers) == (
        ["부서", "정원"],
        [("데이터센터", "69")],
        [3],
    )


def test_rows_are_numbered_as_they_are_seen():
    dataset = Csv().create_dataset('\r\n부서\r\n"두\r\n줄"\r\n셋\r\n'.encode())
    assert (dataset.head_row, dataset.numbers, list(dataset)) == (2, [3, 4], [("두\r\n줄",), ("셋",)])


def test_rows_are_as_wide_as_the_widest():
    dataset = Csv().create_dataset("가,나,\r\n1\r\n1,2,3,\r\n".encode())
    assert (dataset.headers, list(dataset)) == (["가", "나", ""], [("1", None, None), ("1", "2", "3")])


def test_an_apostrophe_before_what_looks_like_a_formula_is_taken_away():
    dataset = Csv().create_dataset("글\r\n'=1\r\n''=1\r\n'글'\r\n=1\r\n-5\r\n'-5\r\n".encode())
    assert dataset["글"] == ["=1", "'=1", "'글'", "=1", "-5", "'-5"]


def test_a_text_too_long_for_a_workbook_is_not_cut():
    dataset = dataset_of(["글"], ["가" * 32_768], text_columns=[0])
    with pytest.raises(ValueError, match="32,767자"):
        Xlsx().export_data(dataset)
    assert "가" * 32_768 in Csv().export_data(dataset).decode("utf-8-sig")


@pytest.mark.thorough
def test_a_long_table_is_written_row_by_row():
    """Memory that many rows took at once does not all go back to the system."""

    class Rows:
        def iterator(self, chunk_size):
            return iter(range(5_000))

    table = ExportedTable("표", ["글"] * 10, [0], lambda number: [f"{number} 글"] * 10, Rows())
    tracemalloc.start()
    try:
        content = Xlsx().export_data(table)
        assert tracemalloc.get_traced_memory()[1] < 3 * 10**6
    finally:
        tracemalloc.stop()
    assert len(Xlsx().create_dataset(content)) == 5_000


def test_columns_of_text_are_formatted_as_text():
    content = Xlsx().export_data(dataset_of(["시작", "차례"], ["2022-08", 1], text_columns=[0]))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert (sheet["A2"].number_format, sheet["A2"].value, sheet["B2"].value) == ("@", "2022-08", 1)
    assert sheet.column_dimensions["A"].number_format == "@"


def test_json_keeps_numbers():
    content = Json().export_data(dataset_of(["값"], [10**18], [None]))
    assert json.loads(content) == [{"값": 10**18}, {"값": None}]
