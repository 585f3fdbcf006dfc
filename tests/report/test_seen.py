"""What the facts are looked up with must be able to say no."""

import pytest

from tests.report.seen import Page

PAGE = Page("""<html><head><title>제목 9</title></head><body>
<p>총 28,006<b>대</b> <span class="sr">숨은 말</span><span hidden>없는 말</span></p><script>var 그림</script>
<details><summary>표로 보기</summary><div><p>접힌 말</p></div></details><details open><p>펼친 말</p></details>
<table><tr><th>계</th><td>1,235</td><td>-</td><td>△8</td></tr><tr><th>디지털</th><td>35</td></tr></table><dl><dt>정원</dt><dd>266</dd></dl></body></html>""")


@pytest.mark.parametrize("text", ["총 28,006대", "표로 보기", "펼친 말", "디지털 35"])
def test_seen(text):
    assert PAGE.shows(text)


@pytest.mark.parametrize("text", ["제목 9", "숨은 말", "없는 말", "그림", "접힌 말", "28,007대"])
def test_not_seen(text):
    assert not PAGE.shows(text)


@pytest.mark.parametrize("parts", [["계", "1,235", "-", "△8"], ["계", "△8"]])
def test_in_one_row(parts):
    assert PAGE.shows_in_row(parts)


@pytest.mark.parametrize(
    "parts",
    [
        ["계", "35"],
        ["계", "235"],
        ["계", "8"],
        ["계", "1,235", "△8", "-"],
        ["디지털", "1,235"],
        ["디지털", "-"],
    ],
)
def test_not_in_one_row(parts):
    assert not PAGE.shows_in_row(parts)


def test_near():
    assert PAGE.shows_near(["정원", "266"])
    assert not PAGE.shows_near(["정원", "26"])
    assert not PAGE.shows_near(["총", "266"], within=5)
