"""Charts of the document as SVG, by presentation attributes alone, so that a strict content security policy lets them pass."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .blocks import Bars

WIDTH, ROW, TOP, LEFT, RIGHT = 640, 24, 26, 170, 60
FONT = "Pretendard GOV, Pretendard GOV Variable, sans-serif"
INK, BAR, SUB_BAR, TRACK, PACE = "#1e2124", "#1c589c", "#7d9dc0", "#e6e8ea", "#1e2124"


def bars(chart: Bars) -> SafeString:
    """Horizontal bars from 0 to 100 %, or to the longest; the line across them is the pace."""
    height, top = TOP + ROW * len(chart.bars) + 6, max(100.0, *(percent for _, percent, _, _ in chart.bars))
    scale = (WIDTH - LEFT - RIGHT) / top
    facts = chart.facts or ("",) * len(chart.bars)
    drawn = (_row(*row, place, scale) for place, row in enumerate(zip(chart.bars, facts, strict=True)))
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" font-family="{}" font-size="12" role="{}" aria-label="{}">{}{}</svg>',
        *(WIDTH, height, WIDTH, height, FONT, "group" if chart.facts else "img", chart.summary),
        *(format_html_join("", "{}", ((row,) for row in drawn)), _pace(chart, scale, height)),
    )


def _row(bar: tuple[str, float, str, int], fact: str, place: int, scale: float) -> SafeString:
    name, percent, printed, depth = bar
    middle, length = TOP + ROW * place + ROW / 2, max(percent, 0) * scale
    thick = 8 if depth else 12
    return format_html(
        '<text x="{}" y="{}" fill="{}">{}</text><rect x="{}" y="{}" width="{}" height="{}" fill="{}"/><text x="{}" y="{}" fill="{}"{}>{}</text>',
        *(10 * depth, middle + 4, INK, name),
        *(LEFT, middle - thick / 2, round(length, 1), thick, SUB_BAR if depth else BAR),
        *(round(LEFT + length + 6, 1), middle + 4, INK),
        *(format_html(' data-fact="{}"', fact) if fact else "", printed),
    )


def _pace(chart: Bars, scale: float, height: int) -> SafeString | str:
    if chart.pace is None:
        return ""
    across = round(LEFT + chart.pace * scale, 1)
    return format_html(
        '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" stroke="{3}" stroke-width="1" stroke-dasharray="3 2"/><text x="{0}" y="{4}" text-anchor="middle" fill="{3}">{5}</text>',
        *(across, TOP - 6, height - 4, PACE, TOP - 12, chart.pace_word),
    )
