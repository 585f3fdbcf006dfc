"""The files that a report is handed out as. A further face is one more line here."""

from collections.abc import Callable
from dataclasses import dataclass

from .document import document_of
from .render.blocks import Document
from .render.html import to_html
from .render.hwpx import to_hwpx
from .render.pdf import to_pdf
from .report import Report
from .serial import to_json
from .workbook import to_xlsx


@dataclass(frozen=True)
class Format:
    """`write` makes the file from the report, the one before it, None where there is none, and what its cover prints of the chain
    of changes, which is nothing unless it is published."""

    content_type: str
    write: Callable[..., bytes]


def _document(draw: Callable[[Document], bytes]) -> Callable[..., bytes]:
    def write(report: Report, before: Report | None = None, proof: str = "") -> bytes:
        return draw(document_of(report, before, proof))

    return write


FORMATS = {
    "pdf": Format("application/pdf", _document(to_pdf)),
    "hwpx": Format("application/hwp+zip", _document(to_hwpx)),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
    "html": Format("text/html; charset=utf-8", _document(to_html)),
    "json": Format("application/json", lambda report, before=None, proof="": to_json(report).encode()),
}


def file_name(report: Report, extension: str, title: str = "업무보고") -> str:
    """`업무보고_디지털정책관_2022-08-29.pdf`"""
    return f"{title}_{report.bureau.name}_{report.as_of}.{extension}"
