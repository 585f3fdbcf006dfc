"""The as-of date in the query string."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from seoul_digital.lib.hangul import quoted

from .periods import iso_text

PARAMETER = "as_of"
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Pages count on from the date and back from it, which the calendar's own ends would not allow.
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


@dataclass(frozen=True)
class AskedDate:
    """`on` is None where nothing was asked for, or where `error` says why it can't be read."""

    on: date | None = None
    error: str = ""


def asked_date(text: str, word: str = "") -> AskedDate:
    """`word` names the field in the error about a text that is no date, which English leaves out: it may be Korean."""
    text = text.strip()
    if not text:
        return AskedDate()
    try:
        if _ISO.fullmatch(written := iso_text(text)):
            on = date.fromisoformat(written)
            if _FIRST_YEAR <= on.year <= _LAST_YEAR:
                return AskedDate(on)
            ends = {"first": _FIRST_YEAR, "last": _LAST_YEAR}
            reason = _("%(first)s년부터 %(last)s년까지의 날짜를 적어 주세요.") % ends
        else:
            reason = _("2022. 8. 29.처럼 연, 월, 일을 적어 주세요.")
    except ValueError:
        reason = _("달력에 없는 날짜입니다.")
    named = {"word": word or _("기준일"), "text_object": quoted(text[:40], "을/를")}
    return AskedDate(error=f"{_('%(word)s %(text_object)s 읽을 수 없습니다.') % named} {reason}")
