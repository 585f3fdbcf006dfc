"""The files that a report is handed out as. A further face is one more line here."""

from collections.abc import Callable
from dataclasses import dataclass

from .document import document_of
from .render.html import to_html
from .render.hwpx import to_hwpx
from .render.pdf import to_pdf
from .report import Report
from .serial import to_json
from .workbook import to_xlsx


@dataclass(frozen=True)
class Format:
    """`write` makes the file from the report and the one before it, None where there is none."""

    content_type: str
    write: Callable[[Report, Report | None], bytes]


FORMATS = {
    "pdf": Format("application/pdf", lambda report, before: to_pdf(document_of(report, before))),
    "hwpx": Format("application/hwp+zip", lambda report, before: to_hwpx(document_of(report, before))),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
    "html": Format("text/html; charset=utf-8", lambda report, before: to_html(document_of(report, before))),
    "json": Format("application/json", lambda report, before: to_json(report).encode()),
}


def file_name(report: Report, extension: str) -> str:
    """`업무보고_디지털정책관_2022-08-29.pdf`"""
    return f"업무보고_{report.bureau.name}_{report.as_of}.{extension}"
