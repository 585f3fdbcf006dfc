"""The bureau that a file is of: the one that was chosen, else the one in whose tree its departments stand at the base date."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.access.scope import access_scope
from core.models import Source
from departments.bureaus import bureaus_by_unit
from departments.models import Department, Succession, User
from seoul_digital.lib.file_errors import Problem
from seoul_digital.lib.hangul import postposition
from seoul_digital.lib.tables import day

from . import fields


def allowed_bureaus(user: User | None) -> Any:
    """The bureaus whose files the user may bring in; every bureau for the command, which has no user."""
    bureau = Source._meta.get_field("bureau")
    units = access_scope(user).choices(Source, bureau) if user else Department.objects.all()
    return units.filter(kind=Department.Kind.BUREAU)


def offered_bureaus(user: User) -> Any:
    """Those to choose from: without what has become another bureau."""
    bureaus = allowed_bureaus(user)
    return bureaus.exclude(pk__in=Succession.objects.values("predecessor")).order_by("name")


class FileBureau:
    """Finds the bureau of a file. `is_chosen`: a person has named `bureau`, which else is the one to fall back on."""

    def __init__(self, bureau: Department, on: date, uploader: User | None, is_chosen: bool) -> None:
        self.on, self.uploader, self.is_chosen = on, uploader, is_chosen
        self.bureau = bureau
        self.lineage = {unit.pk: unit for unit in Department.objects.lineage_of(bureau)}
        self.trees = bureaus_by_unit(on)

    def found(self, units: Mapping[int, int]) -> Department:
        """The bureau of these departments: of that day, where it had another name."""
        standing = [bureaus for unit in units if (bureaus := self.trees.get(unit))]
        common = set.intersection(*standing) if standing else set()
        of_lineage = common & self.lineage.keys()
        if self.bureau.pk in common or not common or (self.is_chosen and not of_lineage):
            return self.bureau
        return Department.objects.get(pk=min(of_lineage or common))

    def problem(self, units: Mapping[int, int], bureau: Department, sheet: str) -> Problem | None:
        """Why a file of these departments (with their first rows) cannot be the bureau's; None where it can."""
        own = {unit.pk for unit in Department.objects.lineage_of(bureau)}
        foreign = {
            unit: bureaus for unit in units if (bureaus := self.trees.get(unit, set())) and not bureaus & own
        }
        if foreign:
            unit = min(foreign, key=lambda unit: units[unit])
            return self._foreign(unit, min(foreign[unit]), bureau, units[unit], sheet)
        if not allowed_bureaus(self.uploader).filter(pk=bureau.pk).exists():
            return Problem(
                f"{bureau}의 예산 파일은 올릴 수 없습니다.", "그 국의 예산 담당에게 맡기십시오.", sheet
            )
        return None

    def _foreign(self, unit, other, bureau, row, sheet):
        names = dict(Department.objects.filter(pk__in=(unit, other)).values_list("pk", "name"))
        topic = postposition(names[unit], ("은", "는"))
        remedy = (
            f"국·정책관을 ‘{names[other]}’{postposition(names[other], ('으로', '로'))} 고르십시오."
            if self.is_chosen
            else "국마다 파일을 나누어 올리십시오."
        )
        return Problem(
            f"‘{names[unit]}’{topic} {day(self.on)} 기준으로 {bureau}{postposition(bureau.name, ('이', '가'))} 아니라 "
            f"{names[other]}의 부서입니다.",
            remedy,
            sheet,
            row,
            fields.LABELS["department"],
        )
