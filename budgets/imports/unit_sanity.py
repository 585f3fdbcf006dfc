"""Stops amounts that are about a thousand times off those in force: most likely 원 taken for 천원, or the other way round."""

from fractions import Fraction

from django.db.models import Sum

from core.models import Source
from core.plausibility.thresholds import thresholds
from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.tables import day

from ..models import BudgetFigure
from ..plausibility import UNIT_JUMP
from .comparison import Comparison


def objection(comparison: Comparison) -> str:
    """Why the amounts cannot be right as they are; '' where nothing speaks against them."""
    now, then, source = _common_totals(comparison)
    jump = thresholds()[UNIT_JUMP]
    if not now or not then or 1 / jump < abs(Fraction(now, then)) < jump:
        return ""
    times = abs(now / then)
    word = f"{times:,.0f}배" if times > 1 else f"1/{1 / times:,.0f}"
    return (
        f"확정된 자료({day(source.as_of)} 기준, {amounts.thousand(then)}천원)의 {word}인 {amounts.thousand(now)}천원이 됩니다. "
        f"파일의 단위가 {quoted(comparison.source.unit, '이/가')} 아닌 것 같습니다."
    )


def _common_totals(comparison):
    """The totals of the groups that both have: of the sources that the draft follows, else of the newest of any year."""
    groups = {row["name"]: row for row in comparison.groups if row["before"] and row["after"]}
    if groups:
        return (
            sum(row["after"] for row in groups.values()),
            sum(row["before"] for row in groups.values()),
            comparison.before[0],
        )
    if comparison.is_revenue:
        return 0, 0, None
    of_lineage = Source.objects.in_force().of_lineage(comparison.source.bureau)
    other = of_lineage.filter(scope=comparison.source.scope).newest_first().first()
    if other is None:
        return 0, 0, None
    then = BudgetFigure.objects.filter(source=other)
    now = comparison.now.filter(line__department__in=then.values("line__department"))
    then = then.filter(line__department__in=comparison.now.values("line__department"))
    return _total(now), _total(then), other


def _total(figures):
    return figures.aggregate(total=Sum("current"))["total"] or 0
