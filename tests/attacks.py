"""Small files that are dear to read, and what a request costs the process that answers it."""

import io
import resource
import time
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 1 << 20


def workbook(sheet, **parts):
    """A workbook of openpyxl with another first sheet and further parts."""
    book, out = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(book)
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, sheet if name == SHEET else source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def sheet_of(rows="", after=""):
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def merged_ranges():
    ranges = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 1_000_001))
    return workbook(sheet_of(CELL, f"<mergeCells>{ranges}</mergeCells>"))


def many_sheets():
    extra = {f"xl/worksheets/sheet{number}.xml": sheet_of(CELL) for number in range(2, 1_900)}
    return workbook(sheet_of(CELL), **extra)


CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
# What each makes, and its extension. The texts vary, lest they look like a zip bomb.
ATTACKS = {
    "an unclosed cell": (lambda: workbook(sheet_of("<c " + "c:<c " * 600_000)), "xlsx"),
    "a million merged ranges": (merged_ranges, "xlsx"),
    "many attributes": (
        lambda: workbook(
            sheet_of("<row " + " ".join(f'a{number}="{number * 7919}"' for number in range(800_000)) + "/>")
        ),
        "xlsx",
    ),
    "deep XML": (
        lambda: workbook(sheet_of("".join(f"<a{number * 7919 % 9973}>" for number in range(400_000)))),
        "xlsx",
    ),
    "1,900 sheets": (many_sheets, "xlsx"),
    "ten megabytes of commas": (lambda: b"," * (10 * MEGABYTE - 9) + b"\n1", "csv"),
    "a million rows": (lambda: b"a,b\n" + b"1,2\n" * 2_000_000, "csv"),
    "three million objects": (lambda: b"[" + b"{}," * 3_000_000 + b"{}]", "json"),
}


@dataclass
class Cost:
    megabytes: float = 0.0
    processor: float = 0.0
    seconds: float = 0.0


@contextmanager
def cost():
    """Of what happens in this process meanwhile; its children count for the seconds alone."""
    found, started, begun = Cost(), time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before = _status("VmRSS")
    yield found
    spent = resource.getrusage(resource.RUSAGE_SELF)
    found.megabytes = (_status("VmHWM") - before) / 1024
    found.processor = spent.ru_utime + spent.ru_stime - begun.ru_utime - begun.ru_stime
    found.seconds = time.monotonic() - started


def _status(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1])
