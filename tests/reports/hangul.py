"""A HWPX file as other readers have it: hwpforge's paragraphs and tables as HTML, and the XML itself."""

import io
import json
import zipfile
from html import escape

import hwpforge
from hwpx.tools.package_validator import validate_editor_open_safety, validate_package
from hwpx.tools.validator import validate_document
from lxml import etree

from tests.report.seen import squeezed

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


def check(made):
    """What any reader asks of a file."""
    assert validate_document(made).ok, validate_document(made).issues
    assert validate_package(made).ok
    assert validate_editor_open_safety(made).ok
    validation = hwpforge.Document.from_bytes(made).validate()
    assert (validation["ok"], validation["errors"], validation["warnings"]) == (True, [], [])
    for table in tables(part(made)):
        check_grid(table)


def check_grid(table):
    """Its cells cover it exactly, and are as wide and high as what they cover."""
    rows, columns = int(table.get("rowCnt")), int(table.get("colCnt"))
    covered = {}
    for cell in table.iter(f"{HP}tc"):
        row, column, down, across = place(cell)
        for covers in ((row + y, column + x) for y in range(down) for x in range(across)):
            assert covered.setdefault(covers, cell) is cell
    assert covered.keys() == {(row, column) for row in range(rows) for column in range(columns)}
    size = table.find(f"{HP}sz")
    first = [cell for cell in table.iter(f"{HP}tc") if not place(cell)[0]]
    assert sum(int(cell.find(f"{HP}cellSz").get("width")) for cell in first) == int(size.get("width"))
    assert all(
        int(cell.find(f"{HP}cellSz").get(side)) > 0
        for cell in table.iter(f"{HP}tc")
        for side in ("width", "height")
    )


def page_shown(begin):
    """What stands between a field's beginning and its end."""
    return begin.getparent().getnext().text


def table_with(body, words):
    return next(table for table in tables(body) if squeezed(words) in squeezed(text(table)))
