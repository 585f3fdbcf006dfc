"""The number that a printed form speaks of: `28,006대`, `1.7만명`, `35만3천권`, `120여명`, `86억 1,700만원`, `십만개/km2`, `△34.0%`, `1/10`."""

import re
from decimal import Decimal

_UNITS = {"십": 10, "백": 100, "천": 1_000, "만": 10_000, "억": 100_000_000}
_NUMBER = r"[0-9][0-9,]*+(?:\.[0-9]++)?+"
_SPOKEN = re.compile(
    rf"(?P<sign>△?)(?P<parts>(?:{_NUMBER}\s?[십백천만억]*(?:(?<=[만억])\s(?=[0-9]))?)+|[십백천만억]+)"
)
_PART = re.compile(rf"(?P<digits>{_NUMBER})?\s?(?P<units>[십백천만억]*)")
_RATIO = re.compile(r"\A([0-9]+)/([0-9]+)")


def number_in(text: str) -> Decimal | None:
    """The first number of the text, None where it has none (순증, a list of names). `-` alone is zero."""
    text = text.strip()
    if text == "-":
        return Decimal(0)
    if ratio := _RATIO.fullmatch(text):
        return Decimal(ratio[1]) / Decimal(ratio[2])
    spoken = _SPOKEN.search(text)
    if not spoken:
        return None
    value = sum((_part(*part) for part in _PART.findall(spoken["parts"]) if any(part)), Decimal(0))
    return -value if spoken["sign"] else value


def _part(digits: str, units: str) -> Decimal:
    value = Decimal(digits.replace(",", "")) if digits else Decimal(1)
    for unit in units:
        value *= _UNITS[unit]
    return value
