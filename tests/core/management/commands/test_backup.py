from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core import backup
from core.audit import seen_end


@pytest.fixture
def ends(monkeypatch):
    """The ends of chains that are written down."""
    ends = []
    monkeypatch.setattr(seen_end, "write", ends.append)
    return ends


def back_up(monkeypatch, manifest, **options):
    monkeypatch.setattr(backup, "create", lambda folder, connection: manifest)
    monkeypatch.setattr(
        backup, "create_dated", lambda folder, name, keep, connection: (folder / f"{name}-{keep}", manifest)
    )
    out, errors = StringIO(), StringIO()
    call_command("backup", Path("/copies"), stdout=out, stderr=errors, **options)
    return out.getvalue(), errors.getvalue()


def test_backup_says_how_much_and_writes_the_end(monkeypatch, manifest, ends):
    assert back_up(monkeypatch, manifest) == ("/copies에 백업했습니다: 표 2개, 줄 4개.\n", "")
    assert ends == [[7, "head"]]


def test_backup_keep_makes_a_folder_below(monkeypatch, manifest, ends):
    assert back_up(monkeypatch, manifest, keep=3)[0].startswith("/copies/backup-3에 백업했습니다")


def test_backup_broken_chain_writes_no_end_and_deletes_no_copy(monkeypatch, broken_chain, ends):
    _, errors = back_up(monkeypatch, broken_chain, keep=3)
    assert errors.splitlines() == [
        "주의: 제3호의 봉인이 맞지 않습니다.",
        "주의: 온전한 백업이 지워지지 않도록 옛 백업을 지우지 않았습니다.",
    ]
    assert ends == []


def test_backup_refusal_is_told(monkeypatch, ends):
    def refuse(folder, connection):
        raise backup.BackupError("자리가 없습니다.")

    monkeypatch.setattr(backup, "create", refuse)
    with pytest.raises(CommandError, match="자리가 없습니다"):
        call_command("backup", Path("/copies"))
