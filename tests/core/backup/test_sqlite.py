"""The file of a SQLite database: what is wrong in it, and the way out of its place."""

import sqlite3
from contextlib import closing

import pytest

from core.backup import BackupError, sqlite


@pytest.fixture
def connection(connect_to_file, tmp_path):
    return connect_to_file(tmp_path / "db.sqlite3")


def execute(connection, *statements):
    with closing(sqlite3.connect(sqlite.path_of(connection))) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def test_is_empty_until_there_is_a_table(connection):
    assert sqlite.is_empty(connection)
    execute(connection)
    assert sqlite.is_empty(connection)
    execute(connection, "CREATE TABLE unit (id INTEGER)")
    assert not sqlite.is_empty(connection)


def test_move_aside_takes_the_log_along(connection, tmp_path):
    execute(connection, "CREATE TABLE unit (id INTEGER)")
    (tmp_path / "db.sqlite3-wal").write_bytes(b"log")
    aside = sqlite.move_aside(connection)
    assert aside.startswith(f"{tmp_path}/db.sqlite3.before-")
    assert {path.name.partition(".before-")[2][15:] for path in tmp_path.iterdir()} == {"", "-wal"}


def test_problems_names_a_row_that_points_nowhere(connection):
    execute(
        connection,
        "CREATE TABLE unit (id INTEGER PRIMARY KEY)",
        "CREATE TABLE duty (id INTEGER PRIMARY KEY, unit INTEGER REFERENCES unit)",
        "INSERT INTO duty VALUES (3, 9)",
    )
    found = sqlite.problems(sqlite.path_of(connection))
    assert found == ["db.sqlite3: duty의 3번 줄이 없는 것을 가리킵니다."]


def test_problems_names_a_file_that_is_none(tmp_path):
    (tmp_path / "x").write_bytes(b"no database" * 100)
    assert sqlite.problems(tmp_path / "x") == ["x: 데이터베이스 파일이 깨졌습니다(file is not a database)."]


def test_refuse_if_in_use_while_another_has_it_open(connection):
    with closing(sqlite3.connect(sqlite.path_of(connection))) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE unit (id INTEGER)")
        with pytest.raises(BackupError, match="서비스가 돌고 있습니다"):
            sqlite.refuse_if_in_use(connection)
    sqlite.refuse_if_in_use(connection)
