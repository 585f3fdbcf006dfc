"""Web nodes over one PostgreSQL, with and without a streaming replica, and an upgrade while people read: `benchmarks/README.md`.

`tools/postgresql.sh .venv/bin/python benchmarks/nodes.py`; `SECONDS` (10) of each load. Exit code 1 when a bar is missed.
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

import psycopg

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / part) for part in ("", "tools")]

SECONDS = int(os.environ.get("SECONDS") or 10)
READERS = 16
UNCHANGED = 100  # requests between two changes of a duty, which two of the pages show
PAGES = [
    "/",
    "/projects/",
    "/budgets/expenditure/",
    "/budgets/revenue/",
    "/departments/",
    "/projects/public-wifi/",
]
CHANGE = "UPDATE departments_duty SET text = text || '.' WHERE id = (SELECT min(id) FROM departments_duty)"
USERS = "from departments.models import User; [User.objects.create_user(f'reader{n}', password='reading 1234', must_change_password=False) for n in range(2)]"
# What a `migrate` that has something to do does beside it: the triggers go and come again.
MIGRATE = """
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db.models.signals import pre_migrate
core = apps.get_app_config("core")
pre_migrate.send(core, app_config=core, using="default", plan=[core])
emit_post_migrate_signal(0, False, "default", plan=[core])
"""
TICK = os.sysconf("SC_CLK_TCK")
SHARE = 0.9  # of the primary's processor without a replica
WEB = 1.35  # of a node's processor without a replica
BESIDE = 1.3  # of one node's processor a request, with two that share what they remember


class Reader:
    """Somebody behind a balancer: asks the nodes by turns, and another one where a connection is refused or broken off; of one that
    was kept it cannot be known whether the server has closed it."""

    def __init__(self, nodes, cookies):
        self.nodes, self.turn, self.cookies, self.connections = nodes, 0, cookies, {}

    def get(self, address):
        """The status; 0 where no node answered."""
        self.turn += 1
        for number in range(2 * len(self.nodes)):
            node = self.nodes[(self.turn + number) % len(self.nodes)]
            try:
                return self._ask(node, address)
            except (OSError, HTTPException):
                self.connections.pop(node, None)
        return 0

    def _ask(self, node, address):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = self.connections.setdefault(node, HTTPConnection(urlsplit(node.url).netloc, timeout=60))
        connection.request("GET", address, headers={"Cookie": cookies})
        answer = connection.getresponse()
        answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status


def session_of(node, name):
    """The cookies of who has signed in."""
    from benchmarks.crowd import Client

    client = Client.__new__(Client)
    client.host, client.cookies = urlsplit(node.url).netloc, {}
    page = client.get("/accounts/login/")[1].decode()
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    client.post("/accounts/login/", {"username": name, "password": "reading 1234"}, token)
    return client.cookies


def change():
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as primary:
        primary.execute(CHANGE)


def processor(pids):
    """Seconds of the processes so far, their ended children included."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15]))
    return total / TICK


def server_pid(folder):
    return int((Path(folder) / "postmaster.pid").read_text().split()[0])


class Load:
    """Readers who do not pause; what they were answered, and how long it took."""

    def __init__(self, nodes, readers=READERS):
        signed_in = [session_of(nodes[0], f"reader{number}") for number in range(2)]
        self.readers = [Reader(nodes, dict(signed_in[number % 2])) for number in range(readers)]
        self.statuses, self.times, self.lock = Counter(), [], threading.Lock()

    def run(self, seconds, during=lambda: None):
        self.statuses.clear()
        self.times.clear()
        begun, self.end = time.monotonic(), float("inf")
        with ThreadPoolExecutor(len(self.readers)) as pool:
            jobs = [pool.submit(self._read, number, reader) for number, reader in enumerate(self.readers)]
            try:
                during()
            finally:
                self.end = max(begun + seconds, time.monotonic() + 2)
            for job in jobs:
                job.result()
        return self

    def _read(self, number, reader):
        turn = number
        while (begun := time.monotonic()) < self.end:
            turn += 1
            status = reader.get(PAGES[turn % len(PAGES)])
            with self.lock:
                self.statuses[status] += 1
                self.times.append(time.monotonic() - begun)
                is_due = len(self.times) % UNCHANGED == 0
            if is_due:
                change()

    @property
    def errors(self):
        return sum(count for status, count in self.statuses.items() if status != 200)


def prepare():
    for command in (
        ["migrate", "--verbosity", "0"],
        ["seed"],
        ["shell", "-c", USERS, "--reason", "benchmark"],
    ):
        manage(*command)


def manage(*command):
    from demo import ROOT

    environment = os.environ | {"SECOND_FACTOR": "none", "BACKUP_BEFORE_MIGRATE": "0"}
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)  # fmt: skip


def family_of(nodes):
    from benchmarks.crowd import family

    return [pid for node in nodes for pid in family(node.server.pid)]


def measure(count, primary, replica=None):
    """Requests a second, and processor in ms a request: of the nodes, the primary, the replica."""
    import nodes as web

    from benchmarks.crowd import family, megabytes

    environment = {"DATABASE_REPLICA_URL": replica.url} if replica else {}
    with tempfile.TemporaryDirectory() as folder, web.served(folder, count, LOG_LEVEL="ERROR", **environment) as nodes:  # fmt: skip
        load = Load(nodes)
        load.run(4)  # fills memories
        groups = [lambda: family_of(nodes), lambda: family(primary)]
        groups += [lambda: family(server_pid(replica.data))] if replica else []
        begun, before = time.monotonic(), [processor(group()) for group in groups]
        load.run(SECONDS)
        took, answered = time.monotonic() - begun, sum(load.statuses.values())
        spent = [
            1000 * (processor(group()) - was) / answered for group, was in zip(groups, before, strict=True)
        ]
        memory = max(megabytes(node.server.pid) for node in nodes)
        name = f"{count} node{'s' * (count > 1)}{', replica' if replica else ''}"
        servers = " + ".join(f"{each:.2f}" for each in spent)
        print(f"{name:<20} {answered / took:6.0f} requests/s  slowest twentieth {quantiles(load.times, n=20)[-1] * 1000:5.0f} ms  "
              f"{servers} ms of nodes + primary{' + replica' if replica else ''}  {memory:.0f} MB a node  errors {load.errors}", flush=True)  # fmt: skip
        return [*spent, load.errors]


def replaced_by_signal(node):
    """New code in the same place: a second server beside the first, by the same socket; then the first is told to end."""
    from benchmarks.crowd import family

    first = set(family(node.server.pid))
    os.kill(node.server.pid, signal.SIGUSR2)
    end = time.monotonic() + 60
    while len(set(family(node.server.pid)) - first) < 3:
        if time.monotonic() > end:
            raise SystemExit("the second server did not start")
        time.sleep(0.1)
    newer = min(set(family(node.server.pid)) - first)
    time.sleep(2)
    os.kill(node.server.pid, signal.SIGTERM)
    node.server.wait()
    return newer


def replaced_one_by_one(nodes):
    for node in nodes:
        node.stop()
        node.start().wait()


def upgrades():
    """What readers notice while servers are replaced under them; nothing, but where a machine fails, which a balancer then leaves out."""
    import nodes as web

    errors = {}
    with tempfile.TemporaryDirectory() as folder, web.served(folder, 2, LOG_LEVEL="ERROR") as nodes:
        load = Load(nodes, 4)
        load.run(3)
        migrate = ("shell", "-c", MIGRATE, "--reason", "benchmark")
        errors["triggers away and back"] = load.run(
            SECONDS, lambda: [manage(*migrate) for _ in range(2)]
        ).errors
        errors["node by node (SIGTERM)"] = load.run(SECONDS, lambda: replaced_one_by_one(nodes)).errors
        errors["a node fails (SIGKILL)"] = load.run(
            SECONDS, lambda: (nodes[0].kill(), nodes[0].start().wait())
        ).errors
        single, newer = Load(nodes[:1], 4), []
        try:
            errors["one node (SIGUSR2)"] = single.run(
                SECONDS, lambda: newer.append(replaced_by_signal(nodes[0]))
            ).errors
        finally:
            for pid in newer:
                os.kill(pid, signal.SIGTERM)
    for name, count in errors.items():
        print(f"{name:<28} errors {count}")
    return sum(errors.values())


def main():
    from demo import ROOT
    from replica import replicated

    subprocess.run([sys.executable, "tools/static.py"], cwd=ROOT, check=True)
    os.environ.setdefault("SECRET_KEY", "benchmark " * 6)
    prepare()
    url = os.environ["DATABASE_URL"]
    primary = server_of(urlsplit(url).port)
    one, two = measure(1, primary), measure(2, primary)
    with replicated(url) as replica:
        measure(1, primary, replica)
        shared = measure(2, primary, replica)
    errors = one[-1] + two[-1] + shared[-1] + upgrades()
    rows = [
        ("processor of two nodes, against one", two[0] / one[0], BESIDE),
        ("processor of the primary with a replica, against without", shared[1] / two[1], SHARE),
        ("processor of the nodes with a replica, against without", shared[0] / two[0], WEB),
        ("errors", errors, 0),
    ]
    for what, value, bar in rows:
        print(f"{what:<58} {value:.2f}  ≤ {bar}{'' if value <= bar else '  MISSED'}")
    return 0 if all(value <= bar for _, value, bar in rows) else 1


def server_of(port):
    """The process of the PostgreSQL on a port of this machine."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_text().split("\0")
        except OSError:
            continue
        if words[0].endswith("postgres") and str(port) in words:
            return int(path.parent.name)
    raise SystemExit("DATABASE_URL names no PostgreSQL of this machine")


if __name__ == "__main__":
    sys.exit(main())
