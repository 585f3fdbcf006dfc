"""Sixteen of everything dear at once against the production server: `python benchmarks/crowd.py`. Exit code 1 when a bar is missed.

While they run, `/healthz` is asked every 50 ms and the memory of all the server's processes is added up (PSS), children that read files
included. Then 32 readers and 4 writers for `SECONDS` (30). `DATABASE_URL` names the engine, a fresh SQLite file by default.
"""

import http.client
import os
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / part) for part in ("", "tools")]

AT_ONCE = 16
HEALTH, BUSY = 1.0, 5.0  # seconds, while something dear runs and under 36 at once who do not pause
GROWTH, KEPT = 300, 80  # megabytes at the peak and afterwards
LINES, ROWS = 19_000, 500  # of a budget file, of a file of administration
READERS, WRITERS, SECONDS = 32, 4, int(os.environ.get("SECONDS") or 30)
SETTLED = 3  # seconds after which memory should be back
PAGES = ["/", "/projects/", "/budgets/expenditure/", "/budgets/revenue/", "/departments/", "/document/"]
FAIR = {200, 302, 503}  # 503 with Retry-After: no room at the moment


class Client:
    """A signed-in browser without a screen; each request on a connection of its own."""

    def __init__(self, demo):
        self.host, self.cookies = urlsplit(demo.url).netloc, {}
        page = self.get("/accounts/login/")[1].decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        self.post("/accounts/login/", {"username": demo.user, "password": demo.password}, token)

    def get(self, address):
        return self._ask("GET", address)

    def post(self, address, data, token=""):
        body = urlencode({"csrfmiddlewaretoken": token or self.cookies["csrftoken"], **data})
        return self._ask("POST", address, body, "application/x-www-form-urlencoded")

    def upload(self, address, field, name, content, **data):
        """`data` are the form's other fields."""
        parts = {"csrfmiddlewaretoken": self.cookies["csrftoken"], **data}.items()
        head = "".join(
            f'--edge\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in parts
        )
        head += f'--edge\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + b"\r\n--edge--\r\n"
        return self._ask("POST", address, body, "multipart/form-data; boundary=edge")

    def _ask(self, method, address, body=None, kind=""):
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Connection": "close"}
        if kind:
            headers |= {"Content-Type": kind, "Referer": f"http://{self.host}{address}"}
        connection = http.client.HTTPConnection(self.host, timeout=120)
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, content


class Watch:
    """The slowest `/healthz` and the most memory while something runs."""

    def __init__(self, demo, pid):
        self.client, self.pid = Client.__new__(Client), pid
        self.client.host, self.client.cookies = urlsplit(demo.url).netloc, {}

    def megabytes(self):
        return megabytes(self.pid)

    @contextmanager
    def watching(self):
        self.before = self.peak = self.megabytes()
        self.health, done = 0.0, threading.Event()
        jobs = [threading.Thread(target=loop, args=(done,)) for loop in (self._ask_health, self._weigh)]
        for job in jobs:
            job.start()
        yield
        done.set()
        for job in jobs:
            job.join()
        time.sleep(SETTLED)
        self.after = self.megabytes()

    def _ask_health(self, done):
        while not done.wait(0.05):
            begun = time.perf_counter()
            status, _ = self.client.get("/healthz")
            self.health = max(self.health, time.perf_counter() - begun if status == 200 else 999)

    def _weigh(self, done):
        """What two looks in a row have: a process that is just being started still shows the memory of the one that starts it, once more."""
        last = self.before
        while not done.wait(0.1):
            now = self.megabytes()
            self.peak, last = max(self.peak, min(last, now)), now


def family(pid):
    """The process and all that come of it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found = task.read_text().split()
        except OSError:
            continue
        for child in found:
            yield from family(int(child))


def megabytes(pid):
    """Memory of the process and all that come of it."""
    return sum(map(pss, family(pid))) / 1024


def pss(pid):
    """In kB; of what processes share, each has its part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def dear(client, folder):
    """What is done sixteen times at once, by its name: each a function of its number."""
    from tests.attacks import ATTACKS
    from tests.budgets.files import execution_rows, write_csv

    budget = write_csv(folder / "budget.csv", execution_rows(LINES)).read_bytes()
    dates = [f"2022-09-{day:02}" for day in range(1, AT_ONCE + 1)]
    lines = "/admin/budgets/budgetline/export/"
    term = "/admin/glossary/term/import/"
    terms = "용어,영문\n" + "".join(f"낱말 {number},word {number}\n" for number in range(ROWS))
    attack = {name: make() for name, (make, kind) in ATTACKS.items() if kind == "xlsx"}
    attacks = [*attack.values()]
    yield "equal PDF", lambda number: client.get("/document/?format=pdf")
    for kind in ("pdf", "hwpx", "xlsx"):
        yield f"different {kind.upper()}", lambda number, kind=kind: client.get(f"/document/?format={kind}&as_of={dates[number]}")  # fmt: skip
    yield "workbooks of pages", lambda number: client.get(f"/?download=all&as_of={dates[number]}")
    yield f"exports of {LINES:,} lines", lambda number: client.post(lines, {"format": "xlsx"})  # fmt: skip
    yield f"imports of {ROWS:,} rows", lambda number: client.upload(term, "import_file", "a.csv", terms.encode(), resource="0")  # fmt: skip
    yield "hostile imports", lambda number: client.upload(term, "import_file", "a.xlsx", attacks[number % len(attacks)], resource="0")  # fmt: skip
    yield f"budget files of {LINES:,}", lambda number: client.upload("/budgets/import/", "file", "a.csv", budget, as_of=f"2022-10-{number + 1:02}", unit="원")  # fmt: skip
    yield "sign-ins", lambda number: client.post("/accounts/login/", {"username": f"nobody {number}", "password": "x"})  # fmt: skip


def at_once(do, count=AT_ONCE):
    """The statuses of what is done so many times at once."""
    with ThreadPoolExecutor(count) as pool:
        return Counter(status for status, _ in pool.map(do, range(count)))


def wait_for_jobs(pid):
    """Until no budget file is read any more."""
    wait_until_gone(pid, "import_budget")


def wait_until_gone(pid, name):
    """Until no process that has come of it has the name in its command."""
    while any(name in _command(each) for each in family(pid)):
        time.sleep(0.2)


def _command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def crowd(name, do, watch):
    """Prints the row; whether every bar is met."""
    begun = time.perf_counter()
    with watch.watching():
        statuses = at_once(do)
        if name.startswith("budget"):
            wait_for_jobs(watch.pid)
    took = time.perf_counter() - begun - SETTLED
    return shown(name, watch, statuses, took, hostile=name.startswith("hostile"))


def shown(name, watch, statuses, took, hostile=False, health=HEALTH):
    growth, kept = watch.peak - watch.before, watch.after - watch.before
    fair = FAIR | ({400} if hostile else set())
    met = watch.health <= health and growth <= GROWTH and kept <= KEPT and set(statuses) <= fair
    found = ", ".join(f"{status} × {count}" for status, count in sorted(statuses.items(), key=str))
    print(
        f"{name:<26} {took:6.1f} s  /healthz ≤ {watch.health:5.2f} s (≤ {health})  "
        f"{watch.before:4.0f} MB + {growth:4.0f} (≤ {GROWTH}), after {kept:+4.0f} (≤ {KEPT})  {found}{'' if met else '  MISSED'}",
        flush=True,
    )
    return met


def readers_and_writers(client, watch):
    """Pages are read and terms are added for a while; no error, and once what may be remembered is full, no growth."""
    statuses, lock = Counter(), threading.Lock()

    def work(number, end):
        while time.monotonic() < end:
            turn = sum(statuses.values())
            if number < WRITERS:
                found, _ = client.post("/admin/glossary/term/add/", {"name": f"새 낱말 {number} {turn}", "english": "", "_save": "1"})  # fmt: skip
            else:
                found, _ = client.get(PAGES[turn % len(PAGES)])
            with lock:
                statuses[found if found == (302 if number < WRITERS else 200) else f"{found}!"] += 1

    def all_work():
        end, everybody = time.monotonic() + SECONDS, range(READERS + WRITERS)
        with ThreadPoolExecutor(len(everybody)) as pool:
            list(pool.map(work, everybody, [end] * len(everybody)))

    all_work()
    with watch.watching():
        all_work()
    name = f"{READERS} readers, {WRITERS} writers"
    return shown(name, watch, statuses, SECONDS, health=BUSY)


def main():
    import demo

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {"LOG_LEVEL": "ERROR"}
        if url := os.environ.get("DATABASE_URL"):
            environment["DATABASE_URL"] = url
        with demo.running(**environment) as running, demo.working(running):
            from tests.budgets.files import execution_rows, write_csv

            path = write_csv(folder / "first.csv", execution_rows(LINES))
            options = ["--as-of", "2022-08-31", "--unit", "원", "--whole", "--accept-unit", "benchmark"]
            running.manage("import_budget", str(path), *options)
            client = Client(running)
            # What is loaded once and stays: pages, the fonts of documents, the libraries of files.
            documents = [f"/document/?format={kind}" for kind in ("pdf", "hwpx", "xlsx")]
            for address in [*PAGES, *documents, "/admin/departments/staffing/import/template/"]:
                at_once(lambda number, address=address: client.get(address))
            watch = Watch(running, running.pid)
            wanted = sys.argv[1:]
            met = [
                crowd(name, do, watch)
                for name, do in dear(client, folder)
                if not wanted or any(word in name for word in wanted)
            ]
            if not wanted or "readers" in wanted:
                met.append(readers_and_writers(client, watch))
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
