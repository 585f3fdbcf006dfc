"""A figure's file says all that the figure says: words in the SVG, size and ink of the PNG."""

import base64
import re
import struct
import xml.etree.ElementTree as ET

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import wait_until

DRAWN = "document.documentElement.dataset.figures === 'drawn'"
SVG = "{http://www.w3.org/2000/svg}"
# Shares of the pixels of a picture that are red (behind the pace), blue (executed) and not white.
SHARES = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], {type: "image/png"}));
  const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const {data} = pen.getImageData(0, 0, image.width, image.height);
  let red = 0, blue = 0, ink = 0;
  for (let at = 0; at < data.length; at += 4) {
    const [r, g, b] = data.subarray(at, at + 3);
    if (r === 189 && g === 44 && b === 15) red++;
    if (r === 28 && g === 88 && b === 156) blue++;
    if (r + g + b < 765) ink++;
  }
  return [red, blue, ink].map((count) => (4 * count) / data.length);
}"""


@pytest.fixture
def save(page):
    """A function that opens a page and gives name and content of a figure's file."""

    def saved(path, figure, kind):
        page.goto(path)
        wait_until(page, DRAWN)
        with page.expect_download() as download:
            page.click(f"[data-save-of=plot-{figure}] [data-save={kind}]")
        return download.value.suggested_filename, download.value.path().read_bytes()

    return saved


def test_svg_has_title_names_values_date_source_and_font(save):
    name, content = save("/budgets/expenditure/", "rates", "svg")
    assert name == "1,432.0억 원, 어디에 얼마가 쓰였나_2022-08-29.svg"
    root = ET.fromstring(content)  # noqa: S314
    words = " ".join(" ".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    for word in (
        "1,432.0억 원, 어디에 얼마가 쓰였나",
        "집행액(진도선 미달)",
        "정보통신보안담당관 일반회계",
        "서울기록원",
        "467.1억",
        "54.9%",
        "진도선까지 52.0억 원",
        "2022. 8. 29. 기준 · 자료: 디지털정책관 업무보고",
    ):
        assert word in words, word
    style = "".join(root.find(f"{SVG}style").itertext())
    assert 'font-family:"Pretendard GOV Variable"' in style
    assert (
        len(re.findall("src:url\\(data:font/woff2;base64,", style)) == 1
    )  # the part with the report's characters


def test_png_is_the_figure_in_its_colours(save, page):
    name, content = save("/budgets/expenditure/", "rates", "png")
    assert name.endswith(".png")
    width, height = struct.unpack(">II", content[16:24])
    assert width == 2 * (1200 + 64)
    assert 900 < height < 1600
    red, blue, ink = page.evaluate(SHARES, base64.b64encode(content).decode())
    assert (0.05 < red < 0.2, 0.2 < blue < 0.3, 0.4 < ink < 0.9) == (True, True, True)


def test_svg_of_rows_has_every_name_and_figure(save, page):
    _, content = save("/budgets/expenditure/", "changes", "svg")
    words = content.decode()
    for word in ("전년 대비 예산 증감", "데이터센터", "+207.8", "단위: 억 원, %"):
        assert word in words, word
    expect(page.locator(".drawing-board")).to_have_count(0)
