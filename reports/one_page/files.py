"""The sheet as PDF/UA-1, SVG or PNG, drawn by typst from `sheet.typ`."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from ..render import fonts
from .sheet import OnePage

TEMPLATE = Path(__file__).with_name("sheet.typ")
KINDS = {"pdf": "application/pdf", "svg": "image/svg+xml", "png": "image/png"}
POINTS_PER_INCH = 150.0  # of the PNG: 2,480 × 1,754


def draw(sheet: OnePage, kind: str) -> bytes:
    """The same bytes for the same sheet, `kind` one of KINDS. Raises fonts.FontMissing where set-up is not complete."""
    inputs = {"sheet": json.dumps(_plain(asdict(sheet)), ensure_ascii=False)}
    options: dict[str, Any] = {"format": kind, "sys_inputs": inputs}
    if kind == "pdf":
        options |= {"pdf_standards": ["ua-1"], "timestamp": datetime.combine(sheet.as_of, time(), UTC)}
    if kind == "png":
        options["ppi"] = POINTS_PER_INCH
    with fonts.compiler_lock:
        drawn: bytes = fonts.compiler(TEMPLATE).compile(**options)
        fonts.forget()
    return drawn


def _plain(value: Any) -> Any:
    match value:
        case Fraction() | Decimal():
            return round(float(value), 6)
        case date():
            return value.isoformat()
        case str():
            return fonts.drawable(value)
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    return value
