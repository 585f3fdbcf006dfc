"""A HWPX file as other readers have it: hwpforge's paragraphs and tables as HTML, and the XML itself."""

import io
import json
import zipfile
from html import escape

import hwpforge
from lxml import etree

HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"


def page_of(hwpx: bytes) -> str:
    """What hwpforge reads, in order, without what is only drawn."""
    read = json.loads(hwpforge.Document.from_bytes(hwpx).to_json().text)
    return "".join(
        _paragraph(one) for section in read["document"]["sections"] for one in section["paragraphs"]
    )


def _paragraph(paragraph: dict) -> str:
    return f"<p>{''.join(_content(run['content']) for run in paragraph['runs'])}</p>"


def _content(content: dict) -> str:
    (kind, value), *others = content.items()
    assert not others
    match kind:
        case "Text":
            return escape(value)
        case "InlineText":
            return "".join(_segment(one) for one in value["segments"])
        case "Table":
            return f"<table>{''.join(map(_row, value['rows']))}</table>"
        case "Control":
            ((_, control),) = value.items()
            return (
                escape(control.get("text", control.get("display_text", "")))
                if isinstance(control, dict)
                else ""
            )
    return ""


def _segment(segment: dict | str) -> str:
    text = segment.get("Text", "") if isinstance(segment, dict) else ""
    return escape(text) or "<br>"


def _row(row: dict) -> str:
    return f"<tr>{''.join(_cell(cell) for cell in row['cells'])}</tr>"


def _cell(cell: dict) -> str:
    inside = "<br>".join(
        _paragraph(one).removeprefix("<p>").removesuffix("</p>") for one in cell["paragraphs"]
    )
    return f"<td>{inside}</td>"


def part(hwpx: bytes, name: str = "Contents/section0.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(hwpx)) as archive:
        return etree.fromstring(archive.read(name))


def tables(root: etree._Element) -> list[etree._Element]:
    return list(root.iter(f"{HP}tbl"))


def text(element: etree._Element) -> str:
    return "".join(piece for one in element.iter(f"{HP}t") for piece in one.itertext())


def place(cell: etree._Element) -> tuple[int, int, int, int]:
    """Row, column, and how many of each the cell covers."""
    address, span = cell.find(f"{HP}cellAddr"), cell.find(f"{HP}cellSpan")
    return (
        int(address.get("rowAddr")),
        int(address.get("colAddr")),
        int(span.get("rowSpan")),
        int(span.get("colSpan")),
    )
