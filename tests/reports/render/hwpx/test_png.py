"""Charts as PNG."""

import io
import zipfile

import pytest

from tests.reports.hangul import HP

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_bars_are_a_picture_told_in_words(hwpx, body):
    (picture,) = body.iter(f"{HP}pic")
    item = picture.find("{*}img").get("binaryItemIDRef")
    png = zipfile.ZipFile(io.BytesIO(hwpx)).read(f"BinData/{item}.png")
    width, height = (int.from_bytes(png[start : start + 4], "big") for start in (16, 20))
    assert png.startswith(b"\x89PNG") and width > 1500
    assert picture.find(f"{HP}shapeComment").text.startswith("집행률: 계 66.9%, 디지털정책담당관 76.8%")
    assert picture.find(f"{HP}imgDim").attrib == {"dimwidth": str(width * 75), "dimheight": str(height * 75)}
    assert picture.find(f"{HP}imgClip").attrib == {
        "left": "0",
        "right": str(width * 75),
        "top": "0",
        "bottom": str(height * 75),
    }
    size = picture.find(f"{HP}sz")
    assert int(size.get("width")) / int(size.get("height")) == pytest.approx(width / height, rel=0.01)
