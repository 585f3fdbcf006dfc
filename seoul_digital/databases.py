"""The databases that the environment names, as Django's settings want them."""

import os
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

LOCK_WAIT = 20  # seconds that a writer waits for another; then the page of busy.py
NO_COMPILING = "-c jit=off"


def primary(default: str) -> dict[str, Any]:
    """The database that DATABASE_URL names, SQLite by default.

    SQLite writes ahead and takes the write lock at BEGIN, so that writers queue instead of failing; therefore never ATOMIC_REQUESTS. Its
    connections stay open, for the first one needs room on the disk: a full one can still be read.

    PostgreSQL compiles no query: conditions of rights look dear to it, and to compile one took 18 s where it then ran for 0.1 s.
    """
    config: dict[str, Any] = dict(dj_database_url.parse(os.environ.get("DATABASE_URL") or default))
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["CONN_MAX_AGE"] = None
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": LOCK_WAIT,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
    else:
        config |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
        config["OPTIONS"] = {"options": f"-c lock_timeout={LOCK_WAIT}s {NO_COMPILING}"} | config.get(
            "OPTIONS", {}
        )
    return config


def replica(of: dict[str, Any]) -> dict[str, Any] | None:
    """The streaming replica that DATABASE_REPLICA_URL names, whose pages each see one snapshot of it; None without.

    A server that is gone is given up soon: the primary answers then.
    """
    if not (url := os.environ.get("DATABASE_REPLICA_URL", "").strip()):
        return None
    config: dict[str, Any] = dict(dj_database_url.parse(url))
    if not {of["ENGINE"], config["ENGINE"]} <= {"django.db.backends.postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_REPLICA_URL은 PostgreSQL의 스트리밍 복제본에만 씁니다. DATABASE_URL과 함께 postgres://…로 적거나 지우십시오."
        )
    from django.db.backends.postgresql.psycopg_any import IsolationLevel

    config |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    given = config.get("OPTIONS", {})
    config["OPTIONS"] = {
        "isolation_level": IsolationLevel.REPEATABLE_READ,
        "connect_timeout": 2,
        "tcp_user_timeout": 5000,
        "options": NO_COMPILING,
    } | given
    return config
