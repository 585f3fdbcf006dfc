"""Drill-down of a department's budget: policy, unit and detailed programmes with their execution."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.language import join_facts, with_facts
from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import with_particle
from seoul_digital.lib.tables import Cell, Column, Row, Table

from ..models.querysets import BudgetFigureQuerySet
from .last_execution import execution_notes

LEVELS = {
    "policy": gettext_lazy("정책사업"),
    "unit": gettext_lazy("단위사업"),
    "detailed": gettext_lazy("세부사업"),
}
UNNAMED = gettext_lazy("(이름 없음)")
LONGEST = 160


@dataclass(frozen=True)
class DrilldownPath:
    """The names chosen so far, by level. A level that the file has no names for is left out."""

    chosen: Mapping[str, str]

    @classmethod
    def from_query(cls, parameters):
        return cls({level: parameters[level][:LONGEST] for level in LEVELS if level in parameters})

    @property
    def levels_below(self) -> list[str]:
        """Levels under the deepest that is chosen."""
        names = list(LEVELS)
        deepest = max((names.index(level) for level in self.chosen), default=-1)
        return names[deepest + 1 :]

    @property
    def path(self) -> list[tuple[str, dict]]:
        """Each name chosen, with what is chosen up to it."""
        levels = list(self.chosen)
        return [
            (
                self.chosen[level] or str(UNNAMED),
                {upper: self.chosen[upper] for upper in levels[: number + 1]},
            )
            for number, level in enumerate(levels)
        ]

    @property
    def name(self) -> str:
        return self.path[-1][0] if self.chosen else ""

    def below(self, level, name) -> dict:
        return {**self.chosen, level: name}


@dataclass(frozen=True)
class Sum:
    """The sums of the lines of one name, in 원; None where a part is unknown."""

    name: str
    current: int
    committed: int | None
    disbursed: int | None
    lines: int
    executed_of: int | None = None  # the budget of the day of the execution, where that is another

    @property
    def rate(self):
        return amounts.rate(self.committed, self.budget_executed)

    @property
    def budget_executed(self):
        return self.current if self.executed_of is None else self.executed_of

    @property
    def unexecuted(self):
        return None if self.committed is None else self.budget_executed - self.committed


def sums(figures, level, executed=None) -> list[Sum]:
    """A row a programme of the level; `executed` are the figures that tell the execution, where those do not themselves."""
    name = f"line__{level}"
    known = {row[name]: row for row in executed.by_level(level)} if executed is not None else {}
    return [
        Sum(
            row[name],
            row["total_current"],
            known.get(row[name], row)["total_committed"],
            known.get(row[name], row)["total_disbursed"],
            row["lines"],
            known[row[name]]["total_current"] if row[name] in known else None,
        )
        for row in figures.by_level(level)
    ]


def whole(parts) -> Sum:
    def total(values):
        values = list(values)
        return None if None in values else sum(values)

    names = ("current", "committed", "disbursed", "lines")
    values = {name: total(getattr(part, name) for part in parts) for name in names}
    return Sum(_("계"), **values, executed_of=sum(part.budget_executed for part in parts))


def programmes_table(title, level, sums, summary, urls, row, is_whole):
    """A row a programme of the department's `row` under the total, which is that row where the table `is_whole`.

    `urls` by name lead below them. Execution only where there is any.
    """
    pace = summary.pace_of(row)
    executed = any(part.committed is not None for part in sums)
    disbursed = any(part.disbursed is not None for part in sums)
    columns = [
        Column(str(LEVELS[level])),
        Column(_("예산현액"), "thousand"),
        *([Column(_("원인행위액"), "thousand"), Column(_("집행률\n(원인행위)"), "bar")] if executed else []),
        *([Column(_("지출액"), "thousand")] if disbursed else []),
        *([Column(_("집행잔액\n(원인행위 기준)"), "thousand")] if executed else []),
        Column(_("줄"), "count"),
    ]
    figures = summary.figures(row) if is_whole else {}
    total = Row(_total_cells(row, whole(sums), executed, disbursed, figures, pace), total=True)
    rows = [total, *(Row(_cells(part, executed, disbursed, urls[part.name], pace)) for part in sums)]
    return Table(
        "programmes",
        join_facts(" ", [title, str(LEVELS[level])]),
        columns,
        rows,
        unit=_("천원, %") if executed else _("천원"),
        as_of=summary.as_of,
        notes=_notes(row, executed),
        pace=pace if executed else None,
        caption_hidden=True,
    )


def _notes(row, executed):
    """Of which day the execution is; that it is not shown where the accounts of a department have it of several."""
    if row.is_mixed and row.committed is None:
        return [
            _(
                "※ 집행액의 기준일이 회계마다 달라 사업별로 더하지 않았습니다. 줄마다의 집행액은 아래 세출 내역에 있습니다."
            )
        ]
    return execution_notes([row]) if executed else []


def _total_cells(row, total, executed, disbursed, figures, pace):
    """`figures`: what is printed of the department's `row`, where the total is all of it."""
    cells, own = _cells(total, executed, disbursed, "", pace), f"expenditure:{row.subject}"
    if figures:
        cells[1] = Cell.of(figures["current"], fact=f"{own}/current")
    if figures and executed:
        rate = Cell.of(figures["rate"], pace=pace, fact=f"{own}/rate")
        cells[2:4] = Cell.of(figures["committed"], fact=f"{own}/committed"), rate
    return cells


def _cells(part, executed, disbursed, href, pace):
    return [
        Cell(part.name or str(UNNAMED), href=href),
        part.current,
        *([part.committed, Cell(part.rate, pace=pace)] if executed else []),
        *([part.disbursed] if disbursed else []),
        *([part.unexecuted] if executed else []),
        part.lines,
    ]


def sentence(level, sums, pace):
    """`정책사업 5개 가운데 2개가 진도선에 못 미칩니다. 남은 집행잔액은 ‘가’에 가장 많습니다.`"""
    rated = [part for part in sums if part.rate is not None]
    if not rated:
        return _counted(level, _("%(level_topic)s %(count)s개이고, 집행액은 이 자료에 없습니다."), sums)
    behind = [part for part in rated if amounts.is_behind(part.rate, pace)]
    if not pace:
        text = _counted(level, _("%(level)s %(count)s개의 집행액이 있습니다."), rated)
    elif behind:
        text = _("%(level)s %(count)s개 가운데 %(behind)s개가 진도선에 못 미칩니다.")
        text = _counted(level, text, rated, behind)
    else:
        text = _counted(level, _("%(level)s %(count)s개가 모두 진도선 이상입니다."), rated)
    most = max(rated, key=lambda part: part.unexecuted)
    if most.unexecuted <= 0 or len(rated) == 1:
        return text
    left = with_facts(
        _("집행잔액은 ‘%(name)s’에 가장 많이 남아 있습니다(%(money)s)."),
        name=most.name or str(UNNAMED),
        money=amounts.won_text(most.unexecuted),
    )
    return join_facts(" ", [text, left])


def _counted(level, text, sums, behind=()):
    return text % {
        "level": LEVELS[level],
        "level_topic": with_particle(LEVELS[level], "은/는"),
        "count": f"{len(sums):,}",
        "behind": f"{len(behind):,}",
    }


def path_lead(
    path: DrilldownPath,
    figures: BudgetFigureQuerySet,
    pace: Fraction | None,
    executed: BudgetFigureQuerySet | None = None,
) -> str:
    """`예산현액 12.3억 원 가운데 56.5%를 집행(원인행위)했습니다. 진도선은 66.0%입니다.` of what is below the department."""
    deepest = list(path.chosen)[-1]
    row = sums(figures, deepest, executed)[0]
    if row.rate is None:
        text = _("예산현액 %(budget)s이고, 집행액은 이 자료에 없습니다.")
    elif row.budget_executed == row.current:
        text = _("예산현액 %(budget)s 가운데 %(rate_object)s 집행(원인행위)했습니다.")
    else:
        text = _(
            "예산현액 %(budget)s입니다. 집행액의 기준일에는 %(executed)s 가운데 %(rate_object)s 집행(원인행위)했습니다."
        )
    rate = amounts.percent(row.rate)
    text %= {
        "budget": amounts.won_text(row.current),
        "executed": amounts.won_text(row.budget_executed),
        "rate": rate,
        "rate_object": with_particle(rate, "을/를"),
    }
    if pace is None or row.rate is None:
        return text
    return f"{text} {_('진도선은 %(pace)s입니다.') % {'pace': amounts.percent(pace * 100)}}"
