"""What stands beside a table or a figure: its date and its unit."""

from datetime import date

from django.utils.translation import gettext, gettext_noop

from seoul_digital.lib.periods import PartialDate

UNITS = (
    gettext_noop("원"),
    gettext_noop("천원"),
    gettext_noop("백만원"),
    gettext_noop("억 원"),
    gettext_noop("개"),
    gettext_noop("건"),
    gettext_noop("명"),
    gettext_noop("%p"),
)


def day(value: date) -> str:
    """`2022. 8. 29.`, `29 Aug 2022`"""
    return PartialDate(value.year, value.month, value.day).full()


def as_of_text(value: date) -> str:
    """`2022. 8. 29. 기준`, `as of 29 Aug 2022`"""
    return gettext("%(day)s 기준") % {"day": day(value)}


def units_text(unit: str) -> str:
    """`천원, %`, `KRW thousand, %`"""
    return ", ".join(gettext(word) for word in unit.split(", "))


def unit_text(unit: str) -> str:
    """`(단위: 천원, %)`, `(unit: KRW thousand, %)`"""
    return gettext("(단위: %(unit)s)") % {"unit": units_text(unit)}
