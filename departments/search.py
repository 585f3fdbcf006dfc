"""What of the units can be found: names, place, duties, staff, and what is printed of a foundation."""

from collections import defaultdict

from core.models import Source
from core.search import SearchEntry, register_search_entries
from core.snapshot import address
from seoul_digital.lib import amounts

from . import former, organisation, staffing
from .staffing import AUTHORIZED, HEADCOUNT


@register_search_entries(
    Source.Scope.ORGANISATION,
    Source.Scope.DUTIES,
    Source.Scope.STAFFING,
    rows=[organisation.duties_in_force, former.placements_with_former, staffing.summary],
)
def unit_texts(snapshot):
    duties = defaultdict(list)
    for duty in organisation.duties_in_force(snapshot):
        duties[duty.department_id].append(duty.text)
    placed, gone = former.placements_with_former(snapshot)
    for top in organisation.tree(placed, staffing.summary(snapshot)):
        for unit in top.walk():
            children = " ".join(child.name for child in unit.children)
            lines = [unit.note, unit.printed, children, *_staff(unit), *duties[unit.department.pk]]
            yield SearchEntry(
                "부서",
                unit.name,
                _url(unit),
                "\n".join(lines),
                scope=Source.Scope.ORGANISATION,
                name_english=unit.department.name_english,
            )
    for last in gone:
        yield SearchEntry(
            "부서", last.department.name, _url(last.department), former.sentence(last), is_past=True
        )


def _url(unit):
    return address("departments:detail", unit.slug)


def _staff(unit):
    if unit.staff:
        figures = {"정원": AUTHORIZED, "현원": HEADCOUNT, **{name: name for name in unit.staff.counts}}
        yield ", ".join(
            f"{word} {unit.staff.figure(measure).text(amounts.plain)}" for word, measure in figures.items()
        )
