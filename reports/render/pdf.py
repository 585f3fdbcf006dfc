"""The document as PDF/UA-1, set by typst from `report.typ`: the same bytes for the same document."""

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from . import blocks, fonts, svg

TEMPLATE = Path(__file__).with_name("report.typ")
STANDARD = "ua-1"
KEPT = 10
# A compiler cannot be used by two threads at once, and two reports at once would take twice the memory.
_one_at_a_time = Lock()


def to_pdf(document: blocks.Document) -> bytes:
    """Raises fonts.FontMissing where set-up is not complete."""
    data = blocks.plain(document) | {"fonts": fonts.FAMILIES, "images": _images(document)}
    inputs = {"document": json.dumps(_drawable(data), ensure_ascii=False)}
    made = datetime.combine(document.as_of, time(), UTC)
    with _one_at_a_time:
        printed = _compiler().compile(
            format="pdf", sys_inputs=inputs, pdf_standards=[STANDARD], timestamp=made
        )
        _forget()
    return printed


def _forget() -> None:
    """typst keeps what it worked out for the next KEPT compilations, 25 MB a report: let these be empty ones."""
    for _ in range(KEPT + 1):
        _empty_compiler().compile(b".", format="pdf")


def _drawable(value: Any) -> Any:
    match value:
        case str():
            return fonts.drawable(value)
        case dict():
            return {key: _drawable(one) for key, one in value.items()}
        case list() | tuple():
            return [_drawable(one) for one in value]
    return value


def _images(document: blocks.Document) -> dict[str, str]:
    """Charts by their titles, as SVG."""
    charts = (
        block for chapter in document.chapters for block in chapter.blocks if isinstance(block, blocks.Bars)
    )
    return {chart.title: svg.bars(chart) for chart in charts}


@cache
def _empty_compiler():
    import typst

    return typst.Compiler(font_paths=fonts.loaded(), ignore_system_fonts=True)


@cache
def _compiler():
    import typst

    return typst.Compiler(
        str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts.loaded(), ignore_system_fonts=True
    )
