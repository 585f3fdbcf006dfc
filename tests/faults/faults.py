"""Faults: the n-th write of what runs inside fails, in the way in which its engine, the disk, a server or a child fails."""

import builtins
import errno
import io
import os
import signal
import smtplib
import sqlite3
import subprocess
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest import mock

from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.utils import timezone

from tests.faults import children as fake

WRITES = ("INSERT", "UPDATE", "DELETE", "BEGIN", "WITH NAMED", "REPLACE")
HELD = ("FOR UPDATE", "FOR NO KEY UPDATE")
SQLITE = {
    "full": (13, "database or disk is full"),
    "lock": (5, "database is locked"),
    "broken": (778, "disk I/O error"),
}
STATES = {
    "full": ("53100", "could not extend file"),
    "lock": ("55P03", "canceling statement due to lock timeout"),
}


class Steps:
    """Counts the writes of a kind; at the `at`-th of them `strike` happens."""

    def __init__(self, at=0, strike=None):
        self.count, self.at, self.strike = 0, at, strike

    def take(self, *arguments):
        self.count += 1
        if self.count == self.at:
            return self.strike(*arguments)
        return None


def fail_statement(kind):
    """As the engine itself fails. SQLite may give up the whole transaction of itself."""
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            code, text = SQLITE[kind]
            if kind != "lock":
                connection.connection.rollback()
            error = sqlite3.OperationalError(text)
            error.sqlite_errorcode = code
            raise error
        with connection.connection.cursor() as cursor:
            if kind == "broken":
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            else:
                state, text = STATES[kind]
                cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION '{text}' USING ERRCODE = '{state}'; END $$")


@contextmanager
def statements(steps):
    """Each statement that writes or locks."""

    def execute(run, sql, parameters, many, context):
        start = sql.lstrip().upper()
        if start.startswith(WRITES) or start.rstrip().endswith(HELD) or " FOR UPDATE OF " in start:
            steps.take()
        return run(sql, parameters, many, context)

    with connection.execute_wrapper(execute):
        yield


@contextmanager
def commits(steps):
    """`strike` gets the commit, which it may do or not."""
    real = connection._commit

    def commit():
        if steps.take(real) is None:
            real()

    with mock.patch.object(connection, "_commit", commit):
        yield


def fail_commit(kind):
    return lambda commit: fail_statement(kind)


def lose_answer(commit):
    """It is committed, and nobody hears of it."""
    commit()
    fail_statement("broken")


def die(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def opened_files(steps):
    """Each file that is opened to be written, and each folder and new name."""
    real_open, real_os_open, real_mkdir = io.open, os.open, os.mkdir
    renames = {name: getattr(os, name) for name in ("rename", "replace")}

    def open_file(file, mode="r", *arguments, **options):
        if not set(mode) & set("wax+") or isinstance(file, int) or "opener" in options:
            return real_open(file, mode, *arguments, **options)
        return filled(steps.take(file), real_open(file, mode, *arguments, **options))

    def os_open(file, flags, *arguments, **options):
        if not flags & (os.O_WRONLY | os.O_RDWR):
            return real_os_open(file, flags, *arguments, **options)
        return filled(steps.take(file), real_os_open(file, flags, *arguments, **options))

    def filled(is_full, opened):
        if is_full:
            full = real_os_open("/dev/full", os.O_RDWR)
            os.dup2(full, opened if isinstance(opened, int) else opened.fileno())
            os.close(full)
        return opened

    def counted(real):
        def act(*arguments, **options):
            steps.take(arguments[0])
            return real(*arguments, **options)

        return act

    with (
        mock.patch.object(builtins, "open", open_file),
        mock.patch.object(io, "open", open_file),
        mock.patch.object(os, "open", os_open),
        mock.patch.object(os, "mkdir", counted(real_mkdir)),
        mock.patch.object(os, "rename", counted(renames["rename"])),
        mock.patch.object(os, "replace", counted(renames["replace"])),
    ):
        yield


def refuse_file(file):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))


def fill_file(file):
    """What is written into it finds no room. Nothing is written into a lock, which another file would not hold."""
    return not str(file).endswith(".lock")


class Mailbox(BaseEmailBackend):
    """A mail server; `steps` count the connection and each message."""

    steps, sent = Steps(), 0

    def open(self):
        self.steps.take()
        return True

    def send_messages(self, messages):
        for _ in messages:
            self.steps.take()
            Mailbox.sent += 1
        return len(messages)


@contextmanager
def mails(steps):
    with mock.patch.object(Mailbox, "steps", steps):
        yield


def time_out():
    raise TimeoutError("timed out")


def hang_up():
    raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


@contextmanager
def children(steps):
    """Each process that is started."""

    def started(command, **options):
        after, child = steps.take(), fake.started(command, **options)
        if after:
            after(child)
        return child

    with mock.patch.object(subprocess, "Popen", started):
        yield


@contextmanager
def clock(hours):
    """The machine's clock is another by so many hours."""
    shift, real = timedelta(hours=hours), time.time

    class Shifted(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + shift

    with (
        mock.patch.object(time, "time", lambda: real() + shift.total_seconds()),
        mock.patch.object(timezone, "datetime", Shifted),
    ):
        yield


def refuse_child():
    raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))


def kill_child():
    return lambda child: child.die()


def stop_child():
    """It is there and does nothing, until it is given up."""
    return lambda child: child.hang()


FAULTS = {
    "database full": (statements, lambda: fail_statement("full")),
    "lock held": (statements, lambda: fail_statement("lock")),
    "connection broken": (statements, lambda: fail_statement("broken")),
    "commit full": (commits, fail_commit("full")),
    "commit broken": (commits, fail_commit("broken")),
    "commit unanswered": (commits, lose_answer),
    "no file": (opened_files, refuse_file),
    "file full": (opened_files, fill_file),
    "mail time-out": (mails, time_out),
    "mail broken": (mails, hang_up),
    "no child": (children, refuse_child),
    "child killed": (children, kill_child),
    "child time-out": (children, stop_child),
}
