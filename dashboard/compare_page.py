"""The page that compares two dates: which dates, and why they cannot be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.snapshot import Snapshot
from reports.assembly import assemble
from reports.comparison import page
from reports.comparison.compare import compare
from reports.comparison.page import ComparisonPage
from seoul_digital.lib import query_params
from seoul_digital.lib.tables import day

WORDS = {
    "from": gettext_lazy("앞의 날"),
    "to": gettext_lazy("뒤의 날"),
}  # the parameters, and what readers see them called
PAIRS_OFFERED = 6


@dataclass(frozen=True)
class AskedDates:
    """The two days, the earlier first; None where there is none to take. `error` (Korean) says what can't be read."""

    before: date | None = None
    after: date | None = None
    error: str = ""
    is_turned: bool = False


def asked_dates(parameters: Mapping[str, str], snapshot: Snapshot) -> AskedDates:
    """What the query string asks for. A later day that is left open is the date read, or the first base date after the
    earlier one; an earlier day that is left open is the base date before the later one."""
    days = [query_params.asked_date(parameters.get(name, ""), str(word)) for name, word in WORDS.items()]
    if error := next((day.error for day in days if day.error), ""):
        return AskedDates(error=error)
    before, after = (day.on for day in days)
    if not after:
        later = (known for known in reversed(snapshot.base_dates) if before and known > before)
        is_before = before is None or (snapshot.as_of and before < snapshot.as_of)
        after = snapshot.as_of if is_before else next(later, None)
    before = before or next((known for known in snapshot.base_dates if after and known < after), None)
    if before and after and before > after:
        return AskedDates(after, before, is_turned=True)
    return AskedDates(before, after)


@dataclass(frozen=True)
class Pair:
    """Two base dates that follow each other; `names` are those of the bureau on each where it became another between them."""

    before: date
    after: date
    names: tuple[str, str] = ("", "")


def known_pairs(snapshot: Snapshot) -> list[Pair]:
    """The newest first, to choose from."""
    known = snapshot.base_dates
    bureaus = {source.as_of: str(source.bureau) for source in reversed(snapshot.sources)}
    return [
        Pair(
            before,
            after,
            (bureaus[before], bureaus[after]) if bureaus[before] != bureaus[after] else ("", ""),
        )
        for before, after in list(zip(known[1:], known, strict=False))[:PAIRS_OFFERED]
    ]


def problem(asked: AskedDates, snapshot: Snapshot) -> str:
    """Why two days can't be compared, in a sentence; empty where they can."""
    if asked.error:
        return asked.error
    if asked.before is None or asked.after is None:
        return _lacking(asked, snapshot)
    if asked.before == asked.after:
        return _("같은 날을 골랐습니다. 서로 다른 두 날을 고르십시오.")
    empty = [on for on in (asked.before, asked.after) if snapshot.at(on).is_empty]
    return _("%(on)s 기준으로는 자료가 없어 견줄 수 없습니다.") % {"on": day(empty[0])} if empty else ""


def _lacking(asked: AskedDates, snapshot: Snapshot) -> str:
    if len(snapshot.base_dates) < 2:
        return _("견줄 앞선 자료가 없습니다. 기준일이 다른 자료가 둘 이상 있어야 견줄 수 있습니다.")
    if asked.after is None:
        text, on = _("기준일이 %(on)s보다 늦은 자료가 없습니다. 뒤의 날을 고르십시오."), asked.before
    else:
        text = _("기준일이 %(on)s보다 앞선 자료가 없습니다. 뒤의 날을 더 늦은 날로 고르십시오.")
        on = asked.after
    return text % {"on": day(on)}


def page_of(snapshot: Snapshot, asked: AskedDates) -> ComparisonPage:
    """Two reports of the snapshot's bureau, compared. There must be no `problem`."""
    before, after = (assemble(snapshot.at(on)) for on in (asked.before, asked.after))

    def project_url(slug: str) -> str:
        return snapshot.url("projects:detail", slug, as_of=str(asked.after))

    return page.page_of(compare(before, after), project_url)
