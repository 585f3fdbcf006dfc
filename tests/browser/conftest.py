"""A real browser before the real server: gunicorn, a seeded SQLite file, hashed and compressed static files."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path

import demo
import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from demo import settle, wait_until
from django.conf import settings
from django.db import connections
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
# Nothing but violations: to describe each element that passes takes longer than to look at it. And no preloading: it puts
# style sheets that import others into the page, which the policy forbids, for a rule (of turning) that is not asked for.
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
    "preload": False,
}
# Marks the elements with a text that axe looks at for contrast, which takes two thirds of its time: of those that look alike, on like
# grounds, and are built alike the first. Every text is looked at in test_accessibility.py, thoroughly.
MARK_TEXTS = """() => {
  const seen = new Set(), grounds = new Map([[null, ""]]);
  const named = (element) => `${element.localName}.${element.getAttribute("class")}`;
  const groundOf = (element) => {
    if (grounds.has(element)) return grounds.get(element);
    const style = getComputedStyle(element), below = groundOf(element.parentElement);
    const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.clip, style.clipPath,
      style.overflow, style.position, element.matches(":disabled, [aria-disabled=true], fieldset, label")].join();
    const ground = below.endsWith(own) ? below : `${below}|${own}`;
    grounds.set(element, ground);
    return ground;
  };
  for (const element of document.body.querySelectorAll(":not(input, select, textarea, button)")) {
    const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join("");
    const { color, webkitTextFillColor, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const look = text && element.checkVisibility() && [groundOf(element), color, webkitTextFillColor, fontSize, fontWeight,
      textShadow, text.length > 1, named(element), named(element.parentElement)].join();
    if (look && !seen.has(look)) element.dataset.firstAlike = "";
    seen.add(look);
  }
}"""
RUN = """async ({ within, rules, selector }) => {
  axe.configure({ rules: [{ id: "color-contrast", selector }] });
  const results = await axe.run(within || document, rules);
  for (const element of document.querySelectorAll("[data-first-alike]")) delete element.dataset.firstAlike;
  return results;
}"""
# A violation must be heard even where Chromium would not write it to the console.
LIGHT, ICON = (
    "/healthz",
    "/favicon.ico",
)  # shown between tests; as it names no icon, Chromium asks for this one
SIZE = {"width": 1280, "height": 720}  # Playwright's own
SESSIONS = """
from django.test import Client
def session_of(user):
    client = Client()
    client.force_login(user)
    return client.session.session_key
keys = {user.username: session_of(user) for user in users}
"""
COMPLAINTS = {"error", "warning", "trace", "assert"}  # on the console
MEDIA = ("media", "color_scheme", "forced_colors", "contrast", "reduced_motion")
HEAR_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""

expect.set_options(timeout=20_000)  # two cores may be busy


@contextmanager
def served(seeded_file, **environment):
    """The running system (tools/demo.py), with the static files of the tree as it is now; of one process, which alone is warmed
    and draws each figure once. Sessions that this process makes are valid there, for it has the same key."""
    make_static()
    key = settings.SECRET_KEY
    with demo.running(seeded_file, WEB_CONCURRENCY="1", SECRET_KEY=key, **environment) as running:
        try:
            yield running
        finally:
            Contexts.close_those_of(running)


@cache
def make_static():
    subprocess.run([sys.executable, "tools/static.py"], cwd=ROOT, check=True)


@pytest.fixture(scope="session")
def site(browser, seeded_file):
    with served(seeded_file) as running:
        yield running


def browser_path():
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser():
    # Playwright leaves an event loop in this thread, and Django would then refuse the database to every later test.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=demo.CHROMIUM_FLAGS)
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


@pytest.fixture(scope="session")
def execute(django_db_blocker):
    """A function that runs a script on a site's database, and gives the names in it: `manage.py shell` without its start."""

    def executed(site, script):
        default = connections["default"]
        connections["default"] = connection = default.copy()
        connection.settings_dict["NAME"] = site.environment["DATABASE_URL"].removeprefix("sqlite:///")
        try:
            with django_db_blocker.unblock():
                names = {}
                exec(script, names)
                return names
        finally:
            connection.close()
            connections["default"] = default

    return executed


@pytest.fixture(scope="session")
def sign_in_users(execute):
    """A function that gives the storage states by name of the users that a script makes and lists as `users`: without
    the form, which test_smoke.py looks at."""

    def signed_in(site, script):
        keys = execute(site, script + SESSIONS)["keys"]
        return {name: state_of(key) for name, key in keys.items()}

    return signed_in


def state_of(key):
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
    """Contexts of a site, and the page in each, that tests share one after the other, so that no process need be started
    and files need not be loaded and compiled anew; each test finds its cookies, its size and its media as given and nothing stored."""

    opened = {}  # by the site's address

    def __init__(self, browser, site):
        self.browser, self.site, self.idle = browser, site, {}

    @classmethod
    def of(cls, browser, site):
        return cls.opened.setdefault(site.url, cls(browser, site))

    @classmethod
    def close_those_of(cls, site):
        for page in chain.from_iterable(cls.opened.pop(site.url, cls(None, site)).idle.values()):
            page.context.close()

    def open(self, viewport=SIZE, **options):
        """A page, and what puts it back."""
        media = {name: options.pop(name) for name in MEDIA if name in options}
        waiting = self.idle.setdefault(json.dumps(options, sort_keys=True), [])
        page = waiting.pop() if waiting else self.make(options)
        page.set_viewport_size(viewport)
        page.emulate_media(**dict.fromkeys(MEDIA, "null") | media)
        return page, lambda: self.put_back(page, options, waiting)

    def make(self, options):
        context = self.browser.new_context(
            base_url=self.site.url, locale="ko-KR", timezone_id="Asia/Seoul", **options
        )
        context.add_init_script(HEAR_VIOLATIONS)
        return context.new_page()

    def put_back(self, page, options, waiting):
        for other in page.context.pages:
            if other is not page:
                other.close()
        page.unroute_all()
        page.goto(f"{self.site.url}{LIGHT}")
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
        page.mouse.move(0, 0)
        page.context.clear_cookies()
        page.context.add_cookies(options.get("storage_state", {}).get("cookies", []))
        waiting.append(page)


@pytest.fixture
def open_page(browser, site):
    """A function that opens a page (arguments as for `new_context`). At the end of the test no error, warning or trace may have been
    written to the console, thrown, or stopped by the content security policy; but for the status `refused`, which Chromium writes there.
    Its remarks (that somebody typed before the field of an `autofocus` got it) hang on the load of the machine."""
    ends, complaints = [], []

    def opened(refused=None, **options):
        page, put_back = Contexts.of(browser, site).open(**options)

        def hear(message):
            expected = f"status of {refused} " in message.text or message.location["url"].endswith(ICON)
            if message.type in COMPLAINTS and not expected:
                complaints.append(f"{page.url} {message.type}: {message.text} {message.location}")

        def hear_error(error):
            complaints.append(f"{page.url} error: {error}")

        page.on("console", hear)
        page.on("pageerror", hear_error)
        ends.append((page, hear, hear_error, put_back))
        return page

    yield opened
    for page, hear, hear_error, put_back in ends:
        page.remove_listener("console", hear)
        page.remove_listener("pageerror", hear_error)
        put_back()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(open_page, signed_in):
    """A signed-in page of 1440 × 900; addresses may be given as paths."""
    return open_page(storage_state=signed_in, viewport={"width": 1440, "height": 900})


@pytest.fixture
def phone(open_page, signed_in):
    return open_page(storage_state=signed_in, viewport={"width": 360, "height": 740})


def assert_accessible_to_all(page, within=None, every_text=False):
    """Runs axe-core over a page, or what a selector finds there, by WCAG 2.2 AA and best practice, and fails with its report."""
    settle(page)
    page.evaluate(AXE_SCRIPT)
    if not every_text:
        page.evaluate(MARK_TEXTS)
    selector = "*" if every_text else "[data-first-alike], input, select, textarea, button"
    results = AxeResults(page.evaluate(RUN, {"within": within, "rules": RULES, "selector": selector}))
    assert results.violations_count == 0, results.generate_report()


@pytest.fixture(scope="session")
def assert_accessible():
    return assert_accessible_to_all
