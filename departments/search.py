"""What of the units can be found: names, place, duties, staff, and what is printed of a foundation."""

from collections import defaultdict

from django.urls import reverse

from core.models import Source
from core.search import SearchEntry, register_search_entries
from seoul_digital.lib import amounts

from . import former, organisation, staffing
from .models import Duty, Staffing


@register_search_entries
def unit_texts(snapshot):
    rows = Staffing.objects.of(snapshot.source(Source.Scope.STAFFING)).select_related("department")
    duties = defaultdict(list)
    for department, text in (
        Duty.objects.of(snapshot.source(Source.Scope.DUTIES))
        .order_by("order")
        .values_list("department", "text")
    ):
        duties[department].append(text)
    placed, gone = former.placements_with_former(snapshot)
    for top in organisation.tree(placed, staffing.strengths(list(rows), ())):
        for unit in top.walk():
            lines = [*_place(unit), *_staff(unit), *duties[unit.department.pk]]
            yield SearchEntry("부서", unit.name, _url(unit), "\n".join(lines))
    for last in gone:
        yield SearchEntry(
            "부서", last.department.name, _url(last.department), former.sentence(last), is_past=True
        )


def _url(unit):
    return reverse("departments:detail", args=[unit.slug])


def _place(unit):
    yield unit.note
    yield unit.printed
    yield " ".join(child.name for child in unit.children)


def _staff(unit):
    if unit.strength:
        figures = {"정원": "authorized", "현원": "headcount", **dict(staffing.SERIES)}
        yield ", ".join(
            f"{word} {amounts.plain(unit.strength.stated(measure))}" for word, measure in figures.items()
        )
