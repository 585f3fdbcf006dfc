"""What of the units can be found: names, place, duties, staff, and what is printed of a foundation."""

from collections import defaultdict

from django.urls import reverse

from seoul_digital.texts import Text, register

from . import organisation, staffing
from .models import Duty, Source, Staffing


@register
def unit_texts(reading):
    rows = Staffing.objects.of(reading.source(Source.Scope.STAFFING)).select_related("department")
    duties = defaultdict(list)
    for department, text in Duty.objects.of(reading.source(Source.Scope.DUTIES)).order_by("order").values_list("department", "text"):
        duties[department].append(text)
    for top in organisation.units(reading, staffing.strengths(list(rows), ())):
        for unit in top.walk():
            lines = [*_place(unit), *_staff(unit), *duties[unit.department.pk]]
            yield Text("부서", unit.name, reverse("departments:detail", args=[unit.slug]), "\n".join(lines))


def _place(unit):
    yield unit.note
    yield unit.printed
    yield " ".join(child.name for child in unit.children)


def _staff(unit):
    if unit.strength:
        figures = {"정원": "authorized", "현원": "headcount", **dict(staffing.SERIES)}
        yield ", ".join(f"{word} {unit.strength.stated(measure)}" for word, measure in figures.items())
