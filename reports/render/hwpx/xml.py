"""The few elements of OWPML that a report needs, each written by a pure function. Distances in HWPUNIT, 1/7200 inch."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from .grid import Grid, GridCell

HP = "http://www.hancom.co.kr/hwpml/2011/paragraph"
HH = "http://www.hancom.co.kr/hwpml/2011/head"
HC = "http://www.hancom.co.kr/hwpml/2011/core"
UNREAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
PIXEL = 75  # HWPUNIT, as Hangul counts a picture's own size
LINK, REFERENCE = "%hlk", "%xrf"  # Hangul's names of the fields; four bytes, written as a number

Node: TypeAlias = etree._Element


@dataclass(frozen=True)
class Ref:
    """What a paragraph of one look refers to in the header."""

    style: str
    paragraph: str
    character: str


@dataclass
class Ids:
    """Numbers for all that needs one, the same for the same document."""

    last: int = field(default=0)

    def __call__(self) -> str:
        self.last += 1
        return str(self.last)


def node(tag: str, attributes: dict[str, str] | None = None, *children: Node, space: str = HP) -> Node:
    made = etree.Element(f"{{{space}}}{tag}", attributes or {})
    made.extend(children)
    return made


def parsed(part: bytes) -> Node:
    """Of what the library wrote."""
    return etree.fromstring(part)  # noqa: S320


def serialized(root: Node) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def real(words: str) -> str:
    """With a blank for each character that XML cannot hold."""
    return UNREAL.sub(" ", words)


def text(words: str) -> Node:
    """A text whose lines stay lines."""
    first, *others = real(words).replace("\t", " ").split("\n")
    made = node("t")
    made.text = first
    for other in others:
        etree.SubElement(made, f"{{{HP}}}lineBreak").tail = other
    return made


def tab(leader: str = "0") -> Node:
    """To the next tab stop; readers work out `width` anew."""
    return node("t", {}, node("tab", {"width": "4000", "leader": leader, "type": "2"}))


def control(*children: Node) -> Node:
    return node("ctrl", {}, *children)


def bookmark(name: str) -> Node:
    return control(node("bookmark", {"name": name}))


def run(character: str, *children: Node) -> Node:
    return node("run", {"charPrIDRef": character}, *children)


def paragraph(number: str, ref: Ref, runs: Iterable[Node], opens_page: bool = False) -> Node:
    attributes = {
        "id": number,
        "paraPrIDRef": ref.paragraph,
        "styleIDRef": ref.style,
        "pageBreak": str(int(opens_page)),
        "columnBreak": "0",
        "merged": "0",
    }
    return node("p", attributes, *runs)


def field_around(
    number: str, kind: str, name: str, parameters: Sequence[tuple[str, str, str]], shown: Node
) -> list[Node]:
    """A field of Hangul's with what it shows; `parameters` as (type, name, value)."""
    kind_id = str(int.from_bytes(name.encode(), "big"))
    given = node("parameters", {"cnt": str(len(parameters)), "name": ""})
    for parameter_type, parameter, value in parameters:
        etree.SubElement(given, f"{{{HP}}}{parameter_type}", {"name": parameter}).text = value
    attributes = {
        "id": number,
        "type": kind,
        "name": "",
        "editable": "0",
        "dirty": "0",
        "zorder": "-1",
        "fieldid": kind_id,
        "metaTag": "",
    }
    return [
        control(node("fieldBegin", attributes, given)),
        shown,
        control(node("fieldEnd", {"beginIDRef": number, "fieldid": kind_id})),
    ]


def link(number: str, key: str, words: str) -> list[Node]:
    """Words that lead to a bookmark."""
    parameters = [
        ("integerParam", "Prop", "0"),
        ("stringParam", "Command", f"?{key};0;0;0;"),
        ("stringParam", "Category", "HWPHYPERLINK_TYPE_HWP"),
        ("stringParam", "TargetType", "HWPHYPERLINK_TARGET_BOOKMARK"),
        ("stringParam", "DocOpenType", "HWPHYPERLINK_JUMP_CURRENTTAB"),
    ]
    return field_around(number, "HYPERLINK", LINK, parameters, text(words))


def page_reference(number: str, key: str, shown: Node) -> list[Node]:
    """The page of a bookmark, which Hangul works out anew when the document is edited or saved; `Fiexde` is its spelling."""
    parameters = [
        ("booleanParam", "Fiexde", "1"),
        ("integerParam", "Prop", "0"),
        ("stringParam", "Command", f"?{key};6;0;0;0;"),
        ("stringParam", "RefPath", f"?{key};"),
        ("stringParam", "RefType", "TARGET_BOOKMARK"),
        ("stringParam", "RefContentType", "OBJECT_TYPE_PAGE"),
        ("booleanParam", "RefHyperLink", "false"),
        ("stringParam", "RefOpenType", "HWPHYPERLINK_JUMP_CURRENTTAB"),
    ]
    return field_around(number, "CROSSREF", REFERENCE, parameters, shown)


def _size(width: int, height: int) -> Node:
    attributes = {"width": str(width), "widthRelTo": "ABSOLUTE", "height": str(height)}
    return node("sz", attributes | {"heightRelTo": "ABSOLUTE", "protect": "0"})


def _position(is_character: bool, left: int = 0) -> Node:
    attributes = {
        "treatAsChar": str(int(is_character)),
        "affectLSpacing": "0",
        "flowWithText": "1",
        "allowOverlap": "0",
        "holdAnchorAndSO": "0",
        "vertRelTo": "PARA",
        "horzRelTo": "COLUMN",
        "vertAlign": "TOP",
        "horzAlign": "LEFT",
        "vertOffset": "0",
        "horzOffset": str(left),
    }
    return node("pos", attributes)


def _margin(tag: str, sides: int = 0, ends: int = 0) -> Node:
    return node(tag, {"left": str(sides), "right": str(sides), "top": str(ends), "bottom": str(ends)})


def table(number: str, grid: Grid, border: str, rows: Iterable[Node]) -> Node:
    attributes = {
        "id": number,
        "zOrder": "0",
        "numberingType": "TABLE",
        "textWrap": "TOP_AND_BOTTOM",
        "textFlow": "BOTH_SIDES",
        "lock": "0",
        "dropcapstyle": "None",
        "pageBreak": grid.breaks,
        "repeatHeader": str(int(grid.header_rows > 0)),
        "rowCnt": str(len(grid.rows)),
        "colCnt": str(len(grid.widths)),
        "cellSpacing": "0",
        "borderFillIDRef": border,
        "noAdjust": "0",
    }
    place = _position(not grid.flows, grid.left if grid.flows else 0)
    size, margins = _size(sum(grid.widths), sum(grid.heights)), _margin("outMargin")
    return node("tbl", attributes, size, place, margins, _margin("inMargin", *grid.padding), *rows)


def row(cells: Iterable[Node]) -> Node:
    return node("tr", {}, *cells)


def cell(grid: Grid, at: GridCell, row_number: int, border: str, paragraphs: Iterable[Node]) -> Node:
    attributes = {
        "name": "",
        "header": str(int(row_number < grid.header_rows)),
        "hasMargin": "0",
        "protect": "0",
        "editable": "0",
        "dirty": "0",
        "borderFillIDRef": border,
    }
    inside = node("subList", SUBLIST, *paragraphs)
    width, height = sum(grid.widths[at.column :][: at.colspan]), sum(grid.heights[row_number:][: at.rowspan])
    return node(
        *("tc", attributes, inside),
        node("cellAddr", {"colAddr": str(at.column), "rowAddr": str(row_number)}),
        node("cellSpan", {"colSpan": str(at.colspan), "rowSpan": str(at.rowspan)}),
        node("cellSz", {"width": str(width), "height": str(height)}),
        _margin("cellMargin", *grid.padding),
    )


SUBLIST = {
    "id": "",
    "textDirection": "HORIZONTAL",
    "lineWrap": "BREAK",
    "vertAlign": "CENTER",
    "linkListIDRef": "0",
    "linkListNextIDRef": "0",
    "textWidth": "0",
    "textHeight": "0",
    "hasTextRef": "0",
    "hasNumRef": "0",
}


MATRICES = ("transMatrix", "scaMatrix", "rotMatrix")
IDENTITY = {"e1": "1", "e2": "0", "e3": "0", "e4": "0", "e5": "1", "e6": "0"}


def picture(number: str, item: str, size: tuple[int, int], pixels: tuple[int, int], description: str) -> Node:
    """A picture of `size` on the page, with a description for those who do not see it."""
    (width, height), own = size, (pixels[0] * PIXEL, pixels[1] * PIXEL)
    attributes = {"textWrap": "TOP_AND_BOTTOM", "textFlow": "BOTH_SIDES", "reverse": "0", "id": number}
    attributes |= {"zOrder": "0", "numberingType": "PICTURE", "lock": "0", "dropcapstyle": "None", "href": ""}
    attributes |= {"groupLevel": "0", "instid": number}
    comment = node("shapeComment")
    comment.text = real(description)
    centre = {"angle": "0", "centerX": str(width // 2), "centerY": str(height // 2), "rotateimage": "1"}
    points = enumerate(((0, 0), (width, 0), (width, height), (0, height)))
    corners = [node(f"pt{place}", {"x": str(x), "y": str(y)}, space=HC) for place, (x, y) in points]
    image = {"binaryItemIDRef": item, "bright": "0", "contrast": "0", "effect": "REAL_PIC", "alpha": "0"}
    return node(
        *("pic", attributes),
        node("offset", {"x": "0", "y": "0"}),
        *(node(tag, {"width": str(width), "height": str(height)}) for tag in ("orgSz", "curSz")),
        node("flip", {"horizontal": "0", "vertical": "0"}),
        node("rotationInfo", centre),
        node("renderingInfo", {}, *(node(tag, IDENTITY, space=HC) for tag in MATRICES)),
        node("imgRect", {}, *corners),
        node("imgClip", {"left": "0", "right": str(own[0]), "top": "0", "bottom": str(own[1])}),
        _margin("inMargin"),
        node("imgDim", {"dimwidth": str(own[0]), "dimheight": str(own[1])}),
        node("img", image, space=HC),
        node("effects"),
        *(_size(width, height), _position(True), _margin("outMargin"), comment),
    )


def stand_in(grid: Grid) -> Node:
    """Something as large as the table, whose pages are reckoned in a tenth of the time."""
    return node("pic", {}, _size(sum(grid.widths), sum(grid.heights)), _position(True), _margin("outMargin"))
