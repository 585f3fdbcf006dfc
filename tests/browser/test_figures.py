"""Figures in a real browser: all drawn, their hover texts, nothing sent elsewhere. `open_page` hears console and CSP."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import width_of

PAGES = {
    "/": 3,
    "/budgets/expenditure/": 2,
    "/budgets/revenue/": 2,
    "/budgets/cross-tab/": 1,
    "/departments/": 1,
    "/projects/": 1,
    "/projects/timeline/": 4,
    "/projects/internet-of-things/": 6,
}
DRAWN = "document.documentElement.dataset.figures === 'drawn'"
PLOTS = ".plot[data-figure]"


@pytest.fixture
def figures_of(open_page, signed_in):
    """A function that opens a page and waits for its figures."""

    def opened(path, width=1440):
        page = open_page(storage_state=signed_in, viewport={"width": width, "height": 900})
        page.goto(path)
        page.wait_for_function(DRAWN)
        return page

    return opened


@pytest.mark.parametrize("width", [pytest.param(390, marks=pytest.mark.thorough), 1440])
@pytest.mark.parametrize(("path", "count"), PAGES.items())
def test_figures_are_all_drawn_within_their_page(figures_of, path, count, width):
    page = figures_of(path, width)
    marks = page.eval_on_selector_all(
        PLOTS, "plots => plots.map((plot) => plot.querySelectorAll('.trace path, .trace text').length)"
    )
    assert len(marks) == count and all(marks)
    assert width_of(page) == width


def test_figures_have_no_tool_bar_and_no_button_to_share(figures_of, site):
    asked = []
    page = figures_of("/")
    page.on("request", lambda request: asked.append(request.url))
    page.locator(PLOTS).first.hover()
    expect(page.locator(".modebar-btn, .plotly-notifier")).to_have_count(0)
    expect(page.get_by_text(re.compile("share chart", re.IGNORECASE))).to_have_count(0)
    assert all(url.startswith(site.url) for url in asked)


def test_figures_tell_more_on_hover(figures_of):
    page = figures_of("/budgets/expenditure/")
    plot = page.locator("#plot-rates")
    plot.scroll_into_view_if_needed()
    box = plot.locator(".trace").nth(1).locator("path").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    text = plot.locator(".hoverlayer .hovertext")
    expect(text).to_have_text(
        "정보시스템담당관예산현액 63.1억 원집행액 57.4억 원, 집행률 91.0%진도차 +24.9%p2022. 8. 29. 기준"
    )


def test_figures_take_the_colours_of_high_contrast(figures_of):
    page = figures_of("/budgets/expenditure/")
    tick = page.locator("#plot-rates .words text").first
    before = tick.evaluate("text => getComputedStyle(text).fill")
    page.get_by_role("button", name="고대비").click()
    expect(tick).not_to_have_css("fill", before)
