"""The bars of a document as a drawing."""

import re

from reports.render import svg
from reports.render.blocks import Bars

ROWS = (("계", 66.9, "66.9%", 0), ("일반회계", -1.0, "△1.0%", 1))


def test_bars_say_their_names_and_rates():
    drawn = str(svg.bars(Bars("부서별 집행률", "집행률: 계 66.9%", ROWS, 66.0, "진도율 66.0%")))
    texts = re.findall(r">([^<>]+)</text>", drawn)
    assert {"계", "66.9%", "일반회계", "△1.0%", "진도율 66.0%"} <= set(texts)
    assert 'width="0.0"' in drawn  # below zero there is no bar


def test_bars_without_a_pace_have_no_line():
    drawn = str(svg.bars(Bars("부서별 집행률", "집행률", ROWS, None, "")))
    assert "stroke-dasharray" not in drawn


def test_bars_escape_names():
    drawn = str(svg.bars(Bars("집행률", "집행률", (("<b>", 1.0, "1%", 0),), None, "")))
    assert "<b>" not in drawn
    assert "&lt;b&gt;" in drawn
