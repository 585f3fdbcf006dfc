"""In which bureau's tree a unit stands on a date."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from core.models import Source

from .models import Department, Placement, Succession


def bureaus_by_unit(on: date) -> Mapping[int, set[int]]:
    """Bureaus (keys) in whose tree each unit stands on the date; of a unit that no tree of then has, those of the first tree after."""
    before: dict[int, Source] = {}
    after: dict[int, Source] = {}
    trees = Source.objects.in_force().filter(scope=Source.Scope.ORGANISATION).newest_first()
    for source in trees:
        if source.as_of <= on:
            before.setdefault(source.bureau_id, source)
        else:
            after[source.bureau_id] = source
    for bureau in _succeeded(before):
        del before[bureau]
    found = _placed(before)
    for unit, bureaus in _placed(after).items():
        found.setdefault(unit, bureaus)
    for bureau in Department.objects.filter(kind=Department.Kind.BUREAU).values_list("pk", flat=True):
        found.setdefault(bureau, {bureau})
    return found


def unit_labels(on: date) -> dict[str, str]:
    """Names of all units by slug, by name; of units of one name each with its bureau behind."""
    units = list(Department.objects.order_by("name", "pk"))
    times = Counter(unit.name for unit in units)
    names, trees = {unit.pk: unit.name for unit in units}, bureaus_by_unit(on)
    return {
        unit.slug: unit.name
        + (f" ({names[min(trees[unit.pk])]})" if times[unit.name] > 1 and trees.get(unit.pk) else "")
        for unit in units
    }


def _succeeded(trees: Mapping[int, Source]) -> set[int]:
    """Those that became another bureau, which has a tree of its own by then."""
    pairs = Succession.objects.filter(predecessor__in=trees, successor__in=trees)
    return {
        before
        for before, after in pairs.values_list("predecessor_id", "successor_id")
        if trees[before].as_of < trees[after].as_of
    }


def _placed(trees: Mapping[int, Source]) -> defaultdict[int, set[int]]:
    bureau_of = {source.pk: bureau for bureau, source in trees.items()}
    found: defaultdict[int, set[int]] = defaultdict(set)
    for unit, source in Placement.objects.filter(source__in=bureau_of).values_list(
        "department_id", "source_id"
    ):
        found[unit].add(bureau_of[source])
    return found
