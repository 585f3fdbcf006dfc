"""Lines of a year that are of the same programmes as lines of an earlier one: by code, else by names."""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Q

from core.models import Source
from departments.models import Succession
from seoul_digital.lib.hangul import fold

from ..models import BudgetFigure, BudgetLine
from ..models.querysets import PROGRAMME


def same_lines(
    lines: Collection[BudgetLine], sources: Sequence[Source], year: int
) -> dict[int, list[BudgetLine]]:
    """By earlier line (key), those that it is in the sources: of a 세부사업 all under it, none where several programmes fit."""
    became = {line.department_id: {line.department_id} for line in lines}
    for old, new in Succession.objects.filter(predecessor__in=became).values_list("predecessor", "successor"):
        became[old].add(new)
    named = Q(detailed__in={line.detailed for line in lines if line.detailed})
    coded = Q(detailed_code__in={line.detailed_code for line in lines if line.detailed_code})
    units = set().union(*became.values())
    figures = BudgetFigure.objects.of_newest(sources).order_by().values("line")
    known = BudgetLine.objects.filter(named | coded, fiscal_year=year, department__in=units, pk__in=figures)
    candidates = list(known.select_related("department").order_by("order", "pk"))
    return {
        line.pk: _same(
            [other for other in candidates if other.department_id in became[line.department_id]], line
        )
        for line in lines
    }


def _same(candidates: Iterable[BudgetLine], line: BudgetLine) -> list[BudgetLine]:
    of_account = [other for other in candidates if _agree(other, line, "account_kind", "account_name")]
    coded = [
        other for other in of_account if line.detailed_code and other.detailed_code == line.detailed_code
    ]
    named = [
        other
        for other in of_account
        if not (line.detailed_code and other.detailed_code)
        and other.detailed
        and fold(other.detailed) == fold(line.detailed)
        and _agree(other, line, "policy", "unit")
    ]
    found = coded or named
    if len({(other.department_id, *(getattr(other, name) for name in PROGRAMME)) for other in found}) > 1:
        return []
    if not (line.object_group or line.object_name):
        return found
    object_name = fold(line.object_name)
    same = [
        other
        for other in found
        if fold(other.object_name) == object_name and _agree(other, line, "object_group")
    ]
    return same or [other for other in found if not (other.object_group or other.object_name)]


def _agree(one: BudgetLine, other: BudgetLine, *names: str) -> bool:
    """Whether both have the same names, as far as both have any."""
    pairs = ((getattr(one, name), getattr(other, name)) for name in names)
    return all(not (first and second) or fold(first) == fold(second) for first, second in pairs)
