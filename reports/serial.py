"""A Report as JSON and back, exactly: what an edition publishes and what its hash is taken of.

The types are told by the dataclasses, so the text holds no more than names and values. Dates, decimals and fractions
stand as text: `"2022-08-29"`, `"80.8"`, `"241/365"`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from seoul_digital.lib.periods import PartialDate

from .chapters import CHAPTERS
from .report import Report

FORMAT = 2
_type_hints = cache(get_type_hints)
_FROM_TEXT: dict[Any, Callable[[str], Any]] = {
    date: date.fromisoformat,
    Decimal: Decimal,
    Fraction: Fraction,
    PartialDate: PartialDate.parse,
}


def to_json(report: Report) -> str:
    """The same text for the same report."""
    values = {"format": FORMAT, "report": _plain(report)}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Report:
    """Raises ValueError for what `to_json` did not write; fields that came later than the text get their defaults."""
    held = json.loads(text)
    if not isinstance(held, dict) or held.get("format") != FORMAT:
        written = held.get("format") if isinstance(held, dict) else None
        raise ValueError(f"이 프로그램이 읽는 보고서 형식({FORMAT})이 아닙니다: {written or '형식 없음'}")
    try:
        values = dict(held["report"])
        chapters = _chapters(values.pop("chapters"))
        report: Report = _typed(Report, values)
        return replace(report, chapters=chapters)
    except (ArithmeticError, AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"보고서를 읽을 수 없습니다: {error}") from error


def _chapters(held: Mapping[str, Any]) -> dict[str, Any]:
    known = {chapter.key: chapter.data for chapter in CHAPTERS}
    if unknown := held.keys() - known.keys():
        raise ValueError(f"이 프로그램이 모르는 갈래가 보고서에 있습니다: {', '.join(sorted(unknown))}")
    return {key: _typed(known[key], value) for key, value in held.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if type(value) in _FROM_TEXT:
        return str(value)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _typed(kind: Any, value: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        if value is None:
            return None
        kinds = [member for member in get_args(kind) if member is not type(None)]
        if len(kinds) > 1:
            return _number_or_word(value)
        kind = kinds[0]
    if get_origin(kind) is tuple:
        return tuple(_typed(get_args(kind)[0], item) for item in value)
    if kind in _FROM_TEXT:
        return _FROM_TEXT[kind](value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _type_hints(kind)
        return kind(**{name: _typed(hints[name], item) for name, item in value.items()})
    return value


def _number_or_word(value: Any) -> Any:
    """A figure's value: a whole number stands as itself, the others as text: `4820/73`, `66.90`, `순증`."""
    if not isinstance(value, str):
        return value
    try:
        return Fraction(value) if "/" in value else Decimal(value)
    except (ArithmeticError, ValueError):
        return value
