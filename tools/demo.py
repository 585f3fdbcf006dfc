"""The system as people meet it: the production server over a freshly seeded SQLite file, for browser tests and the screenshot."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STARTUP_LIMIT = 30  # seconds
# What keeps a headless Chromium from talking to anyone but our server.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-smooth-scrolling",  # and less work where there is no screen
    "--disable-lcd-text",
    "--num-raster-threads=1",
]
# By the seeded file: what it holds with its administrator, and his password. A command for each server would take two seconds.
_administered = {}
DRAWN = """
!document.querySelector(".plot[data-figure]") || document.documentElement.dataset.figures === "drawn"
"""


@dataclass(frozen=True)
class Demo:
    """A running server; `user` is a superuser. `environment` lets `manage.py` work on the same database, `pid` is the server's."""

    url: str
    user: str
    password: str
    environment: dict
    pid: int = 0

    def manage(self, *arguments):
        """What the command prints."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout


def spare_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_up(port, server):
    """Until someone listens: what is asked before the workers are ready waits in the queue."""
    deadline = time.monotonic() + STARTUP_LIMIT
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("서버가 시작하지 않았습니다. 위의 기록을 보십시오.")


def prepared(folder, seeded=None, **environment):
    """A Demo whose database is migrated and seeded, or a copy of the file `seeded`; not yet served."""
    port, database = spare_port(), Path(folder) / "demo.sqlite3"
    kept_copy, password = _administered.get(seeded, (None, secrets.token_urlsafe(16)))
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DEBUG", "TLS", "BIND", "ALLOWED_HOSTS"}
    }
    settings = {
        "DATABASE_URL": f"sqlite:///{database}",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ADMIN_PASSWORD": password,
        "PORT": str(port),
        "LOG_FOLDER": str(folder),
        "SECOND_FACTOR": "none",  # tests/browser/test_second_factor.py has it on
    }
    demo = Demo(f"http://127.0.0.1:{port}", "admin", password, kept | settings | environment)
    if kept_copy:
        database.write_bytes(kept_copy)
        return demo
    if seeded:
        shutil.copy(seeded, database)
    for arguments in ([] if seeded else [["migrate", "--verbosity", "0"], ["seed"]]) + [["createadmin"]]:
        demo.manage(*arguments)
    if seeded:
        _administered[seeded] = database.read_bytes(), password
    return demo


@contextmanager
def running(seeded=None, **environment):
    """Serves a freshly seeded database for the length of a `with` block and gives its Demo. Needs the static files of `make static`."""
    if not (ROOT / "var" / "static" / "staticfiles.json").exists():
        raise SystemExit(
            "정적 파일이 없습니다. 먼저 `make static`(.venv/bin/python tools/static.py)을 하십시오."
        )
    with tempfile.TemporaryDirectory() as folder:
        demo = prepared(folder, seeded, **environment)
        command = [sys.executable, "-m", "gunicorn"]
        server = subprocess.Popen(command, cwd=ROOT, env=demo.environment, stdout=subprocess.DEVNULL)
        try:
            wait_until_up(int(demo.environment["PORT"]), server)
            yield replace(demo, pid=server.pid)
        finally:
            server.terminate()
            server.wait(timeout=STARTUP_LIMIT)


@contextmanager
def working(demo):
    """A worker on the database of a running Demo, for the length of a `with` block; gives its process id."""
    worker = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=demo.environment)
    try:
        yield worker.pid
    finally:
        worker.terminate()
        worker.wait(timeout=STARTUP_LIMIT)


def settle(page):
    """Waits until the scripts that start at the end of loading have run, letters are in their font and figures are drawn."""
    page.evaluate("new Promise((done) => setTimeout(done)).then(() => document.fonts.ready).then(() => true)")
    wait_until(page, DRAWN)


def wait_until(page, condition, limit=20):
    """Asks the page until the expression is true, for `limit` seconds. Playwright's own `wait_for_function` asks again from
    within the page, where the content security policy lets no text become a function."""
    end = time.monotonic() + limit
    while not page.evaluate(condition):
        if time.monotonic() > end:
            raise TimeoutError(condition)
        page.wait_for_timeout(50)


def sign_in(page, demo):
    """Signs in as a person does, by the form."""
    page.goto(f"{demo.url}/accounts/login/")
    fill_sign_in(page, demo.user, demo.password)
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def fill_sign_in(page, user, password):
    """Sends the form that is shown, and waits for the answer. The first field must have the focus by itself: who types
    before that has it hears from Chromium that its autofocus was blocked."""
    page.locator("input[name=username]:focus").fill(user)
    page.fill("input[name=password]", password)
    with page.expect_navigation():
        page.press("input[name=password]", "Enter")
