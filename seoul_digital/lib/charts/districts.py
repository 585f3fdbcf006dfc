"""A map of Seoul's 25 districts as tiles, each where it lies to the others: what is stated of it by fill and number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from .theme import (
    ACCENT,
    BACKGROUND,
    GROUND_OF_EACH,
    INK,
    INK_2,
    INK_3,
    LINE,
    TRACK,
    chart,
    hatch,
    hover_text,
)

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
    """Districts of which one thing is stated. `lines`: on hover below a district's name."""

    name: str
    districts: Sequence[str]
    lines: Sequence[str] = ()


def districts_named(text: str) -> list[str]:
    """The districts that lists in a text name, without 구 but for 중구; single names are no list."""
    found = [part.strip() for match in LIST.finditer(text) for part in re.split("[,·․ㆍ・]", match[0])]
    return list(dict.fromkeys(part if part == "중구" else part.removesuffix("구") for part in found))


def full_name(district: str) -> str:
    return district if district == "중구" else f"{district}구"


def district_tiles(groups: Sequence[DistrictGroup], unnamed: str) -> go.Figure:
    """`unnamed`: what the legend says of the districts of no group. A district of several has the fill of the first."""
    legend = [
        (_LOOKS[min(place, len(_LOOKS) - 1)][0], f"{place + 1}. {group.name}")
        for place, group in enumerate(groups)
    ]
    return chart(
        [_tiles(groups, unnamed)],
        meta={},
        legend=[*legend, (_NONE[0], unnamed)],
        height=TILE * len(ROWS),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={"visible": False, "range": [-0.5, 6.5]},
        yaxis={"visible": False, "range": [len(ROWS), 0]},
    )


def _tiles(groups: Sequence[DistrictGroup], unnamed: str) -> go.Bar:
    owners = [[place for place, group in enumerate(groups) if name in group.districts] for name in PLACES]
    looks = [_LOOKS[min(own[0], len(_LOOKS) - 1)] if own else _NONE for own in owners]
    lines = [": ".join([group.name, *group.lines]) for group in groups]
    numbers = ["·".join(str(place + 1) for place in own) for own in owners]
    columns, rows = zip(*PLACES.values(), strict=True)
    shapes = [shape for *_, shape, _ in looks]
    return go.Bar(
        x=columns,
        y=[0.94] * len(PLACES),
        base=[row + 0.03 for row in rows],
        width=0.96,
        marker={
            "color": [fill for _, fill, *_ in looks],
            "line": {"color": [line for _, _, line, *_ in looks], "width": 1.5},
            "pattern": {**hatch("", LINE), **GROUND_OF_EACH, "size": 12, "solidity": 0.06, "shape": shapes},
        },
        text=["<br>".join(filter(None, pair)) for pair in zip(PLACES, numbers, strict=True)],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"size": 13, "color": [ink for *_, ink in looks]},
        customdata=[
            hover_text(full_name(name), *([lines[place] for place in own] or [unnamed]))
            for name, own in zip(PLACES, owners, strict=True)
        ],
    )
