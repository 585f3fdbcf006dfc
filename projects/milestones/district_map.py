"""The districts that milestones list by name, on a map of tiles and in a table."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from seoul_digital.lib.charts import Chart
from seoul_digital.lib.charts.districts import (
    LIST,
    PLACES,
    DistrictGroup,
    district_tiles,
    districts_named,
    full_name,
)
from seoul_digital.lib.tables import Column, Row, Table

from .progress import MilestoneStatus


def district_figures(states: Sequence[MilestoneStatus], as_of: date | None) -> list[Chart]:
    """One, or none where no milestone lists districts."""
    listed = [
        (state, districts_named(f"{state.milestone.title}\n{state.milestone.note}")) for state in states
    ]
    listed = [(state, names) for state, names in listed if names]
    if not listed:
        return []
    groups = [
        DistrictGroup(_subject(state), names, [", ".join(filter(None, [state.word, state.printed]))])
        for state, names in listed
    ]
    title = _("자치구별 실적과 일정")
    build = partial(district_tiles, groups, _("이름이 적히지 않은 자치구"))
    rows = [
        Row([full_name(name), _subject(state), state.word, state.printed])
        for state, names in listed
        for name in names
    ]
    columns = [Column(_("자치구")), Column(_("내용"), width="wide"), Column(_("상태")), Column(_("기간"))]
    table = Table("district-rows", title, columns, rows, as_of=as_of)
    named = {name for _state, names in listed for name in names}
    sentence = _("자치구 %(all)s곳 가운데 %(named)s곳의 이름이 실적과 일정에 적혀 있습니다.") % {
        "all": len(PLACES),
        "named": len(named),
    }
    return [Chart("districts", title, sentence, build, table, as_of=as_of)]


def _subject(state: MilestoneStatus) -> str:
    """The milestone without the list of names."""
    return LIST.sub("", state.milestone.title).strip(" :()")
