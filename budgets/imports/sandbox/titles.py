"""Title rows above a header: the table's heading, units, fiscal year and department."""

import re
from collections.abc import Sequence
from typing import Any

from .. import fields

LONGEST_HEADING = 200
LONGEST_NAME = 80
YEAR = r"(199\d|20\d\d)"
FISCAL_YEAR = re.compile(
    rf"(?<!\d){YEAR}\s*(?:회계)?\s*[연년]도|[연년]도\s*[:：]?\s*{YEAR}(?!\d)|(?<!\d){YEAR}\s*년\s*(?:도)?\s*(?:제\d+회\s*)?(?:추경|예산|세입|세출)"
)
DEPARTMENT = re.compile(r"(?:부서|부서명|실과|실과명|소관)\s*[:：]\s*(?P<path>\S.*)")


def heading(above: Sequence) -> str:
    return next(_texts(above), "")[:LONGEST_HEADING]


def units(above: Sequence) -> dict[str, str]:
    """Units by the row that declares them."""
    found = ((number, fields.DECLARED_UNIT.search(str(cell))) for number, cells in above for cell in cells)
    return {f"{number}행": unit[1] for number, unit in found if unit}


def values_in_titles(above: Sequence) -> dict[str, object]:
    """`fiscal_year` and `department` (its name) as far as the titles say them, once."""
    years = {
        int(next(filter(None, groups))) for text in _texts(above) for groups in FISCAL_YEAR.findall(text)
    }
    names = {
        match["path"].split(">")[-1].strip()[:LONGEST_NAME]
        for text in _texts(above)
        if (match := DEPARTMENT.search(text))
    }
    found: dict[str, set[Any]] = {"fiscal_year": years, "department": names - {""}}
    return {name: next(iter(values)) for name, values in found.items() if len(values) == 1}


def _texts(above):
    return (text for _, cells in above for cell in cells if (text := " ".join(str(cell).split())))
