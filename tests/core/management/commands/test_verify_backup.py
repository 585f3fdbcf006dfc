from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core import backup


def verify(monkeypatch, manifest):
    monkeypatch.setattr(backup, "verify", lambda folder: manifest)
    out, errors = StringIO(), StringIO()
    call_command("verify_backup", Path("copy"), stdout=out, stderr=errors)
    return out.getvalue(), errors.getvalue()


def test_verify_backup_says_what_is_in_it(monkeypatch, manifest):
    assert verify(monkeypatch, manifest) == (
        "온전한 백업입니다: 2022-11-24 03:00, sqlite, 판 1.2, 표 2개, 줄 4개, 발행한 내용 2개, 기록 사슬 제7호까지.\n",
        "",
    )


def test_verify_backup_broken_chain_is_a_warning(monkeypatch, broken_chain):
    out, errors = verify(monkeypatch, broken_chain)
    assert out.startswith("온전한 백업입니다")
    assert errors == "주의: 제3호의 봉인이 맞지 않습니다.\n"


def test_verify_backup_nothing_there_is_an_error(tmp_path):
    with pytest.raises(CommandError, match="none가 없습니다"):
        call_command("verify_backup", tmp_path / "none")
