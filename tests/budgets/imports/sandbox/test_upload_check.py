"""What is uploaded as a budget file is looked at by a process of its own."""

import struct

import pytest

from budgets.imports.sandbox import upload_check
from budgets.imports.sandbox.upload_check import check_upload
from seoul_digital.lib.file_errors import FileRefused
from tests.attacks import MEGABYTE, cost

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DIRECTORY = (
    struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
)
COUNT = 40 * MEGABYTE // len(DIRECTORY)
END = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 65_535, 65_535, COUNT * len(DIRECTORY), 0, 0)
TOO_MUCH = "시간이나 메모리가 너무 많이 들어"


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (OLE + b"x" * 99 * MEGABYTE, "옛 형식"),
        (OLE + b"x" * 50 * MEGABYTE + "EncryptedPackage".encode("utf-16-le"), "암호가 걸린 파일입니다."),
        (DIRECTORY * COUNT + END, TOO_MUCH),  # a directory of more than a million parts
    ],
    ids=["old", "encrypted", "directory"],
)
def test_a_large_file_costs_the_process_that_answers_nothing(tmp_path, monkeypatch, content, answer):
    monkeypatch.setattr(upload_check, "SECONDS", 8)
    (tmp_path / "upload").write_bytes(content)
    with cost() as spent, pytest.raises(FileRefused, match=answer):
        check_upload(tmp_path / "upload", "집행현황.xlsx")
    assert spent.megabytes < 20
    assert spent.processor < 1


def test_what_may_be_a_budget_file_passes(tmp_path):
    (tmp_path / "upload").write_bytes("부서,예산\n".encode())
    assert check_upload(tmp_path / "upload", "집행현황.csv") is None
