"""Web nodes as a city would run them: each a copy of the code with a `var/` of its own and a server of its own, over one database."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from demo import ROOT, STARTUP_LIMIT, spare_port, wait_until_up

CODE = ["benchmarks", "budgets", "core", "dashboard", "departments", "fixtures", "glossary", "gunicorn.conf.py", "locale", "manage.py",
        "projects", "reports", "seoul_digital", "static", "templates"]  # fmt: skip
OF_THIS_MACHINE = {"DEBUG", "TLS", "BIND", "ALLOWED_HOSTS", "PORT", "SHARED_PAGES", "DATABASE_REPLICA_URL"}


class Node:
    """`start` serves `url`; `kill` ends all its processes as a machine does whose power fails."""

    def __init__(self, folder, **environment):
        self.folder, self.port = Path(folder), spare_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.processes = []
        for name in CODE:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
            copy(ROOT / name, self.folder / name)
        if (ROOT / "var" / "static").is_dir():
            shutil.copytree(ROOT / "var" / "static", self.folder / "var" / "static")
        (self.folder / "node_modules").symlink_to((ROOT / "node_modules").resolve())  # fonts of documents
        kept = {name: value for name, value in os.environ.items() if name not in OF_THIS_MACHINE}
        own = {"PORT": str(self.port), "SECOND_FACTOR": "none", "TMPDIR": str(self.folder / "var")}
        (self.folder / "var").mkdir(exist_ok=True)
        self.environment = kept | own | environment

    def begin(self, *command):
        """A command of Python's in the node's folder, in a group of processes of its own."""
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def start(self):
        # The script: a server that was started by `-m gunicorn` cannot start another one beside it (SIGUSR2).
        self.server = self.begin(str(Path(sys.executable).parent / "gunicorn"))
        return self

    def wait(self):
        """Until it answers: what was killed before it may listen for a moment more."""
        end = time.monotonic() + STARTUP_LIMIT
        while True:
            wait_until_up(self.port, self.server)
            try:
                with urlopen(f"{self.url}/healthz", timeout=STARTUP_LIMIT):  # noqa: S310 (of this machine)
                    return self
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def kill(self):
        self._end(signal.SIGKILL)

    def stop(self):
        self._end(signal.SIGTERM)

    def _end(self, number):
        for process in self.processes:
            if process.poll() is None:
                send = os.killpg if number == signal.SIGKILL else os.kill
                send(process.pid, number)
        for process in self.processes:
            process.wait(timeout=40)
        self.processes = []


@contextmanager
def served(folder, count, **environment):
    """So many nodes, started side by side."""
    made = []
    try:
        for number in range(count):
            path = Path(folder) / f"node-{number + 1}"
            path.mkdir()
            made.append(Node(path, **environment).start())
        yield [node.wait() for node in made]
    finally:
        for node in made:
            node.kill()
