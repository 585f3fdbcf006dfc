"""Our home page beside the same content in Dash (`dash_home.py`), in one run: `make benchmark`. Exits with 1 when a bar is missed.

Both are served by gunicorn with two workers of four threads, visited by turns. README.md tells the bars.
"""

import json
import os
import sqlite3
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from statistics import mean, median, quantiles
from urllib.parse import quote, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

import crowd
import dash_home
import demo
import first_visit
from pages import PAGES
from playwright.sync_api import TimeoutError as NothingDrawnError
from playwright.sync_api import sync_playwright

ROUNDS = int(os.environ.get("ROUNDS") or 7)
SECONDS = int(os.environ.get("SECONDS") or 20)
TRIES = 3  # of a visit to Dash
REST = 15  # seconds after which a worker has done what it does at its start
READERS, VIEWS = 32, 20  # at once; views whose processor time is taken together
# What the page shows most of: of the eight scopes none costs more.
BUDGET = "UPDATE budgets_budgetfigure SET committed = 1000 * ? WHERE id = (SELECT max(id) FROM budgets_budgetfigure)"
TEXT = "UPDATE texts SET text = '바뀐 글 ' || ? WHERE rowid = 1"
# What is measured, its bar, and whether more is better.
UNCHANGED = ("processor, unchanged page of another reader", 0.2, False)
CHANGED = ("processor, first view after a change", 0.7, False)
COLD = ("all charts drawn, cold", 0.3, False)
WARM = ("all charts drawn, warm", 0.28, False)
MEMORY = ("memory of the web processes, filled", 0.9, False)
WITH_PANDAS = ("the same while a process shapes a cross-tab", 1.2, False)
RATE = ("views a second, 32 readers, a write a second", 4, True)
SLOWEST = ("slowest twentieth of these views", 0.3, False)
SQL_WAIT = 20  # seconds for the turn to write
ADD_READER = "from departments.models import User; User.objects.create_user({name!r}, password={password!r}, must_change_password=False)"


@dataclass
class Site:
    """What is measured: a server's address and process, what a browser asks for at a view, a reader's cookies, and how something in
    its database is changed (a file and a statement with one number)."""

    url: str
    pid: int
    addresses: list[str]
    database: Path
    change: str
    cookies: dict = field(default_factory=dict)

    def connect(self):
        return HTTPConnection(urlsplit(self.url).netloc, timeout=60)

    def view(self, connection):
        """Asks for everything of one view."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        for address in self.addresses:
            connection.request("GET", address, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != HTTPStatus.OK:
                raise SystemExit(f"{self.url}{address}: {answer.status}")

    def write(self, number):
        with closing(sqlite3.connect(self.database, timeout=SQL_WAIT)) as database, database:
            database.execute(self.change, [number])

    def processor_time(self):
        """Milliseconds of all the server's threads so far."""
        threads = [
            path for pid in crowd.family(self.pid) for path in Path(f"/proc/{pid}/task").glob("*/schedstat")
        ]
        return sum(int(path.read_text().split()[0]) for path in threads) / 1e6

    def processor_of_views(self, changed=False):
        """Milliseconds of processor a view, of each of which something was changed before or of none."""
        connection, spent = self.connect(), []
        for number in range(VIEWS + 1):
            if changed:
                self.write(number)
            begun = self.processor_time()
            self.view(connection)
            spent.append(self.processor_time() - begun)
        connection.close()
        return mean(spent[1:])

    def under_load(self):
        """Views a second and the time below which nineteen of twenty stayed, of READERS who never pause beside a write a second."""
        end, lock, times = time.monotonic() + SECONDS, threading.Lock(), []

        def read(_):
            connection = self.connect()
            while (begun := time.monotonic()) < end:
                self.view(connection)
                with lock:
                    times.append(time.monotonic() - begun)
            connection.close()

        with ThreadPoolExecutor(READERS + 1) as pool:
            pool.submit(self._write_each_second, end)
            list(pool.map(read, range(READERS)))
        return len(times) / SECONDS, quantiles(times, n=20)[-1]

    def _write_each_second(self, end):
        number = 0
        while time.monotonic() < end:
            number += 1
            self.write(number)
            time.sleep(1)


def add_reader(site, name):
    """The site as a new account sees it that may read and no more."""
    site.manage("shell", "-c", ADD_READER.format(name=name, password=site.password))
    return replace(site, user=name)


def drawn(browser, address, state):
    """Milliseconds until the charts of a first visit stood, and of a second one with its cache."""
    with closing(first_visit.fresh_context(browser, state)) as context:
        times = []
        for _ in range(2):
            page, seen = first_visit.visit(context, address)
            times.append(seen.drawn)
            page.close()
        return times


def drawn_at_last(browser, address, state):
    """The same; Dash's page now and then draws nothing for half a minute, and is visited again then."""
    for _ in range(TRIES - 1):
        try:
            return drawn(browser, address, state)
        except NothingDrawnError:
            print(f"{address} drew nothing for half a minute: visited again", flush=True)
    return drawn(browser, address, state)


def race(browser, ours, state, dash):
    """Medians of (cold, warm) of both, visited by turns; the first round only warms up."""
    rounds = [
        drawn(browser, f"{ours.url}/", state) + drawn_at_last(browser, f"{dash.url}/", None)
        for _ in range(ROUNDS + 1)
    ][1:]
    return [median(times) for times in zip(*rounds, strict=True)]


def fill_memories(ours):
    """Shows every page of PAGES often enough that each worker has had it."""
    for _ in range(VIEWS):
        connection = ours.connect()
        replace(ours, addresses=[quote(page, safe="/?=") for page in PAGES]).view(connection)
        connection.close()


def measure(browser, ours, state, dash):
    """Pairs of what stands above and its ratio, ours to Dash's."""
    cold, warm, dash_cold, dash_warm = race(browser, ours, state, dash)
    yield COLD, cold, dash_cold, "ms"
    yield WARM, warm, dash_warm, "ms"
    processor = dash.processor_of_views()
    yield UNCHANGED, ours.processor_of_views(), processor, "ms"
    yield CHANGED, ours.processor_of_views(changed=True), dash.processor_of_views(changed=True), "ms"
    fill_memories(ours)
    memory = crowd.megabytes(dash.pid)
    yield WITH_PANDAS, crowd.megabytes(ours.pid), memory, "MB"
    crowd.wait_until_gone(ours.pid, "side_process")
    yield MEMORY, crowd.megabytes(ours.pid), memory, "MB"
    rate, slowest = ours.under_load()
    dash_rate, dash_slowest = dash.under_load()
    yield RATE, rate, dash_rate, "/s"
    yield SLOWEST, slowest * 1000, dash_slowest * 1000, "ms"


def tell_of_worker(site):
    """What the worker takes that does what waits: no web process, so it has no bar."""
    with demo.working(site) as pid:
        time.sleep(REST)
        print(f"the worker beside it, at rest: {crowd.megabytes(pid):.0f} MB", flush=True)


def report(rows):
    """Whether all bars are met."""
    all_met = True
    print(f"{'':<46} {'ours':>8} {'Dash':>8}     ratio")
    for (what, bar, is_more_better), our, their, unit in rows:
        ratio = our / their
        met = ratio >= bar if is_more_better else ratio <= bar
        sign = "≥" if is_more_better else "≤"
        print(
            f"{what:<46} {our:>8.1f} {their:>8.1f} {unit:<3} {ratio:>5.2f}  {sign} {bar}{'' if met else '  MISSED'}",
            flush=True,
        )
        all_met = all_met and met
    return all_met


def main():
    with tempfile.TemporaryDirectory() as folder, demo.running() as site, sync_playwright() as playwright:
        content = Path(folder) / "content.sqlite3"
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or None, args=demo.CHROMIUM_FLAGS
        )
        state = first_visit.signed_in(browser, add_reader(site, "reader"))
        page = first_visit.fresh_context(browser, state).new_page()
        page.goto(f"{site.url}/")
        demo.settle(page)
        dash_home.write_content(content, page.content(), json.loads(page.evaluate(first_visit.SPECS)))
        page.context.close()
        other = first_visit.signed_in(browser, add_reader(site, "other"))
        cookies = {cookie["name"]: cookie["value"] for cookie in other["cookies"]}
        database = Path(site.environment["DATABASE_URL"].removeprefix("sqlite:///"))
        ours = Site(site.url, site.pid, ["/"], database, BUDGET, cookies)
        with dash_home.running(content) as (address, pid):
            dash = Site(address, pid, dash_home.ADDRESSES, content, TEXT)
            met = report(measure(browser, ours, state, dash))
        tell_of_worker(site)
        browser.close()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
