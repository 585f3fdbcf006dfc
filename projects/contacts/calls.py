"""How a phone of a project's people line is dialled: the extension as printed, what it lacks from the line and the bureau."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..models import Contact

_PHONE = re.compile(r"(?:(0\d{1,2})-)?(?:(\d{3,4})-)?(\d{4})")


@dataclass(frozen=True)
class Call:
    """`number` is whole, with its area code; `added` says what the report does not print of it."""

    number: str
    added: str = ""

    @property
    def note(self) -> str:
        call = _("%(number)s번으로 전화합니다.") % {"number": self.number}
        return f"{call} {self.added}" if self.added else call


def call_of(printed: str, exchange: str, area_code: str) -> Call | None:
    """None where the area code or the exchange is unknown, or the text is no single number."""
    match = _PHONE.fullmatch(printed.strip())
    if not match:
        return None
    own_area, own_exchange, extension = match.groups()
    area, local = own_area or area_code, own_exchange or exchange
    if not area or not local:
        return None
    return Call(f"{area}-{local}-{extension}", _added(bool(own_exchange), bool(own_area)))


def _added(has_exchange: bool, has_area: bool) -> str:
    if not has_exchange and not has_area:
        return _("보고서에 없는 국번을 같은 줄의 첫 번호에서, 지역번호를 국·정책관의 것으로 채웠습니다.")
    if not has_exchange:
        return _("보고서에 없는 국번을 같은 줄의 첫 번호에서 채웠습니다.")
    return "" if has_area else _("보고서에 없는 지역번호를 국·정책관의 것으로 채웠습니다.")


def exchange_of(contacts: Sequence[Contact]) -> str:
    """That of the first number of the line that prints one."""
    matches = (_PHONE.fullmatch(contact.phone.strip()) for contact in contacts)
    return next((match[2] for match in matches if match and match[2]), "")


def people_of(contacts: Sequence[Contact], area_code: str) -> list[tuple[Contact, Call | None]]:
    """The people of one line with how each is called."""
    exchange = exchange_of(contacts)
    return [(contact, call_of(contact.phone, exchange, area_code)) for contact in contacts]
