"""Commands on databases of their own, of the engine of this run."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]


def started(address, folder, *command):
    environment = os.environ | {"DATABASE_URL": address, "SECRET_KEY": "x", "LOG_FOLDER": str(folder)}
    environment |= {"LOG_LEVEL": "ERROR"}
    return subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def manage(address, folder, *command):
    process = started(address, folder, "manage.py", *command)
    out, complaint = process.communicate(timeout=120)
    assert process.returncode == 0, complaint
    return out


def opened(address):
    """A plain connection, to be used by `with`."""
    connect = sqlite3.connect if connection.vendor == "sqlite" else psycopg.connect
    return closing(connect(address.removeprefix("sqlite:///")))


def series_in(address):
    with opened(address) as database:
        return {name for (name,) in database.execute("SELECT name FROM departments_jobseries")}
