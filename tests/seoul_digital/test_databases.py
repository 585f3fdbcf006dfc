"""Settings are read once at start, so each case is asked of the functions themselves."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql.psycopg_any import IsolationLevel

from seoul_digital import databases


@pytest.fixture
def environment(monkeypatch):
    def given(**names):
        for name in ("DATABASE_URL", "DATABASE_REPLICA_URL"):
            monkeypatch.delenv(name, raising=False)
            if name in names:
                monkeypatch.setenv(name, names[name])
        return databases.replica(databases.primary("sqlite:////tmp/none.sqlite3"))

    return given


def test_postgresql_compiles_no_query(environment):
    environment(DATABASE_URL="postgres://a@b/c")
    assert databases.primary("")["OPTIONS"] == {"options": "-c lock_timeout=20s -c jit=off"}


def test_without_a_replica_there_is_none(environment):
    assert environment() is None
    assert environment(DATABASE_URL="postgres://a@b/c", DATABASE_REPLICA_URL=" ") is None


def test_replica_sees_one_snapshot_and_is_given_up_soon(environment):
    found = environment(
        DATABASE_URL="postgres://a@b/c", DATABASE_REPLICA_URL="postgres://a@d/c?sslmode=require"
    )
    assert (found["HOST"], found["NAME"]) == ("d", "c")
    assert found["OPTIONS"] == {"isolation_level": IsolationLevel.REPEATABLE_READ, "connect_timeout": 2, "tcp_user_timeout": 5000, "options": "-c jit=off", "sslmode": "require"}  # fmt: skip


@pytest.mark.parametrize(
    "names",
    [
        {"DATABASE_REPLICA_URL": "postgres://a@d/c"},
        {"DATABASE_URL": "sqlite:////tmp/a", "DATABASE_REPLICA_URL": "postgres://a@d/c"},
        {"DATABASE_URL": "postgres://a@b/c", "DATABASE_REPLICA_URL": "sqlite:////tmp/a"},
    ],
)
def test_replica_of_sqlite_is_refused_with_a_sentence(environment, names):
    with pytest.raises(ImproperlyConfigured) as refused:
        environment(**names)
    assert str(refused.value) == (
        "DATABASE_REPLICA_URL은 PostgreSQL의 스트리밍 복제본에만 씁니다. DATABASE_URL과 함께 postgres://…로 적거나 지우십시오."
    )
