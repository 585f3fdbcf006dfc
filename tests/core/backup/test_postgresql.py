"""What the client programs of PostgreSQL are asked for, and what is said where they are not there; test_drill.py runs them."""

from types import SimpleNamespace

import pytest

from core.backup import BackupError, postgresql

ARGUMENTS = ["psql", "-U", "report", "-h", "db", "seoul"]


@pytest.fixture
def connection():
    client = SimpleNamespace(settings_to_cmd_args_env=lambda settings, more: (ARGUMENTS, {"PGPASSWORD": "x"}))
    return SimpleNamespace(client=client, settings_dict={}, close=lambda: None)


@pytest.fixture
def asked(monkeypatch):
    """The last command and its environment; nothing is run."""
    asked = SimpleNamespace(command=[], environment={}, result=SimpleNamespace(returncode=0, stderr=""))

    def run(command, env, **options):
        asked.command, asked.environment = command, env
        return asked.result

    monkeypatch.setattr(postgresql.subprocess, "run", run)
    return asked


def test_copy_leaves_out_what_was_moved_aside_and_remembered_pages(connection, asked, tmp_path):
    assert postgresql.copy(connection, tmp_path) == "database.dump"
    assert asked.command[0] == "pg_dump"
    assert {"--exclude-schema=before_*", "--exclude-table-data=core_remembered_page"} <= set(asked.command)
    assert asked.command[-5:] == ["-U", "report", "-h", "db", "--dbname=seoul"]


def test_password_stands_in_the_environment_alone(connection, asked, tmp_path):
    postgresql.restore(connection, tmp_path / "database.dump")
    assert asked.environment["PGPASSWORD"] == "x"
    assert asked.command[-1] == str(tmp_path / "database.dump")


def test_restore_is_one_transaction(connection, asked, tmp_path):
    postgresql.restore(connection, tmp_path)
    assert {"--single-transaction", "--exit-on-error"} < set(asked.command)


def test_last_line_of_a_complaint_is_told(connection, asked, tmp_path):
    asked.result = SimpleNamespace(returncode=1, stderr="notice\nserver version mismatch\n")
    with pytest.raises(BackupError, match="pg_dump가 끝내지 못했습니다: server version mismatch\n"):
        postgresql.copy(connection, tmp_path)


@pytest.mark.parametrize(
    ("do", "program"),
    [
        (lambda connection, path: postgresql.copy(connection, path), "pg_dump"),
        (lambda connection, path: postgresql.restore(connection, path), "pg_restore"),
        (lambda connection, path: postgresql.contents(path, []), "pg_restore"),
    ],
    ids=["copy", "restore", "contents"],
)
def test_missing_program_is_told_with_the_remedy(connection, monkeypatch, tmp_path, do, program):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BackupError, match=f"{program} 명령이 없습니다. PostgreSQL 클라이언트를 설치"):
        do(connection, tmp_path / "x")
