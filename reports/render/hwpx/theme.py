"""How the printed report looks in Hangul: its named styles and borders, as plain values. Sizes in points, distances in millimetres."""

from dataclasses import dataclass, replace

SERIF, SANS = "함초롬바탕", "함초롬돋움"  # come with Hangul
SECOND = "맑은 고딕"  # comes with Windows
MARGIN, ENDS, TEXT_WIDTH = 20.0, 18.0, 170.0  # of A4: at the sides, above and below, between the sides
ACCENT, INK, SOFT, RULE, TINT, WHITE = "#1C589C", "#1E2124", "#58616A", "#8A949E", "#EEF2F7", "#FFFFFF"
ALL = frozenset({"left", "right", "top", "bottom"})


@dataclass(frozen=True)
class Border:
    """Lines of one kind on some sides, and a fill."""

    sides: frozenset[str] = frozenset()
    color: str = RULE
    width: float = 0.12
    fill: str = ""


@dataclass(frozen=True)
class Look:
    """A style of paragraphs. `hanging` is how far a paragraph's other lines stand in from its first.

    `level` is an outline's, 1 to 3; a tab leads to the right edge, with dots if `dotted`; `frame` is as wide as the page's text and `padding`
    above and below the words.
    """

    name: str
    size: float
    face: str = SERIF
    bold: bool = False
    color: str = INK
    align: str = "LEFT"
    left: float = 0
    hanging: float = 0
    before: float = 0
    after: float = 0
    spacing: int = 138
    keeps_next: bool = False
    level: int = 0
    tab: bool = False
    dotted: bool = False
    frame: Border | None = None
    padding: float = 0


TITLE = Look("표지 제목", 32, SANS, True, align="CENTER", spacing=130)
COVER_DAY = Look("표지 기준일", 15, color=SOFT, align="CENTER", before=10)
COVER_BUREAU = Look("표지 기관", 22, SANS, True, align="CENTER", before=110)
COVER_PROOF = Look("표지 기록 사슬", 8, SANS, color=SOFT, align="CENTER", before=20)
CONTENTS = Look("차례 제목", 21, SANS, True, align="CENTER", after=8, spacing=130)
CONTENT_LINES = (
    Look("차례 1", 13, SANS, True, before=4, after=1, tab=True, dotted=True),
    Look("차례 2", 11.5, left=6, before=0.8, after=0.8, tab=True, dotted=True),
)
RULED = Border(frozenset({"bottom"}), ACCENT, 1)
CHAPTER = Look("개요 1", 21, SANS, True, after=7, level=1, keeps_next=True, frame=RULED, padding=2)
SECTION = Look("개요 2", 15, SANS, True, before=7, after=3.5, level=2, keeps_next=True)
BANNER = Border(frozenset({"left"}), ACCENT, 1.5, TINT)
PROJECT = replace(SECTION, name="사업 제목", size=16, before=0, left=3, frame=BANNER, padding=2.4)
PART = Look("개요 3", 14.5, SANS, True, before=3.6, after=2, level=3, keeps_next=True)
PEOPLE = Look("담당", 10.5, after=0.6)
PURPOSE = Look("사업 목적", 13, SANS, True, spacing=140)
CAPTION = Look("표 제목", 10, SANS, True, before=2, after=1, keeps_next=True, tab=True)
UNIT = Look("표 단위", 9.5, SANS, align="RIGHT", color=SOFT, before=2, after=1, keeps_next=True)
HOLDER = Look("표 자리", 1, before=1.5, after=2.5, spacing=100)
JOINED = Look("이어진 표 자리", 1, spacing=100)
PICTURE = Look("그림 자리", 10, align="CENTER", before=2, after=3, spacing=100)
PICTURE_TITLE = Look("그림 제목", 10, SANS, True, align="CENTER", before=4, after=1, keeps_next=True)
STRATEGY = Look("전략", 15.5, SANS, True, ACCENT, before=8, after=4, keeps_next=True)
LISTED = Look("사업 목록", 14, left=8, hanging=9, before=2, after=2)
TERM = Look("용어", 13, SANS, True, before=4.5, after=1.5, keeps_next=True, tab=True)
CELL = Look("표 글", 10, SANS, spacing=125)
HEAD_CELL = Look("표 머리", 10, SANS, True, align="CENTER", spacing=125)

# Lines of 개조식 text: by level.
LEFTS = (0.0, 2.0, 7.0, 12.0)
SIZES = (12.0, 13.0, 12.5, 11.5)
NOTE_SIZE, NOTE_IN = 10.5, 5.0
# A mark's width in ems of the face, with the half em that Hangul gives a space.
MARKS = {"ㅇ": 1.47, "-": 1.05, "‣": 0.87, "․": 0.79, "·": 0.82, "▪": 1.47, "※": 1.27, "*": 1.05, "▮": 1.47}
EM = 0.352778  # a point in millimetres


def line(level: int, mark: str, style: str) -> Look:
    """The style of a line, with the text's lines below each other beside the mark: `2단계 -`, `2단계 ※`."""
    is_note, level = style == "note", min(level, 3)
    size = NOTE_SIZE if is_note else SIZES[level]
    return Look(
        f"{'제목' if style == 'section' else f'{level}단계'} {mark or '글'}",
        size,
        bold=style == "section",
        color=SOFT if is_note else INK,
        left=LEFTS[level] + (NOTE_IN if is_note and level else 0),
        hanging=hanging(mark, size),
        before=0.8 if level == 1 and not is_note else 0,
        after=1.3,
    )


def hanging(mark: str, size: float) -> float:
    return round(MARKS.get(mark, 0.6 * len(mark) + 0.5) * size * EM, 2) if mark else 0


def cell(size: float, align: str = "left", indent: int = 0, is_head: bool = False) -> Look:
    """The style of a table's cell, whose size follows the table's room."""
    return replace(HEAD_CELL if is_head else CELL, size=size, align=align.upper(), left=3.0 * indent)
