"""Figures in a real browser: all drawn, their hover texts, nothing sent elsewhere. `open_page` hears console and CSP."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import follow, open_folds, wait_until, width_of

PAGES = {
    "/": 3,
    "/budgets/expenditure/": 2,
    "/budgets/revenue/": 2,
    "/budgets/cross-tab/": 1,
    "/departments/": 2,
    "/projects/": 1,
    "/projects/timeline/": 1,
    "/projects/work-management-system/": 1,
    "/projects/indicators/": 1,
}
DRAWN = "document.documentElement.dataset.figures === 'drawn'"
PLOTS = ".plot[data-figure]"


@pytest.fixture
def figures_of(open_page, signed_in):
    """A function that opens a page and waits for its figures."""

    def opened(path, width=1440):
        page = open_page(storage_state=signed_in, viewport={"width": width, "height": 900})
        page.goto(path)
        wait_until(page, DRAWN)
        return page

    return opened


@pytest.mark.parametrize("width", [pytest.param(390, marks=pytest.mark.thorough), 1440])
@pytest.mark.parametrize(("path", "count"), PAGES.items())
def test_figures_are_all_drawn_within_their_page(figures_of, path, count, width):
    page = figures_of(path, width)
    open_folds(page)
    marks = page.eval_on_selector_all(
        PLOTS, "plots => plots.map((plot) => plot.querySelectorAll('.trace path, .trace text').length)"
    )
    assert len(marks) == count and all(marks)
    assert width_of(page) == width


# A machine on which a second passes between two looks at the clock, and which figures stand, each time that some are drawn.
STEPS = """
let clock = 0;
performance.now = () => (clock += 1000);
window.steps = [];
new MutationObserver(() => {
  const drawn = [...document.querySelectorAll(".plot:has(.main-svg)")].map((plot) => plot.dataset.figure.slice(5));
  if (drawn.length !== (window.steps.at(-1) || []).length) window.steps.push(drawn);
}).observe(document, { childList: true, subtree: true });
"""


@pytest.mark.parametrize(("address", "second"), [("/", "changes"), ("/#plot-schedule", "schedule")])
def test_figures_in_sight_are_drawn_first_then_the_nearest(open_page, signed_in, address, second):
    page = open_page(storage_state=signed_in, viewport={"width": 1440, "height": 900})
    page.add_init_script(STEPS)
    page.goto(address)
    wait_until(page, DRAWN)
    steps = page.evaluate("steps")
    assert [set(step) for step in steps] == [{"rates"}, {"rates", second}, {"rates", "changes", "schedule"}]


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


FILLS = """plot => [...plot.querySelectorAll('.trace path')].map((path) => getComputedStyle(path).fill)"""


def test_figures_take_the_systems_colours(open_page, signed_in):
    page = open_page(storage_state=signed_in, forced_colors="active", viewport={"width": 1440, "height": 900})
    page.goto("/budgets/expenditure/")
    wait_until(page, DRAWN)
    link = page.evaluate("""() => {
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.color = "LinkText";
      return getComputedStyle(probe).color;
    }""")
    fills = page.locator("#plot-rates").evaluate(FILLS)
    assert link in fills
    assert "rgb(28, 88, 156)" not in fills


def test_figures_are_drawn_anew_when_contrast_is_asked_for(figures_of):
    page = figures_of("/budgets/expenditure/")
    tick = page.locator("#plot-rates .words text").get_by_text("100%", exact=True)
    before = tick.evaluate("text => getComputedStyle(text).fill")
    page.emulate_media(contrast="more")
    expect(tick).not_to_have_css("fill", before)


def test_figures_marks_are_walked_by_arrow_keys_and_followed_by_enter(figures_of):
    page = figures_of("/budgets/expenditure/")
    marks = page.locator("#plot-rates + .marks .mark")
    expect(marks).to_have_count(9)
    marks.first.focus()
    page.keyboard.press("End")
    expect(marks.last).to_be_focused()
    expect(page.locator("#plot-rates .hovertext")).to_contain_text("진도선까지 52.0억 원(계산)")
    page.keyboard.press("ArrowLeft")
    expect(marks.nth(7)).to_have_accessible_name(
        "정보통신보안담당관 특별회계, 예산현액 107.6억 원, 집행액 19.7억 원, 집행률 18.3%, 진도차 마이너스 47.7%p, "
        "진도선까지 51.4억 원(계산), 2022. 8. 29. 기준"
    )
    expect(page.locator("#plot-rates + .marks .mark[tabindex='0']")).to_have_count(1)
    expect(marks.nth(7)).to_have_attribute("tabindex", "0")
    page.keyboard.press("Shift+Tab")  # a figure is one stop
    expect(page.locator("#plot-rates + .marks:focus-within")).to_have_count(0)
    expect(page.locator("#plot-rates .hovertext")).to_have_count(0)
    page.keyboard.press("Tab")
    expect(marks.nth(7)).to_be_focused()
    follow(marks.nth(7), "Enter")
    expect(page).to_have_url(re.compile("/budgets/expenditure/ict-security/$"))


def test_figures_tables_stand_open_without_a_script(open_page, signed_in):
    page = open_page(storage_state=signed_in, java_script_enabled=False)
    page.goto("/")
    expect(page.locator("#table-rates-rows")).to_be_visible()


def test_figures_turn_on_a_phone(figures_of):
    page = figures_of("/budgets/expenditure/", 390)
    boxes = [mark.bounding_box() for mark in page.locator("#plot-rates + .marks .mark").all()]
    assert [box["y"] for box in boxes] == sorted(box["y"] for box in boxes)
    assert len({round(box["x"]) for box in boxes}) == 1
