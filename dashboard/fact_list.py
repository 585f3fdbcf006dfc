"""All values of a report in one list: the way to their sheets without a script, and for those who look for one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.models import Source
from core.snapshot import Snapshot
from core.stated_facts import StatedFact, fact_text, stated_facts
from projects.filters import Filter, asked, labelled
from seoul_digital.lib.hangul import Query
from seoul_digital.lib.tables import Cell, Column, Row, Table, day

ON_A_PAGE = 100


@dataclass(frozen=True)
class FactChoice:
    """What a reader asks for: `kind` is that of the table that they come from."""

    filters: list[Filter]
    words: str = ""
    kind: str = ""

    @property
    def is_any(self) -> bool:
        return bool(self.words or self.kind or any(chosen.value for chosen in self.filters))


def choice_from(parameters: Mapping[str, str]) -> FactChoice:
    return FactChoice(
        [asked(parameters, "scope", _("자료"), labelled(Source.Scope))],
        " ".join(parameters.get("q", "").split())[:100],
        parameters.get("kind", "")[:40],
    )


def chosen_facts(snapshot: Snapshot, choice: FactChoice) -> list[StatedFact]:
    query, scope = Query(choice.words), choice.filters[0].value
    return [
        fact
        for fact in stated_facts(snapshot).values()
        if (not choice.kind or fact.identity.startswith(f"{choice.kind}:"))
        and (not scope or bool(fact.source and fact.source.scope == scope))
        and (not query or query.matches(fact.label, *fact.words))
    ]


def facts_table(facts: list[StatedFact], url_of: Callable[[str], str], total: int) -> Table:
    """`total`: how many there are, of which these are a page."""
    columns = [Column(_("값"), width="wide"), Column(_("지금")), Column(_("기준일")), Column(_("자료"))]
    rows = [
        Row(
            [
                Cell(fact.label, href=url_of(fact.identity)),
                fact_text(fact),
                fact.on or (day(fact.source.as_of) if fact.source else ""),
                fact.source.get_scope_display() if fact.source else "",
            ]
        )
        for fact in facts
    ]
    title = _("모든 값 %(count)s개") % {"count": f"{total:,}"}
    empty = _("조건에 맞는 값이 없습니다.")
    return Table("facts", title, columns, rows, caption_hidden=True, empty=empty, phone="stack run")
