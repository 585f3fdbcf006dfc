"""Figures as they are seen: contrast in rendered pixels under forced colours, in print and where more of it is asked for; what
covers what; the PNG beside the screen."""

import base64

import pytest

from tests.browser.conftest import open_folds, settle, wait_until
from tests.samples import each

# Together they hold every kind of figure of the seeded report.
PAGES = [
    "/budgets/expenditure/",
    "/departments/",
    "/projects/timeline/",
    "/projects/indicators/",
    "/projects/work-management-system/",
]
# Boxes of what a figure writes and draws, in pixels of the page; what only grounds a value (the track) is no mark.
BOXES = """() => [...document.querySelectorAll(".plot[data-figure]")].flatMap((plot) => {
  const probe = document.querySelector(".probe");
  probe.style.color = "var(--track)";
  const track = getComputedStyle(probe).color;
  const box = (element, least) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: x + scrollX, y: y + scrollY, width, height, least, name: `${plot.id}: ${element.textContent || element.parentNode.outerHTML.slice(0, 200)}` };
  };
  const seen = (element) => element.getBoundingClientRect().width * element.getBoundingClientRect().height > 4;
  const texts = [...plot.querySelectorAll(".main-svg text")].filter((text) => text.textContent.trim() && seen(text));
  const marks = [...plot.querySelectorAll(".trace .point path, .trace path.point")].filter((path) => {
    const { fill, fillOpacity } = getComputedStyle(path);
    return seen(path) && fill !== track && fillOpacity !== "0" && !/, 0\\)$/.test(fill);
  });
  return [...texts.map((text) => box(text, 4.5)), ...marks.map((mark) => box(mark, 3))];
})"""
# The boxes of texts in which no pixel stands out against the commonest one, and those of marks whose commonest do not against
# the page's ground.
FAINT = """async ({ png, boxes }) => {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const pen = new OffscreenCanvas(image.width, image.height).getContext("2d", { willReadFrequently: true });
  pen.drawImage(image, 0, 0);
  const light = (value) => (value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const contrast = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  const page = luminance(pen.getImageData(2, image.height - 2, 1, 1).data);
  return boxes.map(({ x, y, width, height, least, name }) => {
    const { data } = pen.getImageData(Math.floor(x), Math.floor(y), Math.ceil(width) + 1, Math.ceil(height) + 1);
    const counts = new Map();
    for (const pixel of new Uint32Array(data.buffer)) counts.set(pixel, (counts.get(pixel) || 0) + 1);
    const colours = [...counts].sort(([, one], [, other]) => other - one).map(([pixel]) =>
      luminance([pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255]));
    const [ground, found] = least === 3 ? [page, colours.slice(0, 4)] : [colours[0], colours];
    return [Math.max(...found.map((colour) => contrast(colour, ground))), least, name];
  }).filter(([best, least]) => best < least);
}"""
MODES = {
    "forced colours": {"forced_colors": "active", "color_scheme": "dark"},
    "more contrast": {"contrast": "more"},
}


def faint(page):
    """What of the page's figures stands out too little, and how many boxes were looked at. Letters that come later would move them."""
    wait_until(page, "document.fonts.status === 'loaded'")
    boxes = page.evaluate(BOXES)
    png = base64.b64encode(page.screenshot(full_page=True)).decode()
    return page.evaluate(FAINT, {"png": png, "boxes": boxes}), len(boxes)


@pytest.mark.parametrize("path", each(3, PAGES))
@pytest.mark.parametrize("mode", MODES)
def test_figures_stand_out_in_the_readers_colours(open_page, signed_in, mode, path):
    page = open_page(storage_state=signed_in, viewport={"width": 1440, "height": 900}, **MODES[mode])
    page.goto(path)
    open_folds(page)
    weak, count = faint(page)
    assert count >= 10 and weak == []


@pytest.mark.parametrize("path", each(3, PAGES))
def test_figures_stand_out_in_grey_print(page, path):
    page.goto(path)
    settle(page)
    page.emulate_media(media="print")
    page.evaluate(
        "document.documentElement.style.filter = 'grayscale(1)'; dispatchEvent(new Event('beforeprint'))"
    )
    weak, count = faint(page)
    assert count >= 10 and weak == []


# Means of grey in a grid over a picture, or over a part of it.
GRID = """async ({ png, part }) => {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const { x, y, width, height } = part || { x: 0, y: 0, width: image.width, height: image.height };
  const pen = new OffscreenCanvas(60, 30).getContext("2d", { willReadFrequently: true });
  pen.imageSmoothingQuality = "high";
  pen.drawImage(image, x, y, width, height, 0, 0, 60, 30);
  const { data } = pen.getImageData(0, 0, 60, 30);
  return [...Array(1800).keys()].map((cell) => (data[cell * 4] + data[cell * 4 + 1] + data[cell * 4 + 2]) / 3);
}"""


def test_png_is_what_is_seen_on_the_screen(open_page, signed_in):
    """Drawn 1,200 pixels wide, as the file is."""
    page = open_page(storage_state=signed_in, viewport={"width": 1296, "height": 900})
    page.goto("/budgets/expenditure/")
    settle(page)
    plot = page.locator("#plot-rates")
    width, height = plot.evaluate("plot => [plot._fullLayout.width, plot._fullLayout.height]")
    assert width == 1200
    with page.expect_download() as download:
        page.click("[data-save-of=plot-rates] [data-save=png]")
    file = base64.b64encode(download.value.path().read_bytes()).decode()
    tall = int.from_bytes(download.value.path().read_bytes()[20:24], "big")
    # below the drawing stands the line with date and source (static/js/figures-files.js)
    part = {"x": 64, "y": tall - 2 * (height + 52), "width": 2 * width, "height": 2 * height}
    screen = base64.b64encode(plot.screenshot()).decode()
    seen, saved = page.evaluate(GRID, {"png": screen}), page.evaluate(GRID, {"png": file, "part": part})
    differences = sorted(abs(one - other) for one, other in zip(seen, saved, strict=True))
    assert differences[len(differences) * 98 // 100] < 24, differences[-40:]
    assert max(seen) - min(seen) > 100


# Words of a figure, of the axis over a table's rows or of the year in the header that stand on each other.
COLLISIONS = """() => [...document.querySelectorAll(".plot[data-figure], .axis-head .pc, .year")].flatMap((plot) => {
  const texts = [...plot.querySelectorAll("svg text")].filter((text) => text.textContent.trim() && text.checkVisibility());
  const boxes = texts.map((text) => [text.textContent, text.getBoundingClientRect()]);
  return boxes.flatMap(([name, one], at) => boxes.slice(at + 1).filter(([, other]) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 5).map(([other]) => `${plot.id || plot.className}: ${name} / ${other}`));
})"""
# What is folded away is not drawn anew. Letters of another font are wider than those that will stand there.
DRAWN_ANEW = """document.fonts.status === "loaded" && [...document.querySelectorAll(".plot[data-figure]")].every(({ clientWidth, _fullLayout }) =>
  !clientWidth || _fullLayout.width === clientWidth)"""
# Points under the line of the base date, and how many lie there; only what comes before it in the document is under it.
UNDER = """() => {
  const plot = document.querySelector("#plot-schedule, #plot-timeline, .plot[data-figure]");
  const lines = [...plot.querySelectorAll(".scatterlayer .js-line")].filter((line) => line.getBoundingClientRect().width < 6);
  const boxes = lines.map((line) => line.getBoundingClientRect());
  const points = [...plot.querySelectorAll(".scatterlayer path.point")].filter((mark) => {
    const { left, right } = mark.getBoundingClientRect();
    return boxes.some((box) => left < box.right && box.left < right);
  });
  return [lines.length, points.length, points.filter((mark) =>
    lines.some((line) => !(line.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING))).length];
}"""
# Rows whose name is not beside or right above what is drawn in them.
AWAY = """() => [...document.querySelectorAll(".plot[data-figure]")].flatMap((plot) => {
  const { meta, margin } = plot._fullLayout;
  const texts = [...plot.querySelectorAll(".words text")].map((text) => [text.textContent, text.getBBox()]);
  return (meta?.rows || []).filter((row) => !texts.some(([name, { y, height }]) =>
    row.text.replace(/\\s/g, "").startsWith(name.replace(/\\s/g, "").slice(0, 4))
    && y + height > row.y0 && y < row.y0 + row.height)).map((row) => `${plot.id}: ${row.text}`);
})"""


@pytest.mark.parametrize("path", each(2, PAGES))
def test_words_stand_at_their_rows_and_apart(open_page, signed_in, path):
    page = open_page(storage_state=signed_in, viewport={"width": 1440, "height": 900})
    page.goto(path)
    open_folds(page)
    for width in (1440, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        wait_until(page, DRAWN_ANEW)
        assert (page.evaluate(COLLISIONS), page.evaluate(AWAY)) == ([], []), width


@pytest.mark.parametrize(
    "width", [390, *(pytest.param(width, marks=pytest.mark.thorough) for width in (1440, 320))]
)
def test_base_date_cuts_no_point(open_page, signed_in, width):
    page = open_page(storage_state=signed_in, viewport={"width": width, "height": 900})
    page.goto("/projects/timeline/")
    open_folds(page)
    lines, points, under = page.evaluate(UNDER)
    assert lines == 2 and points > 0 and under == 0
