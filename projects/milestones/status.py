"""The status of a milestone on the as-of date: computed from its period and what the report records, never guessed."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.templatetags.language import with_facts
from seoul_digital.lib.periods import Period
from seoul_digital.lib.tables import STATUSES

DONE, IN_PROGRESS, PLANNED, UNDETERMINED, WARN = "done", "in_progress", "planned", "undetermined", "warn"
CONFIRM = "confirm"  # how WARN is drawn: red is for what is behind or disagrees

# The order in which pages count and list them.
KEYS = (DONE, IN_PROGRESS, PLANNED, UNDETERMINED)


@dataclass(frozen=True)
class Status:
    """`key` is one of KEYS, `warn` marks what a person has to look at (◆), `reason` gives the rule in Korean."""

    key: str
    reason: str
    warn: bool = False

    @property
    def glyph(self) -> str:
        return CONFIRM if self.warn else self.key


def status_on(
    as_of: date, period: Period, *, recorded: str = "", recorded_in: str = "", is_achievement: bool = False
) -> Status:
    """By the rules of domain.md, in their order; `recorded` is one of KEYS or empty, `recorded_in` the report's words for it."""
    if period.starts_after(as_of):
        if is_achievement:
            return Status(PLANNED, _("추진실적에 적혔으나 기준일 뒤에 시작합니다."), warn=True)
        return Status(PLANNED, _("기준일 뒤에 시작합니다."))
    if recorded:
        words = f"‘{recorded_in}’" if recorded_in else STATUSES[recorded]
        return Status(recorded, with_facts(_("적힌 상태: %(words)s"), words=words))
    if period.end_contains(as_of):
        text = _("끝(%(end)s)이 기준일을 포함해 확정할 수 없습니다.")
        return Status(UNDETERMINED, text % {"end": period.end.in_text()})
    if period.ends_before(as_of):
        if is_achievement:
            return Status(DONE, _("추진실적에 적혔고 기간이 기준일 전에 끝났습니다."))
        return Status(UNDETERMINED, _("기간이 지났으나 결과가 보고되지 않았습니다."))
    return Status(IN_PROGRESS, _lasting(period))


def _lasting(period: Period) -> str:
    if period.all_year:
        return _("연중 계속되는 일입니다.")
    if not period:
        return _("시작과 끝이 적히지 않았습니다.")
    if not period.end:
        return _("시작되었고 끝이 적히지 않았습니다.")
    if not period.start:
        return _("시작이 적히지 않았고 끝이 기준일 뒤입니다.")
    return _("기준일이 기간 안에 있습니다.")


def open_ends(period: Period) -> str:
    """`시작 미정` or `끝 미정`; nothing where both ends are given, neither is, or it goes on all year."""
    if bool(period.start) == bool(period.end):
        return ""
    return _("끝 미정") if period.start else _("시작 미정")


def word(status: Status, period: Period) -> str:
    """The status in words, with what is open or to be looked at: `예정, 끝 미정`, `예정, 확인 필요`."""
    more = STATUSES[WARN] if status.warn else open_ends(period)
    # What is done has no open question about its time.
    own = str(STATUSES[status.key])
    return own if not more or status.key == DONE else f"{own}, {more}"
