"""Counting: exact where SQLite's sum() overflows, and the same from a dump's text as from SQL."""

import sqlite3
from contextlib import closing
from hashlib import sha256

import pytest

from core.backup.contents import Table, measure, measure_copy

LARGEST = 2**63 - 1
TABLE = Table("a.Line", "a_line", ["amount", "id"])
FILE = Table("a.File", "a_file", ["id"], content="content", sha256="sha256")
MIGRATIONS = Table("migrations.Migration", "django_migrations", ["id"])


@pytest.fixture
def database():
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE django_migrations (id, app, name)")
        connection.execute("CREATE TABLE a_line (id, amount)")
        connection.execute("CREATE TABLE a_file (id, content, sha256)")
        yield connection


def test_sums_are_exact_beyond_64_bits(database):
    database.executemany("INSERT INTO a_line VALUES (?, ?)", [(1, LARGEST), (2, LARGEST), (3, -5), (4, None)])
    found = measure(database.execute, [TABLE])
    assert found.models == {"a.Line": {"rows": 4, "sums": {"amount": 2 * LARGEST - 5, "id": 10}}}


def test_an_empty_table_sums_to_nothing(database):
    assert measure(database.execute, [TABLE]).models["a.Line"] == {"rows": 0, "sums": {"amount": 0, "id": 0}}


def test_what_was_published_is_hashed_again(database):
    content = b"\x00\xffbytes"
    database.execute("INSERT INTO a_file VALUES (1, ?, ?)", (content, sha256(content).hexdigest()))
    database.execute("INSERT INTO a_file VALUES (2, 'a report', 'somewhat')")
    found = measure(database.execute, [FILE])
    assert found.hashes == {
        "a.File": {"1": sha256(content).hexdigest(), "2": sha256(b"a report").hexdigest()}
    }
    assert found.wrong_hashes == ["a.File 2: 내용의 SHA-256이 적어 둔 것과 다릅니다."]


def test_a_dump_is_counted_from_its_text():
    text = "업무\t보고\\n\n끝"
    script = (
        b"SET x;\n"
        b"COPY public.a_other (id) FROM stdin;\n7\n\\.\n"
        b"COPY public.a_line (id, amount) FROM stdin;\n1\t9223372036854775807\n2\t\\N\n3\t-5\n\\.\n"
        b"COPY public.django_migrations (id, app, name, applied) FROM stdin;\n1\tcore\t0001_initial\t2022\n\\.\n"
        b"COPY public.a_file (id, content, sha256) FROM stdin;\n"
        b"1\t\\\\x00ff62\t" + sha256(b"\x00\xffb").hexdigest().encode() + b"\n"
        b"2\t" + "업무\\t보고\\\\n\\n끝".encode() + b"\t" + sha256(text.encode()).hexdigest().encode() + b"\n"
        b"\\.\n"
    )
    found = measure_copy(iter(script.splitlines(keepends=True)), [TABLE, MIGRATIONS, FILE])
    assert found.models["a.Line"] == {"rows": 3, "sums": {"amount": LARGEST - 5, "id": 6}}
    assert found.models["a.File"] == {"rows": 2, "sums": {"id": 3}}
    assert found.migrations == [["core", "0001_initial"]]
    assert found.hashes["a.File"] == {
        "1": sha256(b"\x00\xffb").hexdigest(),
        "2": sha256(text.encode()).hexdigest(),
    }
    assert found.wrong_hashes == []
