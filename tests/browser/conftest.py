"""A real browser before the real server: gunicorn, a seeded SQLite file, hashed and compressed static files."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import demo
import pytest
from axe_playwright_python.sync_playwright import Axe
from demo import settle, wait_until
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
# A violation must be heard even where Chromium would not write it to the console.
SESSIONS = "sessions: "
HEAR_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""

expect.set_options(timeout=20_000)  # two cores may be busy


@contextmanager
def served(seeded_file, **environment):
    """The running system (tools/demo.py), with the static files of the tree as it is now; of one process, which alone is warmed
    and draws each figure once."""
    subprocess.run([sys.executable, "tools/static.py"], cwd=ROOT, check=True)
    with demo.running(seeded_file, WEB_CONCURRENCY="1", **environment) as running:
        yield running


@pytest.fixture(scope="session")
def site(seeded_file):
    with served(seeded_file) as running:
        yield running


@pytest.fixture(scope="session")
def browser():
    # Playwright leaves an event loop in this thread, and Django would then refuse the database to every later test.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    path = (
        os.environ.get("CHROMIUM")
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=demo.CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def signed_in(site, browser):
    """The cookies of a signed-in administrator, as Playwright's storage state."""
    context = browser.new_context()
    demo.sign_in(context.new_page(), site)
    state = context.storage_state()
    context.close()
    return state


def sign_in_users(site, script):
    """Storage states by name of the users that the script makes and lists as `users`: without the form, which
    test_smoke.py looks at."""
    script += f"""
import json
from django.test import Client
def session_of(user):
    client = Client()
    client.force_login(user)
    return client.session.session_key
print("{SESSIONS}" + json.dumps({{user.username: session_of(user) for user in users}}))"""
    made = site.manage("shell", "--no-imports", "-c", script)
    keys = json.loads(made.rpartition(SESSIONS)[2])
    return {name: state_of(site, key) for name, key in keys.items()}


def state_of(site, key):
    cookie = {"name": "sessionid", "value": key, "domain": "127.0.0.1", "path": "/", "expires": -1}
    return {"cookies": [cookie | {"httpOnly": True, "secure": False, "sameSite": "Lax"}], "origins": []}


def follow(locator, key=None):
    """Clicks what leads to another page (or presses the key there), and waits for that page: a click alone returns while
    the old one is still shown, and what is asked next would be asked of it."""
    with locator.page.expect_navigation():
        locator.press(key) if key else locator.click()


def width_of(page):
    """How wide the content is, in px."""
    settle(page)
    return page.evaluate("document.documentElement.scrollWidth")


def open_folds(page):
    """Opens what a phone has folded, and waits for the figures in it, which are drawn as they come into sight."""
    settle(page)
    page.evaluate("document.querySelectorAll('details.fold').forEach((fold) => { fold.open = true; })")
    wait_until(
        page,
        "[...document.querySelectorAll('.plot[data-figure]')].every((plot) => plot.querySelector('.main-svg'))",
    )


def narrow(page):
    """Makes of a page on a desk one on a phone, once it has laid itself out anew; fails where it stays wider."""
    page.set_viewport_size({"width": 360, "height": 740})
    wait_until(page, "document.documentElement.scrollWidth <= 360")


class Contexts:
    """Contexts that tests with the same options share one after the other, so that files need not be loaded and compiled
    anew; each test finds its cookies as given and nothing stored."""

    def __init__(self, browser, site):
        self.browser, self.site, self.idle = browser, site, {}

    def open(self, options):
        waiting = self.idle.setdefault(json.dumps(options, sort_keys=True), [])
        return waiting.pop() if waiting else self.make(options)

    def make(self, options):
        made = self.browser.new_context(
            base_url=self.site.url, locale="ko-KR", timezone_id="Asia/Seoul", **options
        )
        made.add_init_script(HEAR_VIOLATIONS)
        return made

    def put_back(self, options, context):
        for page in context.pages:
            if page.url.startswith(self.site.url):
                page.evaluate("localStorage.clear(); sessionStorage.clear()")
            page.close()
        context.clear_cookies()
        context.add_cookies(options.get("storage_state", {}).get("cookies", []))
        self.idle[json.dumps(options, sort_keys=True)].append(context)


@pytest.fixture(scope="module")
def contexts(browser, site):
    made = Contexts(browser, site)
    yield made
    for context in [context for waiting in made.idle.values() for context in waiting]:
        context.close()


@pytest.fixture
def open_page(contexts):
    """A function that opens a page (arguments as for `new_context`). At the end of the test no error or warning may have been
    written to the console, thrown, or stopped by the content security policy; but for the status `refused`, which Chromium writes there.
    Its remarks (that somebody typed before the field of an `autofocus` got it) hang on the load of the machine."""
    used, complaints = [], []

    def opened(refused=None, **options):
        context = contexts.open(options)
        used.append((options, context))
        page = context.new_page()

        def hear(message):
            if message.type in {"error", "warning"} and f"status of {refused} " not in message.text:
                complaints.append(f"{page.url} {message.type}: {message.text} {message.location}")

        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(f"{page.url} error: {error}"))
        return page

    yield opened
    for options, context in used:
        contexts.put_back(options, context)
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(open_page, signed_in):
    """A signed-in page of 1440 × 900; addresses may be given as paths."""
    return open_page(storage_state=signed_in, viewport={"width": 1440, "height": 900})


@pytest.fixture
def phone(open_page, signed_in):
    return open_page(storage_state=signed_in, viewport={"width": 360, "height": 740})


@pytest.fixture(scope="session")
def assert_accessible():
    """A function that runs axe-core over a page by WCAG 2.2 AA and best practice, and fails with its report."""
    axe = Axe()

    def check(page, **options):
        settle(page)
        results = axe.run(page, options=RULES | options)
        assert results.violations_count == 0, results.generate_report()

    return check
