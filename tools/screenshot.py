"""Writes pictures of the home page, in Korean and in English, and of a project as staff see them: `make screenshot`."""

import os
import sys
from pathlib import Path

import demo
from playwright.sync_api import sync_playwright

SIZE = {"width": 1440, "height": 900}
PAGES = {"screenshot.png": "/", "screenshot-project.png": "/projects/public-wifi/"}
ENGLISH = "screenshot-english.png"  # of the home page


def main(folder):
    with demo.running() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or None, args=demo.CHROMIUM_FLAGS
        )
        page = browser.new_page(viewport=SIZE)
        demo.sign_in(page, site)
        for name, path in PAGES.items():
            page.goto(site.url + path)
            demo.settle(page)
            page.screenshot(path=Path(folder) / name)
        page.goto(site.url)
        page.locator(".account summary").click()
        page.get_by_role("button", name="English").click()
        demo.settle(page)
        page.screenshot(path=Path(folder) / ENGLISH)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
