"""Indicators as tables: the tree by indentation, figures as printed, each with the time that it speaks of."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.language import counted, join_facts, with_facts
from seoul_digital.lib import amounts
from seoul_digital.lib.charts.row_bars import ShareAxis, shares
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.tables import Cell, Column, Record, Row, Table

from ..models import Measurement, Target
from .comparable_groups import comparable_groups
from .tree import BASE_DATE, Entry, Statement, exact, flat

TOP_VALUES = 3
BAR_NOTE = gettext_lazy(
    "막대는 목표가 있으면 목표를, 나눈 값은 전체를, 견줄 값이 있으면 그 가운데 가장 큰 값을 100으로 보고 그렸습니다."
)
SHARE_NOTE = gettext_lazy("비중은 더하면 전체가 되는 지표에서 맨 위 지표를 100으로 본 비율입니다.")
BASE_DATE_NOTE = gettext_lazy("때가 ‘기준일’인 값은 글에 때가 따로 적히지 않은 값입니다.")
OTHER_STATEMENT_NOTE = gettext_lazy(
    "◆는 같은 값이 곳에 따라 다르게 적혔거나, 더한 값이 적힌 값과 다르다는 표시입니다."
)
_BARE_NUMBER = re.compile(r"[0-9][0-9,.]*")


@dataclass(frozen=True)
class IndicatorLine:
    """A line of the table: an indicator at its newest, or one of its earlier times below it. `bar`: its share of what it is drawn against."""

    entry: Entry
    statement: Statement | None
    depth: int
    is_earlier: bool = False
    bar: Fraction | None = None

    def fact(self, kind: str) -> str:
        """The identity of what a cell of the line states."""
        time = f"@{self.statement.on}" if self.is_earlier and self.statement else ""
        return f"{kind}:{self.entry.indicator.slug}{time}"


@dataclass(frozen=True)
class IndicatorField:
    """A column, what it shows of a line, and whether it is left out where no line has anything for it."""

    name: str
    label: Promise
    cell: Callable[[IndicatorLine], Any]
    kind: str = "text"
    width: str = ""
    only: str = ""
    optional: bool = False

    @property
    def column(self) -> Column:
        return Column(str(self.label), self.kind, width=self.width, only=self.only)


def lines_of(roots: Sequence[Entry]) -> Iterator[IndicatorLine]:
    bars = bars_of(roots)
    for root in roots:
        for entry, depth in root.walk():
            yield IndicatorLine(entry, entry.latest, depth, bar=bars.get((entry.indicator.pk, entry.latest)))
            for statement in reversed(entry.series[:-1]):
                bar = bars.get((entry.indicator.pk, statement))
                yield IndicatorLine(entry, statement, depth + 1, is_earlier=True, bar=bar)


def bars_of(roots: Sequence[Entry]) -> dict[tuple[int, Statement | None], Fraction | None]:
    """What rows draw: a share of the target, else of the whole, else of the largest among its times or those that compare with it."""
    bars: dict[tuple[int, Statement | None], Fraction | None] = {}
    for group in comparable_groups(roots):
        values = shares([member.value for member in group.members])
        bars |= {(m.indicator.pk, m.latest): share for m, share in zip(group.members, values, strict=True)}
    for entry in flat(roots):
        key = entry.indicator.pk
        if len(entry.series) > 1:
            times = shares([statement.value for statement in entry.series])
            bars |= {(key, statement): share for statement, share in zip(entry.series, times, strict=True)}
        if entry.whole is not entry:
            bars[key, entry.latest] = entry.share
        if entry.achieved is not None:
            bars[key, entry.latest] = entry.achieved
    return bars


def with_unit(printed: str, unit: str) -> str:
    """A bare number with its unit: `3,329대`; what is printed otherwise says it already, or says it in words."""
    return printed + unit if _BARE_NUMBER.fullmatch(printed) else printed


def _value(line: IndicatorLine) -> Cell:
    statement = line.statement
    if statement is None:
        return Cell(None)
    other = _("◆ %(place)s에는 %(printed)s")
    lines = [
        with_facts(other, place=place or _("다른 곳"), printed=printed) for place, printed in statement.others
    ]
    computed = None if line.is_earlier else line.entry.computed
    record = Record(Measurement, statement.key, "value") if statement.key else None
    return Cell(
        statement.value,
        printed=with_unit(statement.printed, line.entry.indicator.unit),
        computed=computed,
        warn=statement.disagrees,
        lines=lines,
        record=record,
        fact=line.fact("measurement"),
    )


def _share(line: IndicatorLine) -> Any:
    share = None if line.is_earlier else line.entry.share
    return None if share is None else Cell(share, fact=line.fact("share"))


def _target(line: IndicatorLine) -> Cell | None:
    target = line.entry.target
    if line.is_earlier or not target:
        return None
    record = Record(Target, target.pk, "value")
    return Cell(exact(target.value), printed=target.printed, record=record, fact=line.fact("target"))


def _due(line: IndicatorLine) -> Cell | str:
    target = line.entry.target
    if line.is_earlier or not target or not target.due:
        return ""
    return Cell(PartialDate.parse(target.due).in_text(), fact=line.fact("due"))


def unreached_reason(entry: Entry) -> str:
    """Why what is printed as 100.0 % and more is not reached."""
    achieved = entry.achieved
    if achieved is None or entry.is_reached or amounts.rounded(achieved, 1) < 100:
        return ""
    if achieved < 100:
        return _("반올림한 값으로, 목표에 못 미칩니다")
    return _("값의 때가 기준일 뒤까지라 이르지 않은 것으로 봅니다")


def _places(line: IndicatorLine) -> str:
    targets = [] if line.is_earlier else [target.place for target in line.entry.targets]
    places = line.statement.places if line.statement else ()
    return ", ".join(dict.fromkeys(place for place in (*places, *targets) if place))


FIELDS = (
    IndicatorField(
        "name",
        gettext_lazy("지표"),
        lambda line: line.statement.when if line.is_earlier else line.entry.indicator.name,
        width="wide",
    ),
    IndicatorField("value", gettext_lazy("값"), _value, "decimal"),
    IndicatorField("bar", gettext_lazy("견줌"), lambda line: line.bar, "row_bar", only="page"),
    IndicatorField(
        "unit",
        gettext_lazy("단위"),
        lambda line: line.entry.indicator.unit,
        only="file",
        optional=True,
    ),
    IndicatorField(
        "when",
        gettext_lazy("때"),
        lambda line: Cell(line.statement.when, fact=line.fact("measured")) if line.statement else "",
    ),
    IndicatorField(
        "kind",
        gettext_lazy("성격"),
        lambda line: "" if line.is_earlier else line.entry.indicator.get_kind_display(),
        width="narrow",
    ),
    IndicatorField("share", gettext_lazy("비중"), _share, "percent", optional=True),
    IndicatorField("target", gettext_lazy("목표"), _target, "decimal", optional=True),
    IndicatorField("due", gettext_lazy("기한"), _due, optional=True),
    IndicatorField(
        "achieved",
        gettext_lazy("달성률"),
        lambda line: (
            None
            if line.is_earlier or line.entry.achieved is None
            else Cell(
                line.entry.achieved,
                lines=list(filter(None, [unreached_reason(line.entry)])),
                fact=line.fact("achieved"),
            )
        ),
        "percent",
        optional=True,
    ),
    IndicatorField("places", gettext_lazy("적힌 곳"), _places),
)
OF_TARGETS = {"target", "due", "achieved"}


def indicator_table(
    groups: Sequence[tuple[str, str, Sequence[Entry]]],
    as_of: date | None,
    *,
    judged_on: date | None = None,
    whole_lines: int = 0,
    targets_apart: bool = False,
) -> Table:
    """`groups`: a heading, its link and the indicators under it, which make a layer. `whole_lines`: whole trees stand up to so many lines.

    `targets_apart`: where the page shows targets by themselves, so that this table has them in its file alone.
    """
    lines = [line for _heading, _href, roots in groups for line in lines_of(roots)]
    fields = [
        field
        for field in FIELDS
        if not field.optional or any(field.cell(line) not in (None, "") for line in lines)
    ]
    columns = [
        replace(field.column, only="file") if targets_apart and field.name in OF_TARGETS else field.column
        for field in fields
    ]
    rows, fold = _rows(groups, fields, judged_on, whole_lines)
    return Table(
        "indicators",
        _("지표"),
        columns,
        rows,
        as_of=as_of,
        notes=_notes(lines),
        caption_hidden=True,
        empty=_("조건에 맞는 지표가 없습니다."),
        axis=ShareAxis(),
        fold=fold,
    )


def _rows(
    groups: Sequence[tuple[str, str, Sequence[Entry]]],
    fields: Sequence[IndicatorField],
    judged_on: date | None,
    whole_lines: int,
) -> tuple[list[Row], str]:
    """The rows under their headings, and what the last group folds."""
    rows: list[Row] = []
    fold = ""
    for number, (heading, href, roots) in enumerate(groups, start=1):
        standing = _standing(roots, judged_on, whole_lines)
        fold = fold_text(roots, standing)
        if heading:
            cells = [heading, *[None] * (len(fields) - 1)]
            known, anchor = len(flat(roots)), f"indicators-{number}"
            counts = counted("지표 %(count)s개", known) % {"count": known}
            rows.append(Row(cells, 0, False, href, True, anchor, True, counts, fold))
        for line in lines_of(roots):
            stands = line.entry.indicator.pk in standing
            cells = [field.cell(line) for field in fields]
            rows.append(Row(cells, level=min(line.depth, 2), stands=stands))
    return rows, fold


def _standing(roots: Sequence[Entry], judged_on: date | None, whole_lines: int) -> set[int]:
    """Indicators that are not folded: what has to be seen; of a project its targets, too, and the first trees as a whole."""
    standing = {
        entry.indicator.pk
        for entry in flat(roots)
        if entry.stands_on(judged_on) or (whole_lines and entry.target)
    }
    lines = 0
    for root in roots if whole_lines else ():
        lines += len(list(lines_of([root])))
        if lines > whole_lines and root is not roots[0]:
            break
        standing |= {entry.indicator.pk for entry in flat([root])}
    return standing


def fold_text(roots: Sequence[Entry], standing: set[int]) -> str:
    """The first values of what is folded, and how many more there are."""
    rest = [root for root in roots if root.indicator.pk not in standing][:TOP_VALUES]
    more = sum(entry.indicator.pk not in standing for entry in flat(roots)) - len(rest)
    top = join_facts(" · ", [join_facts(" ", [root.indicator.name, value_text(root)]) for root in rest])
    if top and more:
        return with_facts(_("%(top)s 외 %(more)s개"), top=top, more=more)
    return top if top else _("그 밖의 %(more)s개") % {"more": more}


def value_text(entry: Entry) -> str:
    """Its newest value, else its target."""
    unit = entry.indicator.unit
    if entry.latest:
        return with_unit(entry.latest.printed, unit)
    if not entry.target:
        return ""
    return with_facts(_("목표 %(target)s"), target=with_unit(entry.target.printed, unit))


def targets_table(found: Sequence[Entry], as_of: date | None) -> Table:
    """The newest value of each indicator beside its target."""
    fields = [field for field in FIELDS if field.name in {"name", "value", "when", *OF_TARGETS}]
    rows = [Row([field.cell(IndicatorLine(entry, entry.latest, 0)) for field in fields]) for entry in found]
    return Table(
        "targets", _("목표"), [field.column for field in fields], rows, as_of=as_of, caption_hidden=True
    )


def _notes(lines: Sequence[IndicatorLine]) -> list[str]:
    notes = []
    if any(line.bar is not None for line in lines):
        notes.append(str(BAR_NOTE))
    if any(line.statement and line.statement.when == BASE_DATE for line in lines):
        notes.append(str(BASE_DATE_NOTE))
    if any(_share(line) is not None for line in lines):
        notes.append(str(SHARE_NOTE))
    if any(line.entry.disagrees for line in lines):
        notes.append(str(OTHER_STATEMENT_NOTE))
    return notes
