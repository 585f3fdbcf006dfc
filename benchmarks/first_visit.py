"""What the home page costs a visitor: `make benchmark`. README.md tells what is measured and the bars.

Exits with 1 when a bar is missed.
"""

import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

import demo
import peer
from playwright.sync_api import sync_playwright

ROUNDS = int(os.environ.get("ROUNDS") or 7)
KB = 1000
VIEW = {"width": 1440, "height": 900}
# The moment of the last change inside a chart. Neither page has to help in being measured.
WATCH = """
window.lastDrawn = 0;
new MutationObserver((changes) => {
  if (changes.some(({ target }) => target.closest && target.closest(".plot"))) window.lastDrawn = performance.now();
}).observe(document, { childList: true, subtree: true });
"""
ALL_DRAWN_AND_QUIET = """() => {
  const plots = [...document.querySelectorAll(".plot")];
  return document.readyState === "complete" && plots.length > 0 && plots.every((plot) => plot.querySelector(".main-svg"))
    && performance.now() - window.lastDrawn > 300;
}"""
SPECS = """() => JSON.stringify([...document.querySelectorAll(".plot")].map(({ data, layout }) => ({ data, layout })))"""


@dataclass
class Visit:
    """One visit of a page: bytes on the wire by address (what came from the cache is not in it), and milliseconds from the start of the
    navigation until the last chart was drawn and until the first text was painted."""

    transferred: dict = field(default_factory=dict)
    drawn: float = 0
    first_paint: float = 0

    @property
    def fonts(self):
        return sum(size for url, size in self.transferred.items() if url.endswith(".woff2"))

    @property
    def others(self):
        return sum(self.transferred.values()) - self.fonts


def count_bytes(page, transferred):
    """Fills `transferred` with the encoded size, headers included, of each answer that came over the wire."""
    addresses = {}
    session = page.context.new_cdp_session(page)
    session.on(
        "Network.requestWillBeSent",
        lambda event: addresses.update({event["requestId"]: event["request"]["url"]}),
    )

    def finished(event):
        if event["encodedDataLength"] and event["requestId"] in addresses:
            transferred[addresses[event["requestId"]]] = int(event["encodedDataLength"])

    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")


def visit(context, url):
    page, seen = context.new_page(), Visit()
    page.add_init_script(WATCH)
    count_bytes(page, seen.transferred)
    page.goto(url)
    page.wait_for_function(ALL_DRAWN_AND_QUIET)
    seen.drawn = page.evaluate("window.lastDrawn")
    seen.first_paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    return page, seen


def fresh_context(browser, state=None):
    return browser.new_context(viewport=VIEW, locale="ko-KR", timezone_id="Asia/Seoul", storage_state=state)


def first_and_repeat(browser, url, state):
    """Two visits with one cache, and the figures of the page as it draws them."""
    context = fresh_context(browser, state)
    page, first = visit(context, url)
    specs = json.loads(page.evaluate(SPECS))
    _, repeat = visit(context, url)
    context.close()
    return first, repeat, specs


def cold(browser, url, state=None):
    context = fresh_context(browser, state)
    _, seen = visit(context, url)
    context.close()
    return seen


def signed_in(browser, site):
    context = fresh_context(browser)
    demo.sign_in(context.new_page(), site)
    state = context.storage_state()
    context.close()
    return state


def race(browser, ours, state, theirs):
    """Cold visits of the two pages by turns; the first round of each only warms the servers and the machine."""
    rounds = [(cold(browser, ours, state), cold(browser, theirs)) for _ in range(ROUNDS + 1)][1:]
    return [our for our, _ in rounds], [their for _, their in rounds]


def measure(site, browser):
    state, url = signed_in(browser, site), f"{site.url}/"
    first, repeat, specs = first_and_repeat(browser, url, state)
    with peer.running(specs) as address:
        ours, theirs = race(browser, url, state, address)
    return first, repeat, ours, theirs


def results(first, repeat, ours, theirs):
    """Rows of (what, value, bar, unit)."""
    drawn, peer_drawn = median(one.drawn for one in ours), median(one.drawn for one in theirs)
    return [
        ("first visit, requests", len(first.transferred), 9, ""),
        ("first visit, without fonts", first.others / KB, 340, "KB"),
        ("first visit, fonts", first.fonts / KB, 300, "KB"),
        ("repeat visit", (repeat.others + repeat.fonts) / KB, 12, "KB"),
        ("first paint, median", median(one.first_paint for one in ours), None, "ms"),
        ("all charts drawn, median", drawn, None, "ms"),
        ("the same with the full bundle, median", peer_drawn, None, "ms"),
        ("ratio of the two", drawn / peer_drawn, 0.45, ""),
    ]


def report(rows):
    for what, value, bar, unit in rows:
        shown = f"{value:.2f}" if what.startswith("ratio") else f"{value:.0f}"
        verdict = "" if bar is None else f"≤ {bar} {unit}".strip() + ("" if value <= bar else "  MISSED")
        print(f"{what:<38} {shown:>7} {unit:<3} {verdict}")


def main():
    with demo.running() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or None, args=demo.CHROMIUM_FLAGS
        )
        first, repeat, ours, theirs = measure(site, browser)
        browser.close()
    for url, size in first.transferred.items():
        print(f"{size:>8} {url.removeprefix(site.url)}")
    print(
        f"\n{ROUNDS} rounds by turns; drawn in ms, ours: {sorted(round(one.drawn) for one in ours)}, full bundle: "
        f"{sorted(round(one.drawn) for one in theirs)}\n"
    )
    rows = results(first, repeat, ours, theirs)
    report(rows)
    return any(bar is not None and value > bar for _, value, bar, _ in rows)


if __name__ == "__main__":
    sys.exit(main())
