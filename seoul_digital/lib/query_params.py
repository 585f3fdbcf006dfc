"""The as-of date in the query string."""

import re
from dataclasses import dataclass
from datetime import date

from seoul_digital.lib.hangul import quoted

from .periods import iso_text

PARAMETER = "as_of"
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Pages count on from the date and back from it, which the calendar's own ends would not allow.
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


@dataclass(frozen=True)
class AskedDate:
    """`on` is None where nothing was asked for, or where `error` (Korean) says why it can't be read."""

    on: date | None = None
    error: str = ""


def asked_date(text: str, word: str = "기준일") -> AskedDate:
    """`word` names the field in the error about a text that is no date."""
    text = text.strip()
    if not text:
        return AskedDate()
    try:
        if _ISO.fullmatch(written := iso_text(text)):
            on = date.fromisoformat(written)
            if _FIRST_YEAR <= on.year <= _LAST_YEAR:
                return AskedDate(on)
            reason = f"{_FIRST_YEAR}년부터 {_LAST_YEAR}년까지의 날짜를 적어 주세요."
        else:
            reason = "2022-08-29처럼 연-월-일로 적어 주세요."
    except ValueError:
        reason = "달력에 없는 날짜입니다."
    return AskedDate(error=f"{word} {quoted(text[:40], '을/를')} 읽을 수 없습니다. {reason}")
