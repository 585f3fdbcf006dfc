from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core import backup
from core.audit import seen_end


@pytest.fixture
def end(monkeypatch, tmp_path):
    """Where the end of the chain that was seen last is written down."""
    path = tmp_path / "end"
    path.write_text("7 head")
    monkeypatch.setattr(seen_end, "path", lambda: path)
    return path


def test_restore_forgets_the_end_of_the_chain_and_says_what_to_do(monkeypatch, broken_chain, end):
    monkeypatch.setattr(backup, "restore", lambda *arguments, **options: broken_chain)
    out, errors = StringIO(), StringIO()
    call_command("restore", Path("copy"), stdout=out, stderr=errors)
    assert out.getvalue() == (
        "2022-11-24 03:00의 백업을 되살렸습니다. `manage.py migrate`를 한 다음 서비스를 시작하십시오.\n"
    )
    assert errors.getvalue() == "주의: 제3호의 봉인이 맞지 않습니다.\n"
    assert not end.exists()


def test_restore_refused_keeps_the_end(monkeypatch, end):
    def refuse(*arguments, **options):
        raise backup.BackupError("이미 자료가 있습니다.")

    monkeypatch.setattr(backup, "restore", refuse)
    with pytest.raises(CommandError, match="이미 자료가 있습니다"):
        call_command("restore", Path("copy"))
    assert end.exists()
