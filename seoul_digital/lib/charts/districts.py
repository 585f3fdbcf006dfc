"""A map of Seoul's 25 districts as tiles, each where it lies to the others: what is said of it by fill and number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from .theme import ACCENT, BACKGROUND, INK, INK_2, INK_3, LINE, TRACK, chart, hatch, hover_text

ROWS = (
    ". . . . 강북 도봉 노원",
    ". 은평 서대문 종로 성북 동대문 중랑",
    "강서 마포 용산 중구 성동 광진 강동",
    "양천 영등포 동작 서초 강남 송파 .",
    "구로 금천 관악 . . . .",
)
PLACES = {
    name: (column, row)
    for row, names in enumerate(ROWS)
    for column, name in enumerate(names.split())
    if name != "."
}
TILE = 60  # pixels high
FEWEST = 3  # names that make a list: of fewer, a text may speak of something else
# Swatch, fill, outline, hatching and ink of a group; what is named by none.
_LOOKS = (
    ("accent", ACCENT, ACCENT, "", BACKGROUND),
    ("dotted", BACKGROUND, INK, ".", INK),
    ("hollow", BACKGROUND, INK_3, "", INK),
)
_NONE = ("track", TRACK, TRACK, "", INK_2)
_NAME = "(?:중구|(?:" + "|".join(name for name in PLACES if name != "중구") + ")구?)"
LIST = re.compile(rf"(?<![가-힣]){_NAME}(?:\s*[,·․ㆍ・]\s*{_NAME}){{{FEWEST - 1},}}(?![가-힣])")


@dataclass(frozen=True)
class DistrictGroup:
    """Districts of which one thing is said. `lines`: on hover below a district's name."""

    name: str
    districts: Sequence[str]
    lines: Sequence[str] = ()


def districts_named(text: str) -> list[str]:
    """The districts that lists in a text name, without 구 but for 중구; single names are no list."""
    found = [part for match in LIST.finditer(text) for part in re.split(r"\s*[,·․ㆍ・]\s*", match[0])]
    return list(dict.fromkeys(part if part == "중구" else part.removesuffix("구") for part in found))


def full_name(district: str) -> str:
    return district if district == "중구" else f"{district}구"


def district_tiles(groups: Sequence[DistrictGroup], unnamed: str) -> go.Figure:
    """`unnamed`: what the legend says of the districts of no group. A district of several has the fill of the first."""
    tiles = [
        (name, [place for place, group in enumerate(groups) if name in group.districts]) for name in PLACES
    ]
    looks = [_LOOKS[min(own[0], len(_LOOKS) - 1)] if own else _NONE for _, own in tiles]
    columns, rows = zip(*PLACES.values(), strict=True)
    bars = go.Bar(
        x=columns,
        y=[0.94] * len(tiles),
        base=[row + 0.03 for row in rows],
        width=0.96,
        marker={
            "color": [fill for _, fill, *_ in looks],
            "line": {"color": [line for _, _, line, *_ in looks], "width": 1.5},
            "pattern": {
                **hatch("", LINE),
                "size": 12,
                "solidity": 0.06,
                "shape": [shape for *_, shape, _ in looks],
            },
        },
        text=[_text(name, own) for name, own in tiles],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"size": 13, "color": [ink for *_, ink in looks]},
        customdata=[
            hover_text(full_name(name), *([_line(groups[place]) for place in own] or [unnamed]))
            for name, own in tiles
        ],
    )
    legend = [
        (_LOOKS[min(place, len(_LOOKS) - 1)][0], f"{place + 1}. {group.name}")
        for place, group in enumerate(groups)
    ]
    axis: dict[str, Any] = {"visible": False}
    return chart(
        [bars],
        meta={},
        legend=[*legend, (_NONE[0], unnamed)],
        height=TILE * len(ROWS),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={**axis, "range": [-0.5, 6.5]},
        yaxis={**axis, "range": [len(ROWS), 0]},
    )


def _text(name: str, own: Sequence[int]) -> str:
    return "<br>".join([name, "·".join(str(place + 1) for place in own)]) if own else name


def _line(group: DistrictGroup) -> str:
    return ": ".join([group.name, *group.lines])
