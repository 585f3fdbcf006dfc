"""The document as PDF/UA-1, set by typst from `report.typ`: the same bytes for the same document."""

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from . import blocks, fonts, svg

TEMPLATE = Path(__file__).with_name("report.typ")
STANDARD = "ua-1"


def to_pdf(document: blocks.Document) -> bytes:
    """Raises fonts.FontMissing where set-up is not complete."""
    data = blocks.plain(document) | {"fonts": fonts.FAMILIES, "images": _images(document)}
    inputs = {"document": json.dumps(_drawable(data), ensure_ascii=False)}
    made = datetime.combine(document.as_of, time(), UTC)
    with fonts.compiler_lock:
        printed = fonts.compiler(TEMPLATE).compile(
            format="pdf", sys_inputs=inputs, pdf_standards=[STANDARD], timestamp=made
        )
        fonts.forget()
    return printed


def _drawable(value: Any) -> Any:
    match value:
        case str():
            return fonts.drawable(value)
        case dict():
            return {key: _drawable(item) for key, item in value.items()}
        case list() | tuple():
            return [_drawable(item) for item in value]
    return value


def _images(document: blocks.Document) -> dict[str, str]:
    """Charts by their titles, as SVG."""
    charts = (
        block for chapter in document.chapters for block in chapter.blocks if isinstance(block, blocks.Bars)
    )
    return {chart.title: svg.bars(chart) for chart in charts}
