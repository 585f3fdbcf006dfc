"""Writes a picture of the home page as staff see it: `make screenshot`."""

import os
import sys

import demo
from playwright.sync_api import sync_playwright

SIZE = {"width": 1440, "height": 900}


def main(target):
    with demo.running() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or None, args=demo.CHROMIUM_FLAGS
        )
        page = browser.new_page(viewport=SIZE)
        demo.sign_in(page, site)
        page.goto(site.url)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
