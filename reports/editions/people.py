"""Who delivers a unit's parts: its owner, else the staff of the unit (부서 담당), else those of the nearest unit above."""

from django.db.models import Q, QuerySet

from departments.models import User

from .collection import Collection, PartCell

UNIT_ROLE = "부서 담당"


def staff_by_unit(collection: Collection) -> dict[int, list[User]]:
    """Active staff with the role of a unit, by the key of each row's unit; two queries."""
    parents = collection.parts.parents
    units = {row.department.pk for row in collection.rows} | parents.keys() | set(parents.values())
    found = User.objects.filter(is_active=True, groups__name=UNIT_ROLE, department__in=units)
    by_home: dict[int, list[User]] = {}
    for user in found.select_related("department").order_by("last_name", "first_name", "username"):
        by_home.setdefault(user.department_id, []).append(user)
    rows = [row.department.pk for row in collection.rows]
    return {unit: by_home.get(collection.parts.nearest(unit, by_home), []) for unit in rows}


def candidates(collection: Collection, owner: User | None = None) -> QuerySet[User]:
    """Who may be put in charge of a part: active staff of the bureau's units, and whoever is in charge of it."""
    units = {unit.department.pk for top in collection.parts.tree for unit in top.walk()}
    own = Q(is_active=True, department__in=units | {collection.edition.bureau_id})
    found = User.objects.filter(own | Q(pk=owner.pk) if owner else own).select_related("department")
    return found.order_by("last_name", "first_name", "username")


def deliverers(cell: PartCell, staff: dict[int, list[User]]) -> list[User]:
    if cell.owner and cell.owner.is_active:
        return [cell.owner]
    return staff[cell.place.department.pk]
